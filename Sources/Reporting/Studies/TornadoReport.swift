public import FundCore
public import Planning

/// Which inputs move a figure most: what the report says, without any format.
public struct TornadoReport: Sendable {
  /// The moves.
  public let tornado: TornadoStudy

  /// Composes a report.
  public init(_ tornado: TornadoStudy) { self.tornado = tornado }

  /// The report for people, on a terminal of so many columns.
  public func terminalText(language: Language, width: Int = 100) -> String {
    TerminalReport(width: width).rendered(
      TornadoComposer(tornado: tornado, language: language).blocks)
  }

  /// The report for programs: one JSON object, as `Schemas/tornado.schema.json` describes it.
  public func json() -> String { TornadoJSON(tornado: tornado).value.text }
}

/// Puts the report of a tornado together.
struct TornadoComposer {
  let tornado: TornadoStudy
  let words: StudyWords

  init(tornado: TornadoStudy, language: Language) {
    self.tornado = tornado
    words = StudyWords(language, for: max(tornado.base.value, tornado.fund.initial.yuan))
  }

  var blocks: [ReportBlock] {
    let study = tornado.study
    let closing = StudyClosing(
      provenances: study.provenances.compactMap(\.self), trialCount: study.trialCount,
      runCount: study.runCount,
      words: words)
    let figure = tornado.figure.name[words.language]
    let step = NumberFormat.trimmed(tornado.step * 100, decimals: 2)
    let base = words.figure(tornado.base, isProbability: tornado.figure.isProbability)
    let unit = tornado.figure.isProbability ? "" : " \(words.unitName)"
    let tested = tornado.bars.flatMap { [$0.down, $0.up] }.compactMap { $0?.difference }
      .count { !$0.isIdentical }
    return [
      .title(
        words("What moves the \(figure)? ", "什么影响\(figure)？")
          + (study.provenance?.scenario.title ?? ""))
    ] + closing.departures + [
      .paragraph(
        words(
          "\(tornado.fund.name): the \(figure) is \(base)\(unit). Each input alone is moved \(step) % "
            + "down and up (months by as much, at least by one), on the same draws; the inputs that move "
            + "the figure most come first.",
          "\(tornado.fund.name)：\(figure)为\(base)\(unit)。每次只将一项输入下调、上调\(step) %（月数按同样幅度，"
            + "至少一个月），随机数相同；影响最大的排在最前。")),
      .table(table),
      .paragraph(
        words(
          "More or fewer loans are whole enterprises taken again or left out. A loan that grows beyond a "
            + "limit of the text loses its cover. A step of the fund's share, of a fixed initial amount "
            + "or of a fixed delay departs from the text.",
          "贷款笔数的增减以整户企业重复计入或剔除。贷款金额增至超过办法限额时，不再属于补偿范围。"
            + "变动基金承担比例、固定的初始资金或固定的补偿申请月数，均偏离办法原文。")),
    ] + words.signs(level: tested) + closing.origin
  }

  private var table: ReportTable {
    let points = tornado.figure.isProbability ? words("% points", "百分点") : words.unitName
    var table = ReportTable(heads: [
      words("input", "输入"), words("as it is", "现值"), words("down to", "下调至"),
      words("change\n\(points)", "变化\n\(points)"), words("up to", "上调至"),
      words("change\n\(points)", "变化\n\(points)"),
    ])
    for bar in tornado.bars {
      table.rows.append([
        bar.input.name[words.language], (bar.down ?? bar.up).map { text($0.from) } ?? "",
        bar.down.map { text($0.to) } ?? "–",
        bar.down.map { words.difference($0.difference) } ?? "–",
        bar.up.map { text($0.to) } ?? "–", bar.up.map { words.difference($0.difference) } ?? "–",
      ])
    }
    return table
  }

  private func text(_ value: TornadoInput.Value) -> String {
    switch value {
    case .amount(let amount): words.plain(amount)
    case .text(let text): text
    }
  }
}

/// The report of a tornado for programs.
struct TornadoJSON {
  let tornado: TornadoStudy

  var value: JSONValue {
    let study = tornado.study
    let closing = StudyClosing(
      provenances: study.provenances.compactMap(\.self), trialCount: study.trialCount,
      runCount: study.runCount,
      words: StudyWords(.english, for: 1))
    return [
      "schemaVersion": .integer(JSONReport.schemaVersion),
      "provenance": closing.json,
      "fund": .string(tornado.fund.name),
      "step": .number(tornado.step),
      "base": .figure(tornado.figure, tornado.base),
      "inputs": .array(
        tornado.bars.map { bar in
          [
            "input": .string(bar.input.rawValue),
            "name": ["en": .string(bar.input.name.english), "zh": .string(bar.input.name.chinese)],
            "down": step(bar.down), "up": step(bar.up),
          ]
        }),
    ]
  }

  private func step(_ step: TornadoStudy.Step?) -> JSONValue {
    guard let step else { return .null }
    return [
      "from": json(step.from), "to": json(step.to),
      "value": .figure(tornado.figure, step.value), "difference": .difference(step.difference),
    ]
  }

  private func json(_ value: TornadoInput.Value) -> JSONValue {
    switch value {
    case .amount(let amount): .number(amount.yuan)
    case .text(let text): .string(text)
    }
  }
}
