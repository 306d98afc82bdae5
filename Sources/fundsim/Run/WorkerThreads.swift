import Foundation

/// The threads that this process can have.
///
/// A container or a limit of processes (RLIMIT_NPROC) or of open files may refuse new ones. Dispatch then
/// tries again for ever, or traps, so it is asked for no more than there are.
enum WorkerThreads {
  /// How many threads can work at once, the caller's among them.
  ///
  /// - Parameter wanted: How many are wanted; no more are tried.
  static func count(of wanted: Int) -> Int {
    // Dispatch has no more workers than processors.
    let others = min(wanted, ProcessInfo.processInfo.activeProcessorCount) - 1
    guard others > 0 else { return wanted }
    guard canOpen(filesOfDispatch) else { return 1 }
    let made = made(others)
    return made == others ? wanted : made + 1
  }

  /// How many files Dispatch opens beside its threads (an epoll, an event, timers); it traps where it
  /// cannot.
  private static let filesOfDispatch = 8

  /// Whether so many files can be open beside those that are.
  static func canOpen(_ count: Int) -> Bool {
    var copies: [Int32] = []
    defer { for copy in copies { close(copy) } }
    while copies.count < count {
      let copy = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0)
      guard copy >= 0 else { return false }
      copies.append(copy)
    }
    return true
  }

  /// How many of so many threads can live at the same time: they are made, wait for each other, and end.
  private static func made(_ count: Int) -> Int {
    let gate = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    gate.initialize(to: pthread_mutex_t())
    defer { gate.deallocate() }
    pthread_mutex_init(gate, nil)
    pthread_mutex_lock(gate)
    var threads: [pthread_t] = []
    for _ in 0..<count {
      var thread = pthread_t()
      let failure = pthread_create(
        &thread, nil,
        { gate in
          guard let gate = gate?.assumingMemoryBound(to: pthread_mutex_t.self) else { return nil }
          pthread_mutex_lock(gate)
          pthread_mutex_unlock(gate)
          return nil
        }, gate)
      guard failure == 0 else { break }
      threads.append(thread)
    }
    pthread_mutex_unlock(gate)
    for thread in threads { pthread_join(thread, nil) }
    return threads.count
  }
}
