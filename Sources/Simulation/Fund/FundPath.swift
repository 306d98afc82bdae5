import CompensationKernel
import FundCore

/// One fund on one path, month by month: claims, recoveries, thresholds, accounts.
///
/// All money moves through the kernel: `settle`, `divideRecovery`, and the accounts' own methods.
/// The months follow MODEL.md §1. Reused from trial to trial; allocates nothing after the first.
/// Its tables belong to the thread's `WorkingMemory`.
struct FundPath {
  let setup: FundSetup
  /// What every claim reads, flat: nothing to retain on the way.
  let hot: HotFund
  let claims: UnsafeMutableBufferPointer<LoanClaim>
  let plainClaims: UnsafeMutableBufferPointer<PlainClaim>
  let records: UnsafeMutableBufferPointer<PlainClaim>
  let hasOthers: Bool
  /// The parts that are recovered, where they are loaded on the factor.
  let loadedParts: UnsafeMutableBufferPointer<Double>
  let enterprises: UnsafeMutableBufferPointer<Int32>
  let loans: [PlannedLoan]
  let covered: [Int64]
  /// By which set of rules each loan's claim is settled; nothing where all have the first.
  let ruleSets: UnsafeMutableBufferPointer<UInt8>
  /// The caps by bank and month; one entry where there is none.
  let caps: UnsafeMutableBufferPointer<Int64>
  let rules: UnsafeMutableBufferPointer<ClaimRulesInForce>
  /// The same where the fund pays all its claims alone, from one account, and recoveries need not wait.
  let sole: SoleFundRecovery?
  /// The quick way to divide recoveries by these rules, where fund and bank share alone.
  let soles: UnsafeMutableBufferPointer<SoleFundRecovery?>
  let fees: UnsafeMutableBufferPointer<Money>
  let injections: UnsafeMutableBufferPointer<Money>
  let recovery: RecoveryModel
  let tables: DrawTables

  let purses: UnsafeMutableBufferPointer<FundPurse>
  let openingPurses: UnsafeMutableBufferPointer<FundPurse>
  /// What would be owed, paid and returned if balances did not limit payments.
  var capital: CapitalFlows
  /// What really comes back to the accounts, less what would without limit: nothing before the
  /// first shortage. Shape `[account × horizon + month]`.
  let extraToPaying: UnsafeMutableBufferPointer<Int64>
  let extraToRefunding: UnsafeMutableBufferPointer<Int64>
  /// Whether they hold anything.
  var hasExtras = false
  /// The balances of the accounts at the ends of years, shape `[year × account]`; nothing where there is
  /// one account.
  let yearEnds: UnsafeMutableBufferPointer<Int64>
  /// The trial's compensation, returns and closing balance by month.
  let months: UnsafeMutableBufferPointer<MonthFlows>
  /// Claims that are left for a second pass while a trial is settled by totals.
  let pending: UnsafeMutableBufferPointer<Int32>
  /// The banks whose ratios are followed claim by claim while a trial is settled by totals.
  let isWatched: UnsafeMutableBufferPointer<Bool>
  /// The loans whose claims have lost their cover in a trial that is settled by totals, as many as
  /// `lostCoverCount`, and whether a loan is one of them.
  let lostCover: UnsafeMutableBufferPointer<Int32>
  let hasLostCover: UnsafeMutableBufferPointer<Bool>
  var lostCoverCount = 0
  var watch: ThresholdWatch
  var deferred: DeferredFlows
  /// Claims that wait for their recoveries (I-52).
  var realised: RealisedClaims
  /// What was owed on each enterprise's loans in a calendar year, where that is limited (I-51).
  var support: [EnterpriseYear: Int64] = [:]
  /// The calendar year of the first month, and that month's place in it.
  let firstMonth: CivilMonth
  var outcome = TrialOutcome()
  /// Claims and recoveries of this trial that fall after the horizon: left out, and counted.
  var lateClaims = 0
  var lateRecoveries = 0
  /// Whether a covered claim of this trial was not settled beforehand, and is not yet in the sums.
  var hasUnfixedClaims = false

  init(
    setup: FundSetup, claims: LoanClaims, simulation: SimulationPlan, tables: DrawTables,
    in memory: WorkingMemory
  ) {
    let plan = setup.plan
    let horizon = simulation.horizon
    self.setup = setup
    self.tables = tables
    hot = HotFund(setup: setup, simulation: simulation)
    self.claims = claims.table
    plainClaims = claims.plain
    records = claims.records
    hasOthers = claims.hasOthers
    loadedParts = memory.table(
      0, count: hot.isLoaded ? simulation.defaults.walk.candidates.count : 0)
    enterprises = claims.enterprises
    loans = simulation.portfolio.loans
    covered = plan.cover.principal
    ruleSets = memory.table(of: plan.cover.ruleSets)
    caps = memory.table(
      of: plan.claims.caps.isEmpty ? Array(repeating: .max, count: horizon) : plan.claims.caps)
    fees = memory.table(of: plan.cash.fees)
    injections = memory.table(of: plan.cash.injections)
    // A model that no loan uses is never read.
    let anyRules = plan.models.compactMap { $0?.rules }.first
    rules = memory.table(of: plan.models.compactMap { $0?.rules ?? anyRules })
    soles = memory.table(of: rules.map { SoleFundRecovery($0) })
    sole = hot.soleRecovery(of: plan)
    recovery = simulation.recovery
    openingPurses = memory.table(
      of: plan.openingAccounts.map { FundPurse($0, rule: plan.cash.accounts) })
    purses = memory.table(of: Array(openingPurses))
    capital = CapitalFlows(
      cash: plan.cash, accountCount: hot.accountCount, horizon: horizon,
      longestLag: simulation.recovery.lag.upperBound, in: memory)
    extraToPaying = memory.table(0, count: hot.accountCount * horizon)
    extraToRefunding = memory.table(0, count: hot.accountCount * horizon)
    yearEnds = memory.table(0, count: setup.accountNames.count * ((horizon + 11) / 12))
    months = memory.table(MonthFlows(), count: horizon)
    pending = memory.table(0, count: loans.count + 1)
    isWatched = memory.table(false, count: simulation.portfolio.banks.count)
    let canLoseCover = hot.canLoseCover || hot.earlierDefaultRemovesCover
    let losable = hot.canSettleByTotals && canLoseCover ? loans.count : 0
    lostCover = memory.table(0, count: losable)
    hasLostCover = memory.table(false, count: losable)
    watch = ThresholdWatch(setup: setup, simulation: simulation, in: memory)
    realised = RealisedClaims(horizon: hot.comesAfterRealisation ? horizon : 0)
    firstMonth = simulation.firstMonth
    deferred = DeferredFlows(horizon: setup.isDeferred ? horizon : 0)
  }

  /// Settles claim by claim, month by month.
  mutating func settleInOrder(_ defaults: TrialDefaults, trial: borrowing TrialContext) {
    begin(defaultCount: defaults.count)
    if hot.isDeferred { deferred.reset() }
    watch.reset()
    lateClaims = defaults.count - defaults.offsets[max(0, hot.horizon - hot.delay)]
    for month in 0..<hot.horizon {
      addInterestAndInjections(month)
      watch.beginMonth(
        month, defaults: defaults, trial: trial, writeOffMonths: hot.writeOffMonths)
      let before = outcome.compensation
      takeRecoveries(month)
      if month > hot.lastMonth { giveBack() }
      if hot.comesAfterRealisation {
        settleRealised(month, defaults: defaults, trial: trial)
      } else if month >= hot.delay {
        for index in defaults.range(month &- hot.delay) {
          settleClaim(defaults.ordered[index], month: month, trial: trial)
        }
      }
      watch.endMonth(month)
      months[month].paid = outcome.compensation - before
      takeFee(month)
      if month == hot.lastMonth { giveBack() }
      let closing = balance
      outcome.lowest = min(outcome.lowest, closing)
      months[month].closing = closing
      if !yearEnds.isEmpty { noteAccounts(month) }
    }
  }

  /// Finds what a settled trial would have needed, hands its figures to the tally, and writes its row.
  mutating func finish(into tally: inout FundTally, row: Int, of table: OutcomeTable) {
    outcome.closing = balance
    let path = TallyPath(months: months, binsPerFen: hot.binsPerFen)
    if hot.accountCount == 1, !capital.twoAccounts, hot.lastMonth >= hot.horizon {
      // Step by step with the tally, which then costs next to nothing: a step waits for the
      // multiplications of the one before.
      var needed: Int64 = 0
      tally.add(path) { month in
        needed = capital.neededBefore(month, after: needed)
      }
      outcome.neededCapital = needed
    } else {
      tally.add(path) { _ in }
      outcome.neededCapital = capital.needed(through: inForce(hot.horizon))
    }
    tally.recoveriesAfterHorizon += lateRecoveries
    tally.claimsAfterHorizon += lateClaims
    tally.add(outcome, yearEnds)
    watch.record(into: &tally)
    checkConservation(&tally)
    table.write(outcome, months, losses: setup.places, trial: row)
    table.writeCapital(trial: row) { capital.needed(through: inForce($0)) }
    watch.record(trial: row, into: table)
  }

  mutating func begin(defaultCount: Int) {
    _ = purses.update(fromContentsOf: openingPurses)
    outcome = TrialOutcome()
    outcome.defaults = Int64(defaultCount)
    outcome.lowest = hot.opening
    lateClaims = 0
    lateRecoveries = 0
    hasUnfixedClaims = false
    if lostCoverCount > 0 { forgetLostCover() }
    capital.reset()
    if hasExtras {
      extraToPaying.update(repeating: 0)
      extraToRefunding.update(repeating: 0)
      hasExtras = false
    }
    watch.forgetBreaches()
    if hot.comesAfterRealisation { realised.reset() }
    if hot.hasYearlyLimit { support.removeAll(keepingCapacity: true) }
  }

  /// Of so many months from the start, those in which the fund pays at all: after the last no capital
  /// would help (I-47).
  private func inForce(_ months: Int) -> Int {
    min(months, hot.lastMonth &+ (hot.lastMonth < .max ? 1 : 0))
  }

  /// Gives the balance back to the contributors (I-47).
  private mutating func giveBack() {
    outcome.givenBack += balance
    for index in purses.indices { purses[index].account = FundAccount(paying: .zero) }
  }

  /// All money of the fund, in fen.
  var balance: Int64 {
    // As with other methods that only look: `mutating`, or else the whole path is copied for them.
    mutating get {
      var total: Int64 = 0
      for purse in purses { total += purse.account.balance.fen }
      return total
    }
  }

  @inline(__always)
  private mutating func addInterestAndInjections(_ month: Int) {
    if month > 0, hot.interestRate > .zero {
      for index in purses.indices {
        outcome.interest +=
          purses[index].account.addMonthlyInterest(
            annualRate: hot.interestRate
          ).fen
      }
    }
    let injection = injections[month]
    guard injection > .zero else { return }
    outcome.injected += injection.fen
    if hot.accountCount == 1 {
      purses[0].account.inject(injection, under: hot.accounts)
    } else {
      for (index, part) in partitioned(injection, by: setup.plan.cash.partition).enumerated() {
        purses[index].account.inject(part, under: hot.accounts)
      }
    }
  }

  @inline(__always)
  private mutating func takeRecoveries(_ month: Int) {
    var returned: Int64 = 0
    if hot.isDeferred {
      returned = takeDeferred(month)
    } else {
      for account in 0..<hot.accountCount {
        let cell = account &* hot.horizon &+ month
        let toPaying = capital.inflow[cell] &+ extraToPaying[cell]
        purses[account].account.paying.fen += toPaying
        returned += toPaying
        guard capital.twoAccounts else { continue }
        let toRefunding = capital.fiscalInflow[cell] &+ extraToRefunding[cell]
        purses[account].account.refunding.fen += toRefunding
        returned += toRefunding
      }
    }
    outcome.returned += returned
    months[month].returned = returned
  }

  @inline(__always)
  private mutating func takeFee(_ month: Int) {
    let fee = fees[month]
    guard fee > .zero else { return }
    if hot.accountCount == 1 {
      outcome.fees += purses[0].account.takeFee(fee).fen
    } else {
      for (index, part) in partitioned(fee, by: setup.plan.cash.partition).enumerated() {
        outcome.fees += purses[index].account.takeFee(part).fen
      }
    }
  }

  /// Opening balance + in − out = closing balance, and the parties' losses sum to the loss.
  private mutating func checkConservation(_ tally: inout FundTally) {
    let inflow = outcome.interest + outcome.injected + outcome.returned
    let outflow = outcome.compensation + outcome.fees + outcome.givenBack
    if hot.opening + inflow - outflow != outcome.closing { tally.unbalancedTrials += 1 }
    let borne = outcome.outsideCover + outcome.losses.total.fen
    if borne != outcome.totalLoss - outcome.recoveredNet { tally.undividedTrials += 1 }
  }
}

/// What one month of a trial adds to the monthly figures, in fen.
struct MonthFlows: BitwiseCopyable {
  var paid: Int64 = 0
  var returned: Int64 = 0
  var closing: Int64 = 0
}
