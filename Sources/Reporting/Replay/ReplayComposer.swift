import ClaimRules
import CompensationKernel
import FundCore
import ReportForm
import ResultFacts

/// Composes the report of a replayed register.
struct ReplayComposer {
  let source: ReplayReport

  private var provenance: Provenance { source.provenance }

  /// The unit in which the funds stand side by side: that of the largest.
  private var money: MoneyScale {
    MoneyScale(
      source.replays.map { max($0.totals.opening.yuan, $0.totals.closing.yuan) }.max() ?? 0)
  }

  /// The report in both languages.
  var report: Report {
    var report = Report(
      kind: .init(en: "Replay of a register", zh: "登记簿回放"), title: title,
      generator: "fundsim \(provenance.engine)", money: money)
    let figures = source.replays.map { ReplayFigures($0) }
    let path = Origin.shortPath(provenance.scenario.path)
    report.facts = [dates] + (path == title ? [] : [.init(same: path)])
    report.notes = Departures(provenance).notes
    report.sections = [reading] + sideBySide(figures)
    for (index, replay) in source.replays.enumerated() {
      let composer = ReplayFundComposer(
        replay: replay, fund: source.funds[index], figures: figures[index],
        groupings: source.groupings, limits: source.limits)
      var section = composer.section
      section.charts = [LedgerChart(replay: replay, index: index, money: money).chart]
        .compactMap(\.self)
      report.sections.append(section)
    }
    if let state = source.state {
      report.sections.append(
        StandingComposer(state: state, replays: source.replays, funds: source.funds).section)
    }
    report.sections.append(origin)
    return report
  }

  /// The title of the terms; a register without them is called by its file.
  private var title: String {
    let title = provenance.scenario.title
    return title == provenance.scenario.path ? Origin.shortPath(title) : title
  }

  private var dates: LocalizedText {
    let until = source.replays[0].register.until
    return .init(en: "\(source.opening) to \(until)", zh: "\(source.opening)至\(until)")
  }

  // MARK: What was read

  private var reading: ReportSection {
    let portfolio = provenance.portfolio
    let losses = source.replays[0].register.loans.compactMap(\.loss)
    let lost = losses.reduce(Money.zero) { $0 + $1.principal }
    let recoveries = NumberFormat.whole(losses.reduce(0) { $0 + $1.recoveries.count })
    let (loans, banks, enterprises) = (
      NumberFormat.whole(portfolio.loans), NumberFormat.whole(portfolio.banks),
      NumberFormat.whole(portfolio.enterprises)
    )
    let defaults = NumberFormat.whole(losses.count)
    var pairs = [
      LabelledText(.init(en: "register", zh: "登记簿"), portfolio.source),
      LabelledText(.init(en: "from, until", zh: "起止日期"), dates),
      LabelledText(
        .init(en: "loans", zh: "贷款"),
        .init(
          en: "\(loans) of \(enterprises) enterprises at \(banks) banks, \(portfolio.lent.named)",
          zh: "\(banks)家银行对\(enterprises)家企业的\(loans)笔贷款，共\(portfolio.lent.named)")),
      LabelledText(
        .init(en: "defaults", zh: "违约"),
        .init(
          en: "\(defaults), principal lost \(lost.named); \(recoveries) recoveries",
          zh: "\(defaults)笔，本金损失\(lost.named)；追偿\(recoveries)笔")),
    ]
    let notes = LoanNotes(portfolio: portfolio)
    let none = LabelledText(
      .init(en: "rows set aside", zh: "剔除行"), .init(en: "none", zh: "无"))
    pairs += (notes.setAside.isEmpty ? [none] : notes.setAside) + notes.pairs
    return ReportSection(.init(en: "What was read", zh: "读入的数据"), [.pairs(pairs)])
  }

  // MARK: Several funds

  private func sideBySide(_ figures: [ReplayFigures]) -> [ReportSection] {
    guard source.funds.count > 1 else { return [] }
    var table = FigureTable(
      "funds",
      heads: [
        .init(en: "fund", zh: "基金"), .init(en: "covered loans", zh: "纳入笔数"),
        .init(en: "claims", zh: "补偿申请"), .init(en: "losses divided", zh: "分担的损失"),
        .init(en: "compensation", zh: "风险补偿"), .init(en: "returned", zh: "返还"),
        .init(en: "unpaid", zh: "未付"), .init(en: "closing", zh: "期末余额"),
        .init(en: "ran dry", zh: "耗尽日"),
      ])
    for (index, replay) in source.replays.enumerated() {
      let totals = replay.totals
      table.rows.append(
        [
          .name(source.funds[index].name), .count(source.funds[index].coverage.coveredCount),
          .count(figures[index].total.claims),
        ]
          + [
            figures[index].total.lossBase, totals.compensation, totals.returned, totals.unpaid,
            totals.closing,
          ].map { .amount($0) }
          + [replay.ranDryOn.map { .date($0) } ?? .words(.init(same: "–"))])
    }
    return [
      ReportSection(
        .init(
          en: "The funds side by side (\(money.name))", zh: "各基金对照（\(money.name)）"),
        [.table(table)])
    ]
  }

  // MARK: Where it comes from

  private var origin: ReportSection {
    var pairs = [
      LabelledText(
        .init(en: "program", zh: "程序"), .init(same: "fundsim \(provenance.engine)"))
    ]
    if provenance.scenario.path != provenance.portfolio.source.english {
      pairs.append(
        LabelledText(.init(en: "terms", zh: "条款文件"), .init(same: provenance.scenario.path)))
    }
    pairs.append(
      LabelledText(
        .init(en: "digest of all inputs", zh: "全部输入的摘要"),
        .init(same: provenance.scenario.digest)))
    pairs += provenance.programmes.flatMap(Origin.pairs)
    var section = ReportSection(.init(en: "Provenance", zh: "来源说明"), [.pairs(pairs)])
    section.isOfSources = true
    return section
  }
}
