/// One fund in one thread: settled by totals where that serves, and in order where it does not. Both
/// come to the same, to the last fen.
struct FundWork {
  private let terms: FundTerms
  private var byTotals: TotalsPath?
  private var inOrder: InOrderPath?

  /// - Parameters:
  ///   - alwaysExact: Whether every trial is settled in order.
  ///   - journal: Takes what each claim moved in a trial that is settled in order; `nil` if nobody asks.
  init(
    _ terms: FundTerms, simulation: SimulationPlan, alwaysExact: Bool,
    journal: ClaimJournal? = nil, in memory: WorkingMemory
  ) {
    self.terms = terms
    func watch() -> ThresholdWatch {
      ThresholdWatch(
        setup: terms.setup, simulation: simulation, stopped: terms.stopped, in: memory)
    }
    let isShort = terms.hot.canSettleByTotals && !alwaysExact
    if isShort { byTotals = TotalsPath(terms, watch: watch(), in: memory) }
    if !isShort || terms.hot.comparesPayments || terms.hot.couplesClaims {
      inOrder = InOrderPath(terms, watch: watch(), journal: journal, in: memory)
    }
  }

  /// Months from a default to its claim.
  var delay: Int { terms.hot.delay }

  /// For the defaults of how many periods it has to know the recoveries.
  var drawnPeriods: Int { terms.hot.arrivals.drawn }

  /// Whether all claims can be added cell by cell.
  var canGoByCell: Bool { byTotals != nil && terms.canGoByCell }

  /// Makes room for sums of trials that go from cell to cell together.
  mutating func prepareCells(in memory: WorkingMemory) { byTotals?.prepareCells(in: memory) }

  /// Whether plain claims add the same to its trials as to those of another fund, in whatever trial.
  func addsClaims(like other: FundWork) -> Bool {
    byTotals != nil && other.byTotals != nil && terms.addsPlainClaims(like: other.terms)
  }

  /// Leaves what plain claims add to each trial for other funds.
  mutating func leaveClaims(in memory: WorkingMemory) -> SharedSums? {
    byTotals?.leaveClaims(in: memory)
  }

  /// Takes what plain claims add to each trial from another fund, whose turn comes first.
  mutating func takeClaims(from sums: SharedSums?) {
    if let sums { byTotals?.takeClaims(from: sums) }
  }

  /// Forgets the block before.
  func beginCells() { byTotals?.sums.cells?.clear() }

  /// Adds the claims of defaults of one cell.
  func addCell(_ list: CellDefaults, count: Int, period: Int) {
    byTotals?.sums.add(list, count: count, period: period)
  }

  /// Takes the next trial of a block: settles it, or leaves its months for the end of the block.
  mutating func add(
    _ defaults: TrialDefaults, trial: borrowing TrialContext, into tally: inout FundTally,
    _ place: TrialPlace
  ) {
    if byTotals?.add(defaults, trial: trial, into: &tally, place) ?? false { return }
    defaults.order()
    inOrder?.settle(defaults, trial: trial)
    inOrder?.record(into: &tally, place)
  }

  /// Ends a block.
  ///
  /// - Parameters:
  ///   - defaults: Those of the block's trials.
  ///   - place: Where the first of them goes.
  mutating func finish(
    _ defaults: [TrialDefaults], trial: borrowing TrialContext,
    into tally: inout FundTally, _ place: TrialPlace
  ) {
    byTotals?.finish(defaults, trial: trial, into: &tally, place)
  }

  /// Divides what the trial that was settled in order last left behind.
  mutating func split(by groups: GroupPlaces, into row: inout TrialSplit) {
    inOrder?.split(by: groups, into: &row)
  }

  /// What lay outside cover in that trial, told closely.
  mutating func splitOutside(into split: inout OutsideSplit) {
    inOrder?.splitOutside(into: &split)
  }

  /// Lets every trial that is settled in order leave its months behind.
  mutating func noteMonths(of periods: [YearPeriod]) {
    inOrder?.noteMonths(of: periods)
  }

  /// Hands the years of the trial that was settled in order last to a table.
  mutating func recordYears(
    _ lending: CoveredLending, _ defaults: TrialDefaults, trial: borrowing TrialContext,
    into place: YearTable.Row
  ) {
    inOrder?.record(lending, defaults, trial: trial, into: place)
  }

  /// What the trial that was settled in order last left behind.
  func history(row: OutcomeTable) -> TrialHistory.Fund? { inOrder?.history(row: row) }
}
