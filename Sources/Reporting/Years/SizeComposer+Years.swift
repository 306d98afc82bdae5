import FundCore
import LossStatistics
import Planning
import ReportForm
import Simulation

// What the fund does with the sizes found.
extension SizeComposer {
  /// The figures that were asked for, at every size; nothing where none were.
  var figures: [ReportSection] {
    guard !sizes.figures.isEmpty, !sizes.rows.isEmpty else { return [] }
    var table = FigureTable(
      "figures",
      heads: [.init(en: "figure, with the size for", zh: "指标，规模"), .init(en: "value", zh: "数值")])
    for figure in sizes.figures {
      let (name, unit) = (figure.name, figure.unitName(money))
      for (item, row) in zip(sizes.requirements, sizes.rows) {
        let size = label(item)
        table.rows.append([
          .words(.init(en: "\(name)\(unit) · \(size)", zh: "\(name)\(unit) · \(size)")),
          row.value(figure).map { .figure(figure.figure($0)) } ?? .dash,
        ])
      }
    }
    return [
      ReportSection(
        .init(en: "Figures with these sizes", zh: "按以上规模的各项指标"),
        [
          .paragraph(
            .init(
              en: "From a run in which the fund holds each of the sizes, on the same draws.",
              zh: "以每个规模各运行一次得出，随机数相同。")), .table(table),
        ])
    ]
  }

  /// What the years need and pay with the sizes for the longest time; nothing where no years were run.
  var years: [ReportSection] {
    let longest = sizes.months.last
    let items = zip(sizes.requirements, sizes.rows).filter { $0.0.months == longest }
      .map { SizedRow(requirement: $0, row: $1) }
    guard let first = items.first?.row.years else { return [] }
    let trials = NumberFormat.whole(first.trials)
    let (level, floor) = (
      Level(millionths: first.figures.request.confidence).words,
      MoneyScale.best(first.figures.request.floor)
    )
    var body: [SectionBlock] = [
      .paragraph(
        .init(
          en: """
            A fund that begins with its size can still need money in a year. Put in at the year's start, the amount \
            pays all claims of the year and keeps the balance at \(floor) or more with \(level) (first \(trials) trials).
            """,
          zh: """
            即使按规模设立，基金在某些年份仍可能需要投入。年初投入所列金额，则以\(level)的概率足额支付全年应付补偿且余额不低于\
            \(floor)（前\(trials)次模拟）。
            """)), .table(budget(items, first)),
    ]
    for item in items {
      guard let years = item.row.years else { continue }
      let level = item.requirement.level.words
      let composer = YearsComposer(
        years: years.figures, fund: years.fund, money: money, runTrials: sizes.trialCount)
      body += [
        .subheading(
          .init(
            en: "Money by year with the size for \(level), mean ± s.e. (\(money.name))",
            zh: "按\(level)规模的逐年资金，均值±标准误（\(money.name)）")),
        .table(composer.flowTable("money-by-year-\(item.requirement.level.millionths)")),
      ]
    }
    return [
      ReportSection(
        .init(
          en: "What the years need with these sizes (\(money.name))",
          zh: "按以上规模各年需要多少（\(money.name)）"),
        body)
    ]
  }

  /// How likely each year needs money, and how much, by size.
  private func budget(
    _ items: [SizedRow], _ first: StudyYears
  ) -> FigureTable {
    let kinds: [YearStudyFigure.Kind] = [
      .needsMoney, .figure(.budget, .quantile(first.figures.request.confidence)),
    ]
    let calendar = first.fund.periods(.calendar)
    var budget = FigureTable(
      "budget-by-size",
      heads: [.init(en: "year, size for", zh: "年份，规模")]
        + (calendar.first.map { year in
          kinds.map { YearStudyFigure($0, of: year.period).what }
        } ?? []))
    for item in items {
      for year in calendar {
        let (words, level) = (year.period.words, item.requirement.level.words)
        budget.rows.append(
          [.words(.init(en: "\(words), \(level)", zh: "\(words)，\(level)"))]
            + kinds.map { kind -> ReportCell in
              let figure = StudyFigure.year(YearStudyFigure(kind, of: year.period))
              return item.row.value(figure).map { .figure(figure.figure($0)) } ?? .dash
            })
      }
    }
    return budget
  }

  /// A size, and the fund that holds it.
  private struct SizedRow {
    let requirement: SizeStudy.Requirement
    let row: StudyRow
  }

  private func label(_ item: SizeStudy.Requirement) -> LocalizedText {
    let size = money.named(Figure.exact(Double(item.size.value) / 100, in: .yuan).bare)
    let time = through(item.months, from: sizes.firstMonth)
    return .init(
      en: "\(item.level.words), \(time): \(size)", zh: "\(item.level.words)，\(time)：\(size)")
  }
}
