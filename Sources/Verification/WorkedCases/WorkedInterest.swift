import CompensationKernel
import FundCore

/// A balance and a month's interest on it.
struct WorkedInterest: Sendable {
  let balance: Money
  let annualRate: Ratio
  let interest: Money
}
