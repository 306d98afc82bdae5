import ClaimRules
import CompensationKernel
import FundCore
import Simulation

extension LoanCause {
  /// What a decision on a loan's cover says of what stays outside.
  init(_ decision: CoverageDecision, _ loan: LoanToCover, under clauses: CoverageClauses) {
    let outright = decision.refusals.filter { !$0.isPartial }.map { OutsideCause($0.condition) }
    let cuts = decision.refusals.filter(\.isPartial).map { OutsideCause($0.condition) }
    // Of several causes the one that no condition of the loan itself could heal.
    let order: [OutsideCause] = [
      .madeOutOfForce, .enterpriseDefaulted, .suspended, .conditionNotMet, .notPledged,
      .singleLoanLimit, .enterpriseYearLimit, .coverLimit,
    ]
    self.init(
      whole: order.first(where: outright.contains) ?? order.first(where: cuts.contains)
        ?? .conditionNotMet,
      limit: cuts.contains(.enterpriseYearLimit) && !cuts.contains(.singleLoanLimit)
        ? .enterpriseYearLimit : .singleLoanLimit,
      eligible: (clauses.combinedPledge.value == .ipPart ? loan.ipPrincipal : loan.principal).fen)
  }
}

extension OutsideCause {
  /// What a condition of cover that is not met comes under.
  fileprivate init(_ condition: CoverageRefusal.Condition) {
    switch condition {
    case .collateral, .size, .term, .fact: self = .conditionNotMet
    case .ipPart: self = .notPledged
    case .singleLoanLimit: self = .singleLoanLimit
    case .enterpriseYearLimit: self = .enterpriseYearLimit
    case .datesInForce: self = .madeOutOfForce
    case .earlierDefault: self = .enterpriseDefaulted
    case .coverLimit: self = .coverLimit
    case .suspension, .pause: self = .suspended
    }
  }
}
