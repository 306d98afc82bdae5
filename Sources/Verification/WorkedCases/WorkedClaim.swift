import CompensationKernel
import FundCore

/// A claim and its division.
struct WorkedClaim: Sendable {
  let facts: ClaimFacts
  let lossBase: Money
  let parts: PartyAmounts
  let unpaid: Money
}
