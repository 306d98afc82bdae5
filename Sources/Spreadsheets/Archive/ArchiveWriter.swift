/// Writes a ZIP archive (APPNOTE.TXT 6.3) whose parts all bear the first moment that ZIP knows.
struct ArchiveWriter {
  /// The parts so far.
  private(set) var parts: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  /// Midnight of 1 January 1980.
  private static let time = [0, 0, 0x21, 0] as [UInt8]

  /// Adds a part, compressed.
  mutating func add(_ name: String, _ text: String) {
    let contents = Array(text.utf8)
    let compressed = Deflater.compress(contents)
    let checksum = contents.withUnsafeBufferPointer(CRC32.of)
    let position = parts.count
    let shape =
      Self.number(8, 2) + Self.time + Self.number(Int(checksum), 4)
      + Self.number(compressed.count, 4) + Self.number(contents.count, 4)
      + Self.number(name.utf8.count, 2) + Self.number(0, 2)
    parts += Self.number(0x0403_4B50, 4) + Self.number(20, 2) + Self.number(0, 2) + shape
    parts += Array(name.utf8)
    parts += compressed
    directory += Self.number(0x0201_4B50, 4) + Self.number(20, 2) + Self.number(20, 2)
    directory += Self.number(0, 2) + shape + Self.number(0, 10) + Self.number(position, 4)
    directory += Array(name.utf8)
    count += 1
  }

  /// The whole archive.
  var bytes: [UInt8] {
    var end = Self.number(0x0605_4B50, 4) + Self.number(0, 4) + Self.number(count, 2)
    end += Self.number(count, 2) + Self.number(directory.count, 4) + Self.number(parts.count, 4)
    end += Self.number(0, 2)
    return parts + directory + end
  }

  /// A number with its lowest byte first.
  private static func number(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> (8 * $0)) : 0 }
  }
}
