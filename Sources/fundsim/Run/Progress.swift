import Dispatch
import Foundation
import FundCore
import Simulation
import Synchronization

/// Follows the runs of a command on the terminal, as one, and ends them cleanly on Ctrl-C or when their
/// time is over.
final class Progress {
  private let runs = RunsUnderWay()
  private var sources: [any DispatchSourceProtocol] = []
  private let isShown: Bool

  /// Starts to follow.
  ///
  /// - Parameters:
  ///   - isQuiet: Whether nothing is shown.
  ///   - limit: After how many seconds the run is stopped.
  init(isQuiet: Bool, limit: Double? = nil) {
    isShown = !isQuiet && isatty(STDERR_FILENO) != 0
    let runs = runs
    // A parent may have blocked the signal; Ctrl-C works all the same.
    var interruptSet = sigset_t()
    sigemptyset(&interruptSet)
    sigaddset(&interruptSet, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &interruptSet, nil)
    signal(SIGINT, SIG_IGN)
    let interrupt = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    interrupt.setEventHandler { runs.stop(atLimit: false) }
    interrupt.resume()
    sources.append(interrupt)
    if let limit {
      // Dispatch's own clock only goes forward, whatever the wall clock does.
      let timer = DispatchSource.makeTimerSource(queue: .global())
      timer.schedule(deadline: .now() + limit)
      timer.setEventHandler { runs.stop(atLimit: true) }
      timer.resume()
      sources.append(timer)
    }
    guard isShown else { return }
    let timer = DispatchSource.makeTimerSource(queue: .global())
    timer.schedule(deadline: .now() + .milliseconds(300), repeating: .milliseconds(300))
    timer.setEventHandler {
      FileHandle.standardError.write(Data(("\r" + runs.line + "\u{1B}[K").utf8))
    }
    timer.resume()
    sources.append(timer)
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

  /// Follows the search for what moves the headline, which comes before a run.
  ///
  /// - Parameters:
  ///   - seconds: After how many seconds it is stopped; `nil` for no end but that of all runs.
  ///   - body: The search.
  func followScreen<Result>(within seconds: Double?, _ body: (RunControl) -> Result) -> Result {
    let control = runs.beginScreen()
    defer { runs.endScreen() }
    guard let seconds else { return body(control) }
    let timer = DispatchSource.makeTimerSource(queue: .global())
    timer.schedule(deadline: .now() + seconds)
    timer.setEventHandler { control.stop(atLimit: true) }
    timer.resume()
    defer { timer.cancel() }
    return body(control)
  }

  /// Stops following and clears the line.
  func finish() {
    for source in sources { source.cancel() }
    sources = []
    signal(SIGINT, SIG_DFL)
    if isShown { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
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
    /// Whether what moves the headline is looked for, before the first run.
    var isScreening = false
    /// When the first run began.
    var start = DispatchTime.now()
    /// Whether all is to end, and whether its time was over.
    var stop: (isWanted: Bool, isAtLimit: Bool) = (false, false)
  }

  private let state = Mutex(State())

  func begin(trials: Int, later: Int?) -> RunControl {
    let control = RunControl()
    state.withLock { state in
      state.control = control
      state.begun += 1
      state.total = later.map { state.done + trials * ($0 + 1) }
      // What was stopped between two runs begins none.
      if state.stop.isWanted { control.stop(atLimit: state.stop.isAtLimit) }
    }
    return control
  }

  func beginScreen() -> RunControl {
    let control = RunControl()
    state.withLock { state in
      (state.control, state.isScreening) = (control, true)
      if state.stop.isWanted { control.stop(atLimit: state.stop.isAtLimit) }
    }
    return control
  }

  func endScreen() {
    state.withLock { state in
      (state.control, state.isScreening) = (nil, false)
      state.start = .now()
    }
  }

  func end() {
    state.withLock { state in
      state.done += state.control?.progress ?? 0
      state.control = nil
    }
  }

  func stop(atLimit: Bool) {
    state.withLock { state in
      if !state.stop.isWanted { state.stop = (true, atLimit) }
      state.control?.stop(atLimit: atLimit)
    }
  }

  /// The line that the terminal shows.
  var line: String {
    let state = state.withLock { $0 }
    guard !state.isScreening else {
      return Language.say(
        en: "looking for readings and laws that move the headline; Ctrl-C stops it",
        zh: "正在比较足以改变主要结论的条文读法和相依结构；按 Ctrl-C 停止")
    }
    let (done, total, begun) = (
      state.done + (state.control?.progress ?? 0), state.total, state.begun
    )
    guard begun > 0 else { return Language.say(en: "preparing", zh: "正在准备") }
    guard let total else {
      return Language.say(
        en: "\(done) trials, in run \(begun) of a search; Ctrl-C stops it",
        zh: "已完成\(done)次，正在进行搜索中的第\(begun)次运行；按 Ctrl-C 停止")
    }
    guard done > 0 else { return Language.say(en: "0 of \(total) trials", zh: "已完成0/\(total)次") }
    let seconds = Double(DispatchTime.now().uptimeNanoseconds - state.start.uptimeNanoseconds) / 1e9
    let left = Int((seconds / Double(done) * Double(max(0, total - done))).rounded(.up))
    let share = min(100, done * 100 / max(1, total))
    return Language.say(
      en: """
        \(done) of \(total) trials (\(share) %), about \(left) s left; Ctrl-C stops and reports what \
        there is
        """,
      zh: "已完成\(done)/\(total)次（\(share)%），约剩\(left)秒；按 Ctrl-C 停止并报告已有结果")
  }
}
