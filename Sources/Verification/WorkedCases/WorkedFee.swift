import CompensationKernel
import FundCore

/// A balance and what is taken from it, or added to it.
struct WorkedFee: Sendable {
  let balance: Money
  let fee: Money
}
