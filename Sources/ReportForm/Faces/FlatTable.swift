import FundCore
import LossStatistics

/// A table of a report as files take it: one value a cell, yuan for every amount, shares from 0 to 1. A
/// column of estimates has columns for the standard error, the ends of the 95 % interval and whether they
/// hold beside it.
struct FlatTable {
  /// One value.
  enum Cell: Hashable {
    case none
    case text(String)
    /// Words that are a number.
    case written(String, WrittenNumber)
    case yuan(Money)
    case whole(Int)
    case number(Double, Figure.Unit)
    case month(CivilMonth)
    case day(CivilDate)
  }

  /// The heads in one language, with the units of the numbers.
  private(set) var heads: [String] = []
  /// The cells, shape `[rows][heads]`.
  private(set) var rows: [[Cell]] = []

  private let money: MoneyScale
  private let language: Language

  init(_ table: FigureTable, money: MoneyScale, language: Language) {
    self.money = money
    self.language = language
    let kinds = table.heads.indices.map { Column(of: table, at: $0) }
    for (head, kind) in zip(table.heads, kinds) {
      let names = kind.names(Self.inYuan(head, money, language), in: language)
      heads += names.map(visibleText)
    }
    heads += table.fileColumns.map { visibleText(Self.inYuan($0.head, money, language)) }
    for (number, row) in table.rows.enumerated() {
      let own = kinds.enumerated().flatMap { place, kind in
        cells(place < row.count ? row[place] : .none, as: kind)
      }
      rows.append(
        own
          + table.fileColumns.map { number < $0.cells.count ? single($0.cells[number]) : .none })
    }
  }

  /// A head in the units of the file: where the report says 万元 it has yuan, and shares for its points of
  /// a per cent.
  static func inYuan(_ head: LocalizedText, _ money: MoneyScale, _ language: Language) -> String {
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

  private func cells(_ cell: ReportCell, as column: Column) -> [Cell] {
    switch (column, cell) {
    case (.ratio, .ratio(let part, let whole)):
      return [.number(part.value, part.unit), .number(whole.value, whole.unit)]
    case (.estimate, .figure(let figure)):
      let precision = [
        figure.isExact ? 0 : figure.standardError,
        figure.isExact ? figure.value : figure.interval95?.low,
        figure.isExact ? figure.value : figure.interval95?.high,
      ]
      return [.number(figure.value, figure.unit)]
        + precision.map { $0.map { .number($0, figure.unit) } ?? .none }
        + [.whole(figure.isReliable ? 1 : 0)]
    default:
      let further = column == .ratio ? 1 : column == .estimate ? 4 : 0
      return [single(cell)] + [Cell](repeating: .none, count: further)
    }
  }

  private func single(_ cell: ReportCell) -> Cell {
    switch cell {
    case .amount(let amount), .exact(let amount): return .yuan(amount)
    case .figure(let figure): return .number(figure.value, figure.unit)
    case .count(let count): return .whole(count)
    case .number(let number, _), .signed(let number, _): return .number(number, .plain)
    case .rough(let number, let unit): return .number(number, unit)
    case .percent(let number): return .number(number, .part)
    case .level(let level): return .number(level.value, .part)
    case .month(let month): return .month(month)
    case .date(let date): return .day(date)
    case .none: return .none
    case .words, .name, .ratio, .notAllowed:
      let text = CellText(language: language, money: money).text(cell)
      guard !text.isEmpty else { return .none }
      if case .words = cell, let number = WrittenNumber(text, in: language), number.unit.isEmpty {
        return .written(text, number)
      }
      return .text(visibleText(text))
    }
  }
}
