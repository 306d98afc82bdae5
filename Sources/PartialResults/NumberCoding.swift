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

  /// Writes a column of a table, runs of zeros as one.
  ///
  /// The same bytes as `write(list:)` at a fraction of the time: checkpoints write every figure of
  /// every trial, so a slice at a time goes through a buffer of fixed size.
  ///
  /// - Parameters:
  ///   - rows: The column.
  ///   - number: What stands for a row; 0 for the most frequent.
  mutating func write<Row: BitwiseCopyable & Equatable>(
    rows: UnsafeBufferPointer<Row>, _ number: (Row) -> UInt64
  ) {
    let slice = 4096
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: slice * 10 + 20) { buffer in
      var filled = 0
      func put(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
          buffer[filled] = UInt8(truncatingIfNeeded: rest) | 0x80
          filled &+= 1
          rest &>>= 7
        }
        buffer[filled] = UInt8(truncatingIfNeeded: rest)
        filled &+= 1
      }
      var zeros: UInt64 = 0
      var row = 0
      while row < rows.count {
        let end = min(row &+ slice, rows.count)
        while row < end {
          let value = number(rows[row])
          row &+= 1
          if value == 0 {
            zeros &+= 1
            continue
          }
          if zeros > 0 {
            put(0)
            put(zeros &- 1)
            zeros = 0
          }
          put(value)
        }
        if row == rows.count, zeros > 0 {
          put(0)
          put(zeros &- 1)
        }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: buffer[..<filled]))
        filled = 0
      }
    }
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
