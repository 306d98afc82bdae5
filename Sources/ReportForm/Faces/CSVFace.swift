public import FundCore

/// Every table of a report as a file of comma-separated values, its cells as numbers: yuan, shares from
/// 0 to 1, months. A column of estimates has columns for the standard error, the ends of the 95 %
/// interval and whether they hold beside it.
///
/// A file starts with a byte order mark, without which a Chinese Excel takes UTF-8 for GBK.
public struct CSVFace: Sendable {
  /// The byte order mark of UTF-8.
  public static let byteOrderMark = "\u{FEFF}"
  /// How the files' names begin.
  public static let prefix = "table-"
  /// The language of heads and labels.
  public let language: Language

  /// A face in a language.
  public init(language: Language) { self.language = language }

  /// The tables of a report with their files' names, in their order: `table-survival.csv`; those of several
  /// sections alike have the section's number, `table-survival-2.csv`. `table-index.csv` lists them with the
  /// headings under which they stand.
  public func files(of report: Report) -> [(name: String, text: String)] {
    var files: [(name: String, text: String)] = []
    var index = CSVText()
    var list = Self.byteOrderMark
    let take: (String) -> Void = { list += $0 }
    for word in [
      LocalizedText(en: "file", zh: "文件"), .init(en: "part of the report", zh: "报告部分"),
      .init(en: "table", zh: "表"),
    ] { index.add(CSVText.quoted(word[language])) }
    index.endRow(to: take)
    var uses: [String: Int] = [:]
    for place in report.tablePlaces {
      let wanted = place.table.name + (place.ordinal.map { "-\($0)" } ?? "")
      let use = uses[wanted, default: 0] + 1
      uses[wanted] = use
      let name = Self.prefix + (use == 1 ? wanted : "\(wanted)-\(use)") + ".csv"
      files.append((name, text(of: place.table, money: report.money)))
      for cell in [name]
        + [place.section, place.heading].map({ FlatTable.inYuan($0, report.money, language) })
      {
        index.add(CSVText.quoted(cell))
      }
      index.endRow(to: take)
    }
    index.finish(to: take)
    return files.isEmpty ? [] : [(Self.prefix + "index.csv", list)] + files
  }

  /// One table.
  func text(of table: FigureTable, money: MoneyScale) -> String {
    let flat = FlatTable(table, money: money, language: language)
    var csv = CSVText()
    var text = Self.byteOrderMark
    let take: (String) -> Void = { text += $0 }
    for head in flat.heads { csv.add(CSVText.quoted(head)) }
    csv.endRow(to: take)
    for row in flat.rows {
      for cell in row { csv.add(cell) }
      csv.endRow(to: take)
    }
    csv.finish(to: take)
    return text
  }
}

extension CSVText {
  fileprivate mutating func add(_ cell: FlatTable.Cell) {
    switch cell {
    case .none: add("")
    case .text(let text), .written(let text, _): add(CSVText.quoted(text))
    case .yuan(let amount): add(fen: amount.fen)
    case .whole(let number): add(Int64(number))
    case .number(let number, _): add(number)
    case .month(let month): add("\(month)")
    case .day(let date): add("\(date)")
    }
  }
}
