import CompensationKernel
import FundCore

// Clauses that look at the fund's money and so feed it back into what is owed, what couples claims, and what
// amendments leave to the loan's day.
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
    plan.cover.amended = plan.cover.amended.map {
      AmendedCover(
        from: $0.from, earlierDefaultRemovesCover: $0.earlierDefaultRemovesCover, coverLimit: nil)
    }
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

extension FundPlan {
  /// Whether claims are coupled in every trial, and not only where a limit, a stop-loss or a step of the claim
  /// rate is reached whose level no trial moves.
  var couplesAlways: Bool {
    guard couplesClaims, claims.yearlyLimit == nil, cover.coverLimit == nil,
      !thresholds.contains(where: \.isCoupled), let rules = aggregates?.book.rules
    else { return couplesClaims }
    return !rules.firstLosses.isEmpty || rules.looksAtFund
      || (rules.countsLending && !hasFixedLending)
  }

  /// Whether no trial changes what is lent under cover.
  public var hasFixedLending: Bool {
    cover.coverLimit == nil && !cover.defaultsRemoveCover && cover.headroom == nil
      && thresholds.allSatisfy { $0.effect == .warning }
  }

  /// The models whose loss base holds interest, a bit each, in a set of rules.
  func interestBits(ofSet set: Int) -> UInt64 {
    models.dropFirst(set * modelCount).prefix(modelCount).enumerated().reduce(0) { bits, item in
      item.element?.countsInterest ?? false ? bits | 1 << UInt64(item.offset) : bits
    }
  }

  /// The same of each set of rules; empty where all have the first one's.
  var interestBits: [UInt64] {
    let sets = models.count / bandCount / modelCount
    let bits = (0..<sets).map { interestBits(ofSet: $0) }
    return bits.allSatisfy { $0 == bits[0] } ? [] : bits
  }
}

extension FundPlan.Cover {
  /// Whether an earlier default removes the cover of some loans.
  var defaultsRemoveCover: Bool {
    earlierDefaultRemovesCover || amended.contains(where: \.earlierDefaultRemovesCover)
  }

  /// Whether it removes that of a loan that starts in a month.
  func defaultRemovesCover(startingIn month: Int) -> Bool {
    amended.isEmpty
      ? earlierDefaultRemovesCover
      : amended.last { $0.from <= month }?.earlierDefaultRemovesCover ?? earlierDefaultRemovesCover
  }

  /// How many times the balance covered lending may come to with a loan that starts in a month.
  func coverLimit(startingIn month: Int) -> Int? {
    amended.isEmpty
      ? coverLimit : amended.last { $0.from <= month }.map { $0.coverLimit } ?? coverLimit
  }
}

extension ThresholdTerms {
  /// Whether it suspends or pauses by the fund's money.
  fileprivate var feedsMoneyBack: Bool { denominator.fundMeasure != nil && effect != .warning }
}
