public import FundCore
import Spreadsheets

/// A report as a workbook: the inputs on the first sheet with what the report says in words and the list of
/// the tables, a sheet a table with numbers as numbers, and on the last what all rests on: the rules with
/// their articles, and where the figures come from.
public struct WorkbookFace: Sendable {
  /// The language of heads and labels.
  public let language: Language

  /// A face in a language.
  public init(language: Language) { self.language = language }

  /// How every workbook of a report starts.
  public static var signature: [UInt8] { WorkbookWriter.signature }

  /// The bytes of the workbook; the same for the same report.
  public func bytes(of report: Report) -> [UInt8] {
    let tables = tables(of: report)
    let first = LocalizedText(en: "Inputs", zh: "输入")
    let last = LocalizedText(en: "Sources", zh: "依据")
    // Names are made here, so that the list of tables tells those that the workbook has.
    let names = WorkbookWriter.names(of: [first[language]] + tables.map(\.name) + [last[language]])
    var all = [inputs(of: report, tables, names: Array(names.dropFirst().dropLast()))]
    all += tables.map(\.contents)
    all.append(sources(of: report))
    for place in all.indices { all[place].name = names[place] }
    return WorkbookWriter.bytes(of: all)
  }

  private typealias Row = [SheetContents.Cell]

  /// A table with where it stands.
  private struct Table {
    let name: String
    let section: String
    let heading: String
    let contents: SheetContents
  }

  // MARK: Tables

  private func tables(of report: Report) -> [Table] {
    let places = report.tablePlaces
    let names = Self.shortNames(
      places.map { found in
        let title = found.heading[language].isEmpty ? found.section : found.heading
        return visibleText(FlatTable.inYuan(title, report.money, language))
      })
    return places.enumerated().map { place, found in
      // Where the report says 万元, the sheet has yuan.
      let section = visibleText(FlatTable.inYuan(found.section, report.money, language))
      let heading = visibleText(FlatTable.inYuan(found.heading, report.money, language))
      let title = heading.isEmpty ? section : heading
      let name = "\(place + 1) " + names[place]
      let flat = FlatTable(found.table, money: report.money, language: language)
      var contents = SheetContents(name: name)
      let isTitled = section != heading && !heading.isEmpty
      contents.rows = [
        [.text(isTitled ? "\(section) · \(heading)" : title, .title)],
        flat.heads.map { .text($0, .head) },
      ]
      contents.rows += flat.rows.map { $0.map(cell) }
      contents.frozenRows = 2
      contents.widths = widths(of: flat)
      return Table(name: name, section: section, heading: heading, contents: contents)
    }
  }

  /// What tables are called on the tabs of a workbook, which take 31 characters with a number before them: without
  /// what stands in brackets, behind a colon or a comma, unless that alone tells two of them apart.
  private static func shortNames(_ titles: [String]) -> [String] {
    func cut(_ title: String, at signs: String) -> String {
      // A spreadsheet takes no quotes at the ends; the tab has a number of its own.
      let bare = title.filter { !"'\"“”".contains($0) }
      let number = bare.prefix { $0.isNumber }
      let start = bare.dropFirst(number.count)
      let words = !number.isEmpty && start.hasPrefix(". ") ? start.dropFirst(2) : bare[...]
      let short = String(words.prefix { !signs.contains($0) })
      guard short.count > mostLetters, let blank = short.prefix(mostLetters).lastIndex(of: " "),
        short.distance(from: short.startIndex, to: blank) > mostLetters / 2
      else { return short }
      return String(short[..<blank])
    }
    let short = titles.map { cut($0, at: "(（:：,，;；") }
    return zip(titles, short).map { title, name in
      short.count { $0 == name } > 1 ? cut(title, at: "(（:：") : name
    }
  }

  /// The letters of a tab behind its number.
  private static let mostLetters = 28

  private func widths(of table: FlatTable) -> [Int] {
    table.heads.indices.map { column in
      let longest =
        table.rows.map { row -> Int in
          guard column < row.count, case .text(let text) = row[column] else { return 12 }
          return DisplayWidth.of(text) + 2
        }.max() ?? 12
      return min(60, max(12, longest))
    }
  }

  private func cell(_ cell: FlatTable.Cell) -> SheetContents.Cell {
    switch cell {
    case .none: return .empty
    case .text(let text): return .text(text, .text)
    case .written(_, let number): return .number(number.digits, number.style)
    case .yuan(let amount): return .number(Self.digits(of: amount), .amount)
    case .whole(let number): return .number("\(number)", .whole)
    case .month(let month): return .number("\(Self.serial(month, day: 1))", .month)
    case .day(let date): return .number("\(Self.serial(date.month, day: date.day))", .day)
    case .number(let number, let unit):
      guard number.isFinite else { return .text("\(number)", .text) }
      return .number("\(number)", Self.style(of: unit))
    }
  }

  /// An amount in yuan, exact to the fen.
  private static func digits(of amount: Money) -> String {
    let (yuan, rest) = amount.fen.magnitude.quotientAndRemainder(dividingBy: 100)
    return "\(amount.fen < 0 ? "-" : "")\(yuan)"
      + (rest == 0 ? "" : rest < 10 ? ".0\(rest)" : ".\(rest)")
  }

  private static func style(of unit: Figure.Unit) -> CellStyle {
    switch unit {
    case .yuan: .amount
    case .part, .points: .percent
    case .months, .count, .plain: .number
    }
  }

  /// The number of a day in a spreadsheet that counts from 1900, from 1 March of that year on.
  private static func serial(_ civil: CivilMonth, day: Int) -> Int {
    // Days up to the first of March of year 0, in years that start with March (H. Hinnant).
    let month = civil.month
    let year = civil.year - (month <= 2 ? 1 : 0)
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return year * 365 + year / 4 - year / 100 + year / 400 + dayOfYear - 693_899
  }

  // MARK: Words

  private func inputs(of report: Report, _ tables: [Table], names: [String]) -> SheetContents {
    var sheet = SheetContents(name: "")
    sheet.rows = [
      [.text(visibleText(report.title), .title)],
      row(report.kind[language], visibleText(report.generator)),
    ]
    sheet.rows += report.facts.map { row("", words($0, report)) }
    sheet.rows += rows(report.notes, report)
    sheet.rows += rows(report.headline, report)
    for section in report.sections where !section.isOfSources {
      let lead = section.isRepeated ? [] : section.lead
      let found = rows(lead + section.body + section.detail, report)
      guard !found.isEmpty else { continue }
      sheet.rows += [[], [.text(words(section.heading, report), .head), .text("", .head)]] + found
    }
    if !tables.isEmpty {
      let heads = [
        LocalizedText(en: "sheet", zh: "工作表"), .init(en: "part of the report", zh: "报告部分"),
        .init(en: "table", zh: "表"),
      ]
      sheet.rows += [[], heads.map { .text($0[language], .head) }]
      for (table, name) in zip(tables, names) {
        sheet.rows.append([
          .text(name, .text), .text(table.section, .text), .text(table.heading, .text),
        ])
      }
    }
    sheet.widths = [36, 90, 60]
    return sheet
  }

  /// The rules with their articles, and where the figures come from.
  private func sources(of report: Report) -> SheetContents {
    var sheet = SheetContents(name: "")
    sheet.rows = [[.text(LocalizedText(en: "Sources", zh: "依据")[language], .title)]]
    // The rules of funds, what else it rests on, and where the figures come from.
    let funds = report.sections.filter(\.isRepeated).map { ($0.heading, $0.lead) }
    let others = (report.bases + report.sections.filter(\.isOfSources)).map {
      ($0.heading, $0.blocks)
    }
    for (heading, blocks) in funds + others {
      let found = rows(blocks, report)
      guard !found.isEmpty else { continue }
      sheet.rows += [[], [.text(words(heading, report), .head), .text("", .head)]] + found
    }
    sheet.widths = [36, 110]
    return sheet
  }

  /// What some blocks say in words: labels with their texts, paragraphs and lists.
  private func rows(_ blocks: [SectionBlock], _ report: Report) -> [[SheetContents.Cell]] {
    var rows: [Row] = []
    var heading: LocalizedText?
    func add(_ found: [Row]) {
      guard !found.isEmpty else { return }
      if let text = heading { rows.append([.text(words(text, report), .text)]) }
      heading = nil
      rows += found
    }
    for block in blocks {
      switch block {
      case .subheading(let text): heading = text
      case .paragraph(let text): add([row("", words(text, report))])
      case .list(let items): add(items.map { row("", words($0, report)) })
      case .pairs(let pairs):
        add(pairs.map { row(words($0.label, report), visibleLines($0.text[language])) })
      case .table: heading = nil
      }
    }
    return rows
  }

  private func row(_ label: String, _ text: String) -> [SheetContents.Cell] {
    let head = label.isEmpty ? SheetContents.Cell.empty : .text(label, .text)
    guard let number = WrittenNumber(text, in: language) else { return [head, .text(text, .text)] }
    let unit: [SheetContents.Cell] = number.unit.isEmpty ? [] : [.text(number.unit, .text)]
    return [head, .number(number.digits, number.style)] + unit
  }

  private func words(_ text: LocalizedText, _ report: Report) -> String {
    visibleLines(text[language])
  }
}
