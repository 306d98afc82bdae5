import CompensationKernel
import FundCore

/// What both ways of settling read of a fund: its plan, flat, its claims as they were settled
/// beforehand, and the rules by which the others are.
///
/// A class, because the ways share it; nothing changes after it has been made, but for the loans that were
/// not made in a trial. Tables belong to the thread's `WorkingMemory`.
final class FundTerms {
  let setup: FundSetup
  /// What every claim reads, flat: nothing to retain on the way.
  let hot: HotFund
  let claims: UnsafeMutableBufferPointer<LoanClaim>
  /// The covered principal behind the fund; `nil` where its cost is not reckoned.
  let coveredSchedule: CoveredSchedule?
  let plainClaims: UnsafeMutableBufferPointer<PlainClaim>
  /// The plain claims by the numbers of a trial's list.
  let records: UnsafeMutableBufferPointer<PlainClaim>
  /// Whether any claim is plain, and whether one may not be.
  let hasPlain: Bool
  let hasOthers: Bool
  /// How many numbers there are.
  let candidateCount: Int
  private let enterprises: UnsafeMutableBufferPointer<Int32>
  let portfolio: PlannedPortfolio
  let loans: [PlannedLoan]
  let bankCount: Int
  /// The numbers by which the loans' draws are addressed.
  let identities: [UInt64]
  private let covered: [Int64]
  /// By which set of rules each loan's claim is settled; nothing where all have the first.
  private let ruleSets: UnsafeMutableBufferPointer<UInt16>
  /// The models whose loss base holds interest, by set of rules; nothing where all sets have the first one's.
  private let interestBits: UnsafeMutableBufferPointer<UInt64>
  /// What was amended of the cover.
  private let cover: FundPlan.Cover
  /// The caps by bank and month; one entry where there is none.
  private let caps: UnsafeMutableBufferPointer<Int64>
  /// The bands of shares by month; nothing where there is one.
  private let bands: UnsafeMutableBufferPointer<UInt8>
  /// The places of the rules by which claims may be settled beforehand, ascending.
  let usedRules: [Int]
  let rules: UnsafeMutableBufferPointer<ClaimRulesInForce>
  /// The same where the fund pays all its claims alone, from one account, and recoveries need not wait.
  let sole: SoleFundRecovery?
  /// The same whatever accounts it holds.
  let solePayer: SoleFundRecovery?
  /// The quick way to divide recoveries by these rules, where fund and bank share alone.
  private let soles: UnsafeMutableBufferPointer<SoleFundRecovery?>
  let fees: UnsafeMutableBufferPointer<Money>
  let injections: UnsafeMutableBufferPointer<Money>
  /// A purse that pays whatever is owed.
  let unlimitedPurse: FundPurse
  let recovery: RecoveryModel
  /// How the fund is filled up; `nil` if it is not.
  let fillUps: FillUps?
  /// The loans that suspended banks have not made in the trial.
  let stopped: StoppedLending
  private let tables: DrawTables
  /// The calendar month in which the run begins.
  let firstMonth: CivilMonth
  let longestLag: Int
  /// The period of defaults of each month, shape `[horizon]`.
  let periodOfMonth: UnsafeMutableBufferPointer<Int>

  init(
    setup: FundSetup, claims: LoanClaims, simulation: SimulationPlan, tables: DrawTables,
    in memory: WorkingMemory
  ) {
    let plan = setup.plan
    self.setup = setup
    self.tables = tables
    hot = HotFund(setup: setup, simulation: simulation)
    self.claims = claims.table
    coveredSchedule = claims.covered
    plainClaims = claims.plain
    records = claims.records
    hasPlain = claims.hasPlain
    hasOthers = claims.hasOthers
    candidateCount = simulation.defaults.walk.candidates.count
    enterprises = claims.enterprises
    portfolio = simulation.portfolio
    loans = simulation.portfolio.loans
    bankCount = simulation.portfolio.banks.count
    identities = simulation.portfolio.identities
    covered = claims.principal
    ruleSets = memory.table(of: plan.cover.ruleSets)
    interestBits = memory.table(of: plan.interestBits)
    cover = plan.cover
    caps = memory.table(
      of: plan.claims.caps.isEmpty
        ? Array(repeating: .max, count: simulation.horizon) : plan.claims.caps)
    bands = memory.table(of: plan.claims.bands)
    usedRules = Set(claims.table.map { Int($0.model) }).sorted()
    fees = memory.table(of: plan.cash.fees)
    injections = memory.table(of: plan.cash.injections)
    // A model that no loan uses is never read.
    let anyRules = plan.models.compactMap { $0?.rules }.first
    rules = memory.table(of: plan.models.compactMap { $0?.rules ?? anyRules })
    soles = memory.table(of: rules.map { SoleFundRecovery($0) })
    sole = hot.soleRecovery(of: plan)
    solePayer = hot.solePayer(of: plan)
    unlimitedPurse = FundPurse(
      FundAccount(paying: .zero), rule: plan.cash.accounts, isLimited: false)
    recovery = simulation.recovery
    fillUps = FillUps(setup, simulation: simulation, in: memory)
    stopped = StoppedLending(setup, simulation: simulation, in: memory)
    firstMonth = simulation.firstMonth
    longestLag = simulation.recovery.lag.upperBound
    let factors = simulation.defaults.factors
    periodOfMonth = memory.table(
      of: (0..<simulation.horizon).map { factors.period(of: $0) })
  }

  /// Whether all claims can be added cell by cell: every one is plain, whatever else happens in the trial.
  var canGoByCell: Bool {
    sole != nil && !hasOthers && !hot.isLoaded && !hot.earlierDefaultRemovesCover
      && coveredSchedule == nil
      && hot.canSettleByTotals
  }

  /// Of so many months from the start, those in which the fund pays at all: after the last no capital
  /// would help (I-47).
  func inForce(_ months: Int) -> Int {
    min(months, hot.lastMonth &+ (hot.lastMonth < .max ? 1 : 0))
  }
}

// What a claim asks. Sums that cannot overflow are taken without a check.
extension FundTerms {
  /// The limit per claim of a bank in a month.
  @inline(__always)
  func cap(of loan: Int32, bank: Int, month: Int) -> Money {
    let place = bank &* hot.capStride &+ month
    return Money(
      fen: caps[
        hot.capSetStride > 0 ? Int(ruleSets[Int(loan)]) &* hot.capSetStride &+ place : place])
  }

  /// The place of the rules by which a loan's claim is settled in a month.
  @inline(__always)
  func ruleIndex(of loan: Int32, month: Int) -> Int {
    var place = hot.modelPosition(of: loans[Int(loan)])
    if hot.hasRuleSets { place &+= Int(ruleSets[Int(loan)]) &* hot.modelCount }
    if hot.hasBands {
      place &+=
        Int(bands[Int(loans[Int(loan)].bank) &* hot.bankBandStride &+ month]) &* hot.bandStride
    }
    return place
  }

  /// The whole loss of a loan that defaults in a month.
  @inline(__always)
  func totalLoss(of index: Int32, defaultMonth: Int) -> Int64 {
    let bits =
      interestBits.isEmpty ? hot.countsInterest : interestBits[Int(ruleSets[Int(index)])]
    return hot.totalLoss(
      of: loans[Int(index)], defaultMonth: defaultMonth, counting: bits)
  }

  /// A claim settled with a purse that pays whatever is owed.
  func settledInFull(_ base: Money, cap: Money, model: Int) -> Settlement {
    var purse = unlimitedPurse
    var log = NoLog()
    return settle(loss: base, under: rules[model].sharing, cap: cap, from: &purse, log: &log)
  }

  /// Divides a recovery on which nothing came back before, the quick way where there is one.
  @inline(__always)
  func division(_ recovered: Money, of settled: Settlement, model: Int) -> RecoveryDivision {
    let costs = costs(of: recovered)
    if let sole = soles[model] { return sole.division(recovered, costs: costs, of: settled) }
    var log = NoLog()
    return divideRecovery(recovered, costs: costs, of: settled, under: rules[model], log: &log)
  }

  @inline(__always)
  func costs(of recovered: Money) -> Money {
    hot.costs == .zero ? .zero : recovered.multiplied(by: hot.costs, rounding: .halfUp)
  }

  /// The part of a loss that is recovered on a claim of a month.
  @inline(__always)
  func recoveredPart(
    of event: DefaultEvent, month: Int, trial: borrowing TrialContext
  ) -> Double {
    hot.isLoaded ? loadedPart(of: event, month: month, trial: trial) : event.recovery
  }

  /// The part of the loss that is recovered where it is loaded on the factor.
  @inline(never)
  func loadedPart(
    of event: DefaultEvent, month: Int, trial: borrowing TrialContext
  ) -> Double {
    recovery.recoveredPart(
      of: event, factor: trial.factor(loan: event.loan, month), trial.recoveryPart, tables)
  }
}

// What a claim asks about its cover.
extension FundTerms {
  /// Finds what the cover of a defaulted loan hangs on, in the record of its claim if that is plain.
  ///
  /// The loans of a month's claims are looked up before the first is settled: where tables are large, one
  /// lookup then does not wait for the other.
  @inline(__always)
  func loanInBank(_ event: DefaultEvent) -> LoanInBank {
    let index = Int(event.loan)
    let plain = plainClaims[index]
    return event.month <= plain.lastMonth
      ? LoanInBank(loan: event.loan, bank: Int(plain.bank), start: Int(plain.start))
      : LoanInBank(
        loan: event.loan, bank: Int(loans[index].bank), start: Int(loans[index].start))
  }

  /// Whether a loss falls into the months that the programme covers. A claim that was settled
  /// beforehand falls into none before the first.
  @inline(__always)
  func isInForce(_ event: DefaultEvent) -> Bool {
    Int(event.month) <= hot.lastDefaultMonth && Int(event.month) >= hot.firstDefaultMonth
  }

  /// Whether an enterprise defaulted twice in a trial, and may have lost its cover by that.
  @inline(__always)
  func repeatsMatter(in trial: borrowing TrialContext) -> Bool {
    hot.earlierDefaultRemovesCover && trial.hasRepeatedDefaults
  }

  /// Whether a covered loan that defaults has kept its cover, given what happened before on this path.
  @inline(__always)
  func isCovered(
    _ loan: LoanInBank, watch: inout ThresholdWatch, trial: borrowing TrialContext
  ) -> Bool {
    if repeatsMatter(in: trial), isMadeAfterDefault(loan, trial: trial) { return false }
    guard watch.lastSuspension[loan.bank] >= 0 else { return true }
    return watch.isCovered(loanIndex: loan.loan, bank: loan.bank, start: loan.start)
  }

  /// The same of a loan that need not default itself: one default of its enterprise before it is enough.
  func isLentUnderCover(
    _ loan: LoanInBank, watch: inout ThresholdWatch, trial: borrowing TrialContext
  ) -> Bool {
    if hot.earlierDefaultRemovesCover, isMadeAfterDefault(loan, trial: trial) { return false }
    return isCovered(loan, watch: &watch, trial: trial)
  }

  @inline(__always)
  private func isMadeAfterDefault(_ loan: LoanInBank, trial: borrowing TrialContext) -> Bool {
    stopped.firstDefault(of: enterprises[Int(loan.loan)], in: trial) < loan.start
      && cover.defaultRemovesCover(startingIn: loan.start)
  }

  /// What is covered of a loan that has kept its cover.
  @inline(__always)
  func coveredPrincipal(_ loan: Int32, watch: inout ThresholdWatch) -> Int64 {
    hot.hasHeadroom ? watch.coveredPrincipal(of: loan) : covered[Int(loan)]
  }

  /// Why a part of a loan's loss lies outside cover.
  ///
  /// - Parameters:
  ///   - base: The loss base.
  ///   - isCovered: Whether the loan has kept its cover.
  func reasonOutside(
    base: Int64, of event: DefaultEvent, isCovered: Bool, trial: borrowing TrialContext
  ) -> OutsideReason {
    if isCovered && base > 0 { return .beyondBase }
    if isCovered || covered[Int(event.loan)] == 0 && !hot.hasHeadroom { return .neverCovered }
    return isInForce(event) ? reasonOfLostCover(event, trial: trial) : .notInForce
  }

  /// Why a loan that was covered has lost its cover in force.
  func reasonOfLostCover(
    _ event: DefaultEvent, trial: borrowing TrialContext
  ) -> OutsideReason {
    let loan = Int(event.loan)
    return repeatsMatter(in: trial)
      && isMadeAfterDefault(
        LoanInBank(loan: event.loan, bank: 0, start: Int(loans[loan].start)), trial: trial)
      ? .enterpriseDefaulted : hot.canLoseCover ? .suspended : .neverCovered
  }
}

/// A loan with what its cover hangs on.
struct LoanInBank: BitwiseCopyable {
  let loan: Int32
  let bank: Int
  let start: Int
}
