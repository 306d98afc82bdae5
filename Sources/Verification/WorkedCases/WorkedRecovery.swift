import CompensationKernel
import FundCore

/// A recovery on a claim and its division.
struct WorkedRecovery: Sendable {
  let facts: ClaimFacts
  let recovered: Money
  let costs: Money
  let parts: PartyAmounts
}
