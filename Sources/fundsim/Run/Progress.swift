import Dispatch
import Foundation
import FundCore
import Simulation
import Synchronization

/// Follows the runs of a command on the terminal, as one, and ends them cleanly on a signal or when their
/// time is over. It has no thread of its own: the runs' threads look after it.
final class Progress {
  private let runs: RunsUnderWay

  /// Starts to follow.
  ///
  /// - Parameters:
  ///   - isQuiet: Whether nothing is shown.
  ///   - limit: After how many seconds the run is stopped.
  init(isQuiet: Bool, limit: Double? = nil) {
    StopSignal.watch()
    runs = RunsUnderWay(isShown: !isQuiet && isatty(STDERR_FILENO) != 0, limit: limit)
  }

  /// Follows one run, until it ends.
  ///
  /// - Parameters:
  ///   - trials: How many trials it has.
  ///   - later: How many runs of as many trials come after it; `nil` if nobody knows.
  ///   - body: The run.
  func follow<Result>(
    trials: Int, later: Int? = 0, _ body: (RunControl) -> Result
  ) -> Result {
    let control = runs.begin(trials: trials, later: later)
    defer { runs.end() }
    return body(control)
  }

  /// Follows work beside the run, whose trials are none of the run's.
  ///
  /// - Parameters:
  ///   - work: What it is.
  ///   - seconds: After how many seconds it is stopped; `nil` for no end but that of all runs.
  ///   - body: The work.
  func follow<Result>(
    _ work: WorkBeside, within seconds: Double? = nil, _ body: (RunControl) -> Result
  ) -> Result {
    let control = runs.begin(work, within: seconds)
    defer { runs.endBeside() }
    return body(control)
  }

  /// Stops following and clears the line.
  func finish() {
    StopSignal.ignore()
    runs.clearLine()
  }
}

/// What is done beside the trials of a run.
enum WorkBeside: String {
  /// The search for what moves the headline, before the run.
  case headline
  /// The first trials once more, whose years are kept, before the run.
  case years
  /// The division of trials among the loans, after the run.
  case contributions
  /// Trials in which the funds fail often, after the run.
  case rare

  /// What the terminal says meanwhile.
  var line: LocalizedText {
    switch self {
    case .headline:
      .init(
        en: "looking for readings and laws that move the headline; Ctrl-C stops it",
        zh: "正在比较足以改变主要结论的条文读法和相依结构；按 Ctrl-C 停止")
    case .years:
      .init(en: "money and indicators by year; Ctrl-C stops it", zh: "正在测算逐年资金与指标；按 Ctrl-C 停止")
    case .contributions:
      .init(
        en: "all trials are done; looking for who uses the funds up; Ctrl-C stops it",
        zh: "模拟已全部完成，正在分析钱用在了谁身上；按 Ctrl-C 停止")
    case .rare:
      .init(
        en: "all trials are done; rare exhaustion by a second set of trials; Ctrl-C stops it",
        zh: "模拟已全部完成，正在用第二组模拟测算稀有耗尽；按 Ctrl-C 停止")
    }
  }
}

/// What the runs of a command have come to; signals and timers look at it from other threads.
private final class RunsUnderWay: Sendable {
  private struct State {
    /// The run under way.
    var control: RunControl?
    /// The trials of the runs that ended.
    var done = 0
    /// The trials of all runs; `nil` if nobody knows.
    var total: Int?
    /// The runs that began.
    var begun = 0
    /// What is done beside the runs just now.
    var work: WorkBeside?
    /// When the first run began.
    var start = DispatchTime.now()
    /// Until when that may go on.
    var workEnd: DispatchTime?
    /// When the line is shown next.
    var nextLine = DispatchTime.now() + RunsUnderWay.lineInterval
  }

  fileprivate static let lineInterval = DispatchTimeInterval.milliseconds(300)
  private let state = Mutex(State())
  private let isShown: Bool
  /// When all is to end. Dispatch's own clock only goes forward, whatever the wall clock does.
  private let deadline: DispatchTime?

  init(isShown: Bool, limit: Double?) {
    self.isShown = isShown
    deadline = limit.map { .now() + $0 }
  }

  func begin(trials: Int, later: Int?) -> RunControl {
    let control = RunControl { [self] in look(after: $0) }
    state.withLock { state in
      state.control = control
      state.begun += 1
      state.total = later.map { state.done + trials * ($0 + 1) }
    }
    return control
  }

  func begin(_ work: WorkBeside, within seconds: Double?) -> RunControl {
    let control = RunControl { [self] in look(after: $0) }
    state.withLock { state in
      (state.control, state.work) = (control, work)
      state.workEnd = seconds.map { .now() + $0 }
    }
    return control
  }

  func endBeside() {
    state.withLock { state in
      (state.control, state.work, state.workEnd) = (nil, nil, nil)
      state.start = .now()
    }
  }

  func end() {
    state.withLock { state in
      state.done += state.control?.progress ?? 0
      state.control = nil
    }
  }

  /// Stops a run on a signal or at the end of its time, and shows how far all have come.
  private func look(after control: RunControl) {
    if StopSignal.number != 0 { control.stop() }
    let now = DispatchTime.now()
    let (workEnd, isDue) = state.withLock { state in
      let isDue = (isShown || EventStream.isOpen) && now >= state.nextLine
      if isDue { state.nextLine = now + Self.lineInterval }
      return (state.workEnd, isDue)
    }
    if [deadline, workEnd].contains(where: { $0.map { now >= $0 } ?? false }) {
      control.stop(atLimit: true)
    }
    guard isDue else { return }
    if isShown { writeToErrors("\r" + line + "\u{1B}[K") }
    EventStream.tell(event)
  }

  /// Takes the line from the terminal.
  func clearLine() {
    if isShown { writeToErrors("\r\u{1B}[K") }
  }

  /// How far all have come.
  private var event: ProgressEvent {
    let state = state.withLock { $0 }
    let begun = state.start.uptimeNanoseconds
    return ProgressEvent(
      run: state.begun, done: state.done + (state.work == nil ? state.control?.progress ?? 0 : 0),
      total: state.total, seconds: Double(DispatchTime.now().uptimeNanoseconds - begun) / 1e9,
      work: state.work)
  }

  /// The line that the terminal shows.
  private var line: String {
    let event = event
    if let work = event.work { return work.line[.current] }
    let (done, total, begun) = (event.done, event.total, event.run)
    guard begun > 0 else { return Language.say(en: "preparing", zh: "正在准备") }
    guard let total else {
      return Language.say(
        en: "\(done) trials, in run \(begun) of a search; Ctrl-C stops it",
        zh: "已完成\(done)次，正在进行搜索中的第\(begun)次运行；按 Ctrl-C 停止")
    }
    guard done > 0 else { return Language.say(en: "0 of \(total) trials", zh: "已完成0/\(total)次") }
    let left = Int((event.seconds / Double(done) * Double(max(0, total - done))).rounded(.up))
    let share = min(100, done * 100 / max(1, total))
    return Language.say(
      en: """
        \(done) of \(total) trials (\(share) %), about \(left) s left; Ctrl-C stops and reports what \
        there is
        """,
      zh: "已完成\(done)/\(total)次（\(share)%），约剩\(left)秒；按 Ctrl-C 停止并报告已有结果")
  }
}
