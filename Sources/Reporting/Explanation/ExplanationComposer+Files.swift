import ClaimRules
import FundCore
import ReportForm

/// What files have of an explanation beside its words: amounts as numbers, and all articles together.
extension ExplanationComposer {
  /// What came out of each step, and when.
  static func fileColumns(of steps: [ExplanationStep]) -> [FigureTable.FileColumn] {
    let amounts = steps.map { step -> ReportCell in
      switch step.result {
      case .money(let amount): .exact(amount)
      case .ratio(let ratio): .percent(ratio.value)
      case .months(let count), .days(let count): .count(count)
      case .date(let date): .date(date)
      case .words, nil: .none
      }
    }
    let days = steps.map { step -> ReportCell in step.date.map { .date($0) } ?? .none }
    return [
      .init(.init(en: "result (amounts in yuan)", zh: "结果数值（金额单位：元）"), amounts),
      .init(.init(en: "day", zh: "日期"), days),
    ]
  }

  /// The text, and what each of its articles decided here.
  var bases: [ReportSection] {
    var articles: [LabelledText] = []
    for step in explanation.steps where !step.citations.isEmpty {
      let source = step.citations.map(\.words).joined(with: .init(en: "; ", zh: "；"))
      articles.append(
        LabelledText(source, ExplanationWords(step, isPool: explanation.isPool).text))
    }
    let text = LabelledText(
      .init(en: "programme", zh: "办法"),
      .init(
        en: "\(explanation.title) (\(explanation.programme))",
        zh: "\(explanation.title)（\(explanation.programme)）"))
    let program = LabelledText(.init(en: "program", zh: "程序"), .init(same: "fundsim \(engine)"))
    return [
      ReportSection(.init(en: "Provenance", zh: "来源说明"), [.pairs([program, text])]),
      ReportSection(.init(en: "Articles, and what they decided", zh: "条款及其结论"), [.pairs(articles)]),
    ]
  }
}
