import ClaimRules
import FundCore
import LossStatistics
public import Planning
public import ReportForm
import ResultFacts
import ScenarioInput

/// How large a fund must be to serve so much of the credit.
public struct ServeReport: Sendable {
  /// What was found.
  public let study: ServeStudy

  /// Creates the report of a study.
  public init(_ study: ServeStudy) { self.study = study }

  /// What the report says, without any format.
  public var report: Report {
    let frame = StudyFrame(
      study.source.provenance, trialCount: study.trialCount, drawCount: study.drawCount,
      funds: study.source.funds)
    let sizes = study.answers.compactMap(\.found?.size.yuan) + [study.own.size.yuan]
    var report = frame.opened(
      .init(en: "How large must the fund be?", zh: "基金需要多大？"), largest: sizes.max() ?? 0)
    let composer = ServeComposer(study: study, money: report.money)
    report.sections = [composer.answers, composer.curve]
    return frame.closed(report)
  }

  /// The report for programs: one JSON object, as `Schemas/size.schema.json` describes it.
  public func json() -> String { ServeJSON(study: study).value.text }
}

/// Puts the sections of such a report together.
struct ServeComposer {
  let study: ServeStudy
  let money: MoneyScale

  private var share: LocalizedText { .init(same: study.share.description) }

  /// The clauses in words: `coverage.coverLimit` (Art. 7).
  private var clauses: LocalizedText {
    study.clauses.map {
      LocalizedText(en: "`\($0.path)` (\($0.citation))", zh: "`\($0.path)`（\($0.citation)）")
    }.joined(with: .init(en: ", ", zh: "、"))
  }

  private var times: [LocalizedText] { study.months.map { through($0, from: study.firstMonth) } }

  /// What is to be served, in words.
  private var what: LocalizedText {
    study.served.map { served in
      served == .credit
        ? LocalizedText(en: "covered lending", zh: "纳入补偿的放款")
        : LocalizedText(en: "compensation", zh: "补偿")
    }.joined(with: .init(en: " and of ", zh: "及"))
  }

  // MARK: Answers

  var answers: ReportSection {
    var body: [SectionBlock] = [.paragraph(meaning), .table(sizes)]
    body += shown
    if study.answers.contains(where: { $0.found == nil }) {
      let most = study.curve.last.map { money.text($0.size) } ?? .empty
      body.append(
        .paragraph(
          .init(
            en: "Where no size stands, none up to \(most) \(money.name) did what was asked.",
            zh: "未列规模处，试到\(most)\(money.name)仍未达到要求。")))
    }
    body.append(.paragraph(ownAmount))
    return ReportSection(
      .init(
        en: """
          Smallest amount that serves \(share) of the \(what) (\(money.name)): \(study.fund.name)
          """,
        zh: "使\(what)的\(share)得到服务的最小资金（\(money.name)）：\(study.fund.name)"),
      body, charts: [chart])
  }

  private var meaning: LocalizedText {
    let credit = money.text(Figure(study.wantedCredit, in: .yuan))
    let paid = money.text(Figure(study.wantedCompensation, in: .yuan))
    return .init(
      en: """
        Needed capital is not defined under \(clauses): what is covered or owed hangs on the fund's money, and a \
        larger fund owes more. Asked is instead for the smallest amount with which \(share) of the \(what) is \
        served, as the ratio of the means over the run. Without these clauses and with money enough \(credit) \
        \(money.name) would be lent under cover, and \(paid) paid. Found by \(study.tryCount) runs on the same \
        draws: a grid of sizes, then the first step of it that gets there, to the fen. A larger amount need not \
        serve more. The interval ends where that of the share just holds it.
        """,
      zh: """
        因\(clauses)，应补偿金额取决于基金资金，基金越大应付越多，所需资本无定义。此处改求使\(what)的\(share)得到\
        服务的最小资金，比例为全期均值之比。若无上述条款且资金充足，纳入补偿的放款为\(credit)\(money.name)，补偿为\
        \(paid)\(money.name)。以相同随机数运行\(study.tryCount)个规模求得：先按网格，再在首个达到的区间内逐步求至分。\
        资金更多未必服务更多。区间端点为该比例的区间恰好包含所求比例之处。
        """)
  }

  private var sizes: FigureTable {
    let asks = study.answers.contains { $0.survival != nil }
    var table = FigureTable(
      "serve",
      heads: (asks ? [SizeComposer.survives, .init(en: "through", zh: "至")] : [])
        + [.init(en: "amount", zh: "资金")])
    for answer in study.answers {
      var row: [ReportCell] = []
      if asks {
        row = [
          answer.survival.map { .level($0.level) } ?? .none,
          answer.survival.map { .words(through($0.months, from: study.firstMonth)) } ?? .none,
        ]
      }
      table.rows.append(row + [cell(answer)])
    }
    return table
  }

  private func cell(_ answer: ServeStudy.Answer) -> ReportCell {
    guard let found = answer.found else { return .dash }
    var interval: Interval?
    if let low = answer.low, let high = answer.high {
      interval = Interval(low: low.yuan, high: high.yuan)
    }
    guard interval != nil else { return .amount(found.size) }
    return .figure(Figure(found.size.yuan, in: .yuan, interval95: interval))
  }

  /// What the runs with each size, and with one fen less, said.
  private var shown: [SectionBlock] {
    let pairs = study.answers.filter { $0.found != nil }
    guard !pairs.isEmpty else { return [] }
    var table = FigureTable(
      "serve-runs",
      heads: [
        .init(en: "run with", zh: "运行所用"), .init(en: "amount (yuan)", zh: "资金（元）"),
        .init(en: "does it", zh: "是否达到"),
      ] + heads.dropFirst())
    for answer in pairs {
      if let found = answer.found {
        table.rows.append(run(.init(en: "the amount", zh: "该资金"), found, of: answer))
      }
      if let below = answer.below {
        table.rows.append(run(.init(en: "one fen less", zh: "少一分"), below, of: answer))
      }
    }
    return [
      .subheading(.init(en: "What runs with it say", zh: "以该资金运行的结果")), .table(table),
    ]
  }

  private func run(
    _ what: LocalizedText, _ point: ServeStudy.Point, of answer: ServeStudy.Answer
  ) -> [ReportCell] {
    let doesIt =
      study.served.allSatisfy { point[$0].value >= study.share.value }
      && answer.survival.map { wish in
        study.months.firstIndex(of: wish.months).map {
          point.survival[$0].value >= wish.level.value
        } ?? false
      } ?? true
    return [
      .words(what), .exact(point.size),
      .words(doesIt ? .init(en: "yes", zh: "是") : .init(en: "no", zh: "否")),
    ] + cells(point).dropFirst()
  }

  private var heads: [LocalizedText] {
    [
      .init(en: "amount (\(money.name))", zh: "资金（\(money.name)）"),
      .init(en: "lending covered", zh: "放款纳入补偿"),
      .init(en: "compensation paid", zh: "补偿支付"),
    ] + times.map { .init(en: "lasts through \($0)", zh: "足额至\($0)") }
  }

  private func cells(_ point: ServeStudy.Point) -> [ReportCell] {
    [
      .amount(point.size), .figure(Figure(point.credit, in: .part)),
      .figure(Figure(point.compensation, in: .part)),
    ] + point.survival.map { .probability($0) }
  }

  private var ownAmount: LocalizedText {
    let amount = money.text(study.own.size)
    let credit = money.text(Figure(study.own.credit, in: .part))
    let paid = money.text(Figure(study.own.compensation, in: .part))
    return study.isResumed
      ? .init(
        en: """
          With what the fund holds, \(amount) \(money.name): \(credit) of the lending, \(paid) of the \
          compensation.
          """,
        zh: "以基金现有的\(amount)\(money.name)：放款的\(credit)，补偿的\(paid)。")
      : .init(
        en: """
          The scenario's own \(amount) \(money.name): \(credit) of the lending, \(paid) of the \
          compensation.
          """,
        zh: "情景文件的\(amount)\(money.name)：放款的\(credit)，补偿的\(paid)。")
  }

  // MARK: The curve

  var curve: ReportSection {
    var table = FigureTable("served-by-size", heads: heads)
    for point in study.curve { table.rows.append(cells(point)) }
    return ReportSection(
      .init(en: "What is served by amount", zh: "不同资金得到服务的比例"), [.table(table)])
  }
}
