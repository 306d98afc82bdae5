import CompensationKernel
import FundCore

/// One fund by totals: the short way through trials, for funds of one account whose payments are final.
///
/// What is owed and returned is summed by month, in whatever order the defaults were found
/// (`ClaimSums`). Thresholds are judged on the sums, or claim by claim where they must be
/// (`CoverWatch`). Then the months are run on the sums (`TotalsMonths`). It comes to what `InOrderPath`
/// comes to, to the last fen.
struct TotalsPath {
  private let terms: FundTerms
  private let hot: HotFund
  private let rows: BlockRows
  private var sums: ClaimSums
  private var cover: CoverWatch
  private var months: TotalsMonths
  /// The balances of several accounts: none.
  private let yearEnds = UnsafeMutableBufferPointer<Int64>(start: nil, count: 0)

  init(_ terms: FundTerms, watch: ThresholdWatch, in memory: WorkingMemory) {
    self.terms = terms
    hot = terms.hot
    cover = CoverWatch(terms, watch: watch, in: memory)
    rows = BlockRows(terms, totals: cover.totals, in: memory)
    sums = ClaimSums(terms, totals: cover.totals, in: memory)
    months = TotalsMonths(terms, in: memory)
  }

  /// Settles a trial.
  ///
  /// - Returns: `false` if what is owed may depend on what is paid; nothing counts then.
  mutating func settle(_ defaults: inout TrialDefaults, trial: borrowing TrialContext) -> Bool {
    let row = rows[0]
    row.clear()
    row.outcome.pointee.defaults = Int64(defaults.count)
    cover.begin()
    sums.add(defaults, to: row, watch: &cover.watch, trial: trial)
    cover.judge(&defaults, sums: sums, row: row, trial: trial)
    return months.run(row, defaults: &defaults, cover: &cover, trial: trial)
  }

  /// Hands the figures of the trial to the tally, and writes its row.
  mutating func record(into tally: inout FundTally, row: Int, of table: OutcomeTable) {
    let trial = rows[0]
    // Step by step with the tally, which then costs next to nothing: a step waits for the
    // multiplications of the one before.
    var needed: Int64 = 0
    tally.add(TallyPath(months: trial.months, binsPerFen: hot.binsPerFen)) { month in
      needed = months.needed(trial, before: month, after: needed)
    }
    trial.outcome.pointee.neededCapital = needed
    tally.add(trial.outcome.pointee, yearEnds, opening: hot.opening)
    cover.watch.record(into: &tally)
    table.write(trial.outcome.pointee, trial.months, losses: terms.setup.places, trial: row)
    table.writeCapital(trial: row) { months.needed(trial, through: $0) }
    cover.watch.record(trial: row, into: table)
  }
}
