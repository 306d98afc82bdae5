/// Whole numbers as few bytes: seven bits a byte, the lowest first, the top bit set on all but the
/// last; a run of zeros is a 0 and the number of further zeros. Numbers with a sign are folded
/// first: 0, −1, 1, −2, … become 0, 1, 2, 3, …
struct NumberWriter {
  private(set) var bytes: [UInt8] = []

  mutating func write(_ number: some FixedWidthInteger & UnsignedInteger) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  /// Writes a list, runs of zeros as one.
  mutating func write<Number: FixedWidthInteger & UnsignedInteger>(list: some Sequence<Number>) {
    var zeros: UInt64 = 0
    for number in list {
      if number == 0 {
        zeros += 1
        continue
      }
      if zeros > 0 { write(zeros: &zeros) }
      write(number)
    }
    if zeros > 0 { write(zeros: &zeros) }
  }

  /// Writes numbers in ascending order as their differences.
  mutating func write(sorted numbers: [Int64]) {
    guard let first = numbers.first else { return }
    write(folded(first))
    write(list: zip(numbers.dropFirst(), numbers).lazy.map { UInt64(bitPattern: $0 &- $1) })
  }

  private mutating func write(zeros: inout UInt64) {
    bytes.append(0)
    write(zeros - 1)
    zeros = 0
  }
}

/// Reads what `NumberWriter` wrote; never beyond the bytes, whatever they are.
struct NumberReader {
  private let bytes: [UInt8]
  private var place = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Whether all bytes are used.
  var isAtEnd: Bool { place == bytes.count }

  /// The next number; `nil` if there is none, or it is too large for its type.
  mutating func number<Number: FixedWidthInteger & UnsignedInteger>(_: Number.Type) -> Number? {
    var value: Number = 0
    var shift = 0
    while place < bytes.count, shift < Number.bitWidth {
      let byte = bytes[place]
      place += 1
      let bits = Number(truncatingIfNeeded: byte & 0x7F)
      let moved = bits << shift
      guard moved >> shift == bits else { return nil }
      value |= moved
      if byte < 0x80 { return value }
      shift += 7
    }
    return nil
  }

  /// A list of so many numbers.
  mutating func list<Number: FixedWidthInteger & UnsignedInteger>(
    _ count: Int, of _: Number.Type
  ) -> [Number]? {
    var numbers: [Number] = []
    while numbers.count < count {
      guard let number = number(Number.self) else { return nil }
      if number > 0 {
        numbers.append(number)
      } else {
        guard let more = self.number(UInt64.self), more < UInt64(count - numbers.count) else {
          return nil
        }
        numbers.append(contentsOf: repeatElement(0, count: Int(more) + 1))
      }
    }
    return numbers
  }

  /// The column of a table, as `SegmentWriter` writes it; so many rows.
  mutating func column(_ count: Int) -> [UInt64]? {
    var numbers: [UInt64] = []
    while numbers.count < count {
      guard place < bytes.count else { return nil }
      let width = Int(bytes[place])
      let rows = min(SegmentWriter.groupSize, count - numbers.count)
      guard width <= 8, rows * width < bytes.count - place else { return nil }
      place += 1
      for _ in 0..<rows {
        numbers.append(bytes[place..<place + width].reversed().reduce(0) { $0 << 8 | UInt64($1) })
        place += width
      }
    }
    return numbers
  }

  /// So many numbers in ascending order.
  mutating func sorted(_ count: Int) -> [Int64]? {
    guard count > 0 else { return [] }
    guard let first = number(UInt64.self), let steps = list(count - 1, of: UInt64.self) else {
      return nil
    }
    var numbers = [unfolded(first)]
    numbers.reserveCapacity(count)
    for step in steps {
      let next = Int128(numbers[numbers.count - 1]) + Int128(step)
      guard let value = Int64(exactly: next) else { return nil }
      numbers.append(value)
    }
    return numbers
  }
}

/// A number with a sign as one without: small ones stay small.
func folded(_ number: Int64) -> UInt64 {
  UInt64(bitPattern: number &<< 1 ^ number &>> 63)
}

func unfolded(_ number: UInt64) -> Int64 {
  Int64(bitPattern: number &>> 1) ^ -Int64(bitPattern: number & 1)
}

func folded(_ number: Int128) -> UInt128 {
  UInt128(bitPattern: number &<< 1 ^ number &>> 127)
}

func unfolded(_ number: UInt128) -> Int128 {
  Int128(bitPattern: number &>> 1) ^ -Int128(bitPattern: number & 1)
}
