/// Numbers in ascending order, in few bits: blocks of 128, each with its first number and then what the others
/// lie above it, as Elias and Fano write such numbers: the last k bits of each as they are; of the rest, the
/// differences, each as so many zeros and a one, with k such that there are at most two zeros a number. A
/// million amounts of a fund take about two bytes each or less, a million equal ones a sixteenth of one.
///
/// - SeeAlso: P. Elias, *Efficient storage and retrieval by content and address of static files*, Journal of the
///   ACM 21(2), 1974.
struct PackedColumn: Sendable {
  fileprivate static let blockCount = 128

  /// How many numbers there are.
  let count: Int
  fileprivate let firsts: [Int64]
  /// For each block, 1 and the number of last bits; 0 where all its numbers are the same.
  fileprivate let widths: [UInt8]
  /// For each block its last bits, and then the rest.
  fileprivate let words: [UInt64]

  /// Packs numbers.
  init(sorted numbers: [Int64]) {
    var packer = Packer()
    var start = 0
    while start < numbers.count {
      let end = min(start + Self.blockCount, numbers.count)
      packer.add(numbers.span.extracting(start..<end))
      start = end
    }
    self.init(packer)
  }

  /// Packs the numbers of two columns, block by block: neither is ever unpacked as a whole.
  ///
  /// - Complexity: O(n), about 12 ns a number.
  init(merging first: PackedColumn, _ second: PackedColumn) {
    var (one, other) = (PackedReader(first), PackedReader(second))
    var packer = Packer()
    var block = [Int64](repeating: 0, count: Self.blockCount)
    var filled = 0
    func pass(_ count: Int, _ block: inout [Int64], _ filled: inout Int, _ packer: inout Packer) {
      filled &+= count
      guard filled == Self.blockCount else { return }
      packer.add(block.span)
      filled = 0
    }
    while !one.isAtEnd, !other.isAtEnd {
      let count = min(one.left, other.left, Self.blockCount &- filled)
      let taken = merge(
        one.numbers.span.extracting(one.place..<one.place &+ count),
        other.numbers.span.extracting(other.place..<other.place &+ count), into: &block,
        from: filled)
      one.skip(taken)
      other.skip(count &- taken)
      pass(count, &block, &filled, &packer)
    }
    var rest = one.isAtEnd ? other : one
    while !rest.isAtEnd {
      let count = min(rest.left, Self.blockCount &- filled)
      for step in 0..<count { block[filled &+ step] = rest.numbers[rest.place &+ step] }
      rest.skip(count)
      pass(count, &block, &filled, &packer)
    }
    if filled > 0 { packer.add(block.span.extracting(0..<filled)) }
    self.init(packer)
  }

  private init(_ packer: Packer) {
    // Copied, because an array that has grown holds up to twice the room that it needs.
    count = packer.count
    firsts = packer.firsts.withUnsafeBufferPointer { Array($0) }
    widths = packer.widths.withUnsafeBufferPointer { Array($0) }
    words = packer.words.withUnsafeBufferPointer { Array($0) }
  }

  /// How many words so many bits take.
  fileprivate static func wordCount(bits: Int) -> Int {
    (bits &+ UInt64.bitWidth &- 1) &>> 6
  }

  /// The numbers.
  var numbers: [Int64] {
    [Int64](unsafeUninitializedCapacity: count) { list, filled in
      var reader = PackedReader(self)
      while !reader.isAtEnd {
        let left = reader.left
        for step in 0..<left { list[filled &+ step] = reader.numbers[step] }
        filled &+= left
        reader.skip(left)
      }
    }
  }
}

extension PackedColumn: Hashable {
  /// Feeds so much as hardly two columns share.
  func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    hasher.combine(firsts.first)
    hasher.combine(firsts.last)
    hasher.combine(words.count)
    hasher.combine(words.last)
  }
}

/// Merges two lists of as many ascending numbers as are wanted of both together, without a branch: which of
/// two is the less is anybody's guess.
///
/// - Returns: How many came from the first.
@inline(__always)
private func merge(
  _ first: Span<Int64>, _ second: Span<Int64>, into block: inout [Int64], from start: Int
) -> Int {
  var (taken, passed) = (0, 0)
  for step in 0..<first.count {
    let (one, other) = (first[taken], second[passed])
    let isFirst = one <= other
    block[start &+ step] = isFirst ? one : other
    taken &+= isFirst ? 1 : 0
    passed &+= isFirst ? 0 : 1
  }
  return taken
}

/// Unpacks a column, a block at a time.
private struct PackedReader {
  private let column: PackedColumn
  private var block = 0
  private var word = 0
  /// The numbers of the block.
  private(set) var numbers = [Int64](repeating: 0, count: PackedColumn.blockCount)
  /// How many of them are left, and where the next one stands.
  private(set) var left = 0
  private(set) var place = 0

  init(_ column: PackedColumn) {
    self.column = column
    unpack()
  }

  /// Whether no number is left.
  var isAtEnd: Bool { left == 0 }

  /// Goes on by some numbers, at most to the end of the block.
  mutating func skip(_ count: Int) {
    place &+= count
    left &-= count
    if left == 0 { unpack() }
  }

  private mutating func unpack() {
    place = 0
    let column = column
    guard block < column.firsts.count else { return }
    left = min(PackedColumn.blockCount, column.count - block * PackedColumn.blockCount)
    let (first, width, others) = (column.firsts[block], Int(column.widths[block]) - 1, left - 1)
    numbers[0] = first
    block += 1
    if width < 0 {
      for step in 0..<others { numbers[1 &+ step] = first }
      return
    }
    let words = column.words.span
    for step in 0..<others { numbers[1 &+ step] = 0 }
    if width > 0 { takeLastBits(words, width: width, count: others) }
    // Of the rest: the zeros before the ones.
    var at = word &+ PackedColumn.wordCount(bits: others &* width)
    var ones = words[at]
    var zeros: UInt64 = 0
    for step in 0..<others {
      while ones == 0 {
        at &+= 1
        ones = words[at]
        zeros &+= 64
      }
      let rest = zeros &+ UInt64(truncatingIfNeeded: ones.trailingZeroBitCount &- step)
      ones &= ones &- 1
      numbers[1 &+ step] =
        first &+ Int64(bitPattern: rest &<< UInt64(width)) &+ numbers[1 &+ step]
    }
    word = at &+ 1
  }

  @inline(__always)
  private mutating func takeLastBits(_ words: Span<UInt64>, width: Int, count: Int) {
    let mask: UInt64 = 1 &<< UInt64(width) &- 1
    var bit = 0
    for step in 0..<count {
      let at = word &+ bit &>> 6
      var bits = words[at] &>> UInt64(bit & 63)
      let have = UInt64.bitWidth &- bit & 63
      if have < width { bits |= words[at &+ 1] &<< UInt64(have) }
      numbers[1 &+ step] = Int64(bitPattern: bits & mask)
      bit &+= width
    }
  }
}

/// Packs numbers, a block at a time.
private struct Packer {
  private(set) var count = 0
  private(set) var firsts: [Int64] = []
  private(set) var widths: [UInt8] = []
  private(set) var words: [UInt64] = []

  /// Adds a block: 128 numbers, but for the last one.
  mutating func add(_ numbers: Span<Int64>) {
    let first = numbers[0]
    let range = UInt64(bitPattern: numbers[numbers.count - 1] &- first)
    count += numbers.count
    firsts.append(first)
    guard range > 0 else {
      widths.append(0)
      return
    }
    let mean = range / UInt64(numbers.count - 1)
    let width = max(0, UInt64.bitWidth - 1 - mean.leadingZeroBitCount)
    widths.append(UInt8(width + 1))
    if width > 0 { addLastBits(numbers, above: first, width: width) }
    let start = words.count
    words.append(0)
    for place in 1..<numbers.count {
      let rest = UInt64(bitPattern: numbers[place] &- first) &>> UInt64(width)
      let bit = Int(truncatingIfNeeded: rest) &+ place &- 1
      while start &+ bit &>> 6 >= words.count { words.append(0) }
      words[start &+ bit &>> 6] |= 1 &<< UInt64(bit & 63)
    }
  }

  private mutating func addLastBits(_ numbers: Span<Int64>, above first: Int64, width: Int) {
    let mask: UInt64 = 1 &<< UInt64(width) &- 1
    var word: UInt64 = 0
    var used = 0
    for place in 1..<numbers.count {
      let bits = UInt64(bitPattern: numbers[place] &- first) & mask
      word |= bits &<< UInt64(used)
      used &+= width
      guard used >= UInt64.bitWidth else { continue }
      words.append(word)
      used &-= UInt64.bitWidth
      word = used > 0 ? bits &>> UInt64(width &- used) : 0
    }
    if used > 0 { words.append(word) }
  }
}
