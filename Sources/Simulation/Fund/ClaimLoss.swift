import FundCore

/// A whole loss, and what of it is divided.
struct LossParts: BitwiseCopyable {
  let total: Int64
  let base: Int64
}

/// The loss of a default, as it is found when its claim is due.
struct ClaimLoss: BitwiseCopyable {
  /// What is divided.
  let base: Money
  /// In which month it is recovered, and what of it within the horizon.
  let recoveryMonth: Int
  let recovered: Money
}
