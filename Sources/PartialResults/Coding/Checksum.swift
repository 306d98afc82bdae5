/// CRC-32C: tells whether bytes are those that were written.
///
/// Source: G. Castagnoli, S. Bräuer, M. Herrmann, "Optimization of cyclic redundancy-check codes
/// with 24 and 32 parity bits", IEEE Transactions on Communications 41(6), 1993; the polynomial of
/// RFC 3720, appendix B.4, which has the known answers of the tests.
enum Checksum {
  /// Eight tables, so that eight bytes are taken in one step.
  private static let tables: [UInt32] = {
    var tables = [UInt32](repeating: 0, count: 8 * 256)
    for byte in 0..<256 {
      var value = UInt32(byte)
      for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0x82F6_3B78 : value >> 1 }
      tables[byte] = value
    }
    for byte in 256..<tables.count {
      let before = tables[byte - 256]
      tables[byte] = before >> 8 ^ tables[Int(before & 0xFF)]
    }
    return tables
  }()

  /// The checksum of some bytes.
  static func of(_ bytes: some Collection<UInt8>) -> UInt32 {
    var value = UInt32.max
    // Contiguous bytes take the fast way; nothing else is ever handed over.
    _ = bytes.withContiguousStorageIfAvailable { value = folded($0, into: value) }
    return ~value
  }

  /// Whether bytes are those that a checksum was taken of.
  static func isRight(_ checksum: UInt32, of bytes: some Collection<UInt8>) -> Bool {
    #if FUZZING
      // A fuzzer does not guess checksums; what stands behind them is what it tests.
      return true
    #else
      return of(bytes) == checksum
    #endif
  }

  private static func folded(_ bytes: UnsafeBufferPointer<UInt8>, into start: UInt32) -> UInt32 {
    tables.withUnsafeBufferPointer { tables in
      var value = start
      var place = 0
      while place + 8 <= bytes.count {
        var word = UInt64(value)
        for index in 0..<8 { word ^= UInt64(bytes[place &+ index]) &<< UInt64(8 &* index) }
        value = 0
        for index in 0..<8 {
          let byte = Int(truncatingIfNeeded: word &>> UInt64(8 &* index)) & 0xFF
          value ^= tables[(7 &- index) &* 256 &+ byte]
        }
        place &+= 8
      }
      while place < bytes.count {
        value = value >> 8 ^ tables[Int(value & 0xFF ^ UInt32(bytes[place]))]
        place &+= 1
      }
      return value
    }
  }
}
