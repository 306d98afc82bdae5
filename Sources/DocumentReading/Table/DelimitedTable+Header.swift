public import FundCore

/// Finds the header of a table that has titles, units or heads of groups above or below it.
extension DelimitedTable {
  /// How many rows are looked at.
  static let headRowLimit = 30

  /// The table with the header in which the most of these names stand. The first row is the header if it
  /// has them all.
  ///
  /// - Parameters:
  ///   - names: The names that are wanted.
  ///   - row: The line of the file on which the header stands, if somebody says it.
  /// - Throws: `unclear-header`, `no-header-row`, `duplicate-column`, `missing-header`.
  public func headed(
    by names: [String], row: Written<Int>? = nil
  ) throws(Diagnostics) -> DelimitedTable {
    var table = self
    let rows = headRows(toLine: row?.value ?? 0)
    let found = if let row { try position(of: row, in: rows) } else { try bestRow(rows, names) }
    table.heading = heading(rows, at: found, names)
    table.heading.firstRow = rows[found].next
    table.addSurroundings(rows, at: found)
    try table.heading.check()
    return table
  }

  /// The first rows of the file, as far as they can be read.
  private func headRows(toLine line: Int) -> [HeadRow] {
    var scanner = scanner(from: start.position, line: start.line)
    var rows: [HeadRow] = []
    // Tables of people are not so wide; of others, a few rows have to do.
    var cellCount = 0
    while (rows.count < Self.headRowLimit && cellCount < 20_000)
      || (scanner.line <= line && rows.count < 10_000)
    {
      // A row that cannot be read is reported when the rows are read.
      guard let isThere = try? scanner.next(), isThere else { break }
      rows.append(HeadRow(scanner))
      cellCount += scanner.cells.count
    }
    return rows
  }

  private func position(of line: Written<Int>, in rows: [HeadRow]) throws(Diagnostics) -> Int {
    if let position = rows.firstIndex(where: { $0.line == line.value }) { return position }
    throw Diagnostics(
      "no-header-row",
      .init(
        en: sheet == nil
          ? "no row of \(file) starts on line \(line.value)"
          : "\(place(line: line.value).description) is no row with values",
        zh: sheet == nil
          ? "\(file) 中没有从第\(line.value)行开始的行"
          : "\(place(line: line.value).description) 不是有内容的行"),
      help: .init(
        en: "give the \(rowNaming.rawValue) in which the names of the columns stand",
        zh: "写列名所在的行号（文件中的第几行）"), at: line.location)
  }

  // MARK: The row

  private func bestRow(_ rows: [HeadRow], _ names: [String]) throws(Diagnostics) -> Int {
    let wanted = Set(names.map(Scalar.headKey))
    guard let first = rows.first.map({ count(wanted, in: TableHeading($0)) }), first < wanted.count
    else { return 0 }
    let single = [first] + rows.dropFirst().map { count(wanted, in: TableHeading($0)) }
    let whole = single.indices.filter { single[$0] == wanted.count }
    if let found = whole.first {
      let others = whole.dropFirst().filter {
        rows[$0].cells.map(\.value) != rows[found].cells.map(\.value)
      }
      guard let other = others.first else { return found }
      throw Diagnostics(
        "unclear-header",
        .init(
          en: """
            \(rowNaming.words(rows[found].line)) and \(rowNaming.words(rows[other].line)) both have all \
            columns
            """,
          zh: "第\(rows[found].line)行和第\(rows[other].line)行都有全部各列"),
        help: .init(
          en: "say which is the header: `headerRow: \(rows[found].line)`",
          zh: "写明哪一行是表头：`headerRow: \(rows[found].line)`"),
        at: place(line: rows[found].line))
    }
    let pairs = rows.indices.map { index in
      index == 0 || rows[index - 1].isRemark
        ? 0 : count(wanted, in: TableHeading(rows[index]).under(rows[index - 1]))
    }
    let best = max(single.max() ?? 0, pairs.max() ?? 0)
    guard best > first, best >= min(2, wanted.count) else { return 0 }
    return single.firstIndex(of: best) ?? pairs.firstIndex(of: best) ?? 0
  }

  /// How many of the names a heading has.
  private func count(_ wanted: Set<String>, in heading: TableHeading) -> Int {
    wanted.intersection(heading.keys).count
  }

  /// The heading of a row, with the heads of groups above it where they help.
  private func heading(
    _ rows: [HeadRow], at found: Int, _ names: [String]
  ) -> TableHeading {
    let single = TableHeading(rows[found])
    guard found > 0, rows[found - 1].textCount > 1, !rows[found - 1].isOfUnits,
      !rows[found - 1].isRemark
    else { return single }
    let wanted = Set(names.map(Scalar.headKey))
    let both = single.under(rows[found - 1])
    // A title with a date beside it is no row of heads: then they change nothing.
    return count(wanted, in: both) >= count(wanted, in: single) ? both : single
  }

  // MARK: Around it

  /// Finds the row of units beside the header, and the titles above.
  private mutating func addSurroundings(_ rows: [HeadRow], at found: Int) {
    if found + 1 < rows.count, rows[found + 1].isOfUnits {
      heading.units = rows[found + 1].cells
      heading.firstRow = rows[found + 1].next
    } else if found > 0, rows[found - 1].isOfUnits {
      heading.units = rows[found - 1].cells
    }
    for row in rows[..<found] where !row.isOfUnits {
      heading.titles += row.cells.filter { !$0.value.isEmpty }
    }
  }
}
