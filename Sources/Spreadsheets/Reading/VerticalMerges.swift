/// Cells that are merged over several rows (ECMA-376 part 1, section 18.3.1.55): the text of the first counts
/// for all of them, as people read it. Numbers do not: an amount over three rows is no amount of each.
struct VerticalMerges {
  /// More cells than these are not filled.
  private static let mostRows = 1_000_000

  /// By row and column of the first cell, the last row.
  private var lastRows: [Int: Int] = [:]
  /// What counts for the rows below, by column.
  private var active: [Int: (last: Int, text: [UInt8])] = [:]
  /// How many cells were filled.
  private(set) var filledCount = 0

  /// The merged cells that the part of a sheet lists behind its rows.
  init(_ part: UnsafeBufferPointer<UInt8>) {
    let ending = Array("sheetData>".utf8)
    // The rows end with the last element of that name.
    var start = part.count - ending.count
    while start >= 0,
      !(part[start] == ending[0] && part[start..<start + ending.count].elementsEqual(ending))
    {
      start -= 1
    }
    guard start >= 0 else { return }
    let rest = UnsafeBufferPointer(rebasing: part[(start + ending.count)...])
    guard var scanner = try? MarkupScanner(rest) else { return }
    var rows = 0
    // Behind the last list the sheet itself ends, which this piece does not begin.
    while let piece = try? scanner.next() {
      if case .finish = piece { return }
      guard case .start = piece, scanner.isNamed("mergeCell"),
        let name = (try? scanner.values(["ref"]))?[0], let range = Self.range(name)
      else { continue }
      rows += range.last - range.row
      guard rows <= Self.mostRows else { return }
      if range.last > range.row { lastRows[Self.key(range.row, range.column)] = range.last }
    }
  }

  /// The first cell of a range such as `B4:C6`, and its last row.
  private static func range(_ name: String) -> (row: Int, column: Int, last: Int)? {
    let ends = name.split(separator: ":")
    guard ends.count == 2, let first = cell(ends[0]), let last = cell(ends[1]),
      last.row >= first.row
    else { return nil }
    return (first.row, first.column, last.row)
  }

  private static func cell(_ name: Substring) -> (row: Int, column: Int)? {
    let letters = name.utf8.prefix { (0x41...0x5A).contains($0) }
    guard (1...3).contains(letters.count), let row = Int(name.dropFirst(letters.count)), row >= 1,
      row <= SheetReader.lastRow
    else { return nil }
    return (row, letters.reduce(0) { $0 * 26 + Int($1 - 0x40) })
  }

  private static func key(_ row: Int, _ column: Int) -> Int { row << 15 | column }

  /// Whether anything can count for a row, or begin in it.
  var isEmpty: Bool { lastRows.isEmpty }

  /// Notes a text, which may be the first of merged cells.
  mutating func note(_ text: [UInt8], row: Int, column: Int) {
    guard let last = lastRows[Self.key(row, column)] else { return }
    active[column] = (last, text)
  }

  /// What counts for a row out of the rows above it, by column.
  mutating func texts(row: Int) -> [Int: [UInt8]] {
    guard !active.isEmpty else { return [:] }
    active = active.filter { $0.value.last >= row }
    return active.mapValues(\.text)
  }

  /// Counts cells that were filled.
  mutating func count(_ number: Int) { filledCount += number }
}
