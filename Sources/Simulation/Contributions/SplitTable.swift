import Synchronization

/// Trials that were run again, each divided among groups of loans.
///
/// A class, because threads write their own rows into one allocation.
final class SplitTable: @unchecked Sendable {
  /// What a row begins with: compensation, needed capital, month of exhaustion.
  private static let headCount = 3

  private let trials: [Int]
  private let width: Int
  private let stride: Int
  // Threads write disjoint rows.
  private let values: UnsafeMutablePointer<Int64>
  /// The row of each trial.
  private let rowOf: [Int: Int]
  /// Of so many trials from the first of the run it is kept what lay outside cover.
  private let outsideCount: Int
  /// By trial.
  private let outsideRows: Mutex<[Int: OutsideSplit]> = Mutex([:])

  /// Runs trials of a plan of one fund again.
  ///
  /// - Parameters:
  ///   - plan: The plan, with that fund alone.
  ///   - trials: Their numbers, each once.
  ///   - groups: Among which they are divided.
  ///   - outsideCount: Of so many trials from the first it is kept what lay outside cover.
  ///   - workers: The threads that work at once, and what stops them.
  /// - Returns: `nil` if it was stopped before the last trial.
  init?(
    _ plan: SimulationPlan, _ trials: [Int], by groups: GroupPlaces, outsideCount: Int,
    workers: SplitWorkers
  ) {
    self.trials = trials
    self.outsideCount = outsideCount
    width = groups.width
    stride = Self.headCount + 3 * groups.width
    rowOf = Dictionary(uniqueKeysWithValues: trials.enumerated().map { ($1, $0) })
    values = .allocate(capacity: max(1, trials.count * stride))
    values.initialize(repeating: 0, count: trials.count * stride)
    guard run(plan, groups, workers) else { return nil }
  }

  deinit { values.deallocate() }

  /// Runs the trials; `false` if it was stopped.
  private func run(_ plan: SimulationPlan, _ groups: GroupPlaces, _ workers: SplitWorkers) -> Bool {
    let setups = plan.funds.map { FundSetup(plan: $0, simulation: plan) }
    let claims = LoanClaims.all(setups, simulation: plan)
    let tables = DrawTables(dependence: plan.defaults.factors.dependence)
    let drawn = DrawnModel(plan, trials: trials)
    let next = Atomic<Int>(0)
    let chunk = 32
    let count = (trials.count + chunk - 1) / chunk
    onThreads(max(1, min(workers.threads, count))) { [trials] in
      var options = SimulationOptions(alwaysExact: true, drawn: drawn)
      options.keepsJournal = true
      var worker = TrialWorker(
        plan: plan, setups: setups, claims: claims, tables: tables, options: options)
      let outcomes = plan.outcomeTables(trialCount: 1)
      for table in outcomes { table.begin(rows: 0..<1) }
      var split = TrialSplit(width: groups.width)
      while !workers.control.shouldStop {
        let first = next.add(chunk, ordering: .relaxed).oldValue
        guard first < trials.count else { return }
        for row in first..<min(first + chunk, trials.count) {
          worker.run(trials: trials[row], rows: 0..<1, into: outcomes)
          worker.split(fund: 0, by: groups, into: &split)
          self.write(split, row: row)
          guard trials[row] < self.outsideCount else { continue }
          var outside = OutsideSplit()
          worker.splitOutside(fund: 0, into: &outside)
          self.outsideRows.withLock { $0[trials[row]] = outside }
        }
      }
    }
    return next.load(ordering: .relaxed) >= trials.count
  }

  private func write(_ split: TrialSplit, row: Int) {
    let place = values + row * stride
    place[0] = split.compensation
    place[1] = split.neededCapital
    place[2] = Int64(split.exhaustionMonth)
    for (number, part) in [split.paid, split.owed, split.outflow].enumerated() {
      for (group, value) in part.enumerated() {
        place[Self.headCount + number * width + group] = value
      }
    }
  }

  /// What lay outside cover in the first trials, in their order.
  var outside: [OutsideSplit] {
    let rows = outsideRows.withLock { $0 }
    return (0..<outsideCount).compactMap { rows[$0] }
  }

  /// A trial's row.
  private func row(ofTrial trial: Int) -> UnsafeMutablePointer<Int64> {
    values + (rowOf[trial] ?? 0) * stride
  }

  /// What of a trial's amount falls on a group; of exhaustion, its share of what was owed up to then.
  func part(_ amount: SplitAmount, trial: Int, group: Int, of places: Range<Int>) -> Double {
    let row = row(ofTrial: trial) + Self.headCount
    switch amount {
    case .compensation: return Double(row[group])
    case .capital: return Double(row[2 * width + group])
    case .exhaustion:
      var whole: Int64 = 0
      for place in places { whole += row[width + place] }
      return whole > 0 ? Double(row[width + group]) / Double(whole) : 0
    }
  }

  /// What of a trial's amount falls on no loan: of needed capital, interest, fees and new money.
  func rest(_ amount: SplitAmount, trial: Int, of places: Range<Int>) -> Double {
    let row = row(ofTrial: trial)
    switch amount {
    case .compensation:
      return Double(places.reduce(row[0]) { $0 - row[Self.headCount + $1] })
    case .capital:
      return Double(places.reduce(row[1]) { $0 - row[Self.headCount + 2 * width + $1] })
    case .exhaustion:
      let owed = places.reduce(Int64(0)) { $0 + row[Self.headCount + width + $1] }
      return row[2] >= 0 && owed == 0 ? 1 : 0
    }
  }

  /// The trial's whole amount.
  func whole(_ amount: SplitAmount, trial: Int) -> Double {
    let row = row(ofTrial: trial)
    switch amount {
    case .compensation: return Double(row[0])
    case .capital: return Double(row[1])
    case .exhaustion: return row[2] >= 0 ? 1 : 0
    }
  }
}

/// The threads that divide trials at once, and what stops them.
struct SplitWorkers {
  var threads: Int
  var control = RunControl()
}

/// An amount of a trial that is divided.
enum SplitAmount: Sendable {
  /// What the fund paid, in fen.
  case compensation
  /// The capital that it needed, in fen.
  case capital
  /// 1 if it ran dry, else 0.
  case exhaustion
}
