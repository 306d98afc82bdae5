import Dispatch
import Foundation
public import Simulation

/// A file that grows with a run, from which another goes on after Ctrl-C, a kill or a full disk.
///
/// A head that names the run, then segments, each with its length and checksum: what a run that
/// was killed left half written at the end is cut off, and no trial before it is lost. The article
/// "Beyond one machine" tells the format byte by byte.
public final class CheckpointFile: RunJournal {
  private let path: String
  private let interval: Double
  private let isAlone: Bool
  private let start: Int
  private let writing = DispatchQueue(label: "checkpoint")
  private let log: CheckpointLog
  private var pace = Pace()

  /// How fast the run goes.
  private struct Pace {
    var begin = DispatchTime.now()
    var count = 0
  }

  /// Opens the file, making it if it does not exist.
  ///
  /// - Parameters:
  ///   - path: Where it is.
  ///   - identity: The run. A file of another one is refused.
  ///   - interval: Seconds between two segments.
  ///   - isAlone: Whether there is no thread beside the caller's: the run then waits for each segment.
  ///   - warn: Called once if segments cannot be written; the run goes on.
  public init(
    path: String, identity: RunIdentity, interval: Double, isAlone: Bool = false,
    warn: @escaping @Sendable (String) -> Void
  ) throws(PartProblem) {
    self.path = path
    self.interval = interval
    self.isAlone = isAlone
    let head = Self.head(of: identity)
    if access(path, F_OK) != 0 { try Self.create(path, head) }
    let opened = open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK)
    guard opened >= 0 else { throw .unwritable(String(cString: strerror(errno))) }
    do {
      try Self.check(path, opened, head, identity)
    } catch {
      close(opened)
      throw error
    }
    start = head.count
    log = CheckpointLog(opened, warn: warn)
  }

  /// Hands over the segments of earlier runs, and cuts off what is damaged behind them.
  public func restore(_ shape: RunShape, _ take: (RunSegment) -> Bool) {
    var end = start
    if let file = try? FileSlices(path: path) {
      while let bytes = Self.segment(of: file, at: end),
        let segment = RunSegment(checkpoint: bytes, of: shape), take(segment)
      {
        end += Self.frameSize + bytes.count
      }
    }
    log.cut(at: end)
  }

  /// As many trials as fill the interval.
  public func nextCount() -> Int {
    let now = DispatchTime.now()
    let seconds = Double(now.uptimeNanoseconds - pace.begin.uptimeNanoseconds) / 1e9
    let rate = pace.count == 0 ? 0 : Double(pace.count) / max(seconds, 1e-6)
    let largest = pace.count == 0 ? 1024 : pace.count * 32
    pace = Pace(begin: now, count: max(1024, min(Int(rate * interval), largest)))
    return pace.count
  }

  /// Writes a segment while the run goes on.
  public func keep(_ rows: FinishedRows) {
    guard !isAlone else { return log.append { rows.write(to: &$0) } }
    writing.async { [log] in log.append { rows.write(to: &$0) } }
  }

  /// Waits until all segments are written.
  public func finish() {
    log.stopSecuring()
    if !isAlone { writing.sync {} }
  }
}

extension CheckpointFile {
  private static var magic: [UInt8] { Array("fundckpt".utf8) }
  private static var formatVersion: UInt32 { 3 }
  /// Length and checksum before a segment.
  private static var frameSize: Int { CheckpointLog.frameSize }

  private static func head(of identity: RunIdentity) -> [UInt8] {
    let text = RunIdentity.json(identity)
    let head =
      magic + littleEndian(formatVersion) + littleEndian(UInt32(text.count)) + text
    return head + littleEndian(Checksum.of(head))
  }

  /// Makes a file with nothing but a head, whole or not at all, and never in the place of another:
  /// a run that made one at the same moment keeps its own.
  private static func create(_ path: String, _ head: [UInt8]) throws(PartProblem) {
    let temporary = path + ".\(getpid()).new"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .unwritable(String(cString: strerror(errno))) }
    let problem = CheckpointLog.writeSecurely(head, to: descriptor, at: 0)
    close(descriptor)
    defer { unlink(temporary) }
    if let problem { throw .unwritable(problem) }
    guard link(temporary, path) != 0, errno != EEXIST else { return }
    // A file system without links: a file that is made here and now belongs to this run alone.
    let made = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard made >= 0 else {
      if errno == EEXIST { return }
      throw .unwritable(String(cString: strerror(errno)))
    }
    defer { close(made) }
    if let problem = CheckpointLog.writeSecurely(head, to: made, at: 0) {
      unlink(path)
      throw .unwritable(problem)
    }
  }

  private static func check(
    _ path: String, _ descriptor: Int32, _ head: [UInt8], _ identity: RunIdentity
  ) throws(PartProblem) {
    let file = try FileSlices(path: path)
    let found = try file.bytes(0, count: min(16, file.size))
    guard found.prefix(8) == magic[...] else { throw .notACheckpoint }
    guard found.count == 16 else { throw .brokenCheckpoint }
    let version: UInt32 = fromLittleEndian(found[8..<12])
    guard version == formatVersion else { throw .otherFormat(version, than: formatVersion) }
    let size = Int(fromLittleEndian(found[12..<16]) as UInt32)
    guard 16 + size + 4 <= file.size else { throw .brokenCheckpoint }
    let bytes = try file.bytes(0, count: 16 + size + 4)
    let checksum: UInt32 = fromLittleEndian(bytes[(16 + size)...])
    guard Checksum.isRight(checksum, of: bytes[..<(16 + size)]),
      let other = try? JSONDecoder().decode(RunIdentity.self, from: Data(bytes[16..<16 + size]))
    else { throw .brokenCheckpoint }
    guard bytes == head else {
      throw .otherRun(
        other.differences(from: identity, of: .all), isOtherEngine: other.engine != identity.engine)
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw .checkpointInUse }
  }

  /// The bytes of the segment at a place; `nil` where none is whole.
  private static func segment(of file: borrowing FileSlices, at offset: Int) -> [UInt8]? {
    guard offset + frameSize <= file.size, let frame = try? file.bytes(offset, count: frameSize)
    else { return nil }
    guard let count = Int(exactly: fromLittleEndian(frame[0..<8]) as UInt64),
      count <= file.size - offset - frameSize,
      let bytes = try? file.bytes(offset + frameSize, count: count),
      isRight(fromLittleEndian(frame[8..<16]), of: bytes)
    else { return nil }
    return bytes
  }

  private static func isRight(_ checksum: UInt64, of bytes: [UInt8]) -> Bool {
    #if FUZZING
      // A fuzzer does not guess checksums; what stands behind them is what it tests.
      return true
    #else
      return WordChecksum.of(bytes) == checksum
    #endif
  }
}
