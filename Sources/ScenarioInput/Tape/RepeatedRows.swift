import DocumentReading
import FundCore
import ResultFacts

/// Rows that say the same as an earlier one, in a file whose loans have no names: perhaps loans that were
/// written twice. They are told, and used.
struct RepeatedRows {
  /// Columns that only count the rows.
  private let skipped: [Bool]
  private var seen = HashSet()
  private var count = 0
  private var first: [Int] = []
  private let naming: RowNaming

  init(_ table: DelimitedTable) {
    naming = table.rowNaming
    let counters: Set<String> = ["序号", "行号", "no", "no.", "#", "seq", "index", "row"]
    skipped = table.header.map { counters.contains(Scalar.name($0.value).lowercased()) }
  }

  mutating func add(_ row: borrowing TableRow) {
    guard !seen.insert(row.contentHash(skipping: skipped)) else { return }
    count += 1
    if first.count < SetAsideRows.lineLimit { first.append(row.line) }
  }

  var notices: [LocalizedText] {
    guard count > 0 else { return [] }
    let counted = CountedReason(
      reason: .init(en: "say the same as an earlier row", zh: "与前面的行完全相同"), count: count,
      firstRows: first, naming: naming)
    return [
      .init(
        en: "\(grouped(count)) rows \(counted.text); without a column `id` they all count as loans",
        zh: "\(grouped(count))行\(counted.text)；没有 `id` 列，均按贷款计入")
    ]
  }
}

/// A set of hashes: an open table whose size is a power of two.
private struct HashSet {
  private var slots = [UInt64](repeating: 0, count: 1 << 10)
  private var count = 0

  /// Whether the hash is new; if so, it is there from now on.
  mutating func insert(_ hash: UInt64) -> Bool {
    let hash = hash == 0 ? 1 : hash
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      if slots[slot] == hash { return false }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = hash
    count += 1
    if count * 2 > slots.count { grow() }
    return true
  }

  private mutating func grow() {
    let old = slots
    slots = [UInt64](repeating: 0, count: old.count * 4)
    for hash in old where hash != 0 {
      var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = hash
    }
  }
}
