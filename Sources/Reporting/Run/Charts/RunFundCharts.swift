import Charts
import FundCore
import LossStatistics
import ReportForm
import Simulation

/// The charts of one fund. Axes are the same for all funds, so that their charts can be compared.
struct RunFundCharts {
  let run: RunComposer
  let index: Int

  private var estimates: RiskEstimates { run.estimates }
  private var fund: FundEstimates { estimates.funds[index] }
  private var money: MoneyScale { run.money }
  private var sentences: RunSentences { RunSentences(run: run) }

  // MARK: Balance

  /// The balance, month by month.
  var balance: ReportChart {
    let levels = MonthEstimates.balanceLevels
    var table = FigureTable(
      "balance-by-month",
      heads: [.init(en: "end of (\(money.name))", zh: "月底（\(money.name)）")] + levels.map(\.words))
    for month in fund.timeline {
      table.rows.append(
        [.month(estimates.firstMonth.advanced(by: month.month))]
          + levels.indices.map { .figure(Figure(balanceOf: month, at: $0)) })
    }
    return ReportChart(
      "balance-\(index)", title: .init(en: "The balance, month by month", zh: "逐月余额"),
      say: [sentences.balance(fund)], table: table
    ) { balanceChart($0).svg($0.size) }
  }

  private func balanceChart(_ pen: ChartPen) -> LineChart {
    let highest = estimates.funds.flatMap(\.timeline).compactMap(\.balance.last).max() ?? 0
    var chart = LineChart(
      pen.caption, x: run.timeAxis,
      y: ChartAxis(
        pen(en: "balance, \(money.name)", zh: "余额，\(money.name)"), from: 0,
        to: max(highest, estimates.funds.map(\.initial.yuan).max() ?? 0) / pen.unit))
    func points(_ level: Int) -> [(x: Double, y: Double)] {
      [(x: 0, y: fund.initial.yuan / pen.unit)]
        + fund.timeline.map { (x: Double($0.month + 1), y: $0.balance[level] / pen.unit) }
    }
    let fans: [(low: Int, high: Int, name: LocalizedText)] = [
      (0, 6, .init(en: "98 of 100 trials", zh: "98%的模拟")),
      (1, 5, .init(en: "90 of 100", zh: "90%")),
      (2, 4, .init(en: "50 of 100", zh: "50%")),
    ]
    for (strength, fan) in fans.enumerated() {
      chart.bands.append(
        LineChart.Band(
          pen(fan.name), tone: ChartColours.fund(index), strength: strength + 1,
          points: zip(points(fan.low), points(fan.high)).map { (x: $0.x, low: $0.y, high: $1.y) }))
    }
    chart.lines = [
      LineChart.Line(
        pen(en: "median", zh: "中位数"), tone: ChartColours.fund(index), points: points(3))
    ]
    chart.readings = fund.timeline.map { month in
      let rows = MonthEstimates.balanceLevels.indices.reversed().map {
        ChartReading.Row(
          pen(MonthEstimates.balanceLevels[$0].words), pen(Figure(balanceOf: month, at: $0)))
      }
      return (
        x: Double(month.month + 1), reading: ChartReading(pen(run.end(of: month.month)), rows)
      )
    }
    return chart
  }

  // MARK: Payouts

  /// What the fund pays over the whole run.
  var payout: ReportChart {
    var table = FigureTable(
      "payout-histogram",
      heads: [
        .init(en: "compensation (\(money.name))", zh: "风险补偿（\(money.name)）"),
        .init(en: "share of the trials", zh: "占模拟次数的比例"),
      ])
    for bar in Self.bars(fund) where bar.share.successes > 0 {
      table.rows.append([.words(name(of: bar)), .probability(bar.share)])
    }
    let beyond = fund.compensationHistogram.beyond
    if beyond.successes > 0, let last = Self.bars(fund).last {
      let edge = edge(last.high)
      table.rows.append([
        .words(.init(en: "\(edge) and more", zh: "\(edge)及以上")), .probability(beyond),
      ])
    }
    return ReportChart(
      "payout-\(index)",
      title: .init(en: "What the fund pays over the whole run", zh: "基金在整个期间的补偿分布"),
      say: sentences.payouts(fund), table: table
    ) { payoutChart($0).svg($0.size) }
  }

  /// A range of payouts, in yuan, with the trials in it.
  private struct Bar {
    let low: Double
    let high: Double
    let share: Proportion
  }

  private static func bars(_ fund: FundEstimates) -> [Bar] {
    let histogram = fund.compensationHistogram
    return histogram.ranges.enumerated().map { place, share in
      let low = histogram.start + Double(place) * histogram.width
      return Bar(low: low, high: low + histogram.width, share: share)
    }
  }

  private func edge(_ yuan: Double) -> LocalizedText {
    LocalizedText { NumberFormat.trimmed(yuan / money.unit(in: $0).yuan, decimals: 3) }
  }

  private func name(of bar: Bar) -> LocalizedText {
    let (low, high) = (edge(bar.low), edge(bar.high))
    return .init(en: "\(low)–\(high)", zh: "\(low)–\(high)")
  }

  private func payoutChart(_ pen: ChartPen) -> HistogramChart {
    let tailStart = fund.paid(.percent(95))?.value ?? .infinity
    let bars = Self.bars(fund).map { bar in
      let name = name(of: bar)
      return HistogramChart.Bar(
        (low: bar.low / pen.unit, high: bar.high / pen.unit), value: bar.share.value * 100,
        isTail: bar.low >= tailStart,
        reading: ChartReading(
          pen(en: "\(name) \(money.name)", zh: "\(name)\(money.name)"),
          [ChartReading.Row(pen(en: "of the trials", zh: "的模拟"), pen(Figure(bar.share)))]))
    }
    let ends = estimates.funds.compactMap { Self.bars($0).last?.high }
    let furthest = max(ends.max() ?? 1, fund.worstPaid(.percent(99))?.estimate.value ?? 0)
    var chart = HistogramChart(
      pen.caption,
      axes: (
        ChartAxis(
          pen(en: "compensation, \(money.name)", zh: "风险补偿，\(money.name)"), from: 0,
          to: furthest / pen.unit),
        ChartAxis(
          pen(en: "share of the trials", zh: "占模拟次数的比例"), from: 0,
          to: bars.map(\.value).max() ?? 0, suffix: pen.percentSign)
      ), bars: bars,
      names: (
        body: pen(en: "95 of 100 trials", zh: "95%的模拟"),
        tail: pen(en: "the worst 5 of 100", zh: "最差的5%")
      ))
    chart.series = index
    chart.guides = [Level.percent(95), .percent(99)].flatMap { guides(at: $0, pen) }
    return chart
  }

  private func guides(at level: Level, _ pen: ChartPen) -> [LineChart.Guide] {
    var guides: [LineChart.Guide] = []
    if let value = fund.paid(level) {
      let amount = pen(Figure(value, in: .yuan).bare)
      guides.append(
        LineChart.Guide(
          x: value.value / pen.unit,
          label: pen(en: "VaR \(level.words): \(amount)", zh: "风险价值\(level.words)：\(amount)")))
    }
    if let worst = fund.worstPaid(level) {
      let amount = pen(Figure(worst.estimate, in: .yuan).bare)
      guides.append(
        LineChart.Guide(
          x: worst.estimate.value / pen.unit,
          label: pen(en: "ES \(level.words): \(amount)", zh: "最差情形均值\(level.words)：\(amount)"),
          isDotted: true))
    }
    return guides
  }

  // MARK: Losses

  /// Who bears the loss.
  var loss: ReportChart {
    var table = FigureTable(
      "mean-loss",
      heads: [
        .init(en: "mean loss after recoveries", zh: "追偿后的平均损失"),
        .init(en: "\(money.name), mean ± s.e.", zh: "\(money.name)，均值±标准误"),
      ] + (fund.parties.first?.loss.quantiles.map { $0.level.words } ?? []))
    for party in fund.parties {
      table.rows.append(
        [.words(Names.party(party)), .mean(party.loss.mean)]
          + party.loss.quantiles.map { .figure(Figure($0, in: .yuan)) })
    }
    return ReportChart(
      "loss-\(index)", title: .init(en: "Who bears the loss", zh: "损失由谁承担"),
      say: [sentences.loss(fund)], table: table
    ) { lossChart($0).svg($0.size) }
  }

  private func lossChart(_ pen: ChartPen) -> RowChart {
    let steps = fund.parties.map { party in
      let value = pen(Figure(party.loss.mean, in: .yuan))
      let name = pen(Names.party(party))
      let quantiles = party.loss.quantiles.map {
        ChartReading.Row(pen($0.level.words), pen(Figure($0, in: .yuan)))
      }
      return (
        name: name, tone: ChartColours.party(party.party, fund: index),
        amount: party.loss.mean.value / pen.unit, value: value,
        reading: ChartReading(
          name, [ChartReading.Row(pen(en: "mean", zh: "均值"), value)] + quantiles)
      )
    }
    let total = pen(Figure(fund.meanLoss, in: .yuan).bare)
    let bound = fund.meanLoss.standardError.map {
      ChartReading.Row(
        pen(en: "standard error at most", zh: "标准误至多"),
        NumberFormat.significant($0 / pen.unit, digits: 2))
    }
    let name = pen(en: "the whole loss", zh: "损失合计")
    var chart = RowChart.waterfall(
      pen.caption,
      axisTitle: pen(
        en: "mean loss after recoveries, \(money.name)", zh: "追偿后的平均损失，\(money.name)"),
      steps: steps,
      total: (
        name: name, value: total,
        reading: ChartReading(
          name, [ChartReading.Row(pen(en: "mean", zh: "均值"), total), bound].compactMap(\.self))
      ))
    chart.axis.high = max(
      chart.axis.high, (estimates.funds.map(\.meanLoss.value).max() ?? 0) / pen.unit)
    return chart
  }
}
