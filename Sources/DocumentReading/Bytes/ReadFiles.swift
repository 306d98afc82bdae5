import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The files that this process has read, so that it never writes over one of them.
///
/// Kept for the whole process and not handed on, because readers in four targets open files, and a
/// list that each had to pass upwards would lack the next one's.
public enum ReadFiles {
  /// What tells a file, whatever names and links lead to it.
  private struct Identity: Hashable {
    let device: UInt64
    let number: UInt64

    init(_ status: stat) {
      device = UInt64(truncatingIfNeeded: status.st_dev)
      number = UInt64(truncatingIfNeeded: status.st_ino)
    }
  }

  private static let seen = Mutex<Set<Identity>>([])

  static func note(_ status: stat) {
    seen.withLock { _ = $0.insert(Identity(status)) }
  }

  /// Notes a file that something else reads, or goes on from.
  public static func note(path: String) {
    var status = stat()
    if stat(path, &status) == 0 { note(status) }
  }

  /// Whether a path leads to a file that was read: itself, or through links.
  public static func contains(path: String) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0 else { return false }
    return seen.withLock { $0.contains(Identity(status)) }
  }
}
