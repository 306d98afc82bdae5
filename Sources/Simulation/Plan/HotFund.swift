import CompensationKernel
import FundCore

/// The plain numbers of a fund that every claim and month reads.
///
/// Copied out of the plan because a nested struct that holds arrays is retained on the way to each
/// of its numbers; measured, that was half the time of a trial.
struct HotFund {
  let opening: Int64
  let accounts: AccountRule
  let interestRate: Ratio
  let binsPerFen: Double
  let delay: Int
  /// How many months of interest a loss holds, where its base does.
  let interestMonths: Int
  /// The place of the model that replaces the loans' own; −1 keeps theirs.
  let model: Int
  /// Whether the loss base of a model holds interest: a bit for each, by its place.
  let countsInterest: UInt64
  let modelCount: Int
  /// The penalty rate in millionths; −1 for the loans' own rates.
  let penaltyRate: Int64
  let costs: Ratio
  let isLoaded: Bool
  let writeOffMonths: Int?
  let firstDefaultMonth: Int
  let lastDefaultMonth: Int
  /// Whether some payers owe nothing on some loans.
  let hasRuleSets: Bool
  let earlierDefaultRemovesCover: Bool
  let canLoseCover: Bool
  /// Whether what is covered of some loans hangs on the path.
  let hasHeadroom: Bool
  let isDeferred: Bool
  /// Whether claims wait until their recoveries are in (I-52).
  let comesAfterRealisation: Bool
  /// The month at whose end the balance goes back; one that never comes if it stays (I-47).
  let lastMonth: Int
  /// Whether what is owed on a claim hangs on others: an enterprise's of the year (I-51), or those that a clause
  /// on many claims adds up.
  let couplesClaims: Bool
  let tracksReturns: Bool
  /// The distance between two banks' caps: the horizon, or 0 where they are the same.
  let capStride: Int
  /// The distance between the caps of two sets of rules, 0 where they are the same.
  let capSetStride: Int
  /// Whether shares differ by year of operation; the distance between the rules of two bands, and between two
  /// banks' bands, 0 where they are the same.
  let hasBands: Bool
  let bandStride: Int
  let bankBandStride: Int
  let accountCount: Int
  let horizon: Int
  /// Whether trials can be settled by totals.
  let canSettleByTotals: Bool
  /// Whether breaches can be told from what the banks' claims owe.
  let canTellFromSums: Bool
  /// Whether the level of a ratio can be reached whatever a bank's claims owe.
  let watchesAllBanks: Bool
  let hasThresholds: Bool
  /// Whether a ratio counts what is paid, and not only what is owed.
  let comparesPayments: Bool
  /// What the claims and recoveries of each period's defaults can come to, by their months.
  let arrivals: ArrivalPeriods

  /// Whether the fund is filled up.
  let fillsUp: Bool

  /// Whether a clause looks at the fund's money.
  let looksAtFund: Bool

  /// Whether the months of a trial ask for more than its defaults and sums, and are run before the next
  /// one is drawn.
  let cannotWait: Bool

  init(setup: FundSetup, simulation: SimulationPlan) {
    let plan = setup.plan
    opening = plan.cash.opening.fen
    accounts = plan.cash.accounts
    interestRate = plan.cash.interestRate
    binsPerFen = 1 / Double(setup.binWidth)
    delay = plan.claims.delay
    interestMonths = plan.claims.interestMonths ?? plan.claims.delay
    hasHeadroom = plan.cover.headroom != nil
    model = plan.model ?? -1
    modelCount = plan.modelCount
    countsInterest = plan.interestBits(ofSet: 0)
    penaltyRate = plan.claims.penaltyRate ?? -1
    costs = simulation.recovery.costs
    isLoaded = simulation.recovery.isLoaded
    writeOffMonths = simulation.recovery.writeOffMonths
    firstDefaultMonth = plan.cover.firstDefaultMonth
    lastDefaultMonth = plan.cover.lastDefaultMonth
    hasRuleSets = !plan.cover.ruleSets.isEmpty
    earlierDefaultRemovesCover = plan.cover.defaultsRemoveCover
    canLoseCover = setup.canLoseCover
    isDeferred = setup.isDeferred
    comesAfterRealisation = plan.claims.comesAfterRealisation
    lastMonth = plan.cash.lastMonth ?? .max
    (couplesClaims, capSetStride) = (plan.couplesClaims, plan.capSetStride)
    tracksReturns = setup.tracksReturns
    capStride = setup.hasCapsByBank ? simulation.horizon : 0
    (hasBands, bandStride, bankBandStride) = plan.bandLayout(horizon: simulation.horizon)
    accountCount = max(1, plan.cash.partition.count)
    horizon = simulation.horizon
    canSettleByTotals =
      plan.carried == nil && plan.cash.accounts == .single && accountCount == 1 && !isDeferred
      && !comesAfterRealisation && !plan.couplesAlways && lastMonth >= horizon
    canTellFromSums = plan.thresholds.allSatisfy {
      ($0.numerator == .compensationOwed || $0.numerator == .compensationPaid)
        && $0.denominator != .covered && !$0.isCoupled
    }
    watchesAllBanks = plan.thresholds.contains {
      !$0.numerator.countsCompensation || $0.denominator == .covered
    }
    fillsUp = plan.cash.fillUp != nil
    looksAtFund = plan.looksAtFund
    cannotWait =
      isLoaded || fillsUp || hasHeadroom
      || !plan.thresholds.allSatisfy { $0.numerator == .compensationOwed }
    hasThresholds = !plan.thresholds.isEmpty
    comparesPayments = !plan.thresholds.allSatisfy { $0.numerator == .compensationOwed }
    arrivals = ArrivalPeriods(fund: plan, simulation: simulation)
  }
}

extension HotFund {
  /// The quick way to divide recoveries, if it serves all claims of a fund that holds one account, and
  /// recoveries need not wait.
  func soleRecovery(of plan: FundPlan) -> SoleFundRecovery? {
    guard accounts == .single, accountCount == 1, !isDeferred else { return nil }
    return solePayer(of: plan)
  }

  /// The quick way to settle claims and divide recoveries, if it serves all claims of a fund, whatever
  /// accounts it holds.
  func solePayer(of plan: FundPlan) -> SoleFundRecovery? {
    guard model >= 0, !hasRuleSets, !hasBands, let rules = plan.models[model]?.rules else {
      return nil
    }
    return SoleFundRecovery(rules)
  }

  /// The operating model under which a loan's claim is settled, by its place.
  @inline(__always)
  func modelPosition(of loan: PlannedLoan) -> Int { model >= 0 ? model : Int(loan.model) }

  // Inlined, because a call copies all of this struct.

  /// Principal outstanding, with simple interest where the programme's base holds it.
  @inline(__always)
  ///
  /// - Parameter bits: The models whose base holds it, in the loan's set of rules.
  func totalLoss(of loan: PlannedLoan, defaultMonth: Int, counting bits: UInt64) -> Int64 {
    let outstanding = loan.outstanding(in: defaultMonth)
    let model = UInt64(truncatingIfNeeded: modelPosition(of: loan))
    guard (bits &>> model) & 1 != 0 else { return outstanding }
    let rate = penaltyRate >= 0 ? penaltyRate : Int64(loan.rate)
    let interest = overdueInterest(
      on: Money(fen: outstanding), annualRate: Ratio(millionths: rate), months: interestMonths)
    return outstanding + interest.fen
  }

  /// The part of a total loss that is divided, given the covered principal.
  @inline(__always)
  func lossBase(of total: Int64, covered: Int64, loan: PlannedLoan) -> Int64 {
    CompensationKernel.lossBase(
      of: Money(fen: total), covered: Money(fen: covered), principal: Money(fen: loan.principal)
    ).fen
  }
}
