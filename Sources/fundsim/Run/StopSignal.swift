import ArgumentParser
import Foundation
import Synchronization

/// The signals that end a command early: Ctrl-C and what `kill` and `timeout` send.
///
/// A signal is only noted; whoever works looks for it. That needs no thread, of which a container may have
/// none to give.
enum StopSignal {
  private static let caught = Atomic<Int32>(0)
  private static let watched = [SIGINT, SIGTERM]

  /// The signal that came; 0 if none did.
  static var number: Int32 { caught.load(ordering: .relaxed) }

  /// The status to leave with after a signal: 128 and its number, that of Ctrl-C if none came.
  static var status: ExitCode { ExitCode(128 + (number == 0 ? SIGINT : number)) }

  /// Notes the signals from now on, also where the parent had blocked them.
  static func watch() {
    // Made before a handler needs it.
    _ = number
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in watched {
      sigaddset(&signals, signal)
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { StopSignal.caught.store($0, ordering: .relaxed) }
      action.sa_flags = SA_RESTART
      sigaction(signal, &action, nil)
    }
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  /// Lets the signals end the program again.
  static func ignore() {
    for signal in watched { Foundation.signal(signal, SIG_DFL) }
  }
}
