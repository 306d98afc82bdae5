import FundCore
import LossStatistics
import Planning
import ReportForm
import Simulation

// The years of the variants side by side.
extension CompareComposer {
  /// Money, what to budget, indicators and the odds of limits, year by year; nothing where no years were run.
  var years: [ReportSection] {
    guard let first = study.rows.lazy.compactMap(\.years).first else { return [] }
    let trials = NumberFormat.whole(first.trials)
    let (money, indicators) = (
      kinds { $0.figure.map(\.isMoney) ?? ($0.kind == .needsMoney) },
      kinds {
        $0.figure.map { !$0.isMoney } ?? ($0.kind != .needsMoney)
      }
    )
    var body: [SectionBlock] = [
      .paragraph(basis(first))
    ]
    body += own("money-by-year", money)
    body += differences("money-by-year-differences", money)
    body += [
      .subheading(.init(en: "Indicators at the year's end", zh: "年末指标"))
    ]
    body += own("indicators-by-year", indicators)
    body += differences("indicators-by-year-differences", indicators)
    let budget = firstBudget.map { [chart($0, id: "budget")] } ?? []
    return [
      ReportSection(
        .init(
          en: "Money and indicators by year, first \(trials) trials (\(self.money.name))",
          zh: "逐年资金与指标，前\(trials)次模拟（\(self.money.name)）"), body, charts: budget)
    ]
  }

  /// On what the figures of years rest.
  private func basis(_ years: StudyYears) -> LocalizedText {
    let level = Level(millionths: years.figures.request.confidence).words
    let floor = MoneyScale.best(years.figures.request.floor)
    return .init(
      en: """
        Means, and medians of indicators. Put in at a year's start, the amount beside it pays all claims of the year \
        and keeps the balance at \(floor) or more with \(level).
        """,
      zh: "金额为均值，指标为中位数。年初投入所列金额，则以\(level)的概率足额支付全年应付补偿且余额不低于\(floor)。")
  }

  /// The figures of one time, in their order, each by one of its years.
  private func kinds(_ isWanted: (YearStudyFigure) -> Bool) -> [YearStudyFigure] {
    var kinds: [YearStudyFigure] = []
    for figure in comparison.yearFigures.compactMap(\.ofYear)
    where figure.time == .calendar && isWanted(figure)
      && !kinds.contains(where: { $0.kind == figure.kind })
    {
      kinds.append(figure)
    }
    return kinds
  }

  /// The times, in their order.
  private var times: [YearPeriod] {
    study.rows.lazy.compactMap(\.years).first?.fund.periods.map(\.period)
      .filter { $0.kind != .programme }.sorted {
        ($0.kind == .run ? 1 : 0) < ($1.kind == .run ? 1 : 0)
      }
      ?? []
  }

  private var firstBudget: StudyFigure? {
    comparison.yearFigures.first { figure in
      if case .figure(.budget, _)? = figure.ofYear?.kind { true } else { false }
    }
  }

  /// A figure at another time; of the whole run, leverage is covered lending by all money put in, and a limit is
  /// passed at any month's end.
  private func figure(_ kind: YearStudyFigure, at period: YearPeriod) -> StudyFigure? {
    if period.kind != .run { return .year(YearStudyFigure(kind.kind, of: period)) }
    switch kind.kind {
    case .needsMoney, .figure(.budget, _): return nil
    case .figure(.leverage, let statistic):
      return .year(YearStudyFigure(.figure(.lendingMultiple, statistic), of: period))
    case .odds(let indicator, _):
      return indicator.peak.map { _ in
        .year(YearStudyFigure(.odds(indicator, atAnyMonthEnd: true), of: period))
      }
    default: return .year(YearStudyFigure(kind.kind, of: period))
    }
  }

  private func label(_ row: StudyRow, _ period: YearPeriod) -> ReportCell {
    let name = study.words(of: row)
    return .words(.init(en: "\(period.words) · \(name)", zh: "\(period.words) · \(name)"))
  }

  /// Some kinds a table, so that each fits a terminal.
  private func parts(_ kinds: [YearStudyFigure]) -> [(
    number: Int, kinds: ArraySlice<YearStudyFigure>
  )] {
    let count = (kinds.count + 2) / 3
    return (0..<count).map { place in
      (place + 1, kinds[place * kinds.count / count..<(place + 1) * kinds.count / count])
    }
  }

  private func own(_ name: String, _ kinds: [YearStudyFigure]) -> [SectionBlock] {
    parts(kinds).map { .table(own("\(name)-\($0.number)", $0.kinds)) }
  }

  private func own(_ name: String, _ kinds: ArraySlice<YearStudyFigure>) -> FigureTable {
    FigureTable(
      name, heads: [.init(en: "year and variant", zh: "年份与方案")] + kinds.map(\.what),
      rows: times.flatMap { period in
        study.rows.map { row in
          [label(row, period)]
            + kinds.map { kind in
              guard let figure = figure(kind, at: period), let value = row.value(figure) else {
                return .dash
              }
              return .figure(figure.figure(value))
            }
        }
      })
  }

  private func differences(_ name: String, _ kinds: [YearStudyFigure]) -> [SectionBlock] {
    guard comparison.differences.contains(where: { !$0.years.isEmpty }) else { return [] }
    return [
      .subheading(
        .init(
          en: "Differences by year; probabilities and rates in points of a per cent",
          zh: "逐年差值（概率与比率以百分点计）"))
    ] + parts(kinds).map { .table(changes("\(name)-\($0.number)", $0.kinds)) }
  }

  private func changes(_ name: String, _ kinds: ArraySlice<YearStudyFigure>) -> FigureTable {
    var table = FigureTable(
      name,
      heads: [.init(en: "year: row minus reference", zh: "年份：本行减基准")] + kinds.map(\.what))
    for period in times {
      for item in comparison.differences {
        table.rows.append(
          [label(study.rows[item.row], period)]
            + kinds.map { kind in
              let figure = figure(kind, at: period)
              return .difference(item.years.first { $0.figure == figure })
            })
      }
    }
    return table
  }
}
