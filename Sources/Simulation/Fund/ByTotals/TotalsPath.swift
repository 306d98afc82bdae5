import CompensationKernel
import FundCore

/// One fund by totals: the short way through trials, for funds of one account whose payments are final.
///
/// What is owed and returned is summed by month, in whatever order the defaults were found
/// (`ClaimSums`). Thresholds are judged on the sums, or claim by claim where they must be
/// (`CoverWatch`). When a block of trials has been added so, their months are run side by side on the
/// sums (`BlockMonths`), and those of the trials that fall short once more, one by one (`ShortMonths`). It
/// comes to what `InOrderPath` comes to, to the last fen.
struct TotalsPath {
  /// How far a row of the block has come.
  private enum Stage: BitwiseCopyable {
    /// Its claims are in, and the months are to be run.
    case isSummed
    /// Its months have been run by themselves.
    case isRun
    /// Its needed capital has been found besides.
    case isComplete
    /// The trial is settled in order.
    case isLeft
  }

  private let terms: FundTerms
  private var hot: HotFund { terms.hot }
  private let rows: BlockRows
  private(set) var sums: ClaimSums
  /// Which trials reach nothing that couples their claims; `nil` where nothing does.
  private let quiet: QuietClaims?
  private var cover: CoverWatch
  private let months: BlockMonths
  /// The months of a fund that is filled up; `nil` if it is not.
  private let filledMonths: FilledMonths?
  private var shortMonths: ShortMonths
  private var tally: BlockTally
  private let stages: UnsafeMutableBufferPointer<Stage>
  /// Reckons the fund's cost; `nil` where that is not asked for.
  private var costs: FundCosts?
  /// How many rows of the block are in use.
  private var count = 0

  init(_ terms: FundTerms, watch: ThresholdWatch, in memory: WorkingMemory) {
    self.terms = terms
    cover = CoverWatch(terms, watch: watch, in: memory)
    rows = BlockRows(terms, totals: cover.totals, in: memory)
    sums = ClaimSums(terms, totals: cover.totals, in: memory)
    quiet = QuietClaims(terms, in: memory)
    months = BlockMonths(terms, in: memory)
    filledMonths = FilledMonths(terms)
    shortMonths = ShortMonths(terms)
    tally = BlockTally(terms, in: memory)
    stages = memory.table(.isLeft, count: BlockRows.count)
    costs = FundCosts(terms, in: memory)
  }

  /// Makes room for sums of trials that go from cell to cell together.
  mutating func prepareCells(in memory: WorkingMemory) {
    sums.prepareCells(like: rows[0], in: memory)
  }

  /// Leaves what plain claims add to each trial for other funds.
  mutating func leaveClaims(in memory: WorkingMemory) -> SharedSums {
    sums.leaveClaims(like: rows[0], in: memory)
  }

  /// Takes what plain claims add to each trial from another fund.
  mutating func takeClaims(from shared: SharedSums) { sums.takeClaims(from: shared) }

  /// Adds the claims of the block's next trial, and judges its thresholds.
  ///
  /// - Returns: `false` if what is owed may depend on what is paid, or claims on each other; nothing counts then.
  mutating func add(
    _ defaults: TrialDefaults, trial: borrowing TrialContext, into tally: inout FundTally,
    _ place: TrialPlace
  ) -> Bool {
    let (index, row) = (count, rows[count])
    count += 1
    stages[index] = .isLeft
    if let quiet, !quiet.isQuiet(defaults) { return false }
    row.clear()
    row.outcome.pointee.defaults = Int64(defaults.count)
    cover.begin()
    sums.add(defaults, to: row, watch: &cover.watch, trial: trial)
    cover.judge(defaults, sums: sums, row: row, trial: trial)
    stages[index] = .isSummed
    if let cost = row.cost {
      costs?.count(defaults, watch: &cover.watch, trial: trial, into: cost)
    }
    // What a month that falls short asks, and only this trial knows.
    if hot.cannotWait || !cover.lostCover.isEmpty {
      stages[index] = runAlone(row, defaults, trial: trial, place)
    }
    guard stages[index] != .isLeft else { return false }
    cover.watch.record(into: &tally)
    cover.watch.record(trial: place.row, into: place.table)
    return true
  }

  /// Runs the months of a trial by themselves.
  private mutating func runAlone(
    _ row: TrialRow, _ defaults: TrialDefaults, trial: borrowing TrialContext,
    _ place: TrialPlace
  ) -> Stage {
    if let filledMonths { return runFilled(row, defaults, filledMonths, trial: trial, place) }
    var stage = Stage.isRun
    let (months, horizon) = (months, hot.horizon)
    let isDone = shortMonths.run(row, defaults: defaults, cover: &cover, trial: trial) {
      row.outcome.pointee.neededCapital = months.needed(row, through: horizon)
      place.table.writeCapital(trial: place.row) { months.needed(row, through: $0) }
      stage = .isComplete
    }
    return isDone ? stage : .isLeft
  }

  /// The same of a fund that is filled up, whose needed capital is found before anything falls short.
  private mutating func runFilled(
    _ row: TrialRow, _ defaults: TrialDefaults, _ months: FilledMonths,
    trial: borrowing TrialContext, _ place: TrialPlace
  ) -> Stage {
    let needed = months.needed(row, through: hot.horizon)
    place.table.writeCapital(trial: place.row) { months.needed(row, through: $0) }
    guard shortMonths.run(row, defaults: defaults, cover: &cover, trial: trial, fallsShort: {})
    else { return .isLeft }
    row.outcome.pointee.neededCapital = needed
    if let fillUps = terms.fillUps {
      place.table.writeFilledUp(fillUps.byYear, trial: place.row)
    }
    return .isComplete
  }

  /// Ends the block: runs what months have to be run, hands the figures to the tally, and writes the rows.
  ///
  /// - Parameters:
  ///   - defaults: Those of the block's trials.
  ///   - place: Where the first of them goes.
  mutating func finish(
    _ defaults: [TrialDefaults], trial: borrowing TrialContext,
    into tally: inout FundTally, _ place: TrialPlace
  ) {
    inFours({ $0 == .isSummed }) { months.run($0) }
    inFours({ $0 == .isSummed || $0 == .isRun }) { months.findNeeded($0) }
    cover.begin()
    for index in 0..<count where stages[index] != .isLeft {
      let (row, own) = (rows[index], place.advanced(by: index))
      if stages[index] != .isComplete {
        own.table.writeCapital(trial: own.row) { months.needed(row, through: $0) }
      }
      if row.outcome.pointee.lowest < 0 {
        _ = shortMonths.run(row, defaults: defaults[index], cover: &cover, trial: trial) {}
      }
      self.tally.add(row)
      own.table.write(row.outcome, row.closing, losses: terms.setup.places, trial: own.row)
      tally.add(row.outcome, opening: hot.opening)
      if let cost = row.cost { costs?.write(row, cost, to: own) }
    }
    self.tally.finish(into: &tally)
    count = 0
  }

  /// Goes through the rows in some stages, four at a time; the last is repeated where there are fewer.
  @inline(__always)
  private func inFours(_ isWanted: (Stage) -> Bool, _ body: (FourLanes<TrialRow>) -> Void) {
    var wanted = SIMD4<Int>()
    var lanes = 0
    for index in 0..<count where isWanted(stages[index]) {
      wanted[lanes] = index
      lanes += 1
      if lanes == 4 {
        body(four(wanted))
        lanes = 0
      }
    }
    guard lanes > 0 else { return }
    for lane in lanes..<4 { wanted[lane] = wanted[lanes - 1] }
    body(four(wanted))
  }

  private func four(_ places: SIMD4<Int>) -> FourLanes<TrialRow> {
    FourLanes(
      first: rows[places[0]], second: rows[places[1]], third: rows[places[2]],
      fourth: rows[places[3]])
  }
}

/// Where the figures of a trial go.
struct TrialPlace {
  let table: OutcomeTable
  let row: Int

  func advanced(by rows: Int) -> TrialPlace { TrialPlace(table: table, row: row + rows) }
}
