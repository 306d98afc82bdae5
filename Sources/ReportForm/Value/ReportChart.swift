public import Charts
public import FundCore

/// A chart with what is said of it, and its figures for those who do not see it.
public struct ReportChart: Sendable {
  /// A short name in ASCII letters, unlike those of all other charts of the report.
  public var id: String
  /// The heading.
  public var title: LocalizedText
  /// Sentences in plain words, made from the figures.
  public var say: [LocalizedText]
  /// All its figures.
  public var table: FigureTable
  /// Draws it.
  public var draw: @Sendable (ChartPen) -> String

  /// A chart.
  public init(
    _ id: String, title: LocalizedText, say: [LocalizedText], table: FigureTable,
    draw: @escaping @Sendable (ChartPen) -> String
  ) {
    self.id = id
    self.title = title
    self.say = say
    self.table = table
    self.draw = draw
  }
}

/// What a face lends to a chart: the language, the size, the unit of money.
public struct ChartPen: Sendable {
  /// The language of its labels.
  public let language: Language
  /// How large it is drawn.
  public let size: ChartSize
  /// The scale of the report's amounts.
  public let money: MoneyScale
  /// Its name and what is said of it.
  public let caption: ChartCaption
  /// Whether a pointer upon it shows readings, which are most of a curve's text; not in a chart that is soon
  /// drawn again.
  public var hasReadings = true

  /// A text in the language of the page.
  public func callAsFunction(_ text: LocalizedText) -> String { text[language] }

  /// A text in the language of the page.
  public func callAsFunction(en english: EnglishHalf, zh chinese: ChineseHalf) -> String {
    LocalizedText(en: english, zh: chinese)[language]
  }

  /// A cell as the tables show it.
  public func callAsFunction(_ cell: ReportCell) -> String {
    CellText(language: language, money: money).text(cell)
  }

  /// A figure as the tables show it.
  public func callAsFunction(_ figure: Figure) -> String { self(.figure(figure)) }

  /// How many yuan one unit of its axis is.
  public var unit: Double { money.unit(in: language).yuan }

  /// What stands behind a number of per cent: " %" or "%".
  public var percentSign: String { self(en: " %", zh: "%") }
}
