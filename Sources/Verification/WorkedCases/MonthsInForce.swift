import CompensationKernel
import FundCore

/// The months in force by the simulation's convention: what happens in a month happens on its
/// 15th (MODEL.md §1).
struct MonthsInForce {
  private let first: CivilMonth?
  private let last: CivilMonth?

  init(_ period: ForcePeriod, programmeStart: CivilMonth?) throws {
    switch period.start {
    case .open: first = nil
    case .scenario:
      guard let programmeStart else {
        throw UnsettledCase(description: "the case gives no programmeStart")
      }
      first = programmeStart
    case .date(let day):
      first = [day.month, day.month.advanced(by: 1)].first { $0.middle >= day }
    }
    switch period.end {
    case .open: last = nil
    case .months(let count): last = first?.advanced(by: count - 1)
    case .date(let day):
      last = [day.month, day.month.advanced(by: -1)].first { $0.middle <= day }
    }
  }

  func contains(_ month: CivilMonth) -> Bool {
    if let first, month < first { return false }
    return last.map { month <= $0 } ?? true
  }
}

extension WorkedCoverage {
  /// What is covered under the terms, and every article against full cover.
  func decision(
    under terms: CompensationTerms
  ) throws -> (covered: Money, idle: Set<Party>, against: Set<String>) {
    let decision = terms.coverage.decide(on: loan, missingFacts: missingFacts)
    var against = decision.refusals.map(\.citation)
    var isRefused = false
    func refuse(_ citation: Citation?) {
      isRefused = true
      if let citation { against.append(citation) }
    }
    let force = try MonthsInForce(terms.inForce, programmeStart: programmeStart)
    if terms.models[model] == nil { refuse(terms.refusedModels[model]?.citation) }
    if !force.admits(start, terms) { refuse(terms.inForce.citation) }
    if hasEarlierDefault, let clause = terms.coverage.earlierDefaultRemovesCover, clause.value {
      refuse(clause.citation)
    }
    if let firstOverdue, !force.covers(firstOverdue, terms) { refuse(terms.coverPeriod.citation) }
    return (
      isRefused ? .zero : decision.coveredPrincipal, decision.idlePayers,
      Set(against.flatMap { listed($0.article) })
    )
  }
}

extension MonthsInForce {
  /// Whether a loan that started in a month can be covered: where only the loss must fall in force,
  /// from whatever start before the end (I-19).
  fileprivate func admits(_ start: CivilMonth, _ terms: CompensationTerms) -> Bool {
    guard terms.coverPeriod.value == .lossInForce else { return contains(start) }
    return last.map { start <= $0 } ?? true
  }

  /// Whether a loan that started in force is still covered when it becomes overdue (I-19, I-34).
  fileprivate func covers(_ firstOverdue: CivilMonth, _ terms: CompensationTerms) -> Bool {
    /// Where a scenario states the delay, the readings of I-19 speak of day 60: two months.
    let delay = terms.claim.delayMonths.value ?? 2
    return switch terms.coverPeriod.value {
    case .startsInForce: true
    case .overdueInForce: contains(firstOverdue)
    case .claimInForce: contains(firstOverdue.advanced(by: delay))
    case .lossInForce: contains(firstOverdue)
    }
  }
}
