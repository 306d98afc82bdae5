/// Numbers in ascending order, in few bits: blocks of 128, each with its first number and then the
/// differences, in as many bits as the largest of them needs. A million amounts of a fund take about two
/// bytes each, a million equal ones a sixteenth of one.
struct PackedColumn: Sendable {
  private static let blockCount = 128

  /// How many numbers there are.
  let count: Int
  private let firsts: [Int64]
  private let widths: [UInt8]
  private let words: [UInt64]

  /// Packs numbers.
  init(sorted numbers: [Int64]) {
    count = numbers.count
    let starts = stride(from: 0, to: numbers.count, by: Self.blockCount)
    func block(_ start: Int) -> Range<Int> {
      start..<min(start + Self.blockCount, numbers.count)
    }
    firsts = starts.map { numbers[$0] }
    widths = starts.map { start in
      var bits: UInt64 = 0
      for place in block(start).dropFirst() {
        bits |= UInt64(bitPattern: numbers[place] &- numbers[place - 1])
      }
      return UInt8(UInt64.bitWidth - bits.leadingZeroBitCount)
    }
    // No more room than is needed: an array that grows would hold up to twice that.
    var words: [UInt64] = []
    words.reserveCapacity(
      zip(starts, widths).reduce(0) { sum, item in
        sum + Self.wordCount(block(item.0).count - 1, width: Int(item.1))
      })
    for (start, width) in zip(starts, widths) where width > 0 {
      var writer = BitWriter(width: Int(width))
      for place in block(start).dropFirst() {
        writer.write(UInt64(bitPattern: numbers[place] &- numbers[place - 1]), to: &words)
      }
      writer.finish(&words)
    }
    self.words = words
  }

  private static func wordCount(_ numbers: Int, width: Int) -> Int {
    (numbers * width + UInt64.bitWidth - 1) / UInt64.bitWidth
  }

  /// Appends the numbers to a list.
  func append(to list: inout [Int64]) {
    var word = 0
    for block in firsts.indices {
      let further = min(Self.blockCount, count - block * Self.blockCount) - 1
      let width = Int(widths[block])
      var number = firsts[block]
      list.append(number)
      var bit = 0
      let mask = width == UInt64.bitWidth ? UInt64.max : (1 << UInt64(width)) - 1
      for _ in 0..<further {
        var bits = width == 0 ? 0 : words[word + bit >> 6] >> UInt64(bit & 63)
        let have = UInt64.bitWidth - bit & 63
        if have < width { bits |= words[word + bit >> 6 + 1] << UInt64(have) }
        number &+= Int64(bitPattern: bits & mask)
        list.append(number)
        bit += width
      }
      word += Self.wordCount(further, width: width)
    }
  }
}

/// Puts numbers of so many bits side by side into words.
private struct BitWriter {
  let width: Int
  private var word: UInt64 = 0
  private var used = 0

  init(width: Int) { self.width = width }

  mutating func write(_ number: UInt64, to words: inout [UInt64]) {
    word |= number << UInt64(used)
    used += width
    guard used >= UInt64.bitWidth else { return }
    words.append(word)
    used -= UInt64.bitWidth
    word = used > 0 ? number >> UInt64(width - used) : 0
  }

  func finish(_ words: inout [UInt64]) {
    if used > 0 { words.append(word) }
  }
}
