/// The checksum of ZIP parts: CRC-32 with the polynomial of ISO 3309 (RFC 1952, section 8).
enum CRC32 {
  /// Of each byte alone, and of each followed by one to seven zero bytes.
  private static let tables: [UInt32] = {
    var first: [UInt32] = []
    for byte in 0..<256 {
      var rest = UInt32(byte)
      for _ in 0..<8 {
        let isOdd = rest & 1 == 1
        rest >>= 1
        if isOdd { rest ^= 0xEDB8_8320 }
      }
      first.append(rest)
    }
    var tables = first
    for place in 0..<7 * 256 {
      let before = tables[place]
      tables.append(first[Int(before & 0xFF)] ^ (before >> 8))
    }
    return tables
  }()

  /// The checksum of some bytes.
  ///
  /// - Complexity: Linear, eight bytes at a time.
  static func of(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
    var rest: UInt32 = 0xFFFF_FFFF
    var index = 0
    let raw = UnsafeRawBufferPointer(bytes)
    tables.withUnsafeBufferPointer { table in
      while index + 8 <= bytes.count {
        let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
        let mixed = word ^ UInt64(rest)
        rest = 0
        for step in 0..<8 {
          let byte = Int(truncatingIfNeeded: mixed >> UInt64(8 * step)) & 0xFF
          rest ^= table[(7 - step) << 8 | byte]
        }
        index += 8
      }
      while index < bytes.count {
        rest = table[Int((rest ^ UInt32(bytes[index])) & 0xFF)] ^ (rest >> 8)
        index += 1
      }
    }
    return ~rest
  }
}
