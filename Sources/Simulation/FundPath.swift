import CompensationKernel
import FundCore

/// One fund on one path, month by month: claims, recoveries, thresholds, accounts.
///
/// All money moves through the kernel: `settle`, `divideRecovery`, and the accounts' own methods.
/// The months follow MODEL.md §1. Reused from trial to trial; allocates nothing after the first.
struct FundPath {
  let setup: FundSetup
  /// What every claim reads, flat: nothing to retain on the way.
  let hot: HotFund
  let loans: [PlannedLoan]
  let coveredPrincipal: [Int64]
  let caps: [Int64]
  let rules: [ClaimRulesInForce]
  let fees: [Money]
  let injections: [Money]
  let recovery: RecoveryModel
  let tables: DrawTables
  let horizon: Int
  let accountCount: Int

  var purses: [FundPurse] = []
  /// What would be owed and paid if balances did not limit payments.
  var capital: CapitalFlows
  /// What comes back to the accounts, shape `[account × horizon + month]`.
  var returnedToPaying: [Int64]
  var returnedToRefunding: [Int64]
  var watch: ThresholdWatch
  var deferred = DeferredFlows()
  var outcome = TrialOutcome()
  private let openingPurses: [FundPurse]

  init(setup: FundSetup, simulation: SimulationPlan, tables: DrawTables) {
    self.setup = setup
    self.tables = tables
    hot = HotFund(setup: setup, simulation: simulation)
    loans = simulation.portfolio.loans
    coveredPrincipal = setup.plan.cover.principal
    caps = setup.plan.claims.caps
    fees = setup.plan.cash.fees
    injections = setup.plan.cash.injections
    // A model that no loan uses is never read.
    let anyRules = setup.plan.models.compactMap { $0?.rules }.first
    rules = setup.plan.models.compactMap { $0?.rules ?? anyRules }
    recovery = simulation.recovery
    horizon = simulation.horizon
    openingPurses = setup.plan.openingAccounts.map { FundPurse($0, rule: setup.plan.cash.accounts) }
    accountCount = openingPurses.count
    capital = CapitalFlows(cash: setup.plan.cash, accountCount: accountCount, horizon: horizon)
    returnedToPaying = Array(repeating: 0, count: accountCount * horizon)
    returnedToRefunding = returnedToPaying
    watch = ThresholdWatch(setup: setup, simulation: simulation)
  }

  /// Runs one trial.
  ///
  /// - Parameters:
  ///   - defaults: The defaults of the trial, by month and then portfolio order.
  ///   - offsets: Where each month's defaults begin, shape `[horizon + 1]`.
  ///   - factors: The factors of the trial, for loaded recoveries.
  ///   - enterprises: When each enterprise first defaulted in the trial.
  ///   - tally: Takes the monthly figures.
  mutating func run(
    _ defaults: [DefaultEvent], offsets: [Int32], trial: borrowing TrialContext,
    into tally: inout FundTally
  ) {
    begin(defaultCount: defaults.count)
    for month in 0..<horizon {
      addInterestAndInjections(month)
      watch.beginMonth(
        month, defaults: defaults, range: range(month, offsets),
        writeOffMonths: hot.writeOffMonths)
      takeRecoveries(month, &tally)
      let claimed = month - hot.delay
      let before = outcome.compensation
      if claimed >= 0 {
        for index in range(claimed, offsets) {
          settleClaim(defaults[index], month: month, trial: trial, &tally)
        }
      }
      watch.endMonth(month)
      tally.paid[month] += Int128(outcome.compensation - before)
      takeFee(month)
      close(month, &tally)
    }
    countLateClaims(defaults, offsets, &tally)
    outcome.neededCapital = capital.needed()
    outcome.closing = balance
    watch.record(into: &tally)
    checkConservation(&tally)
  }

  private func range(_ month: Int, _ offsets: [Int32]) -> Range<Int> {
    Int(offsets[month])..<Int(offsets[month + 1])
  }

  private mutating func begin(defaultCount: Int) {
    purses = openingPurses
    outcome = TrialOutcome()
    outcome.defaults = Int64(defaultCount)
    outcome.lowest = hot.opening
    capital.reset()
    for index in returnedToPaying.indices {
      returnedToPaying[index] = 0
      returnedToRefunding[index] = 0
    }
    if hot.isDeferred { deferred.reset(horizon: horizon) }
    watch.reset()
  }

  /// All money of the fund, in fen.
  var balance: Int64 {
    var total: Int64 = 0
    for purse in purses { total += purse.account.balance.fen }
    return total
  }

  private mutating func addInterestAndInjections(_ month: Int) {
    if month > 0, hot.interestRate > .zero {
      for index in purses.indices {
        outcome.interest += purses[index].account.addMonthlyInterest(
          annualRate: hot.interestRate
        ).fen
      }
    }
    let injection = injections[month]
    guard injection > .zero else { return }
    outcome.injected += injection.fen
    if accountCount == 1 {
      purses[0].account.inject(injection, under: hot.accounts)
    } else {
      for (index, part) in setup.plan.partitioned(injection).enumerated() {
        purses[index].account.inject(part, under: hot.accounts)
      }
    }
  }

  private mutating func takeRecoveries(_ month: Int, _ tally: inout FundTally) {
    var returned: Int64 = 0
    for account in 0..<accountCount {
      let cell = account * horizon + month
      returned += returnedToPaying[cell] + returnedToRefunding[cell]
      purses[account].account.paying.fen += returnedToPaying[cell]
      purses[account].account.refunding.fen += returnedToRefunding[cell]
    }
    if hot.isDeferred { returned += takeDeferred(month) }
    outcome.returned += returned
    tally.returned[month] += Int128(returned)
  }

  private mutating func takeFee(_ month: Int) {
    let fee = fees[month]
    guard fee > .zero else { return }
    if accountCount == 1 {
      outcome.fees += purses[0].account.takeFee(fee).fen
    } else {
      for (index, part) in setup.plan.partitioned(fee).enumerated() {
        outcome.fees += purses[index].account.takeFee(part).fen
      }
    }
  }

  private mutating func close(_ month: Int, _ tally: inout FundTally) {
    let closing = balance
    outcome.lowest = min(outcome.lowest, closing)
    tally.countBalance(bin: Int64(Double(closing) * hot.binsPerFen), month: month)
  }

  /// Defaults whose claim would fall after the horizon are left out, and counted.
  private func countLateClaims(
    _ defaults: [DefaultEvent], _ offsets: [Int32], _ tally: inout FundTally
  ) {
    let first = max(0, horizon - hot.delay)
    tally.claimsAfterHorizon += Int(offsets[horizon] - offsets[first])
  }

  /// Opening balance + in − out = closing balance, and the parties' losses sum to the loss.
  private func checkConservation(_ tally: inout FundTally) {
    let inflow = outcome.interest + outcome.injected + outcome.returned
    let outflow = outcome.compensation + outcome.fees
    if hot.opening + inflow - outflow != outcome.closing { tally.unbalancedTrials += 1 }
    let borne = outcome.outsideCover + outcome.losses.total.fen
    if borne != outcome.totalLoss - outcome.recoveredNet { tally.undividedTrials += 1 }
  }
}
