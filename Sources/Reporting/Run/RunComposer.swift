import FundCore
import LossStatistics
import ReportForm
import ResultFacts
import Simulation

/// Composes the report of a run.
struct RunComposer {
  let source: RiskReport

  init(report: RiskReport) { source = report }

  var estimates: RiskEstimates { source.estimates }
  var provenance: Provenance { source.provenance }

  /// One unit of money for all funds, that of the largest.
  var money: MoneyScale {
    let amounts = estimates.funds.map { max($0.initial.yuan, $0.compensation.mean.value) }
    return MoneyScale(amounts.max() ?? 0)
  }

  /// The last month of the run.
  var lastMonth: CivilMonth { estimates.firstMonth.advanced(by: estimates.horizon - 1) }

  private var origin: Origin { Origin(provenances: [provenance], trialCount: estimates.trialCount) }

  /// The whole report: what departs from the text stands before any result.
  var report: Report {
    var report = Report(
      kind: .init(en: "Risk report", zh: "风险报告"), title: provenance.scenario.title,
      generator: origin.generator, money: money)
    report.facts =
      [
        .init(
          en: "\(estimates.firstMonth) to \(lastMonth), \(estimates.horizon) months",
          zh: "\(estimates.firstMonth)至\(lastMonth)，共\(estimates.horizon)个月")
      ] + origin.facts
    report.notes =
      stopped + rareStopped + (source.precision?.blocks ?? []) + Departures(provenance).notes
    report.headline = HeadlineNotes(report: source).opening
    report.cards = RunCards(run: self).cards
    report.sections = [sideBySide, RunDoubts(report: source).section(self)]
    report.sections += estimates.funds.indices.map { fund($0) }
    report.sections += [portfolio, RunChecks(estimates: estimates, money: money).section]
    report.sections += [report.signs(), origin.section]
    return report
  }

  /// That a run was stopped stands before everything else.
  private var stopped: [SectionBlock] {
    guard estimates.trialCount < estimates.plannedTrials, source.precision?.end != .reached else {
      return []
    }
    let (done, planned) = (
      NumberFormat.whole(estimates.trialCount), NumberFormat.whole(estimates.plannedTrials)
    )
    return [
      .list([
        .init(
          en: "The run was stopped after \(done) of \(planned) trials; all figures rest on these.",
          zh: "本次运行计划模拟\(planned)次，完成\(done)次后停止，所有数字均以此为准。")
      ])
    ]
  }

  /// That rare trials were stopped, too: what they say rests on those that were run.
  private var rareStopped: [SectionBlock] {
    guard let rare = source.rare, rare.trials < rare.planned else { return [] }
    let (done, planned) = (NumberFormat.whole(rare.trials), NumberFormat.whole(rare.planned))
    return [
      .list([
        .init(
          en:
            "The rare trials were stopped after \(done) of \(planned); what they say rests on these.",
          zh: "稀有抽样计划\(planned)次，完成\(done)次后停止，相关数字均以此为准。")
      ])
    ]
  }

  private func fund(_ index: Int) -> ReportSection {
    let composer = RunFundComposer(run: self, index: index)
    let charts = RunFundCharts(run: self, index: index)
    let thresholds = RunThresholdCharts(run: self, index: index)
    var section = composer.section
    section.charts =
      [charts.balance, charts.payout] + thresholds.charts + [charts.loss]
      + composer.yearCharts
      + (composer.divided.map { ContributionChart(composer: $0, index: index).charts } ?? [])
      + (estimates.funds.count == 1 ? CostChart(funds: estimates.funds, money: money).charts : [])
    return section
  }

  // MARK: Loans

  private var portfolio: ReportSection {
    let loans = provenance.portfolio
    let (count, banks, enterprises) = (
      NumberFormat.whole(loans.loans), NumberFormat.whole(loans.banks),
      NumberFormat.whole(loans.enterprises)
    )
    let lent = MoneyScale.best(loans.lent)
    var pairs = [
      LabelledText(.init(en: "loans from", zh: "贷款来源"), loans.source),
      LabelledText(
        .init(en: "loans", zh: "贷款"),
        .init(
          en: "\(count) of \(banks) banks to \(enterprises) enterprises, \(lent)",
          zh: "\(banks)家银行对\(enterprises)家企业的\(count)笔贷款，共\(lent)")),
    ]
    let notes = LoanNotes(portfolio: loans)
    // The model in words is for results that know no inputs.
    let inputs = InputLine.general(provenance).map { LabelledText($0.label, $0.value) }
    pairs += notes.setAside + notes.pairs + (inputs.isEmpty ? provenance.model : inputs)
    return ReportSection(.init(en: "Portfolio", zh: "贷款组合"), [.pairs(pairs)])
  }

  // MARK: The funds side by side

  /// What answers the question for all funds at once.
  private var sideBySide: ReportSection {
    let charts = RunCharts(run: self)
    return ReportSection(
      .init(en: "How long does the money last?", zh: "资金能撑多久？"),
      comparison + costs + HeadlineNotes(report: source).blocks(in: money),
      charts: [charts.survival] + rare + [charts.size] + charts.sharing
        + CostChart(funds: estimates.funds, money: money).charts)
  }

  private var rare: [ReportChart] {
    source.rare.map { RareChart(run: self, figures: $0).charts } ?? []
  }

  /// The table of the funds and of their differences; nothing for a single fund.
  private var comparison: [SectionBlock] {
    guard source.funds.count > 1 else { return [] }
    var table = FigureTable(
      "funds",
      heads: [
        .init(en: "fund", zh: "基金"),
        .init(en: "lasts through \(lastMonth)", zh: "足额至\(lastMonth)"),
        .init(en: "ever exhausted (95 % interval)", zh: "曾经耗尽（95%区间）"),
        .init(en: "compensation mean ± s.e.", zh: "风险补偿（均值±标准误）"),
        .init(en: "in 99 % at most", zh: "99%情形不超过"),
        .init(en: "mean of worst 1 %", zh: "最差1%的均值"),
        .init(en: "capital for 95 % survival", zh: "95%足额所需资本"),
      ])
    for fund in estimates.funds {
      table.rows.append([
        .name(fund.name), fund.survival.last.map { .figure(Figure($0).bare) } ?? .none,
        .probability(fund.exhaustion), .mean(fund.compensation.mean),
        fund.paid(.percent(99)).map { .figure(Figure($0, in: .yuan).bare) } ?? .none,
        fund.worstPaid(.percent(99)).map { .figure(Figure($0.estimate, in: .yuan).bare) } ?? .none,
        fund.capital(.percent(95)).map { .figure(Figure($0, in: .yuan).bare) } ?? .none,
      ])
    }
    return [
      .subheading(
        .init(
          en: "The funds side by side (\(money.name); their own parts have all intervals)",
          zh: "各基金对照（\(money.name)；区间见各基金部分）")),
      .table(table),
    ] + differences
  }

  private var differences: [SectionBlock] {
    guard let reference = estimates.differences.first?.reference else { return [] }
    var table = FigureTable(
      "differences",
      heads: [
        .init(en: "fund", zh: "基金"), .init(en: "exhaustion, % points", zh: "耗尽概率（百分点）"),
        .init(en: "compensation", zh: "风险补偿"), .init(en: "banks' losses", zh: "银行损失"),
      ])
    for item in estimates.differences {
      table.rows.append([
        .name(item.fund), .figure(Figure(item.exhaustion, in: .points)), .mean(item.compensation),
        .mean(item.bankLoss),
      ])
    }
    return [
      .subheading(
        .init(
          en: "Against \(isolated(reference)), on the same draws, mean ± s.e. (\(money.name))",
          zh: "与\(isolated(reference))相比（相同随机数，均值±标准误，\(money.name)）")),
      .table(table),
    ]
  }
}
