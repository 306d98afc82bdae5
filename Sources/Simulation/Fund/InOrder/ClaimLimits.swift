import CompensationKernel
import FundCore

/// What couples a fund's claims on one path: a limit on what is owed to an enterprise in a year (I-51), and clauses
/// that look at many claims.
struct ClaimLimits {
  private var support: YearlySupport?
  /// What claims and covered lending add up to, where a clause looks at that.
  private var aggregates: AggregateClaims?

  init(_ terms: FundTerms) {
    support = YearlySupport(terms)
    aggregates = AggregateClaims(terms)
  }

  /// Forgets the trial before.
  mutating func reset() {
    support?.reset()
    aggregates?.reset()
  }

  /// Counts what is lent under cover in a month.
  mutating func lend(
    _ month: Int, within limit: CoverLimit?, watch: inout ThresholdWatch,
    trial: borrowing TrialContext
  ) {
    aggregates?.lend(month, within: limit, watch: &watch, trial: trial)
  }

  /// The limit of a claim, given what was owed on other claims of its enterprise in the year.
  func cap(of claim: InOrderClaim, enterprise: Int32) -> Money {
    guard let support else { return claim.cap }
    return min(claim.cap, support.left(enterprise, month: claim.month))
  }

  /// Lays a claim's loss in layers, each with its shares, and lowers the limit to what is left; none where no
  /// clause lays it so.
  ///
  /// - Parameter money: The fund's money before the claim.
  mutating func lay(_ claim: inout InOrderClaim, _ money: FundMoney) -> [SharedLayer] {
    guard let (loss, shared) = aggregates?.layered(claim, money) else { return [] }
    claim.cap = min(claim.cap, loss.left)
    return shared
  }

  /// Counts a settled claim.
  mutating func note(_ owed: Money, on claim: InOrderClaim, enterprise: Int32) {
    aggregates?.count(claim, owed: owed)
    support?.note(owed, enterprise: enterprise, month: claim.month)
  }
}
