import Dispatch
import Foundation
import FundCore
import Simulation

/// Follows a run on the terminal, and ends it cleanly on Ctrl-C.
final class RunProgress {
  private let control: RunControl
  private let total: Int
  private let begin = DispatchTime.now()
  private var sources: [any DispatchSourceProtocol] = []
  private let isShown: Bool

  /// Starts to follow.
  ///
  /// - Parameters:
  ///   - control: The run.
  ///   - total: The number of trials.
  ///   - isQuiet: Whether nothing is shown.
  ///   - limit: After how many seconds the run is stopped.
  init(control: RunControl, total: Int, isQuiet: Bool, limit: Double? = nil) {
    self.control = control
    self.total = total
    isShown = !isQuiet && isatty(STDERR_FILENO) != 0
    // A parent may have blocked the signal; Ctrl-C works all the same.
    var interruptSet = sigset_t()
    sigemptyset(&interruptSet)
    sigaddset(&interruptSet, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &interruptSet, nil)
    signal(SIGINT, SIG_IGN)
    let interrupt = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    interrupt.setEventHandler { control.stop() }
    interrupt.resume()
    sources.append(interrupt)
    if let limit { stop(control, after: limit) }
    guard isShown else { return }
    let timer = DispatchSource.makeTimerSource(queue: .global())
    let begin = begin
    timer.schedule(deadline: .now() + .milliseconds(300), repeating: .milliseconds(300))
    timer.setEventHandler {
      let line = Self.line(done: control.progress, of: total, since: begin)
      FileHandle.standardError.write(Data(("\r" + line + "\u{1B}[K").utf8))
    }
    timer.resume()
    sources.append(timer)
  }

  private func stop(_ control: RunControl, after seconds: Double) {
    // Dispatch's own clock only goes forward, whatever the wall clock does.
    let timer = DispatchSource.makeTimerSource(queue: .global())
    timer.schedule(deadline: begin + seconds)
    timer.setEventHandler { control.stop(atLimit: true) }
    timer.resume()
    sources.append(timer)
  }

  /// Stops following and clears the line.
  func finish() {
    for source in sources { source.cancel() }
    signal(SIGINT, SIG_DFL)
    if isShown { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
  }

  private static func line(done: Int, of total: Int, since begin: DispatchTime) -> String {
    let seconds = Double(DispatchTime.now().uptimeNanoseconds - begin.uptimeNanoseconds) / 1e9
    guard done > 0 else { return Language.say(en: "0 of \(total) trials", zh: "已完成0/\(total)次") }
    let left = Int((seconds / Double(done) * Double(total - done)).rounded(.up))
    let share = done * 100 / total
    return Language.say(
      en: """
        \(done) of \(total) trials (\(share) %), about \(left) s left; Ctrl-C stops and reports what \
        there is
        """,
      zh: "已完成\(done)/\(total)次（\(share)%），约剩\(left)秒；按 Ctrl-C 停止并报告已有结果")
  }
}
