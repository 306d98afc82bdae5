import RandomStreams

/// Trials that go through a very large portfolio side by side, cell by cell, up to their sums; then each of
/// them is settled as any other.
struct CellTrials {
  private let walk: BlockWalk
  private let candidates: CandidateTable
  private let redraw: RecoveryRedraw
  /// The words of each trial's recoveries.
  private let words: UnsafeMutableBufferPointer<SplitMix64>
  /// The defaults of each trial by month, shape `[trial × horizon + month]`.
  private let monthCounts: UnsafeMutableBufferPointer<Int32>
  private let horizon: Int
  /// The first trial of the block.
  private var first = 0

  /// - Parameter periods: For the defaults of how many periods recoveries are drawn.
  init(plan: SimulationPlan, tables: DrawTables, periods: Int, in memory: WorkingMemory) {
    walk = BlockWalk(plan: plan, tables: tables, in: memory)
    candidates = plan.defaults.walk.candidates
    redraw = RecoveryRedraw(recovery: plan.recovery, seed: plan.seed, periods: periods)
    words = memory.table(
      DrawKey(seed: 0, trial: 0, purpose: .recovery).sequence(), count: BlockWalk.trialCount)
    horizon = plan.horizon
    monthCounts = memory.table(0, count: BlockWalk.trialCount * horizon)
  }

  /// Whether the trials of a plan go from cell to cell together: where that pays, and every claim can be
  /// added so.
  static func serve(
    _ plan: SimulationPlan, _ funds: [FundWork], options: SimulationOptions
  ) -> Bool {
    let walk = plan.defaults.walk
    guard !walk.repeatsLoans, !options.alwaysExact, !funds.isEmpty, funds.allSatisfy(\.canGoByCell)
    else {
      return false
    }
    return options.goesByCell ?? (walk.candidates.count > BlockWalk.leastCandidates)
  }

  /// Draws a block of trials, and adds their claims to the funds' sums.
  mutating func run(
    _ trials: Range<Int>, arguments: ClassArguments, funds: [FundWork],
    into months: inout DefaultMonths
  ) {
    first = trials.lowerBound
    for (index, trial) in trials.enumerated() {
      words[index] =
        DrawKey(seed: redraw.seed, trial: UInt64(trial), purpose: .recovery).sequence()
    }
    for fund in funds { fund.beginCells() }
    let (words, candidates) = (words, candidates.items)
    walk.walk(trials, seed: redraw.seed, arguments: arguments) { list, count, period in
      noteMonths(list, count)
      if period < redraw.periods {
        redraw.recovery.draw(at: 0..<count, of: list.places) {
          words[Int(list.trials[$0])].word(
            at: candidates[Int(list.places[$0].number)].identity)
        }
      } else {
        redraw.recovery.miss(at: 0..<count, of: list.places) { _ in }
      }
      for fund in funds { fund.addCell(list, count: count, period: period) }
    }
    for index in 0..<trials.count {
      let seen = UnsafeMutableBufferPointer(
        rebasing: monthCounts[index * horizon..<(index + 1) * horizon])
      // The places of nobody have the first month.
      seen[0] -= Int32(walk.trials[index].dropped)
      months.add(seen)
    }
  }

  private func noteMonths(_ list: CellDefaults, _ count: Int) {
    let candidates = candidates.items
    for place in 0..<count {
      let month = candidates[Int(list.places[place].number)].month
      list.places[place].month = month
      monthCounts[Int(list.trials[place]) &* horizon &+ Int(month)] &+= 1
    }
  }

  /// Hands a trial of the block on.
  func hand(_ trial: Int, to defaults: TrialDefaults) {
    defaults.take(walk.trials[trial - first], at: trial - first, redraw)
  }
}
