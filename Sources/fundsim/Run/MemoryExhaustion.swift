import Foundation
import FundCore

/// Says what happened where the system gives no more memory: Swift then ends the program wherever it stands
/// (SIGABRT), so that nobody could say it later.
///
/// `MemoryLimit` refuses beforehand what would not fit; this is for what it cannot foresee, such as a file that takes
/// more memory to read than there is. Results are written under temporary names and renamed whole, so that
/// none is half there.
enum MemoryExhaustion {
  /// Made before the handler needs it: nothing may be allocated there.
  nonisolated(unsafe) private static let words: UnsafeMutableBufferPointer<UInt8> = {
    let text = LocalizedText(
      en: """
        error[no-memory]: the system gives this process no more memory; the run was ended
          help: raise its limit (ulimit -v, or that of its container), use fewer trials (--trials) or --threads 1, \
        or run it on another machine

        """,
      zh: """
        错误[no-memory]：系统不再给本进程内存，运行已终止
          建议：提高限额（`ulimit -v` 或容器的限额），减少模拟次数（--trials）或用 --threads 1，或换一台机器运行

        """)[.current]
    let room = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.utf8.count)
    _ = room.initialize(from: text.utf8)
    return room
  }()

  /// Begins.
  static func watch() {
    guard !words.isEmpty else { return }
    signal(SIGABRT) { _ in
      let words = MemoryExhaustion.words
      _ = write(STDERR_FILENO, words.baseAddress, words.count)
      // `EX_OSERR`, as everywhere where the system lacks something.
      _exit(71)
    }
  }
}
