import LossStatistics

/// Values of a figure, in no order that anybody relies on, as what they lie above the least: in no byte each if all are
/// the same, else in one, four, five or eight.
struct NarrowValues: Sendable {
  /// How many there are.
  let count: Int
  /// The least; 0 without any.
  let low: Int64
  /// The largest; 0 without any.
  let high: Int64
  private let offsets: Offsets

  private enum Offsets: Hashable, Sendable {
    case none
    case bytes([UInt8])
    case words([UInt32])
    /// The last 32 bits, and eight before them: more than 43 million yuan.
    case long([UInt32], [UInt8])
    case wide([UInt64])

    subscript(range: Range<Int>) -> Offsets {
      switch self {
      case .none: .none
      case .bytes(let list): .bytes(Array(list[range]))
      case .words(let list): .words(Array(list[range]))
      case .long(let list, let first): .long(Array(list[range]), Array(first[range]))
      case .wide(let list): .wide(Array(list[range]))
      }
    }
  }

  private static let mostBits = UInt32.bitWidth + UInt8.bitWidth

  /// Notes values.
  ///
  /// - Complexity: O(n), about 1 ns a value.
  init(_ values: Span<Int64>) {
    count = values.count
    var (low, high): (Int64, Int64) = count > 0 ? (values[0], values[0]) : (0, 0)
    for row in values.indices { (low, high) = (min(low, values[row]), max(high, values[row])) }
    (self.low, self.high) = (low, high)
    switch UInt64(bitPattern: high &- low) {
    case 0: offsets = .none
    case ...UInt64(UInt8.max): offsets = .bytes(above(low, values))
    case ...UInt64(UInt32.max): offsets = .words(above(low, values))
    case ..<(1 << UInt64(Self.mostBits)):
      offsets = .long(above(low, values), above(low, values, shift: Int64(UInt32.bitWidth)))
    default: offsets = .wide(above(low, values))
    }
  }

  /// The values of several, in ascending order.
  ///
  /// - Complexity: O(n), 5 to 6 ns a value.
  init(sorting parts: [NarrowValues]) {
    count = parts.reduce(0) { $0 + $1.count }
    let parts = parts.filter { $0.count > 0 }
    let low = parts.lazy.map(\.low).min() ?? 0
    high = parts.lazy.map(\.high).max() ?? 0
    self.low = low
    switch UInt64(bitPattern: high &- low) {
    case 0: offsets = .none
    case ...UInt64(UInt8.max): offsets = .bytes(sorted(above(low, parts, count)))
    case ...UInt64(UInt32.max):
      var numbers: [UInt32] = above(low, parts, count)
      DigitSort.sort(&numbers)
      offsets = .words(numbers)
    case let range:
      var numbers: [UInt64] = above(low, parts, count)
      DigitSort.sort(&numbers)
      offsets =
        range >> UInt64(Self.mostBits) > 0
        ? .wide(numbers)
        : .long(
          numbers.map { UInt32(truncatingIfNeeded: $0) },
          numbers.map { UInt8(truncatingIfNeeded: $0 >> UInt64(UInt32.bitWidth)) })
    }
  }

  /// What they take of memory, in bytes.
  var byteCount: Int {
    switch offsets {
    case .none: 0
    case .bytes: count
    case .words: count * MemoryLayout<UInt32>.size
    case .long: count * (MemoryLayout<UInt32>.size + MemoryLayout<UInt8>.size)
    case .wide: count * MemoryLayout<UInt64>.size
    }
  }

  /// The values of several, one part after the other.
  static func values(of parts: [NarrowValues]) -> [Int64] {
    let count = parts.reduce(0) { $0 + $1.count }
    return [Int64](unsafeUninitializedCapacity: count) { list, filled in
      for part in parts {
        let low = part.low
        part.copy { [filled] in list[filled &+ $0] = low &+ Int64(truncatingIfNeeded: $1) }
        filled += part.count
      }
    }
  }

  /// The same values in parts of so many: where parts were sorted together, in blocks of memory as they left.
  func parts(of counts: [Int]) -> [NarrowValues] {
    var start = 0
    return counts.map { count in
      defer { start += count }
      return NarrowValues(count: count, low: low, high: high, offsets[start..<start + count])
    }
  }

  private init(count: Int, low: Int64, high: Int64, _ offsets: Offsets) {
    (self.count, self.low, self.high, self.offsets) = (count, low, high, offsets)
  }

  /// Calls with each place and what the value there lies above the least.
  @inline(__always)
  fileprivate func copy(_ write: (Int, UInt64) -> Void) {
    switch offsets {
    case .none: for place in 0..<count { write(place, 0) }
    case .bytes(let list): for place in 0..<count { write(place, UInt64(list[place])) }
    case .words(let list): for place in 0..<count { write(place, UInt64(list[place])) }
    case .long(let list, let first):
      for place in 0..<count {
        write(place, UInt64(first[place]) &<< UInt64(UInt32.bitWidth) | UInt64(list[place]))
      }
    case .wide(let list): for place in 0..<count { write(place, list[place]) }
    }
  }
}

extension NarrowValues: Hashable {
  /// Feeds so much as hardly two figures share.
  func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    hasher.combine(low)
    hasher.combine(high)
    switch offsets {
    case .none: break
    case .bytes(let list): hasher.combine(list.last)
    case .words(let list): hasher.combine(list.last)
    case .long(let list, _): hasher.combine(list.last)
    case .wide(let list): hasher.combine(list.last)
    }
  }
}

/// What values lie above a number, without so many last bits.
@inline(__always)
private func above<Offset: FixedWidthInteger>(
  _ low: Int64, _ values: Span<Int64>, shift: Int64 = 0
) -> [Offset] {
  [Offset](unsafeUninitializedCapacity: values.count) { list, filled in
    filled = values.count
    for row in values.indices {
      list[row] = Offset(truncatingIfNeeded: (values[row] &- low) &>> shift)
    }
  }
}

/// What the values of several parts lie above a number, one part after the other.
@inline(__always)
private func above<Offset: FixedWidthInteger>(
  _ low: Int64, _ parts: [NarrowValues], _ count: Int
) -> [Offset] {
  [Offset](unsafeUninitializedCapacity: count) { list, filled in
    for part in parts {
      let shift = UInt64(bitPattern: part.low &- low)
      part.copy { [filled] in list[filled &+ $0] = Offset(truncatingIfNeeded: shift &+ $1) }
      filled += part.count
    }
  }
}

/// Bytes in ascending order: as often as each comes.
private func sorted(_ bytes: [UInt8]) -> [UInt8] {
  var counts = [Int](repeating: 0, count: 1 << UInt8.bitWidth)
  for byte in bytes { counts[Int(byte)] &+= 1 }
  var sorted: [UInt8] = []
  sorted.reserveCapacity(bytes.count)
  for (byte, count) in counts.enumerated() {
    sorted.append(contentsOf: repeatElement(UInt8(byte), count: count))
  }
  return sorted
}
