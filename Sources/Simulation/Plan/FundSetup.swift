import CompensationKernel
import FundCore

/// What every trial of one fund reads: the plan with its derived tables.
struct FundSetup: Sendable {
  /// A threshold with its bank tables.
  struct Threshold: Sendable {
    let terms: ThresholdTerms
    /// The denominator, shape `[bank × horizon + month]`; empty if it depends on the trial.
    let denominators: [Int64]
    /// The smallest numerator that reaches the level, same shape; empty as well.
    let bounds: [Int64]
    /// What counts for the minimum volume, same shape.
    let disbursed: [Int64]
    /// The banks that reach the minimum volume in a month, shape `[horizon]`; empty if there is
    /// no minimum.
    let reachingMinimum: [[Int32]]
    /// Whether a period ends with a month, shape `[horizon]`.
    let isPeriodEnd: [Bool]
    /// Where a ratio is coupled: what is outstanding by schedule, shape `[bank × horizon + month]`; else empty.
    let lending: [Int64]
  }

  let plan: FundPlan
  let thresholds: [Threshold]
  let parties: [Party]
  /// The places of `parties`.
  let places: [PartyPlace]
  /// The place of a bank's own column among the threshold columns; −1 for the smaller banks of a
  /// portfolio with more than 16.
  let slotOfBank: [Int32]
  /// The banks with a column of their own, in portfolio order.
  let bankOfSlot: [Int]
  let tracksOverdue: Bool
  let tracksCompensation: Bool
  let tracksReturns: Bool
  let countsCovered: Bool
  let canLoseCover: Bool
  /// Whether a suspended or paused bank would leave loans unmade (I-46).
  let stopsLending: Bool
  /// Whether recoveries must wait for their month, because payments can still change.
  let isDeferred: Bool
  let hasCapsByBank: Bool
  let loansByStart: [[Int32]]
  /// Balance bins: fen a bin.
  let binWidth: Int64

  init(plan: FundPlan, simulation: SimulationPlan) {
    let portfolio = simulation.portfolio
    let horizon = simulation.horizon
    self.plan = plan
    precondition(
      plan.models.count % (plan.modelCount * plan.bandCount) == 0
        && plan.modelCount <= SimulationPlan.mostModels,
      "one entry for each model")
    parties = plan.parties
    places = parties.compactMap { plan.partyPlaces.place(of: $0) }
    thresholds = plan.thresholds.enumerated().map { place, terms in
      Self.threshold(
        terms, before: plan.carried?.thresholds[place], simulation: simulation)
    }
    let volume = portfolio.cumulated(horizon: horizon) { $1.outstanding(in: 0) }
    (slotOfBank, bankOfSlot) = Self.slots(volume: volume, horizon: horizon)
    let numerators = plan.thresholds.map(\.numerator)
    tracksOverdue = numerators.contains { $0.countsOverdue }
    tracksCompensation = numerators.contains { $0.countsCompensation }
    tracksReturns = numerators.contains(.compensationNet)
    countsCovered = plan.thresholds.contains { $0.denominator == .covered }
    canLoseCover = plan.thresholds.contains { $0.effect != .warning }
    stopsLending = plan.stopsLending
    var waits = plan.cash.unpaidWaits
    if case .socialFirst(_, let lagMonths, _) = plan.cash.accounts, lagMonths > 0 { waits = true }
    isDeferred = waits
    hasCapsByBank = plan.claims.caps.count > horizon * plan.claims.capSetCount
    var byStart: [[Int32]] = []
    if countsCovered || plan.cover.coverLimit != nil
      || plan.aggregates?.book.rules.countsLending ?? false
    {
      byStart = Array(repeating: [], count: horizon)
      // What was made before a run that goes on from a day was counted then.
      let first = plan.carried == nil ? Int.min : 0
      for (index, loan) in portfolio.loans.enumerated()
      where (first..<horizon).contains(Int(loan.start)) {
        byStart[max(0, Int(loan.start))].append(Int32(index))
      }
    }
    loansByStart = byStart
    // Filled up, a balance rises above the amount only by what comes back of what was paid before.
    let filled = plan.cash.fillUp.map { $0.amount + $0.amount } ?? .zero
    let inflow = plan.cash.injections.reduce(max(plan.cash.opening, filled), +)
    let growth = 1.25 * (1 + plan.cash.interestRate.value * Double(horizon) / 12)
    binWidth = max(1, Int64(Double(inflow.fen) * growth) / Int64(FundTally.binCount - 1))
  }

  /// The tables of a threshold.
  ///
  /// - Parameter before: What it has counted of each bank before the run, where that goes on from a day.
  private static func threshold(
    _ terms: ThresholdTerms, before: [CarriedBook.Threshold]?, simulation: SimulationPlan
  ) -> Threshold {
    let portfolio = simulation.portfolio
    let horizon = simulation.horizon
    func counted(_ loan: PlannedLoan, _ amount: Int64) -> Int64 {
      loan.counted(amount, by: terms)
    }
    let lent = portfolio.cumulated(horizon: horizon) {
      before != nil && $1.start < 0 ? 0 : counted($1, $1.outstanding(in: 0))
    }
    let disbursed =
      before.map { before in
        lent.enumerated().map { $1 + before[$0 / horizon].disbursed }
      } ?? lent
    let lending =
      terms.isCoupled || terms.denominator == .outstanding
      ? portfolio.outstandingByBank(horizon: horizon, counted: counted) : []
    let denominators: [Int64] =
      terms.isCoupled || terms.denominator == .covered
      ? [] : terms.denominator == .outstanding ? lending : disbursed
    var reaching: [[Int32]] = []
    if terms.minimumDisbursed > .zero {
      reaching = Array(repeating: [], count: horizon)
      for bank in portfolio.banks.indices {
        let row = disbursed[bank * horizon..<(bank + 1) * horizon]
        if let before, before[bank].disbursed >= terms.minimumDisbursed.fen { continue }
        if let index = row.firstIndex(where: { $0 >= terms.minimumDisbursed.fen }) {
          reaching[index - bank * horizon].append(Int32(bank))
        }
      }
    }
    let bounds = zip(denominators, disbursed).map {
      terms.smallestPart(reaching: Money(fen: $0), disbursed: Money(fen: $1)).fen
    }
    return Threshold(
      terms: terms, denominators: denominators, bounds: bounds, disbursed: disbursed,
      reachingMinimum: reaching,
      isPeriodEnd: (0..<horizon).map {
        terms.watched.isDue(atEndOf: simulation.firstMonth.advanced(by: $0))
      }, lending: terms.isCoupled ? lending : [])
  }

  /// The 16 banks that lend most (all of them if there are no more), and the place of each.
  private static func slots(volume: [Int64], horizon: Int) -> ([Int32], [Int]) {
    let bankCount = horizon == 0 ? 0 : volume.count / horizon
    let total = { (bank: Int) in volume[bank * horizon + horizon - 1] }
    let ranked = (0..<bankCount).sorted { (total($0), $1) > (total($1), $0) }
    let chosen = ranked.prefix(FundSetup.largestSlotCount).sorted()
    var slots = [Int32](repeating: -1, count: bankCount)
    for (slot, bank) in chosen.enumerated() { slots[bank] = Int32(slot) }
    return (slots, chosen)
  }

  /// Banks beyond this number are counted under "any" only (MODEL.md §6).
  static let largestSlotCount = 16
}

extension PlannedLoan {
  /// What a ratio counts of an amount of the loan, half up to the fen (I-39).
  func counted(_ amount: Int64, by terms: ThresholdTerms) -> Int64 {
    guard terms.counts(isIPPledged: isIPPledged) else { return 0 }
    return terms.measure.counted(
      Money(fen: amount), ipPrincipal: Money(fen: ipPrincipal), of: Money(fen: principal)
    ).fen
  }
}

extension PlannedPortfolio {
  /// Principal outstanding by schedule at the end of each month, shape `[bank × horizon + month]`.
  func outstandingByBank(horizon: Int, counted: (PlannedLoan, Int64) -> Int64) -> [Int64] {
    var totals = [Int64](repeating: 0, count: banks.count * horizon)
    for loan in loans {
      let last = min(horizon, Int(loan.start) + Int(loan.term))
      for month in max(0, Int(loan.start))..<max(max(0, Int(loan.start)), last) {
        totals[Int(loan.bank) * horizon + month] += counted(loan, loan.outstanding(in: month + 1))
      }
    }
    return totals
  }
}
