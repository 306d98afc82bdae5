import Charts
import FundCore
import LossStatistics
import ReportForm
import Simulation

/// The charts of all funds side by side.
struct RunCharts {
  let run: RunComposer

  private var estimates: RiskEstimates { run.estimates }
  private var money: MoneyScale { run.money }
  private var sentences: RunSentences { RunSentences(run: run) }

  /// The funds that sentences speak of: all of a few, otherwise those with the least and the most
  /// of something; the table has the others.
  private func spokenFunds(by measure: (FundEstimates) -> Double) -> [FundEstimates] {
    let funds = estimates.funds
    guard funds.count > 3, let least = funds.min(by: { measure($0) < measure($1) }),
      let most = funds.max(by: { measure($0) < measure($1) })
    else { return funds }
    return measure(least) < measure(most) ? [least, most] : [least]
  }

  // MARK: Survival

  /// How likely nothing owed has gone unpaid, month by month.
  var survival: ReportChart {
    var table = FigureTable(
      "survival-by-month",
      heads: [.init(en: "end of", zh: "月底")] + estimates.funds.map { .init(same: $0.name) })
    for month in 0..<estimates.horizon {
      table.rows.append(
        [.month(estimates.firstMonth.advanced(by: month))]
          + estimates.funds.map { .probability($0.survival[month]) })
    }
    return ReportChart(
      "survival",
      title: .init(en: "Survival: nothing owed has gone unpaid so far", zh: "足额概率：截至当月从未出现应付未付"),
      say: spokenFunds { $0.exhaustion.value }.map { sentences.exhaustion($0) }, table: table
    ) { survivalChart($0).svg($0.size) }
  }

  private func survivalChart(_ pen: ChartPen) -> LineChart {
    let lowest = estimates.funds.flatMap(\.survival).map(\.interval95.low).min() ?? 0
    var chart = LineChart(
      pen.caption, x: run.timeAxis,
      y: ChartAxis(
        pen(en: "probability; band: 95 % interval", zh: "概率；色带：95%区间"), from: lowest * 100,
        to: 100, suffix: pen.percentSign))
    for (index, fund) in estimates.funds.enumerated() {
      let points = fund.survival.enumerated().map { month, proportion in
        (x: Double(month + 1), proportion)
      }
      chart.bands.append(
        LineChart.Band(
          tone: ChartColours.fund(index),
          points: [(x: 0, low: 100, high: 100)]
            + points.map {
              (x: $0.x, low: $0.1.interval95.low * 100, high: $0.1.interval95.high * 100)
            }))
      chart.lines.append(
        LineChart.Line(
          fund.name, tone: ChartColours.fund(index),
          points: [(x: 0, y: 100)] + points.map { (x: $0.x, y: $0.1.value * 100) }))
    }
    guard pen.hasReadings else { return chart }
    chart.readings = (0..<estimates.horizon).map { month in
      let rows = estimates.funds.map {
        ChartReading.Row($0.name, pen(Figure($0.survival[month])))
      }
      return (x: Double(month + 1), reading: ChartReading(pen(run.end(of: month)), rows))
    }
    return chart
  }

  // MARK: Fund size

  /// How likely an initial amount lasts through the run.
  var size: ReportChart {
    let say = spokenFunds { $0.capital(.percent(95))?.value ?? 0 }.map { fund in
      let verdict = sentences.verdict(fund)
      return estimates.funds.count > 1 ? verdict.named(isolated(fund.name)) : verdict
    }
    var table = FigureTable(
      "survival-by-size",
      heads: [.init(en: "initial amount (\(money.name))", zh: "初始资金（\(money.name)）")]
        + estimates.funds.map { .init(same: $0.name) })
    for amount in sizes { table.rows.append([.amount(amount)] + survivals(at: amount)) }
    return ReportChart(
      "size",
      title: .init(
        en: "Fund size: how likely an initial amount lasts through \(run.lastMonth)",
        zh: "基金规模：初始资金撑到\(run.lastMonth)月底的概率"), say: say, table: table
    ) { sizeChart($0).svg($0.size) }
  }

  /// The amounts that the curves of all funds know; where these are few, all of any curve.
  private var sizes: [Money] {
    let each = estimates.funds.map { Set($0.survivalBySize.map(\.initial)) }
    let common = each.dropFirst().reduce(each.first ?? []) { $0.intersection($1) }
    let all = each.reduce(Set<Money>()) { $0.union($1) }
    return (common.count >= 8 ? common : all).sorted()
  }

  private func survivals(at amount: Money) -> [ReportCell] {
    estimates.funds.map { fund in
      fund.survivalBySize.first { $0.initial == amount }.map { .probability($0.survival) } ?? .none
    }
  }

  private func sizeChart(_ pen: ChartPen) -> LineChart {
    let curves = estimates.funds.map(\.survivalBySize)
    let largest = curves.compactMap { $0.last?.initial.yuan }.max() ?? 1
    var chart = LineChart(
      pen.caption,
      x: ChartAxis(
        pen(en: "initial amount, \(money.name)", zh: "初始资金，\(money.name)"), from: 0,
        to: largest / pen.unit),
      y: ChartAxis(
        pen(en: "probability; band: 95 % interval", zh: "概率；色带：95%区间"), from: 0, to: 100,
        suffix: pen.percentSign))
    for (index, curve) in curves.enumerated() {
      chart.bands.append(
        LineChart.Band(
          tone: ChartColours.fund(index),
          points: curve.map {
            (
              x: $0.initial.yuan / pen.unit, low: $0.survival.interval95.low * 100,
              high: $0.survival.interval95.high * 100
            )
          }))
      chart.lines.append(
        LineChart.Line(
          estimates.funds[index].name, tone: ChartColours.fund(index),
          points: curve.map { (x: $0.initial.yuan / pen.unit, y: $0.survival.value * 100) }))
    }
    for initial in Set(estimates.funds.map(\.initial)).sorted() {
      let amount = MoneyScale.best(initial)
      chart.guides.append(
        LineChart.Guide(
          x: initial.yuan / pen.unit, label: pen(en: "has \(amount)", zh: "现有\(amount)")))
    }
    guard pen.hasReadings else { return chart }
    chart.readings = sizes.map { amount in
      let rows = zip(estimates.funds, survivals(at: amount)).map {
        ChartReading.Row($0.name, $1 == .none ? "–" : pen($1))
      }
      return (
        x: amount.yuan / pen.unit, reading: ChartReading(pen(MoneyScale.best(amount)), rows)
      )
    }
    return chart
  }

  // MARK: Who bears the loss

  /// A bar a fund, a piece a party; nothing for a single fund, whose own chart tells more.
  var sharing: [ReportChart] {
    guard estimates.funds.count > 1, estimates.funds.contains(where: { $0.meanLoss.value > 0 })
    else { return [] }
    let say = spokenFunds { fund in fund.parties.first { $0.party == "bank" }?.loss.mean.value ?? 0
    }.map { sentences.lossShares($0).named(isolated($0.name)) }
    let parties = sharingParties
    var table = FigureTable(
      "loss-by-party",
      heads: [.init(en: "mean loss (\(money.name))", zh: "平均损失（\(money.name)）")]
        + parties.map { Names.party($0) })
    for fund in estimates.funds {
      table.rows.append(
        [.name(fund.name)]
          + parties.map { party in
            fund.parties.first { $0.party == party.party }.map { .mean($0.loss.mean) } ?? .none
          })
    }
    return [
      ReportChart(
        "sharing",
        title: .init(en: "Who bears the loss, fund beside fund", zh: "损失由谁承担：各基金对比"), say: say,
        table: table
      ) { sharingChart($0).svg($0.size) }
    ]
  }

  /// Every party that bears a loss of any fund.
  private var sharingParties: [PartyEstimates] {
    var seen: Set<String> = []
    return estimates.funds.flatMap(\.parties).filter { seen.insert($0.party).inserted }.sorted {
      (ChartColours.rank(ofParty: $0.party), $0.party)
        < (ChartColours.rank(ofParty: $1.party), $1.party)
    }
  }

  private func sharingChart(_ pen: ChartPen) -> RowChart {
    let parties = sharingParties
    let rows = estimates.funds.enumerated().map { index, fund in
      var end = 0.0
      var pieces: [RowChart.Piece] = []
      var readings: [ChartReading.Row] = []
      for party in parties {
        guard let own = fund.parties.first(where: { $0.party == party.party }) else { continue }
        let start = end
        end += own.loss.mean.value / pen.unit
        pieces.append(
          RowChart.Piece(from: start, to: end, tone: ChartColours.party(party.party, fund: index)))
        readings.append(
          ChartReading.Row(pen(Names.party(party)), pen(Figure(own.loss.mean, in: .yuan))))
      }
      return RowChart.Row(
        fund.name, pieces: pieces, value: pen(Figure(fund.meanLoss, in: .yuan).bare),
        reading: ChartReading(fund.name, readings))
    }
    let highest = estimates.funds.map(\.meanLoss.value).max() ?? 0
    var chart = RowChart(
      pen.caption,
      axis: ChartAxis(
        pen(en: "mean loss after recoveries, \(money.name)", zh: "追偿后的平均损失，\(money.name)"),
        from: 0, to: highest / pen.unit), rows: rows)
    chart.legend = parties.map { party in
      // A fund's own part has the fund's colour.
      let tones = estimates.funds.indices.map { ChartColours.party(party.party, fund: $0) }
      return (name: pen(Names.party(party)), tones: Set(tones).count == 1 ? [tones[0]] : tones)
    }
    return chart
  }
}

extension RunComposer {
  /// The Januaries of the run, or all its months if it has few; a month's number is its begin.
  var timeAxis: ChartAxis {
    .months(from: estimates.firstMonth, count: estimates.horizon)
  }

  /// The heading of what a pointer shows at the end of a month.
  func end(of month: Int) -> LocalizedText {
    let month = estimates.firstMonth.advanced(by: month)
    return .init(en: "end of \(month)", zh: "\(month)月底")
  }
}
