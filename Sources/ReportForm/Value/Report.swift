public import FundCore

/// A report: sections in both languages, made of typed cells. It has no format; a face gives it one:
/// ``TerminalFace``, ``PageFace``, ``CSVFace``. JSON keeps its own stable schema beside each report.
public struct Report: Sendable {
  /// What kind of report it is: "Risk report".
  public var kind: LocalizedText
  /// What it is about: a scenario's title, as its file has it.
  public var title: String
  /// The program that made it, with its version.
  public var generator: String
  /// What was run, in a line of a few facts; on pages under the title.
  public var facts: [LocalizedText] = []
  /// What must be read before any result: departures from the text, what was taken for granted.
  public var notes: [SectionBlock] = []
  /// The answer in a few sentences.
  public var headline: [SectionBlock] = []
  /// The answer for each fund at a glance; on pages only.
  public var cards: [ReportCard] = []
  /// The parts, in their order.
  public var sections: [ReportSection] = []
  /// On what it rests, for the last sheet of a workbook alone: the rules with their articles, where the sections say
  /// them elsewhere or not at all.
  public var bases: [ReportSection] = []
  /// How large its amounts are: each language chooses its unit from this.
  public var money: MoneyScale

  /// A report without sections as yet.
  public init(
    kind: LocalizedText, title: String, generator: String, money: MoneyScale = MoneyScale(1)
  ) {
    self.kind = kind
    self.title = title
    self.generator = generator
    self.money = money
  }

  /// All its tables with those of the charts, in their order.
  public var tables: [FigureTable] { tablePlaces.map(\.table) }

  /// A table with where it stands.
  struct TablePlace {
    let table: FigureTable
    /// The section's heading.
    let section: LocalizedText
    /// The heading within the section.
    let heading: LocalizedText
    /// Which of several sections alike it is, from 1; `nil` for a section of its own kind.
    let ordinal: Int?
  }

  /// All its tables with their places.
  var tablePlaces: [TablePlace] {
    var places: [TablePlace] = []
    func add(_ blocks: [SectionBlock], of section: LocalizedText, ordinal: Int?) {
      var heading = LocalizedText.empty
      for block in blocks {
        switch block {
        case .subheading(let text): heading = text
        case .table(let table):
          places.append(
            TablePlace(table: table, section: section, heading: heading, ordinal: ordinal))
        case .paragraph, .pairs, .list: break
        }
      }
    }
    add(notes + headline, of: kind, ordinal: nil)
    var count = 0
    let isAlone = sections.count { $0.isRepeated } < 2
    for section in sections {
      if section.isRepeated { count += 1 }
      let ordinal = section.isRepeated && !isAlone ? count : nil
      add(section.blocks, of: section.heading, ordinal: ordinal)
      places += section.charts.map {
        TablePlace(table: $0.table, section: section.heading, heading: $0.title, ordinal: ordinal)
      }
    }
    return places
  }
}

/// A part of a report under its own heading.
public struct ReportSection: Sendable {
  /// The heading; a section of one only has no need of it.
  public var heading: LocalizedText
  /// What stands before the charts: the rules of a fund.
  public var lead: [SectionBlock] = []
  /// The charts; on pages only.
  public var charts: [ReportChart] = []
  /// What is said.
  public var body: [SectionBlock] = []
  /// All further figures; a page folds them.
  public var detail: [SectionBlock] = []
  /// What the fold is called.
  public var detailTitle = LocalizedText(
    en: "All figures, with their errors", zh: "全部数据及误差")
  /// Whether the section is one of several alike, such as those of funds.
  public var isRepeated = false
  /// Whether it says where the figures come from, and nothing of what they are.
  public var isOfSources = false

  /// A section.
  public init(_ heading: LocalizedText, _ body: [SectionBlock] = [], charts: [ReportChart] = []) {
    self.heading = heading
    self.body = body
    self.charts = charts
  }

  /// All that is said, in the order of a text.
  public var blocks: [SectionBlock] { lead + body + detail }
}

/// A piece of a section.
public enum SectionBlock: Sendable {
  /// A heading within a section.
  case subheading(LocalizedText)
  /// A paragraph.
  case paragraph(LocalizedText)
  /// Labels with their texts; a label that is empty goes on with the one before.
  case pairs([LabelledText])
  /// A list.
  case list([LocalizedText])
  /// A table.
  case table(FigureTable)

  /// The table, if it is one.
  public var table: FigureTable? {
    if case .table(let table) = self { table } else { nil }
  }
}

/// One answer at a glance.
public struct ReportCard: Sendable {
  /// The style of its charts' lines.
  public var style = 0
  /// A fund's name, as its file has it.
  public var name: String
  /// What it is.
  public var subtitle = LocalizedText.empty
  /// The figure in large letters.
  public var figure: Figure
  /// What the figure is.
  public var what: LocalizedText
  /// Further figures.
  public var rows: [(label: LocalizedText, cell: ReportCell)] = []
  /// The answer in a sentence.
  public var verdict = LocalizedText.empty

  /// A card.
  public init(name: String, figure: Figure, what: LocalizedText) {
    self.name = name
    self.figure = figure
    self.what = what
  }
}
