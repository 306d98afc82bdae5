import CompensationKernel
import FundCore

/// A bank's ratio and whether it reaches a threshold.
struct WorkedThreshold: Sendable {
  let id: String
  let numerator: Money
  let denominator: Money
  let disbursed: Money
  let isReached: Bool
}
