import FundCore

/// A claim on its way through the kernel.
struct InOrderClaim: BitwiseCopyable {
  /// The place of the operating model.
  let model: Int
  let bank: Int
  let account: Int
  let month: Int
  let cap: Money
  let loss: ClaimLoss
}
