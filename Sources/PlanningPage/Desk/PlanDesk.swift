import Dispatch
public import FundCore
import LossStatistics
import Planning
import ReportForm
import Reporting
public import ScenarioInput
import Simulation
import Synchronization

/// Answers the wishes of a planning page, one after the other: it keeps what was read, and a pinned variant with
/// its trials.
public final class PlanDesk: Sendable {
  /// How much is simulated.
  public struct Effort: Sendable {
    /// The trials of the fine answer.
    public var trials: Int
    /// How many threads work at once.
    public var threads: Int
    /// After how many seconds an answer ends, whatever it has come to.
    public var seconds: UInt64 = 60

    /// Says how much.
    public init(trials: Int, threads: Int) { (self.trials, self.threads) = (trials, threads) }

    /// The fewest trials of a first answer.
    static let fewest = 500
    /// The trials that the figures of years rest on in the first answer, and in the last one.
    static let yearTrials = (first: 100, whole: 2_000)
    /// How long the trials of a first answer may take, in seconds.
    static let firstSeconds = 0.03
  }

  /// What the page begins with.
  public let base: PlanBase
  private let version: EngineVersion
  private let effort: Effort

  private struct Pinned: Sendable {
    let run: PlannedRun
    /// What was simulated of it, by the number of trials.
    var outcomes: [Int: PlannedRun.Outcome] = [:]
  }

  private struct State: Sendable {
    /// What pages pinned, by their names, the newest last.
    var pinned: [(page: String, pinned: Pinned)] = []
    /// Seconds a trial, as the last answers took them.
    var secondsPerTrial: Double?
  }

  private let state = Mutex(State())
  /// So many pages can have something pinned at a time.
  private static let mostPinned = 6

  /// Opens a desk.
  public init(_ base: PlanBase, version: EngineVersion, effort: Effort) {
    (self.base, self.version, self.effort) = (base, version, effort)
  }

  /// Answers a wish: a line at once, a finer one, and one with all that takes longer.
  ///
  /// - Parameters:
  ///   - wish: The wish.
  ///   - isOver: Whether nobody waits for it any more.
  ///   - send: Takes a line.
  public func answer(
    _ wish: PlanWish, until isOver: @escaping @Sendable () -> Bool, send: ([UInt8]) -> Void
  ) throws {
    guard !isOver() else { return }
    let wished = WishedScenario(base, moved: wish.moved)
    let answer = PlanAnswer(wish: wish, wished: wished)
    guard let scenario = wished.scenario else { return send(answer.refusal) }
    let end = DispatchTime.now().uptimeNanoseconds + effort.seconds * 1_000_000_000
    let control = RunControl { control in
      if isOver() { control.stop() }
      if DispatchTime.now().uptimeNanoseconds > end { control.stop(atLimit: true) }
    }
    let run = PlannedRun(scenario, version: version, threads: effort.threads)
    let count = min(firstCount, effort.trials)
    guard let first = first(count, of: run, control) else {
      return control.isAtLimit ? send(answer.lateness(effort.seconds)) : ()
    }
    pin(wish, run, first, count)
    try send(line(answer, first, .first, control))
    guard !isOver() else { return }
    var outcome = first
    if count < effort.trials, let fine = run.outcome(effort.trials, from: first, control: control) {
      outcome = fine
      if wish.pin == .set { keep(outcome, effort.trials, of: wish.page) }
      try send(line(answer, outcome, .fine, control))
    }
    if let whole = run.withYears(outcome, of: Effort.yearTrials.whole, control: control) {
      try send(line(answer, whole, .whole, control))
    } else if control.isAtLimit {
      send(answer.lateness(effort.seconds))
    }
  }

  /// A first answer, with how long its trials took kept for the next one; `nil` if it was stopped.
  private func first(
    _ count: Int, of run: PlannedRun, _ control: RunControl
  ) -> PlannedRun.Outcome? {
    let start = DispatchTime.now().uptimeNanoseconds
    guard let few = run.outcome(count, from: nil, control: control) else { return nil }
    note(seconds: Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9, of: count)
    return run.withYears(few, of: Effort.yearTrials.first, control: control)
  }

  /// What the moved controls say as a scenario file.
  ///
  /// - Throws: What does not go, or cannot be written.
  public func text(of wish: PlanWish) throws(Diagnostics) -> String {
    var document = try checked(wish).document
    // The seed that the command gave makes the numbers of the page.
    if let seed = base.choices.seed {
      document = try document.setting(ScenarioEdit(path: "seed", text: "\(seed)", option: "--seed"))
    }
    return try document.text()
  }

  /// The scenario of the moved controls.
  ///
  /// - Throws: What does not go.
  public func scenario(of wish: PlanWish) throws(Diagnostics) -> Scenario {
    let wished = try checked(wish)
    guard var scenario = wished.scenario else { throw Diagnostics([]) }
    // A report of what was moved must not look like that of the file.
    let moves = wish.moved.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    if !moves.isEmpty { scenario.title += " · " + moves.joined(separator: ", ") }
    return scenario
  }

  private func checked(_ wish: PlanWish) throws(Diagnostics) -> WishedScenario {
    let wished = WishedScenario(base, moved: wish.moved)
    let problems = wished.problems.sorted { $0.key < $1.key }.map { id, text in
      Diagnostic(
        code: "not-allowed", message: text, advice: .empty, location: SourceLocation(file: id))
    }
    guard problems.isEmpty else { throw Diagnostics(problems) }
    return wished
  }

  // MARK: First answers

  /// As many trials as fit into the time of a first answer, in few steps, so that a pinned variant has them too.
  private var firstCount: Int {
    guard let seconds = state.withLock({ $0.secondsPerTrial }) else { return Effort.fewest }
    let fits = Effort.firstSeconds / seconds
    return [8_000, 4_000, 2_000, 1_000].first { Double($0) <= fits } ?? Effort.fewest
  }

  private func note(seconds: Double, of count: Int) {
    let own = seconds / Double(count)
    state.withLock { $0.secondsPerTrial = $0.secondsPerTrial.map { ($0 * 3 + own) / 4 } ?? own }
  }

  // MARK: The pinned variant

  private static let name = LocalizedText(en: "moved", zh: "调整后")
  private static let pinnedName = LocalizedText(en: "pinned", zh: "固定")

  private func pin(
    _ wish: PlanWish, _ run: PlannedRun, _ outcome: PlannedRun.Outcome, _ count: Int
  ) {
    guard wish.pin != .keep else { return }
    state.withLock { state in
      state.pinned.removeAll { $0.page == wish.page }
      guard wish.pin == .set else { return }
      state.pinned.append((wish.page, Pinned(run: run, outcomes: [count: outcome])))
      state.pinned.removeFirst(max(0, state.pinned.count - Self.mostPinned))
    }
  }

  private func keep(_ outcome: PlannedRun.Outcome, _ count: Int, of page: String) {
    state.withLock { state in
      guard let place = state.pinned.firstIndex(where: { $0.page == page }) else { return }
      state.pinned[place].pinned.outcomes[count] = outcome
    }
  }

  /// The pinned variant on so many trials; `nil` if there is none, or it was stopped.
  private func pinned(
    _ count: Int, of page: String, _ control: RunControl
  ) -> PlannedRun.Outcome? {
    guard let pinned = state.withLock({ $0.pinned.first { $0.page == page }?.pinned }) else {
      return nil
    }
    if let known = pinned.outcomes[count] { return known }
    let fewer = pinned.outcomes.filter { $0.key < count }.max { $0.key < $1.key }?.value
    let outcome = pinned.run.outcome(count, from: fewer, control: control)
    if let outcome { keep(outcome, count, of: page) }
    return outcome
  }

  private func line(
    _ answer: PlanAnswer, _ outcome: PlannedRun.Outcome, _ stage: PlanAnswer.Stage,
    _ control: RunControl
  ) throws -> [UInt8] {
    let count = outcome.run.result.trialCount
    let pinned = pinned(count, of: answer.wish.page, control)
    let language = answer.wish.language
    let (own, theirs) = (Self.name[language], Self.pinnedName[language])
    let report =
      pinned.map { pinned in
        PlanReport(
          outcome.report, beside: pinned.report,
          Comparison(StudyResult(of: [pinned.run.named(theirs), outcome.run.named(own)]))
        ) { "\($0) · \(theirs)" }
      } ?? PlanReport(outcome.report)
    let years = outcome.report.years?.trials ?? 0
    return try answer.answer(
      report, stage, state: words(count, years: years, stage), isPinned: pinned != nil)
  }

  private func words(
    _ count: Int, years: Int, _ stage: PlanAnswer.Stage
  ) -> LocalizedText {
    let (trials, years) = (NumberFormat.whole(count), NumberFormat.whole(years))
    switch stage {
    case .first:
      return .init(
        en:
          "First answer: \(trials) trials, years on \(years). Intervals are wide; a finer one follows.",
        zh: "初步结果：模拟\(trials)次，逐年数据\(years)次。区间较宽，随后给出更精细的结果。")
    case .fine, .whole:
      return .init(
        en: "\(trials) trials, years on \(years); bands and brackets are 95 % intervals.",
        zh: "模拟\(trials)次，逐年数据\(years)次；色带和括号为95%区间。")
    }
  }
}
