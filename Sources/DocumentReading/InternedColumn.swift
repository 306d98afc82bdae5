/// Gives every different text of a column a number, in the order of first appearance.
///
/// The name of a bank stands in thousands of rows. Here it becomes a `String` once; after that,
/// a cell costs a hash of its bytes and one comparison.
public struct InternedColumn: Sendable {
  /// The texts, each at its number.
  public private(set) var names: [String] = []
  /// The UTF-8 bytes of all names one after the other; name `i` ends at `ends[i]`.
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  /// An open hash table of numbers; -1 is a free slot. Its size is a power of two.
  private var slots = [Int32](repeating: -1, count: 64)

  /// Creates a column without texts.
  public init() {}

  /// The number of a cell's text.
  public mutating func number(of row: borrowing TableRow, column: Int) -> Int {
    if row.scanner.cells[column].hasDoubledQuotes { return number(of: row.text(column)) }
    return number(ofBytes: row.cellBytes(column))
  }

  /// The number of a text.
  public mutating func number(of text: String) -> Int {
    var text = text
    return text.withUTF8 { number(ofBytes: $0) }
  }

  private mutating func number(ofBytes name: UnsafeBufferPointer<UInt8>) -> Int {
    var slot = firstSlot(hash(name))
    while slots[slot] >= 0 {
      let number = Int(slots[slot])
      if name.elementsEqual(bytes[start(number)..<ends[number]]) { return number }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = Int32(names.count)
    names.append(String(decoding: name, as: UTF8.self))
    bytes += name
    ends.append(bytes.count)
    if names.count * 2 > slots.count { grow() }
    return names.count - 1
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 4)
    for number in names.indices {
      let hash = bytes.withUnsafeBufferPointer {
        self.hash(UnsafeBufferPointer(rebasing: $0[start(number)..<ends[number]]))
      }
      var slot = firstSlot(hash)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(number)
    }
  }

  private func start(_ number: Int) -> Int { number == 0 ? 0 : ends[number - 1] }

  private func firstSlot(_ hash: UInt64) -> Int {
    Int(truncatingIfNeeded: hash ^ (hash >> 32)) & (slots.count - 1)
  }

  /// FNV-1a with 64 bits (http://www.isthe.com/chongo/tech/comp/fnv/).
  private func hash(_ name: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return hash
  }
}
