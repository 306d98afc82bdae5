import FundCore

/// The names of a table's columns, where they stand, and what stands around them.
public struct TableHeading: Sendable {
  /// The names, each with its place. A name may be empty.
  public internal(set) var names: [Written<String>]
  /// The heads of groups over the columns, which can span several; empty where there is none.
  public internal(set) var groups: [String]
  /// The cells of a row of units beside the header; none if there is no such row.
  public internal(set) var units: [Written<String>] = []
  /// What stands above: titles and remarks.
  public internal(set) var titles: [Written<String>] = []
  /// The line of the (lower) row of names.
  public internal(set) var line: Int
  /// Where the first row below starts, and its line.
  var firstRow: (position: Int, line: Int)

  init(_ row: HeadRow) {
    names = row.cells
    groups = row.cells.map { _ in "" }
    line = row.line
    firstRow = row.next
  }

  /// Refuses names that stand twice, and values in place of names.
  ///
  /// - Throws: `duplicate-column`, `missing-header`.
  func check() throws(Diagnostics) {
    var problems: [Diagnostic] = []
    var first: [String: Written<String>] = [:]
    for name in names {
      let key = Scalar.name(name.value)
      if key.isEmpty { continue }
      if let earlier = first[key] {
        problems.append(
          Diagnostic(
            code: "duplicate-column",
            message: .init(
              en: "the column \(quoted(name.value)) stands twice", zh: "列名\(quoted(name.value))重复"),
            advice: .init(
              en: "rename one of the two; the first stands in \(cell(earlier).english)",
              zh: "给其中一列改名；前一列在\(cell(earlier).chinese)"),
            location: name.location))
      } else {
        first[key] = name
      }
    }
    if let place = names.first?.location, first.keys.allSatisfy(looksLikeValue) {
      throw Diagnostics(
        "missing-header",
        .init(en: "the first row holds values, not names of columns", zh: "第一行是数据，不是列名"),
        help: .init(en: "add a first row with a name for each column", zh: "在最前面加一行列名"),
        at: SourceLocation(file: place.file, line: line, sheet: place.sheet))
    }
    if !problems.isEmpty { throw Diagnostics(problems) }
  }

  /// Where a name stands, in words.
  private func cell(_ name: Written<String>) -> LocalizedText {
    let place = name.location
    return place.cell.map { .init(en: "cell \($0)", zh: "单元格\($0)") }
      ?? .init(en: "column \(place.column) of the line", zh: "该行第\(place.column)个字符处")
  }

  /// Takes the row above into account: its heads of groups span the empty cells behind them, and a
  /// column that has its name there keeps it.
  func under(_ upper: HeadRow) -> TableHeading {
    var heading = self
    var group = ""
    for column in names.indices {
      let above = column < upper.cells.count ? upper.cells[column] : nil
      if let above, !above.value.isEmpty { group = above.value }
      if names[column].value.isEmpty {
        if let above, !above.value.isEmpty { heading.names[column] = above }
      } else {
        heading.groups[column] = group
      }
    }
    // Names that recur under several heads are told apart by these.
    let keys = heading.names.map { Scalar.name($0.value) }
    let counts = Dictionary(keys.map { ($0, 1) }, uniquingKeysWith: +)
    for column in names.indices where counts[keys[column], default: 0] > 1 {
      let name = heading.names[column]
      guard !name.value.isEmpty, !heading.groups[column].isEmpty else { continue }
      heading.names[column] = Written("\(heading.groups[column])/\(name.value)", at: name.location)
    }
    return heading
  }
}

/// A row at the start of a table that may be its header.
struct HeadRow {
  let cells: [Written<String>]
  let line: Int
  /// Where the next row starts, and its line.
  let next: (position: Int, line: Int)

  init(_ scanner: RowScanner) {
    let row = TableRow(number: 0, scanner: scanner)
    cells = (0..<row.cellCount).map { Written(row.text($0), at: row.location($0)) }
    line = row.line
    next = (scanner.position, scanner.line)
  }

  var textCount: Int { cells.count { !$0.value.isEmpty } }

  /// Whether the row says something of the table, such as 填报单位：…, and names no columns.
  var isRemark: Bool {
    cells.contains { Scalar.bracketed($0.value).prefix { $0 != "(" }.contains(":") }
  }

  /// Whether the cells are units and formats and nothing else: a row of units under or above a header.
  var isOfUnits: Bool {
    guard !isRemark else { return false }
    var hasUnit = false
    for cell in cells where !cell.value.isEmpty {
      let word = Scalar.bracketed(cell.value)
      let isUnit = [UnitQuantity.money, .term, .rate, .part].contains { $0.unit(word) != nil }
      hasUnit = hasUnit || isUnit
      let bare = word.filter { !"() ".contains($0) }.lowercased()
      if !isUnit, !formatWords.contains(bare), Int(bare) != nil || !Scalar.isMissing(bare) {
        return false
      }
    }
    return hasUnit
  }
}

private let formatWords: Set<String> = [
  "单位", "unit", "units", "文本", "文字", "字符", "日期", "数字", "数值", "金额", "名称", "编号", "text", "string",
  "date", "number", "name", "yyyy-mm-dd", "yyyymmdd", "yyyy/mm/dd", "yyyy-mm", "年-月-日", "年/月/日",
  "年月日", "年月", "必填", "选填",
]

private func looksLikeValue(_ text: String) -> Bool {
  if case .success = Scalar.number(text) { return true }
  if case .success = Scalar.date(text) { return true }
  return false
}
