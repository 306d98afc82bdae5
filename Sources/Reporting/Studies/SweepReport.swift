import Charts
import ClaimRules
import FundCore
import LossStatistics
public import Planning
public import ReportForm

/// A figure over a grid of one or two settings.
public struct SweepReport: Sendable {
  /// The grid.
  public let sweep: SweepStudy
  /// How well the figures are known whose precision was asked for; `nil` where none was.
  public var precision: PrecisionOutcome?

  /// Creates the report of a grid.
  public init(_ sweep: SweepStudy) { self.sweep = sweep }

  /// What the report says, without any format.
  public var report: Report {
    let frame = StudyFrame(sweep.study)
    var report = frame.opened(
      sweep.figure.heading, largest: sweep.cells.compactMap { $0.value?.value }.max() ?? 0)
    report.headline = sweep.study.failedChecksNote
    report.notes += precision?.blocks ?? []
    report.sections = [SweepComposer(sweep: sweep, money: report.money).section]
    let tested = sweep.cells.compactMap(\.difference).count { !$0.isIdentical }
    return frame.closed(report, differences: [tested])
  }

  /// The report for programs: one JSON object, as `Schemas/sweep.schema.json` describes it.
  public func json() -> String { SweepJSON(sweep: sweep, precision: precision).value.text }
}

/// Puts the section of a grid together.
struct SweepComposer {
  let sweep: SweepStudy
  let money: MoneyScale

  private var figureHead: LocalizedText {
    let (name, unit) = (sweep.figure.name, sweep.figure.unitName(money))
    return .init(en: "\(name)\(unit)", zh: "\(name)\(unit)")
  }

  var section: ReportSection {
    var body: [SectionBlock] = []
    if let fund = sweep.study.rows.first?.fund {
      body.append(.paragraph(.init(en: "Fund: \(fund.name)", zh: "基金：\(fund.name)")))
    }
    body.append(.table(sweep.settings.count == 2 ? matrix : list))
    var refused: [LocalizedText] = []
    for text in sweep.cells.compactMap(\.refusal).flatMap(\.problems).map(\.message)
    where !refused.contains(text) { refused.append(text) }
    if !refused.isEmpty {
      body += [.subheading(.init(en: "Not allowed", zh: "不允许")), .list(refused)]
    }
    let unit = sweep.figure.unitName(money)
    return ReportSection(.init(en: "Answers\(unit)", zh: "结果\(unit)"), body, charts: [chart])
  }

  /// One setting: value, figure, and the difference from the first.
  private var list: FigureTable {
    let setting = sweep.settings[0]
    return FigureTable(
      "grid",
      heads: [
        Names.setting(setting.path), figureHead,
        sweep.figure.isShare
          ? .init(en: "minus the first, % points", zh: "减首行（百分点）")
          : .init(en: "minus the first", zh: "减首行"),
      ],
      rows: sweep.cells.map { cell in
        [
          .words(Names.value(setting.texts[cell.values[0]], of: setting.path)), value(cell),
          cell.difference.map { .difference($0) } ?? .none,
        ]
      })
  }

  /// Two settings: the first down, the second across.
  private var matrix: FigureTable {
    let (down, across) = (sweep.settings[0], sweep.settings[1])
    let names = (down: Names.setting(down.path), across: Names.setting(across.path))
    return FigureTable(
      "grid",
      heads: [
        .init(en: "\(names.down) \\ \(names.across)", zh: "\(names.down) \\ \(names.across)")
      ] + across.texts.map { Names.value($0, of: across.path) },
      rows: down.texts.enumerated().map { place, text in
        [.words(Names.value(text, of: down.path))]
          + sweep.cells.filter { $0.values[0] == place }.map(value)
      })
  }

  private func value(_ cell: SweepStudy.Cell) -> ReportCell {
    cell.value.map { .figure(sweep.figure.figure($0)) } ?? (cell.refusal == nil ? .dash : .refused)
  }
}

// MARK: The chart
extension SweepComposer {
  /// The grid, darker where the figure is larger.
  private var chart: ReportChart {
    let name = sweep.figure.name
    return ReportChart(
      "sweep", title: sweep.figure.heading,
      say: [
        .init(
          en: "Darker where the \(name) is larger; – where the articles do not allow the values.",
          zh: "颜色越深，\(name)越大；–表示条文不允许。")
      ],
      table: FigureTable(
        "points",
        heads: [
          sweep.settings.count == 1
            ? Names.setting(sweep.settings[0].path) : .init(en: "values", zh: "取值"), figureHead,
        ],
        rows: sweep.cells.map { [.words(label($0)), value($0)] })
    ) { grid($0).svg($0.size) }
  }

  private func label(_ cell: SweepStudy.Cell) -> LocalizedText {
    if sweep.settings.count == 1 {
      let setting = sweep.settings[0]
      return Names.value(setting.texts[cell.values[0]], of: setting.path)
    }
    return zip(sweep.settings, cell.values).map { setting, place in
      let (name, value) = (
        Names.setting(setting.path), Names.value(setting.texts[place], of: setting.path)
      )
      return LocalizedText(en: "\(name) = \(value)", zh: "\(name) = \(value)")
    }.joined(with: .init(en: ", ", zh: "，"))
  }

  private func grid(_ pen: ChartPen) -> HeatMap {
    let (down, across) = (
      sweep.settings.count > 1 ? sweep.settings.first : nil, sweep.settings.last
    )
    func texts(_ setting: VariedSetting?) -> [String] {
      setting.map { setting in
        setting.texts.map { pen(Names.value($0, of: setting.path)) }
      } ?? []
    }
    let columns = texts(across)
    let rows = texts(down)
    let width = max(1, columns.count)
    let highest = sweep.cells.compactMap { $0.value?.value }.max() ?? 0
    return HeatMap(
      pen.caption,
      axes: (
        x: across.map { pen(Names.setting($0.path)) } ?? "",
        y: down.map { pen(Names.setting($0.path)) } ?? ""
      ), columns: columns,
      rows: stride(from: 0, to: sweep.cells.count, by: width).map { start in
        let cells = sweep.cells[start..<min(start + width, sweep.cells.count)]
        return (
          name: rows.isEmpty ? pen(sweep.figure.name) : rows[start / width],
          cells: cells.map { field($0, highest: highest, pen) }
        )
      })
  }

  private func field(_ cell: SweepStudy.Cell, highest: Double, _ pen: ChartPen) -> HeatMap.Cell {
    let reading = ChartReading(pen(label(cell)), [ChartReading.Row("", pen(value(cell)))])
    guard let found = cell.value else {
      return HeatMap.Cell(strength: 0, text: "–", reading: reading)
    }
    return HeatMap.Cell(
      strength: highest > 0 ? found.value / highest : 0, text: pen(sweep.figure.figure(found).bare),
      reading: reading)
  }
}
