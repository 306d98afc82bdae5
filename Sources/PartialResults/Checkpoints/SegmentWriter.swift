import Foundation

/// Writes a segment of a checkpoint piece by piece, so that little of it is ever in memory.
struct SegmentWriter: ~Copyable {
  /// How many rows of a column share a width.
  static let groupSize = 128

  private static let capacity = 1 << 18
  /// The bytes that the largest group takes, and those that its last number is stored over.
  private static let groupBytes = groupSize * 8 + 1 + 8

  private let descriptor: Int32
  private let start: Int
  private let buffer = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 16)
  private var filled = 0
  private var written = 0
  private var checksum = WordChecksum()
  private var problem: String?

  /// Starts to write to an open file at a place.
  init(descriptor: Int32, at start: Int) {
    self.descriptor = descriptor
    self.start = start
  }

  deinit { buffer.deallocate() }

  /// Writes bytes.
  mutating func write(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        if filled == Self.capacity { flush() }
        let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(Self.capacity - filled))
        (buffer + filled).copyMemory(
          from: piece.baseAddress ?? UnsafeRawPointer(buffer), byteCount: piece.count)
        filled += piece.count
        rest = rest.dropFirst(piece.count)
      }
    }
  }

  /// Writes a column of a table in groups of rows: the width of the group's largest number in bytes,
  /// then each number in so many bytes, the lowest first.
  ///
  /// - Parameters:
  ///   - rows: The column.
  ///   - number: What stands for a row; small for most.
  @inline(__always)
  mutating func write<Row>(column rows: UnsafeBufferPointer<Row>, _ number: (Row) -> UInt64) {
    var row = 0
    while row < rows.count {
      if filled > Self.capacity - Self.groupBytes { flush() }
      let end = min(row &+ Self.groupSize, rows.count)
      var bits: UInt64 = 0
      for index in row..<end { bits |= number(rows[index]) }
      let width = (64 - bits.leadingZeroBitCount + 7) / 8
      var place = buffer + filled
      place.storeBytes(of: UInt8(width), as: UInt8.self)
      place += 1
      if width > 0 {
        for index in row..<end {
          // Eight bytes; the next number is stored over those above the width.
          place.storeBytes(of: number(rows[index]).littleEndian, as: UInt64.self)
          place += width
        }
      }
      filled &+= 1 &+ (end &- row) &* width
      row = end
    }
  }

  /// Writes what is left.
  ///
  /// - Returns: How many bytes the segment has, and their checksum, or what went wrong.
  mutating func finish() -> (count: Int, checksum: UInt64, problem: String?) {
    flush()
    let rest = UnsafeRawBufferPointer(start: buffer, count: filled)
    hand(over: rest)
    return (written, checksum.finished(with: rest), problem)
  }

  /// Hands over whole rounds of the checksum and keeps the rest.
  private mutating func flush() {
    let whole = filled / WordChecksum.round * WordChecksum.round
    let bytes = UnsafeRawBufferPointer(start: buffer, count: whole)
    checksum.add(rounds: bytes)
    hand(over: bytes)
    filled -= whole
    buffer.copyMemory(from: buffer + whole, byteCount: filled)
  }

  private mutating func hand(over bytes: UnsafeRawBufferPointer) {
    if problem == nil {
      problem = CheckpointLog.write(bytes, to: descriptor, at: start + written)
    }
    written += bytes.count
  }
}
