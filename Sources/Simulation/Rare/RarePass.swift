import Dispatch
import Synchronization

/// Where the innovations of a plan stand, and how its defaults are tilted.
struct RareModel: Sendable {
  let layout: InnovationLayout
  /// `nil` where defaults are left as the factors make them.
  let tilt: DefaultTilt?

  init(_ model: DefaultModel) {
    layout = InnovationLayout(model)
    tilt = DefaultTilt(model)
  }

  /// Whether anything can be moved.
  var canMove: Bool { layout.count > 0 || tilt != nil }
}

/// On how many threads rare trials are run, and who follows them.
public struct RareWork: Sendable {
  let threads: Int
  let control: RunControl

  /// Says so.
  public init(threads: Int, control: RunControl = RunControl()) {
    (self.threads, self.control) = (threads, control)
  }
}

/// Rare trials of a plan, made ready once and run under one mixture after the other.
struct RarePass {
  /// Trials a chunk.
  private static let chunkSize = 128

  private let plan: SimulationPlan
  private let setups: [FundSetup]
  private let claims: [LoanClaims]
  private let tables: DrawTables
  private let drawn: DrawnModel?
  private let model: RareModel
  private let work: RareWork

  /// - Parameters:
  ///   - plan: The plan, with the funds that are settled.
  ///   - drawn: The plan under the draws of its parameters that the trials have.
  init(_ plan: SimulationPlan, _ model: RareModel, drawn: DrawnModel?, _ work: RareWork) {
    self.plan = plan
    self.model = model
    self.drawn = drawn
    self.work = work
    let setups = plan.funds.map { FundSetup(plan: $0, simulation: plan) }
    self.setups = setups
    claims = LoanClaims.all(setups, simulation: plan)
    tables = DrawTables(dependence: plan.defaults.factors.dependence)
  }

  /// Runs trials.
  ///
  /// - Parameters:
  ///   - number: The number of the seed: 0 for the second set, or that of a pilot's round.
  ///   - isPilot: Whether innovations are noted.
  /// - Returns: The first of them, if they were stopped; `nil` if that was before any, or in a pilot's round.
  func run(
    _ trials: Range<Int>, under mixture: RareMixture, seed number: UInt64, isPilot: Bool
  ) -> RareRows? {
    var plan = plan
    plan.seed = RareKey.seed(number, of: plan.seed)
    let notes = RareNotes(trials, pilot: isPilot ? model.layout.count : nil)
    let outcomes = plan.outcomeTables(trialCount: trials.count)
    let chunkCount = (trials.count + Self.chunkSize - 1) / Self.chunkSize
    let nextChunk = Atomic<Int>(0)
    let (walk, seeded) = (drawn?.walk ?? plan.defaults.walk, plan)
    onThreads(max(1, min(work.threads, chunkCount))) {
      let draws = RareDraws(mixture, model, walk: walk, seed: seeded.seed, notes: notes)
      var worker = TrialWorker(
        plan: seeded, setups: setups, claims: claims, tables: tables,
        options: SimulationOptions(drawn: drawn, rare: draws))
      while !work.control.shouldStop {
        let chunk = nextChunk.add(1, ordering: .relaxed).oldValue
        guard chunk < chunkCount else { break }
        let rows =
          chunk * Self.chunkSize..<min((chunk + 1) * Self.chunkSize, trials.count)
        for table in outcomes { table.begin(rows: rows) }
        worker.run(trials: trials.lowerBound + rows.lowerBound, rows: rows, into: outcomes)
        work.control.note(rows.count)
      }
    }
    // Who has taken a chunk runs it to its end: all before the next one are done.
    let done = min(nextChunk.load(ordering: .relaxed) * Self.chunkSize, trials.count)
    guard done == trials.count || (!isPilot && done > 0) else { return nil }
    return RareRows(tables: outcomes, notes: notes, count: done)
  }
}

/// What rare trials came to.
struct RareRows {
  let tables: [OutcomeTable]
  let notes: RareNotes
  let count: Int

  /// The weight of every trial.
  var weights: [Double] { Array(notes.weights.prefix(count)) }

  /// A figure of a fund, in trial order.
  func column(_ column: OutcomeColumn, fund: Int) -> [Int64] {
    tables[fund].column(column, count: count)
  }
}
