import Foundation
import Synchronization

/// The end of a checkpoint, where segments are added; one thread at a time uses it.
final class CheckpointLog: @unchecked Sendable {
  /// Length and checksum before a segment.
  static let frameSize = 16

  private let descriptor: Int32
  /// Called once when a segment could not be written, with the reason.
  private let warn: @Sendable (String) -> Void
  private var end = 0
  /// What writes a segment.
  typealias Segment = (inout SegmentWriter) -> Void
  /// Segments that found no room, in order.
  private var waiting: [Segment] = []
  private var hasWarned = false
  private let isOver = Atomic<Bool>(false)

  /// Takes over an open file.
  init(_ descriptor: Int32, warn: @escaping @Sendable (String) -> Void) {
    self.descriptor = descriptor
    self.warn = warn
  }

  deinit { close(descriptor) }

  /// Forgets all that stands behind a place.
  func cut(at end: Int) {
    self.end = end
    ftruncate(descriptor, off_t(end))
  }

  /// Says that the run is over, and nobody should wait for the disk: what the system has been given
  /// is safe from all but a crash of the machine.
  func stopSecuring() { isOver.store(true, ordering: .relaxed) }

  /// Adds a segment, or keeps it until there is room.
  func append(_ segment: @escaping Segment) {
    waiting.append(segment)
    while let segment = waiting.first {
      var writer = SegmentWriter(descriptor: descriptor, at: end + Self.frameSize)
      segment(&writer)
      let written = writer.finish()
      let frame = littleEndian(UInt64(written.count)) + littleEndian(written.checksum)
      // The frame last: until it stands there, nothing does. Should a crash of the machine keep the
      // frame and lose bytes behind it, the checksum tells.
      let problem =
        written.problem
        ?? frame.withUnsafeBytes { Self.write($0, to: descriptor, at: end) }
        ?? (isOver.load(ordering: .relaxed) ? nil : Self.secure(descriptor))
      guard let problem else {
        end += Self.frameSize + written.count
        waiting.removeFirst()
        continue
      }
      // Half a segment is as good as none, and what runs later must not follow it.
      ftruncate(descriptor, off_t(end))
      if !hasWarned { warn(problem) }
      hasWarned = true
      return
    }
  }

  /// Writes bytes at a place and sees to it that they are on the disk.
  ///
  /// - Returns: What went wrong; `nil` if nothing.
  static func writeSecurely(_ bytes: [UInt8], to descriptor: Int32, at offset: Int) -> String? {
    bytes.withUnsafeBytes { write($0, to: descriptor, at: offset) } ?? secure(descriptor)
  }

  /// Writes bytes at a place.
  ///
  /// - Returns: What went wrong; `nil` if nothing.
  static func write(
    _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, at offset: Int
  ) -> String? {
    var written = 0
    while written < bytes.count {
      let step = pwrite(
        descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written,
        off_t(offset + written))
      if step < 0, errno == EINTR { continue }
      guard step > 0 else { return String(cString: strerror(errno)) }
      written += step
    }
    return nil
  }

  /// Sees to it that all that was written is on the disk.
  private static func secure(_ descriptor: Int32) -> String? {
    fsync(descriptor) == 0 || errno == EINVAL ? nil : String(cString: strerror(errno))
  }
}
