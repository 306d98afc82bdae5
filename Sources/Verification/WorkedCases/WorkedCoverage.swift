import CompensationKernel
import FundCore

/// A loan and whether it is covered.
struct WorkedCoverage: Sendable {
  let loan: LoanToCover
  let model: OperatingModel
  let start: CivilMonth
  let firstOverdue: CivilMonth?
  let programmeStart: CivilMonth?
  let missingFacts: Set<String>
  let hasEarlierDefault: Bool
  let isCovered: Bool
  let coveredPrincipal: Money
  /// The payers that pay nothing, although the loan is covered.
  let idlePayers: Set<Party>
  /// The articles that stand against cover; `nil` where the case names none.
  let reasons: Set<String>?
}
