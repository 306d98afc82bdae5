import FundCore
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Standard input in the place of a file: a scenario, a tape, a register, a claim that comes through a pipe.
///
/// It is read once, into a file without a name, so that whoever opens it again reads the same bytes; and a table of any size
/// takes no memory.
public enum StandardInput {
  /// How the command line names it.
  public static let word = "-"
  /// How paths within the program and messages name it. A file of this name is reached as `./<stdin>`.
  public static let name = "<stdin>"

  /// The file that holds what was read; -1 before.
  private static let kept = Mutex<Int32>(-1)

  /// Opens what came through standard input, from its beginning.
  ///
  /// - Throws: `stdin-unreadable` where it cannot be read, or not be kept.
  static func open(limit: Int) throws(Diagnostics) -> Int32 {
    let file = try kept.withLock { (kept: inout Int32) throws(Diagnostics) -> Int32 in
      if kept < 0 { kept = try spooled(limit: limit) }
      return kept
    }
    // A description of its own, whose place no other reader moves.
    let descriptor = reopened(file)
    guard descriptor >= 0 else { throw problem(errno) }
    return descriptor
  }

  /// What was read; `nil` if standard input has not been opened. For excerpts under messages.
  public static var bytes: [UInt8]? {
    let file = kept.withLock { $0 }
    guard file >= 0 else { return nil }
    var status = stat()
    guard fstat(file, &status) == 0 else { return nil }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    let count = pread(file, &bytes, bytes.count, 0)
    return count < 0 ? nil : Array(bytes.prefix(count))
  }

  private static func reopened(_ file: Int32) -> Int32 {
    #if canImport(Darwin)
      Darwin.open("/dev/fd/\(file)", O_RDONLY | O_CLOEXEC)
    #elseif canImport(Musl)
      Musl.open("/proc/self/fd/\(file)", O_RDONLY | O_CLOEXEC)
    #else
      Glibc.open("/proc/self/fd/\(file)", O_RDONLY | O_CLOEXEC)
    #endif
  }

  /// Copies standard input into a file that has no name any more.
  private static func spooled(limit: Int) throws(Diagnostics) -> Int32 {
    guard isatty(STDIN_FILENO) == 0 else {
      throw Diagnostics(
        "stdin-is-terminal",
        .init(en: "standard input is the terminal, not a file", zh: "标准输入是终端，而不是文件"),
        help: .init(
          en: "send a file through it: fundsim check - < scenario.yaml",
          zh: "请把文件送入：fundsim check - < scenario.yaml"),
        at: SourceLocation(file: name))
    }
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(folder)/fundsim-stdin-\(String(repeating: "X", count: 6))".utf8CString)
    let file = mkstemp(&template)
    guard file >= 0 else { throw problem(errno) }
    unlink(template)
    _ = fcntl(file, F_SETFD, FD_CLOEXEC)
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    var size = 0
    while true {
      let count = read(STDIN_FILENO, &piece, piece.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw closing(file, errno) }
      if count == 0 { return file }
      size += count
      if size > limit {
        close(file)
        throw tooLarge(size: size, limit: limit, at: SourceLocation(file: name))
      }
      var written = 0
      while written < count {
        let step = piece.withUnsafeBytes { bytes in
          write(file, bytes.baseAddress.map { $0 + written }, count - written)
        }
        if step < 0, errno == EINTR { continue }
        guard step > 0 else { throw closing(file, errno) }
        written += step
      }
    }
  }

  private static func closing(_ file: Int32, _ number: Int32) -> Diagnostics {
    close(file)
    return problem(number)
  }

  private static func problem(_ number: Int32) -> Diagnostics {
    let reason = LocalizedText(same: String(cString: strerror(number)))
    return Diagnostics(
      "stdin-unreadable",
      .init(
        en: "standard input cannot be read, or not be kept for reading again: \(reason)",
        zh: "标准输入无法读取，或无法暂存：\(reason)"),
      help: .init(
        en:
          "save what it delivers to a file and give the path of that file; TMPDIR names the folder where it is kept",
        zh: "请把内容存为文件再给出路径；`TMPDIR` 指定暂存文件夹"),
      at: SourceLocation(file: name))
  }
}
