import Foundation

/// The end of a checkpoint, where segments are added; one thread at a time uses it.
final class CheckpointLog: @unchecked Sendable {
  /// Length and checksum before a segment.
  static let frameSize = 12

  private let descriptor: Int32
  /// Called once when a segment could not be written, with the reason.
  private let warn: @Sendable (String) -> Void
  private var end = 0
  /// Segments that found no room, in order.
  private var waiting: [[UInt8]] = []
  private var hasWarned = false

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

  /// Adds a segment, or keeps it until there is room.
  func append(_ bytes: [UInt8]) {
    waiting.append(bytes)
    while let bytes = waiting.first {
      let frame =
        littleEndian(UInt32(bytes.count & 0xFFFF_FFFF)) + littleEndian(UInt32(bytes.count >> 32))
        + littleEndian(Checksum.of(bytes))
      // The frame last: until it stands there, nothing does.
      let problem =
        Self.write(bytes, to: descriptor, at: end + Self.frameSize)
        ?? Self.write(frame, to: descriptor, at: end)
      guard let problem else {
        end += Self.frameSize + bytes.count
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
  static func write(_ bytes: [UInt8], to descriptor: Int32, at offset: Int) -> String? {
    var written = 0
    while written < bytes.count {
      let step = bytes.withUnsafeBytes {
        pwrite(
          descriptor, $0.baseAddress?.advanced(by: written), bytes.count - written,
          off_t(offset + written))
      }
      if step < 0, errno == EINTR { continue }
      guard step > 0 else { return String(cString: strerror(errno)) }
      written += step
    }
    guard fsync(descriptor) == 0 || errno == EINVAL else { return String(cString: strerror(errno)) }
    return nil
  }
}
