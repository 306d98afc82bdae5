/// Amounts that come to banks in later months: a list for each month, in one table.
///
/// A trial has few of them, and a portfolio can have a thousand banks: the lists cost by amount, where
/// a table of months and banks would be cleared and summed whole.
struct BankArrivals {
  private struct Item: BitwiseCopyable {
    let amount: Int64
    let bank: Int32
    /// The next item of the same month; −1 at the end.
    let next: Int32
  }

  private let items: UnsafeMutableBufferPointer<Item>
  private var count = 0
  /// The first item of each month; −1 if there is none.
  private let first: UnsafeMutableBufferPointer<Int32>

  /// - Parameter capacity: The most amounts of one trial.
  init(capacity: Int, horizon: Int, in memory: WorkingMemory) {
    items = memory.table(Item(amount: 0, bank: 0, next: -1), count: capacity)
    first = memory.table(-1, count: horizon)
  }

  /// Forgets the trial before.
  mutating func reset() {
    guard count > 0 else { return }
    count = 0
    first.update(repeating: -1)
  }

  @inline(__always)
  mutating func add(_ amount: Int64, bank: Int, month: Int) {
    items[count] = Item(amount: amount, bank: Int32(truncatingIfNeeded: bank), next: first[month])
    first[month] = Int32(truncatingIfNeeded: count)
    count &+= 1
  }

  @inline(__always)
  func isEmpty(in month: Int) -> Bool { first[month] < 0 }

  /// Hands out a month's amounts with their banks, in no particular order.
  @inline(__always)
  func forEach(in month: Int, _ body: (Int, Int64) -> Void) {
    var place = first[month]
    while place >= 0 {
      let item = items[Int(place)]
      body(Int(item.bank), item.amount)
      place = item.next
    }
  }
}

/// Sets of banks, one bit a bank, each a row of a table.
struct BankSets {
  private let words: UnsafeMutableBufferPointer<UInt64>
  private let rowLength: Int

  init(rowCount: Int, bankCount: Int, in memory: WorkingMemory) {
    rowLength = (bankCount + 63) / 64
    words = memory.table(0, count: rowCount * rowLength)
  }

  @inline(__always)
  func insert(_ bank: Int, row: Int) {
    words[row &* rowLength &+ bank &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: bank)
  }

  /// Empties all sets.
  func removeAll() { words.update(repeating: 0) }

  /// Empties a set.
  @inline(__always)
  func clear(row: Int) {
    for place in 0..<rowLength { words[row &* rowLength &+ place] = 0 }
  }

  /// Adds the banks of a row of other sets of the same banks.
  @inline(__always)
  func formUnion(row: Int, with others: BankSets, row other: Int) {
    for place in 0..<rowLength {
      words[row &* rowLength &+ place] |= others.words[other &* rowLength &+ place]
    }
  }

  /// Empties a set, and hands out what was in it, in portfolio order.
  @inline(__always)
  func drain(row: Int, _ body: (Int) -> Void) {
    for place in 0..<rowLength {
      var bits = words[row &* rowLength &+ place]
      words[row &* rowLength &+ place] = 0
      while bits != 0 {
        body(place &* 64 &+ bits.trailingZeroBitCount)
        bits &= bits &- 1
      }
    }
  }
}
