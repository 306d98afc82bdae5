import CompensationKernel
import FundCore

// Clauses that look at the fund's money, and so feed it back into what is owed.
extension FundPlan {
  /// Whether a limit, a layer or a ratio is measured against the fund's money.
  var looksAtFund: Bool {
    aggregates?.book.rules.looksAtFund ?? false
      || thresholds.contains { $0.denominator.fundMeasure != nil }
  }

  /// Whether what is owed hangs on the fund's money, so that needed capital has no meaning. A mere warning
  /// changes nothing.
  public var feedsMoneyBack: Bool {
    cover.coverLimit != nil || aggregates?.book.rules.looksAtFund ?? false
      || thresholds.contains(where: \.feedsMoneyBack)
  }

  /// The same fund as if no clause looked at its money: what would be covered and owed then.
  public var withoutMoneyClauses: FundPlan {
    var plan = self
    plan.cover.coverLimit = nil
    if let aggregates {
      let rules = aggregates.book.rules.withoutFund
      plan.aggregates = rules.isEmpty ? nil : aggregates
      plan.aggregates?.book = aggregates.book.under(rules)
    }
    let freed = Set(thresholds.indices.filter { thresholds[$0].feedsMoneyBack })
    for place in freed { plan.thresholds[place].effect = .warning }
    plan.carried?.suspensions.removeAll { freed.contains($0.cover.threshold) }
    return plan
  }
}

extension ThresholdTerms {
  /// Whether it suspends or pauses by the fund's money.
  fileprivate var feedsMoneyBack: Bool { denominator.fundMeasure != nil && effect != .warning }
}
