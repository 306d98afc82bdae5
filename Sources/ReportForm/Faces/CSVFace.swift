public import FundCore
import LossStatistics

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
      for cell in [name] + [place.section, place.heading].map({ inYuan($0, report.money) }) {
        index.add(CSVText.quoted(visibleText(cell)))
      }
      index.endRow(to: take)
    }
    index.finish(to: take)
    return files.isEmpty ? [] : [(Self.prefix + "index.csv", list)] + files
  }

  /// One table.
  func text(of table: FigureTable, money: MoneyScale) -> String {
    let kinds = table.heads.indices.map { Column(of: table, at: $0) }
    var csv = CSVText()
    var text = Self.byteOrderMark
    let take: (String) -> Void = { text += $0 }
    for (head, kind) in zip(table.heads, kinds) {
      for name in kind.names(inYuan(head, money), in: language) {
        csv.add(CSVText.quoted(visibleText(name)))
      }
    }
    csv.endRow(to: take)
    for row in table.rows {
      for (place, kind) in kinds.enumerated() {
        add(place < row.count ? row[place] : .none, as: kind, to: &csv, money: money)
      }
      csv.endRow(to: take)
    }
    csv.finish(to: take)
    return text
  }

  /// A head in the units of the file: where the report says 万元 it has yuan, and shares for its points of
  /// a per cent.
  private func inYuan(_ head: LocalizedText, _ money: MoneyScale) -> String {
    let (unit, yuan) = (money.unit(in: language).name, MoneyUnit.all(in: language)[0].name)
    var text = [" (% points)", ", % points", "（百分点）"].reduce(head[language]) {
      $0.replacing($1, with: "")
    }
    for range in text.ranges(of: unit).reversed() {
      // An amount that a head names, 满2000万元, stays as it is.
      let before = text[..<range.lowerBound].last { $0 != " " }
      if before?.isNumber != true { text.replaceSubrange(range, with: yuan) }
    }
    return text
  }

  /// What a column of a table takes in a file.
  private enum Column {
    case single, estimate, ratio

    init(of table: FigureTable, at place: Int) {
      let cells = table.rows.compactMap { place < $0.count ? $0[place] : nil }
      let figures = cells.flatMap(\.figures)
      let isRatio = cells.contains {
        if case .ratio = $0 { true } else { false }
      }
      self =
        isRatio
        ? .ratio
        : figures.contains { $0.standardError != nil || $0.interval95 != nil || !$0.isReliable }
          ? .estimate : .single
    }

    func names(_ head: String, in language: Language) -> [String] {
      let words = { (en: EnglishHalf, zh: ChineseHalf) in
        head + (head.isEmpty || language == .chinese ? "" : " ")
          + LocalizedText(en: en, zh: zh)[language]
      }
      switch self {
      case .single: return [head]
      case .ratio: return [words("(part)", "（分子）"), words("(whole)", "（分母）")]
      case .estimate:
        return [
          head, words("(standard error)", "（标准误）"), words("(low)", "（下限）"),
          words("(high)", "（上限）"), words("(reliable)", "（可靠）"),
        ]
      }
    }
  }

  private func add(
    _ cell: ReportCell, as column: Column, to csv: inout CSVText, money: MoneyScale
  ) {
    switch (column, cell) {
    case (.ratio, .ratio(let part, let whole)):
      csv.add(part.value)
      csv.add(whole.value)
    case (.estimate, .figure(let figure)):
      csv.add(figure.value)
      for part in [
        figure.isExact ? 0 : figure.standardError,
        figure.isExact ? figure.value : figure.interval95?.low,
        figure.isExact ? figure.value : figure.interval95?.high,
      ] {
        if let part { csv.add(part) } else { csv.add("") }
      }
      csv.add(Int64(figure.isReliable ? 1 : 0))
    default:
      addSingle(cell, to: &csv, money: money)
      let further = column == .ratio ? 1 : column == .estimate ? 4 : 0
      for _ in 0..<further { csv.add("") }
    }
  }

  private func addSingle(_ cell: ReportCell, to csv: inout CSVText, money: MoneyScale) {
    switch cell {
    case .amount(let amount), .exact(let amount): csv.add(fen: amount.fen)
    case .figure(let figure): csv.add(figure.value)
    case .count(let count): csv.add(Int64(count))
    case .number(let number, _), .rough(let number, _), .signed(let number, _),
      .percent(let number):
      csv.add(number)
    case .level(let level): csv.add(level.value)
    default:
      let text = CellText(language: language, money: money).text(cell)
      csv.add(CSVText.quoted(visibleText(text)))
    }
  }
}
