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
  /// An open hash table; its size is a power of two. A slot holds the upper half of a hash and, below
  /// it, a number plus one; 0 if it is free. Only equal hashes have their texts compared: those lie
  /// far apart in memory.
  private var slots = [UInt64](repeating: 0, count: 64)

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
    let tag = hash(name) >> 32
    var slot = firstSlot(tag)
    while slots[slot] != 0 {
      if slots[slot] >> 32 == tag {
        let number = Int(UInt32(truncatingIfNeeded: slots[slot])) - 1
        if name.elementsEqual(bytes[start(number)..<ends[number]]) { return number }
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    names.append(String(decoding: name, as: UTF8.self))
    bytes += name
    ends.append(bytes.count)
    slots[slot] = tag << 32 | UInt64(names.count)
    if names.count * 2 > slots.count { grow() }
    return names.count - 1
  }

  private mutating func grow() {
    let old = slots
    slots = [UInt64](repeating: 0, count: old.count * 2)
    for entry in old where entry != 0 {
      var slot = firstSlot(entry >> 32)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = entry
    }
  }

  private func start(_ number: Int) -> Int { number == 0 ? 0 : ends[number - 1] }

  private func firstSlot(_ tag: UInt64) -> Int {
    Int(truncatingIfNeeded: tag) & (slots.count - 1)
  }

  /// FNV-1a with 64 bits (http://www.isthe.com/chongo/tech/comp/fnv/).
  private func hash(_ name: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return hash
  }
}
