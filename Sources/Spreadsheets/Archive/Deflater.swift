/// Compresses bytes with DEFLATE (RFC 1951) and its fixed codes: what repeats within 32 KB is written as
/// where it stood before. The same bytes always become the same bytes.
struct Deflater {
  private static let window = 1 << 15
  private static let longest = 258
  private static let hashBits = 15

  private var output: [UInt8] = []
  private var bits: UInt64 = 0
  private var bitCount: UInt64 = 0

  /// The compressed bytes.
  ///
  /// - Complexity: Linear.
  static func compress(_ input: [UInt8]) -> [UInt8] {
    var deflater = Deflater()
    deflater.output.reserveCapacity(input.count / 4)
    // One block, the last, with fixed codes.
    deflater.put(0b011, 3)
    input.withUnsafeBufferPointer { deflater.write($0) }
    deflater.putSymbol(256)
    deflater.put(0, 7)
    return deflater.output
  }

  private mutating func write(_ input: UnsafeBufferPointer<UInt8>) {
    var last = [Int](repeating: -1, count: 1 << Self.hashBits)
    var index = 0
    while index < input.count {
      guard index + 4 <= input.count else {
        putSymbol(Int(input[index]))
        index += 1
        continue
      }
      let slot = Self.slot(input, index)
      let before = last[slot]
      last[slot] = index
      let length =
        before < 0 || index - before > Self.window ? 0 : Self.match(input, before, index)
      if length < 4 {
        putSymbol(Int(input[index]))
        index += 1
      } else {
        putRepetition(length: length, distance: index - before)
        // The places inside are remembered too, or the next repetition would be found late.
        let end = index + length
        index += 1
        while index < end {
          if index + 4 <= input.count { last[Self.slot(input, index)] = index }
          index += 1
        }
      }
    }
  }

  private static func slot(_ input: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
    let word = UnsafeRawBufferPointer(input).loadUnaligned(fromByteOffset: index, as: UInt32.self)
    return Int((UInt32(littleEndian: word) &* 0x9E37_79B1) >> UInt32(32 - hashBits))
  }

  private static func match(
    _ input: UnsafeBufferPointer<UInt8>, _ before: Int, _ index: Int
  ) -> Int {
    let most = min(longest, input.count - index)
    var length = 0
    while length < most, input[before + length] == input[index + length] { length += 1 }
    return length
  }

  // MARK: Bits

  private mutating func put(_ value: Int, _ count: Int) {
    bits |= UInt64(value) << bitCount
    bitCount += UInt64(count)
    while bitCount >= 8 {
      output.append(UInt8(truncatingIfNeeded: bits))
      bits >>= 8
      bitCount -= 8
    }
  }

  /// Codes stand with their highest bit first (RFC 1951, section 3.1.1).
  private mutating func putCode(_ code: Int, _ count: Int) {
    var (rest, reversed) = (code, 0)
    for _ in 0..<count {
      reversed = reversed << 1 | rest & 1
      rest >>= 1
    }
    put(reversed, count)
  }

  /// A literal, a length or the end by the fixed code (RFC 1951, section 3.2.6).
  private mutating func putSymbol(_ symbol: Int) {
    switch symbol {
    case ..<144: putCode(0x30 + symbol, 8)
    case ..<256: putCode(0x190 + symbol - 144, 9)
    case ..<280: putCode(symbol - 256, 7)
    default: putCode(0xC0 + symbol - 280, 8)
    }
  }

  private mutating func putRepetition(length: Int, distance: Int) {
    let place = DeflateTables.place(of: length, in: DeflateTables.lengthStarts)
    putSymbol(257 + place)
    put(length - DeflateTables.lengthStarts[place], DeflateTables.lengthBits[place])
    let step = DeflateTables.place(of: distance, in: DeflateTables.distanceStarts)
    putCode(step, 5)
    put(distance - DeflateTables.distanceStarts[step], DeflateTables.distanceBits[step])
  }
}
