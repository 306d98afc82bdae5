import CompensationKernel
import FundCore

/// One fund on one path, claim by claim and month by month: the exact way, which serves every fund.
///
/// The months follow MODEL.md §1: here is their order, and that of the claims. Money lies in the book
/// (`InOrderBook`), ratios and lost cover in the watch. Reused from trial to trial.
struct InOrderPath {
  private let terms: FundTerms
  private let hot: HotFund
  private let claims: UnsafeMutableBufferPointer<LoanClaim>
  private let plainClaims: UnsafeMutableBufferPointer<PlainClaim>
  /// The loans of the month's claims.
  private let claimed: UnsafeMutableBufferPointer<LoanInBank>
  private var book: InOrderBook
  private var watch: ThresholdWatch
  /// Which loans have no cover because covered lending is limited by the balance.
  private var coverLimit: CoverLimit?
  private var realised: RealisedClaims
  /// What the fund brings into a run that goes on from a day.
  private var carried: CarriedCases?
  private let hasCarried: Bool
  /// What the months leave behind, where somebody asks for the years of trials.
  private var notes: MonthNotes?
  /// Reckons the fund's cost; `nil` where that is not asked for.
  private var costs: FundCosts?
  private let cost: TrialCost?

  init(
    _ terms: FundTerms, watch: ThresholdWatch, journal: ClaimJournal? = nil,
    in memory: WorkingMemory
  ) {
    self.terms = terms
    self.watch = watch
    hot = terms.hot
    claims = terms.claims
    plainClaims = terms.plainClaims
    book = InOrderBook(terms, journal: journal, in: memory)
    claimed = memory.room(count: terms.candidateCount)
    coverLimit = CoverLimit(terms)
    realised = RealisedClaims(horizon: hot.comesAfterRealisation ? hot.horizon : 0)
    carried = CarriedCases(terms)
    hasCarried = carried != nil
    costs = FundCosts(terms, in: memory)
    cost = terms.coveredSchedule.map { CostRows($0, count: 1, in: memory)[0] }
  }

  /// Settles a trial, whose defaults are in order.
  mutating func settle(_ defaults: TrialDefaults, trial: borrowing TrialContext) {
    begin(defaults)
    carried?.bringIn(to: &book, watch: &watch, trial: trial)
    for month in 0..<hot.horizon {
      book.beginMonth(month, notes, watch: &watch)
      watch.beginMonth(
        month, defaults: defaults, trial: trial, writeOffMonths: hot.writeOffMonths)
      coverLimit?.decide(month, balance: book.balance, watch: &watch, trial: trial)
      if hot.couplesClaims {
        book.lend(month, within: coverLimit, watch: &watch, trial: trial)
      }
      book.takeRecoveries(month, watch: &watch)
      settleClaims(month, defaults: defaults, trial: trial)
      book.showMoney(to: &watch)
      watch.endMonth(month)
      book.endMonth(month, notes)
    }
    book.end(defaults)
    if let cost {
      costs?.count(defaults, watch: &watch, limit: coverLimit, trial: trial, into: cost)
    }
  }

  /// Forgets the trial before.
  private mutating func begin(_ defaults: TrialDefaults) {
    book.begin(defaults)
    watch.forgetBreaches()
    watch.reset()
    realised.reset()
    coverLimit?.reset()
  }

  /// Settles a month's claims in portfolio order, those on losses from before the run among them.
  @inline(__always)
  private mutating func settleClaims(
    _ month: Int, defaults: TrialDefaults, trial: borrowing TrialContext
  ) {
    if hot.comesAfterRealisation {
      return settleRealised(month, defaults: defaults, trial: trial)
    }
    var due: ArraySlice<CarriedCases.Due> = []
    if hasCarried { due = carried?.due(month)[...] ?? [] }
    if month >= hot.delay {
      let range = defaults.range(month &- hot.delay)
      for index in range {
        claimed[index &- range.lowerBound] = terms.loanInBank(defaults.ordered[index])
      }
      for index in range where !watch.stopped.contains(defaults.ordered[index].loan) {
        let event = defaults.ordered[index]
        if hasCarried { settle(&due, before: event.loan, month: month, trial: trial) }
        settleClaim(event, of: claimed[index &- range.lowerBound], month: month, trial: trial)
      }
    }
    if hasCarried { settle(&due, before: .max, month: month, trial: trial) }
  }

  /// Settles the claims whose recoveries are in, on what is then lost (I-52).
  private mutating func settleRealised(
    _ month: Int, defaults: TrialDefaults, trial: borrowing TrialContext
  ) {
    if month >= hot.delay {
      for index in defaults.range(month &- hot.delay)
      where !watch.stopped.contains(defaults.ordered[index].loan)
        && !realised.add(defaults.ordered[index], month: month, under: terms, trial: trial)
      {
        book.figures.noteLateClaim()
      }
    }
    var due = carried?.due(month)[...] ?? []
    for item in realised.due(month) {
      settle(&due, before: item.event.loan, month: month, trial: trial)
      let covered = covered(item.event, of: terms.loanInBank(item.event), trial: trial)
      let base = book.figures.lossBase(of: item.left, item.event, covered: covered, trial: trial)
      guard base > 0 else { continue }
      let loss = ClaimLoss(base: Money(fen: base), recoveryMonth: hot.horizon, recovered: .zero)
      book.settle(loss, of: item.event, month: month, watch: &watch)
    }
    settle(&due, before: .max, month: month, trial: trial)
  }

  /// Settles those of a month's claims on losses from before the run that come before a loan's.
  @inline(__always)
  private mutating func settle(
    _ due: inout ArraySlice<CarriedCases.Due>, before loan: Int32, month: Int,
    trial: borrowing TrialContext
  ) {
    while let first = due.first, first.event.loan < loan {
      let item = due.removeFirst()
      carried?.settle(item, in: &book, month: month, watch: &watch, trial: trial)
    }
  }
}

// One claim. Three ways, of which the quicker come to what the last does: a plain claim takes two
// amounts where another takes twenty; one that was settled beforehand needs no more than to be paid.
extension InOrderPath {
  /// Settles one claim and divides its recovery: a plain one by what its record holds.
  @inline(__always)
  private mutating func settleClaim(
    _ event: DefaultEvent, of loan: LoanInBank, month: Int, trial: borrowing TrialContext
  ) {
    let plain = plainClaims[Int(event.loan)]
    guard event.month <= plain.lastMonth,
      terms.isCovered(loan, watch: &watch, trial: trial),
      book.pay(plain, of: event, month: month, watch: &watch, trial: trial)
    else { return settleAnyClaim(event, of: loan, month: month, trial: trial) }
  }

  /// Settles any claim and divides its recovery.
  @inline(never)
  private mutating func settleAnyClaim(
    _ event: DefaultEvent, of loan: LoanInBank, month: Int, trial: borrowing TrialContext
  ) {
    let index = Int(event.loan)
    guard plainClaims[index].isFixed, !hot.couplesClaims else {
      return settleAnew(
        event, month: month, covered: covered(event, of: loan, trial: trial), trial: trial)
    }
    guard Int(event.month) <= hot.lastDefaultMonth,
      terms.isCovered(loan, watch: &watch, trial: trial)
    else { return settleAnew(event, month: month, covered: nil, trial: trial) }
    let claim = ClaimBeforehand(
      settled: claims[index].settled, total: claims[index].total,
      model: Int(claims[index].model), bank: loan.bank,
      account: hot.accountCount == 1 ? 0 : loan.bank, month: month)
    guard !book.pay(claim, of: event, watch: &watch, trial: trial) else { return }
    settleAnew(
      event, month: month, covered: terms.coveredPrincipal(event.loan, watch: &watch),
      unlimited: claim.settled, trial: trial)
  }

  /// Settles a claim all the way: loss, cover, kernel, recovery.
  ///
  /// - Parameters:
  ///   - covered: What is covered of the loan; `nil` if it has no cover.
  ///   - unlimited: The claim as it was settled beforehand; that is what settling without limit comes to.
  @inline(never)
  private mutating func settleAnew(
    _ event: DefaultEvent, month: Int, covered: Int64?, unlimited: Settlement? = nil,
    trial: borrowing TrialContext
  ) {
    let loss = book.figures.loss(of: event, month: month, covered: covered, trial: trial)
    guard loss.base > .zero else { return }
    book.settle(loss, of: event, month: month, unlimited: unlimited, watch: &watch)
  }

  /// What is covered of a loan; `nil` if it has no cover.
  private mutating func covered(
    _ event: DefaultEvent, of loan: LoanInBank, trial: borrowing TrialContext
  ) -> Int64? {
    guard terms.isInForce(event), terms.isCovered(loan, watch: &watch, trial: trial),
      !(coverLimit?.refuses(event.loan) ?? false)
    else { return nil }
    return terms.coveredPrincipal(event.loan, watch: &watch)
  }
}

// What a trial leaves behind, for those who ask.
extension InOrderPath {
  /// Hands the figures of the trial to the tally, and writes its row.
  mutating func record(into tally: inout FundTally, _ place: TrialPlace) {
    book.record(into: &tally, place)
    watch.record(into: &tally)
    watch.record(trial: place.row, into: place.table)
    if let costs, let cost { book.figures.write(costs, cost, to: place) }
  }

  /// Lets every trial leave its months behind.
  mutating func noteMonths(of periods: [YearPeriod]) {
    notes = MonthNotes(terms, periods: periods)
  }

  /// Hands the months of the last trial to a table.
  mutating func record(
    _ lending: CoveredLending, _ defaults: TrialDefaults, trial: borrowing TrialContext,
    into place: YearTable.Row
  ) {
    guard let notes else { return }
    let record = LendingRecord(
      terms: terms, lending: lending, limit: coverLimit, carried: carried?.all ?? [])
    notes.take(
      record.course(of: defaults, watch: &watch, trial: trial), madeBefore: lending.madeBefore)
    let budgets = place.table.periods.map { period in
      notes.starts[period.firstMonth].map { book.need($0, period, floor: place.floor) } ?? 0
    }
    place.table.write(
      notes.course, budgets: budgets, accounts: notes.accounts, row: place.number)
  }

  /// Divides the last trial among groups of loans.
  mutating func split(by groups: GroupPlaces, into row: inout TrialSplit) {
    book.split(by: groups, into: &row)
  }

  /// Writes what lay outside cover in the last trial, and what thresholds cost.
  mutating func splitOutside(into split: inout OutsideSplit) {
    book.figures.splitOutside(into: &split, watch: &watch)
  }

  /// What the last trial left behind.
  func history(row: OutcomeTable) -> TrialHistory.Fund {
    TrialHistory.Fund(
      figures: Dictionary(
        uniqueKeysWithValues: row.columns.map { ($0, row.column($0, count: 1)[0]) }),
      months: book.figures.months,
      breaches: watch.breaches.map {
        ($0.threshold, $0.bank, $0.month, Money(fen: $0.part), Money(fen: watch.whole(of: $0)))
      }, stoppedLoans: watch.stopped.loans, carried: carried?.history ?? TrialHistory.Carried())
  }
}
