/// Why compressed bytes cannot be expanded.
enum InflateFailure: Error {
  /// They end too early, or hold what no compressor writes.
  case damaged
}

/// Expands bytes that were compressed with DEFLATE (RFC 1951).
struct Inflater {
  private let input: UnsafeBufferPointer<UInt8>
  private var position = 0
  /// The next bits, the first the lowest, and how many of them are known.
  private var bits: UInt64 = 0
  private var bitCount = 0

  private init(_ input: UnsafeBufferPointer<UInt8>) { self.input = input }

  /// The expanded bytes.
  ///
  /// - Parameters:
  ///   - input: The compressed bytes.
  ///   - size: How many there must be when expanded; as much memory is taken.
  /// - Complexity: Linear in what comes out.
  static func expand(
    _ input: UnsafeBufferPointer<UInt8>, size: Int
  ) throws(InflateFailure) -> [UInt8] {
    var isWhole = false
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { room, count in
      var inflater = Inflater(input)
      var output = Output(room: UnsafeMutableBufferPointer(rebasing: room[..<size]))
      isWhole = (try? inflater.run(&output)) != nil && output.count == size
      count = output.count
    }
    guard isWhole else { throw .damaged }
    return bytes
  }

  /// Where expanded bytes go.
  private struct Output {
    let room: UnsafeMutableBufferPointer<UInt8>
    var count = 0
  }

  private mutating func run(_ output: inout Output) throws(InflateFailure) {
    var isLast = false
    while !isLast {
      isLast = try take(1) == 1
      switch try take(2) {
      case 0: try copyStored(&output)
      case 1: try expandBlock(Self.fixedLiterals, Self.fixedDistances, &output)
      case 2:
        let (literals, distances) = try readCodes()
        try expandBlock(literals, distances, &output)
      default: throw .damaged
      }
    }
  }

  // MARK: Bits

  private mutating func refill() {
    while bitCount <= 56, position < input.count {
      bits |= UInt64(input[position]) << UInt64(bitCount)
      position += 1
      bitCount += 8
    }
  }

  private mutating func take(_ count: Int) throws(InflateFailure) -> Int {
    if bitCount < count { refill() }
    guard bitCount >= count else { throw .damaged }
    let value = Int(truncatingIfNeeded: bits & (1 << UInt64(count) - 1))
    bits >>= UInt64(count)
    bitCount -= count
    return value
  }

  private mutating func symbol(_ code: PrefixCode) throws(InflateFailure) -> Int {
    if bitCount < 15 { refill() }
    let entry = code.entries[Int(truncatingIfNeeded: bits & code.mask)]
    let length = Int(entry & 15)
    guard length > 0, length <= bitCount else { throw .damaged }
    bits >>= UInt64(length)
    bitCount -= length
    return Int(entry >> 4)
  }

  // MARK: Blocks

  private mutating func copyStored(_ output: inout Output) throws(InflateFailure) {
    _ = try take(bitCount & 7)
    let length = try take(16)
    guard try take(16) == length ^ 0xFFFF, output.count + length <= output.room.count else {
      throw .damaged
    }
    for _ in 0..<length {
      output.room[output.count] = UInt8(truncatingIfNeeded: try take(8))
      output.count += 1
    }
  }

  private mutating func expandBlock(
    _ literals: PrefixCode, _ distances: PrefixCode, _ output: inout Output
  ) throws(InflateFailure) {
    let room = output.room
    var count = output.count
    while true {
      let symbol = try symbol(literals)
      if symbol < 256 {
        guard count < room.count else { throw .damaged }
        room[count] = UInt8(truncatingIfNeeded: symbol)
        count += 1
        continue
      }
      if symbol == 256 { break }
      guard symbol <= 285 else { throw .damaged }
      let length =
        DeflateTables.lengthStarts[symbol - 257]
        + (try take(DeflateTables.lengthBits[symbol - 257]))
      let step = try self.symbol(distances)
      guard step < 30 else { throw .damaged }
      let distance =
        DeflateTables.distanceStarts[step] + (try take(DeflateTables.distanceBits[step]))
      guard distance <= count, count + length <= room.count else { throw .damaged }
      // They may overlap: what is copied can be part of what it makes.
      for place in count..<count + length { room[place] = room[place - distance] }
      count += length
    }
    output.count = count
  }

  /// The codes of a block that brings its own (RFC 1951, section 3.2.7).
  private mutating func readCodes() throws(InflateFailure) -> (PrefixCode, PrefixCode) {
    let (literals, distances) = (try take(5) + 257, try take(5) + 1)
    let own = try take(4) + 4
    var lengths = [UInt8](repeating: 0, count: 19)
    for place in DeflateTables.lengthOrder.prefix(own) { lengths[place] = UInt8(try take(3)) }
    let code = try PrefixCode(lengths)
    var all: [UInt8] = []
    while all.count < literals + distances {
      let symbol = try symbol(code)
      switch symbol {
      case 0...15: all.append(UInt8(symbol))
      case 16:
        guard let last = all.last else { throw .damaged }
        all += [UInt8](repeating: last, count: 3 + (try take(2)))
      case 17: all += [UInt8](repeating: 0, count: 3 + (try take(3)))
      default: all += [UInt8](repeating: 0, count: 11 + (try take(7)))
      }
    }
    guard all.count == literals + distances else { throw .damaged }
    return (try PrefixCode(Array(all[..<literals])), try PrefixCode(Array(all[literals...])))
  }

  private static let fixedLiterals = fixed(
    [(144, 8), (112, 9), (24, 7), (8, 8)].flatMap { [UInt8](repeating: $0.1, count: $0.0) })
  private static let fixedDistances = fixed([UInt8](repeating: 5, count: 30))

  private static func fixed(_ lengths: [UInt8]) -> PrefixCode {
    do { return try PrefixCode(lengths) } catch { preconditionFailure("the codes of RFC 1951") }
  }
}

/// A prefix code as a table: of the next bits, the symbol and how many bits it takes.
private struct PrefixCode {
  /// `symbol << 4 | length`; 0 where no symbol starts.
  let entries: [UInt16]
  let mask: UInt64

  /// The code whose symbols have these lengths (RFC 1951, section 3.2.2).
  init(_ lengths: [UInt8]) throws(InflateFailure) {
    let longest = Int(lengths.max() ?? 0)
    var counts = [Int](repeating: 0, count: 16)
    for length in lengths where length > 0 { counts[Int(length)] += 1 }
    var next = [Int](repeating: 0, count: 16)
    var code = 0
    for length in 1..<16 {
      code = (code + counts[length - 1]) << 1
      next[length] = code
      guard code + counts[length] <= 1 << length else { throw .damaged }
    }
    var entries = [UInt16](repeating: 0, count: 1 << longest)
    for (symbol, length) in lengths.enumerated() where length > 0 {
      let reversed = Self.reversed(next[Int(length)], count: Int(length))
      next[Int(length)] += 1
      for place in stride(from: reversed, to: entries.count, by: 1 << Int(length)) {
        entries[place] = UInt16(symbol) << 4 | UInt16(length)
      }
    }
    self.entries = entries
    mask = 1 << UInt64(longest) - 1
  }

  private static func reversed(_ code: Int, count: Int) -> Int {
    var (code, reversed) = (code, 0)
    for _ in 0..<count {
      reversed = reversed << 1 | code & 1
      code >>= 1
    }
    return reversed
  }
}
