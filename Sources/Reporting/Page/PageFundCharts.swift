import Charts
import FundCore
import LossStatistics
import Simulation

/// The charts of one fund. Axes are the same for all funds, so that their charts can be compared.
extension PageComposer {
  // MARK: Balance

  func balanceFigure(_ index: Int) -> PageFigure {
    let fund = estimates.funds[index]
    let title = text("The balance, month by month", "逐月余额")
    let say = [balanceSentence(fund)]
    let levels = MonthEstimates.balanceLevels
    var table = ReportTable(
      heads: [text("end of (\(figures.unitName))", "月底（\(figures.unitName)）")]
        + levels.map { figures.level($0) })
    for month in fund.timeline {
      table.rows.append(
        ["\(estimates.firstMonth.advanced(by: month.month))"]
          + levels.indices.map { balance(month, $0) })
    }
    return PageFigure(
      title: title, say: say,
      draw: { balanceChart(index, caption("balance-\(index)" + $1, title, say)).svg($0) },
      table: table)
  }

  /// A quantile of the balance with its interval.
  private func balance(_ month: MonthEstimates, _ level: Int) -> String {
    let interval = month.balanceIntervals[level]
    let ends = [interval.low, interval.high].map { figures.balance($0) }
    let text = words(
      .interval, ["value": figures.balance(month.balance[level]), "low": ends[0], "high": ends[1]])
    return text + (month.isReliable[level] ? "" : "*")
  }

  private func balanceChart(_ index: Int, _ caption: ChartCaption)
    -> LineChart
  {
    let fund = estimates.funds[index]
    let unit = figures.unit
    let highest = estimates.funds.flatMap(\.timeline).compactMap(\.balance.last).max() ?? 0
    let start = fund.initial.yuan / unit
    var chart = LineChart(
      caption, x: timeAxis,
      y: ChartAxis(
        text("balance, \(figures.unitName)", "余额，\(figures.unitName)"), from: 0,
        to: max(highest, estimates.funds.map(\.initial.yuan).max() ?? 0) / unit))
    func points(_ level: Int) -> [(x: Double, y: Double)] {
      [(x: 0, y: start)]
        + fund.timeline.map { (x: Double($0.month + 1), y: $0.balance[level] / unit) }
    }
    let fans = [
      (0, 6, text("98 of 100 trials", "98% 的模拟")), (1, 5, text("90 of 100", "90%")),
      (2, 4, text("50 of 100", "50%")),
    ]
    for (strength, fan) in fans.enumerated() {
      chart.bands.append(
        LineChart.Band(
          fan.2, tone: PageColours.fund(index), strength: strength + 1,
          points: zip(points(fan.0), points(fan.1)).map { (x: $0.x, low: $0.y, high: $1.y) }))
    }
    chart.lines = [
      LineChart.Line(text("median", "中位数"), tone: PageColours.fund(index), points: points(3))
    ]
    chart.readings = fund.timeline.map { month in
      let rows = MonthEstimates.balanceLevels.indices.reversed().map {
        ChartReading.Row(figures.level(MonthEstimates.balanceLevels[$0]), balance(month, $0))
      }
      return (x: Double(month.month + 1), reading: ChartReading(endOf(month.month), rows))
    }
    return chart
  }

  // MARK: Payouts

  func payoutFigure(_ index: Int) -> PageFigure {
    let fund = estimates.funds[index]
    let title = text("What the fund pays over the whole run", "基金在整个期间的补偿分布")
    let say = payoutSentences(fund)
    var table = ReportTable(
      heads: [
        text("compensation (\(figures.unitName))", "风险补偿（\(figures.unitName)）"),
        text("share of the trials", "占模拟次数的比例"),
      ])
    for (range, share) in payoutRanges(fund) where share.successes > 0 {
      table.rows.append([rangeName(range), figures.probability(share)])
    }
    let beyond = fund.compensationHistogram.beyond
    if beyond.successes > 0, let last = payoutRanges(fund).last {
      let edge = NumberFormat.trimmed(last.range.high, decimals: 3)
      table.rows.append([text("\(edge) and more", "\(edge) 及以上"), figures.probability(beyond)])
    }
    return PageFigure(
      title: title, say: say,
      draw: { payoutChart(index, caption("payout-\(index)" + $1, title, say)).svg($0) },
      table: table
    )
  }

  private func payoutRanges(_ fund: FundEstimates) -> [(
    range: (low: Double, high: Double), share: Proportion
  )] {
    let histogram = fund.compensationHistogram
    return histogram.ranges.enumerated().map { place, share in
      let low = histogram.start + Double(place) * histogram.width
      return ((low / figures.unit, (low + histogram.width) / figures.unit), share)
    }
  }

  private func rangeName(_ range: (low: Double, high: Double)) -> String {
    NumberFormat.trimmed(range.low, decimals: 3) + "–"
      + NumberFormat.trimmed(range.high, decimals: 3)
  }

  private func payoutChart(_ index: Int, _ caption: ChartCaption)
    -> HistogramChart
  {
    let fund = estimates.funds[index]
    let unit = figures.unit
    let tailStart = (fund.paid(.percent(95))?.value ?? .infinity) / unit
    let bars = payoutRanges(fund).map { range, share in
      HistogramChart.Bar(
        range, value: share.value * 100, isTail: range.low >= tailStart,
        reading: ChartReading(
          rangeName(range) + " " + figures.unitName,
          [ChartReading.Row(text("of the trials", "的模拟"), figures.probability(share))]))
    }
    let ends = estimates.funds.compactMap { payoutRanges($0).last?.range.high }
    let highest = bars.map(\.value).max() ?? 0
    var chart = HistogramChart(
      caption,
      axes: (
        ChartAxis(
          text("compensation, \(figures.unitName)", "风险补偿，\(figures.unitName)"), from: 0,
          to: max(ends.max() ?? 1, (fund.worstPaid(.percent(99))?.estimate.value ?? 0) / unit)),
        ChartAxis(
          text("share of the trials", "占模拟次数的比例"), from: 0, to: highest, suffix: text(" %", "%"))
      ), bars: bars,
      names: (
        body: text("95 of 100 trials", "95% 的模拟"), tail: text("the worst 5 of 100", "最差的 5%")
      ))
    chart.series = index
    for level in [Level.percent(95), .percent(99)] {
      if let value = fund.paid(level) {
        let amount = figures.quantile(value, withInterval: false)
        chart.guides.append(
          LineChart.Guide(x: value.value / unit, label: "VaR \(figures.level(level)): \(amount)"))
      }
      if let worst = fund.worstPaid(level) {
        let name = text("ES", "预期短缺")
        chart.guides.append(
          LineChart.Guide(
            x: worst.estimate.value / unit,
            label: "\(name) \(figures.level(level)): \(figures.bare(worst.estimate))",
            isDotted: true))
      }
    }
    return chart
  }

  // MARK: Losses

  func lossFigure(_ index: Int) -> PageFigure {
    let fund = estimates.funds[index]
    let title = text("Who bears the loss", "损失由谁承担")
    let say = [lossSentence(fund)]
    var table = ReportTable(
      heads: [
        text("mean loss after recoveries", "追偿后的平均损失"),
        text("\(figures.unitName), mean ± s.e.", "\(figures.unitName)，平均 ± 标准误"), "95 %", "99 %",
      ])
    for party in fund.parties {
      table.rows.append(
        [partyName(party), figures.mean(party.loss.mean)]
          + party.loss.quantiles.map { figures.quantile($0) })
    }
    return PageFigure(
      title: title, say: say,
      draw: { lossChart(index, caption("loss-\(index)" + $1, title, say)).svg($0) }, table: table)
  }

  private func lossChart(_ index: Int, _ caption: ChartCaption) -> RowChart {
    let fund = estimates.funds[index]
    let unit = figures.unit
    let steps = fund.parties.map { party in
      let value = figures.mean(party.loss.mean)
      let quantiles = party.loss.quantiles.map {
        ChartReading.Row(figures.level($0.level), figures.quantile($0))
      }
      return (
        name: partyName(party), tone: PageColours.party(party.party, fund: index),
        amount: party.loss.mean.value / unit,
        value: value,
        reading: ChartReading(
          partyName(party), [ChartReading.Row(text("mean", "平均"), value)] + quantiles)
      )
    }
    let total = figures.bare(fund.meanLoss)
    let bound = fund.meanLoss.standardError.map {
      ChartReading.Row(
        text("standard error at most", "标准误至多"), NumberFormat.significant($0 / unit, digits: 2))
    }
    let name = text("the whole loss", "损失合计")
    var chart = RowChart.waterfall(
      caption,
      axisTitle: text(
        "mean loss after recoveries, \(figures.unitName)", "追偿后的平均损失，\(figures.unitName)"),
      steps: steps,
      total: (
        name: name, value: total,
        reading: ChartReading(
          name,
          [ChartReading.Row(text("mean", "平均"), total), bound].compactMap(\.self))
      ))
    chart.axis.high = max(
      chart.axis.high, (estimates.funds.map(\.meanLoss.value).max() ?? 0) / unit)
    return chart
  }
}
