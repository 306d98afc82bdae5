import CompensationKernel
import FundCore

/// A claim on its way through the kernel.
struct InOrderClaim: BitwiseCopyable {
  let loan: Int32
  /// The place of the operating model.
  let model: Int
  let bank: Int
  let account: Int
  let month: Int
  var cap: Money
  let loss: ClaimLoss
}

/// A claim as it was settled with a purse that pays whatever is owed.
struct ClaimBeforehand: BitwiseCopyable {
  let settled: Settlement
  /// The whole loss, covered or not.
  let total: Int64
  /// The place of the operating model.
  let model: Int
  let bank: Int
  let account: Int
  /// The month of the claim.
  let month: Int
}
