import Charts
import FundCore

/// Pieces of a report's page, for a page that is drawn again and again: the same markup, the same style.
extension PageFace {
  /// A chart with its title and what is said of it.
  ///
  /// - Parameters:
  ///   - chart: The chart.
  ///   - money: The scale of the amounts.
  ///   - width: For which windows it is drawn.
  ///   - hasTable: Whether its figures stand below it.
  /// - Throws: Nothing, unless the template itself is broken.
  public func piece(
    _ chart: ReportChart, money: MoneyScale, width: ChartWidth, hasTable: Bool
  ) throws -> String {
    var contents = picture(chart, money: money, widths: [width])
    contents["lang"] = languageCode
    contents["hasTable"] = hasTable
    if hasTable {
      contents["tableTitle"] = LocalizedText(en: "The figures of this chart", zh: "图中数据")[language]
      contents["table"] = blocks(money).contents(of: chart.table)
    }
    return try PageTemplate.rendered(contents, by: "figure")
  }

  /// What is said in blocks.
  ///
  /// - Throws: As above.
  public func piece(_ block: SectionBlock, money: MoneyScale) throws -> String {
    var contents = blocks(money).contents(block)
    contents["lang"] = languageCode
    return try PageTemplate.rendered(contents, by: "block")
  }

  /// Pieces of what is one of several alike, such as funds, under its name.
  public func part(_ name: String, _ pieces: [String]) -> String {
    let heading = escapedForMarkup(visibleText(name))
    return "<section class=\"fund\"><h2><bdi>\(heading)</bdi></h2>\(pieces.joined())</section>"
  }

  /// The style of pages, with that of their charts.
  public static var style: String { PageTemplate.style }

  /// Patterns that charts refer to: once a page, before the first of them.
  public static var patterns: String { ChartStyle.patterns }

  /// The language as a page names it.
  public var languageCode: String { language == .chinese ? "zh-Hans" : "en" }

  private func blocks(_ money: MoneyScale) -> PageBlocks {
    PageBlocks(cells: CellText(language: language, money: money))
  }
}
