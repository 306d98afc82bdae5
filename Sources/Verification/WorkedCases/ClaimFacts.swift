import CompensationKernel
import FundCore

/// A claim as a case gives it.
struct ClaimFacts: Sendable {
  /// The money that a case puts into a fund.
  enum Balance: Sendable {
    case enough
    case single(Money)
    case pool(social: Money, fiscal: Money)
  }
  let model: OperatingModel
  let principal: Money
  let interest: Money
  let ipPart: Ratio
  let balance: Balance
  let agreed: [Party: Ratio]
  let yearOfOperation: Int
  /// The facts that do not hold, as far as they concern some payers only.
  var missing: Set<String> = []
}
