import Charts
import ClaimRules
import FundCore
import LossStatistics
public import Planning
public import ReportForm

/// Which inputs move a figure most.
public struct TornadoReport: Sendable {
  /// The moves.
  public let tornado: TornadoStudy

  /// Creates the report of a tornado.
  public init(_ tornado: TornadoStudy) { self.tornado = tornado }

  /// What the report says, without any format.
  public var report: Report {
    let frame = StudyFrame(tornado.study)
    let name = tornado.figure.name
    var report = frame.opened(
      .init(en: "What moves the \(name)?", zh: "什么影响\(name)？"),
      largest: max(tornado.base.value, tornado.fund.initial.yuan))
    let composer = TornadoComposer(tornado: tornado, money: report.money)
    report.headline = tornado.study.failedChecksNote
    report.sections = [composer.section]
    let tested = tornado.bars.flatMap { [$0.down, $0.up] }.compactMap { $0?.difference }
      .count { !$0.isIdentical }
    return frame.closed(report, differences: [tested])
  }

  /// The report for programs: one JSON object, as `Schemas/tornado.schema.json` describes it.
  public func json() -> String { TornadoJSON(tornado: tornado).value.text }
}

/// Puts the words and the section of a tornado together.
struct TornadoComposer {
  let tornado: TornadoStudy
  let money: MoneyScale

  private static let input = LocalizedText(en: "input", zh: "输入")
  private static let stepDown = LocalizedText(en: "a step down", zh: "下调")
  private static let stepUp = LocalizedText(en: "a step up", zh: "上调")

  private var base: LocalizedText { money.named(tornado.figure.figure(tornado.base)) }

  /// What was done, and how the figure stands as it is.
  private var opening: LocalizedText {
    let step = money.text(Figure.exact(tornado.step, in: .part).bare)
    let (fund, name) = (tornado.fund.name, tornado.figure.name)
    return .init(
      en: """
        \(fund): the \(name) is \(base). Each input alone is moved \(step) down and up (months by as much, \
        at least by one), on the same draws; the inputs that move the figure most come first.
        """,
      zh: """
        \(fund)：\(name)为\(base)。每次只将一项输入下调、上调\(step)（月数按同样幅度，至少一个月），随机数\
        相同；影响最大的排在最前。
        """)
  }

  var section: ReportSection {
    var section = ReportSection(
      .init(en: "What a step of each input changes", zh: "各项输入变动一步的影响"), charts: [chart])
    section.lead = [.paragraph(opening)]
    section.body = [
      .table(table),
      .paragraph(
        .init(
          en: """
            More or fewer loans are whole enterprises taken again or left out. A loan that grows beyond a \
            limit of the text loses its cover. A step of the fund's share, of a fixed initial amount or of \
            a fixed delay departs from the text.
            """,
          zh: """
            贷款笔数的增减以整户企业重复计入或剔除。贷款金额增至超过办法限额时，不再属于补偿范围。\
            变动基金承担比例、固定的初始资金或固定的补偿申请月数，均偏离办法原文。
            """)),
    ]
    return section
  }

  private var table: FigureTable {
    let points: LocalizedText =
      tornado.figure.isShare ? .init(en: "% points", zh: "百分点") : money.name
    return FigureTable(
      "inputs",
      heads: [
        Self.input, .init(en: "as it is", zh: "现值"), .init(en: "down to", zh: "下调至"),
        .init(en: "change, \(points)", zh: "变化（\(points)）"), .init(en: "up to", zh: "上调至"),
        .init(en: "change, \(points)", zh: "变化（\(points)）"),
      ],
      rows: tornado.bars.map { bar in
        [.words(bar.input.name), (bar.down ?? bar.up).map { cell($0.from) } ?? .none]
          + [bar.down, bar.up].flatMap { step in
            [step.map { cell($0.to) } ?? .dash, .difference(step?.difference)]
          }
      })
  }

  private func cell(_ value: TornadoInput.Value) -> ReportCell {
    switch value {
    case .amount(let amount): .amount(amount)
    case .text(let text): .name(text)
    }
  }
}

// MARK: The chart
extension TornadoComposer {
  /// A bar for each input, from where a step down leads to where a step up does.
  private var chart: ReportChart {
    let name = tornado.figure.name
    return ReportChart(
      "tornado", title: .init(en: "What moves the \(name)", zh: "什么影响\(name)"), say: say,
      table: FigureTable(
        "steps", heads: [Self.input, Self.stepDown, Self.stepUp],
        rows: tornado.bars.map { bar in
          [.words(bar.input.name)]
            + [bar.down, bar.up].map { step in
              step.map { .figure(tornado.figure.figure($0.value)) } ?? .dash
            }
        })
    ) { drawn($0).svg($0.size) }
  }

  private var say: [LocalizedText] {
    let name = tornado.figure.name
    let first = LocalizedText(
      en: "As the scenario is, the \(name) is \(base).", zh: "按情景原样，\(name)为\(base)。")
    guard let bar = tornado.bars.first, bar.size > 0 else { return [first] }
    let moves = [bar.down, bar.up].compactMap { $0.map { money.named($0.difference) } }
      .joined(with: .init(en: " and ", zh: "、"))
    return [
      first,
      .init(
        en: "It depends most on: \(bar.input.name) (\(moves)).",
        zh: "影响最大的是：\(bar.input.name)（\(moves)）。"),
    ]
  }

  private func drawn(_ pen: ChartPen) -> RowChart {
    let scale = tornado.figure.axisUnit(pen)
    let base = tornado.base.value / scale
    var ends = [base]
    let rows = tornado.bars.map { bar in
      var pieces: [RowChart.Piece] = []
      var readings: [ChartReading.Row] = []
      for (step, tone, name) in [
        (bar.down, ChartColours.stepDown, Self.stepDown),
        (bar.up, ChartColours.stepUp, Self.stepUp),
      ] {
        guard let step else { continue }
        let end = base + step.difference.difference.value / scale
        ends.append(end)
        pieces.append(RowChart.Piece(from: base, to: end, tone: tone))
        readings.append(ChartReading.Row(pen(name), pen(.difference(step.difference))))
      }
      let value = [bar.down, bar.up].map { pen(.difference($0?.difference)) }
      return RowChart.Row(
        pen(bar.input.name), pieces: pieces, value: value.joined(separator: " | "),
        reading: ChartReading(pen(bar.input.name), readings))
    }
    let name = tornado.figure.name
    var chart = RowChart(
      pen.caption,
      axis: ChartAxis(
        tornado.figure.unitName(money) == .empty
          ? pen(name) : pen(en: "\(name), \(money.name)", zh: "\(name)，\(money.name)"),
        from: ends.min() ?? 0, to: ends.max() ?? 0,
        suffix: tornado.figure.isShare ? pen.percentSign : ""), rows: rows, reference: base)
    chart.splitsBars = true
    chart.legend = [
      (name: pen(Self.stepDown), tones: [ChartColours.stepDown]),
      (name: pen(Self.stepUp), tones: [ChartColours.stepUp]),
    ]
    return chart
  }
}
