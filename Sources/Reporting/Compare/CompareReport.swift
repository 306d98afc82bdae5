import Charts
import ClaimRules
import CompensationKernel
import FundCore
import LossStatistics
public import Planning
public import ReportForm
import Simulation

/// Variants side by side.
public struct CompareReport: Sendable {
  /// The rows, and how they differ.
  public let comparison: Comparison
  /// How well the figures are known whose precision was asked for; `nil` where none was.
  public var precision: PrecisionOutcome?

  /// Creates the report of a comparison.
  public init(_ comparison: Comparison) { self.comparison = comparison }

  /// What the report says, without any format.
  public var report: Report {
    let study = comparison.study
    let frame = StudyFrame(study)
    let amounts = study.rows.map {
      max($0.fund.initial.yuan, $0.estimates.compensation.mean.value)
    }
    var report = frame.opened(.init(en: "Compared", zh: "比较"), largest: amounts.max() ?? 0)
    report.headline = study.failedChecksNote
    report.notes += precision?.blocks ?? []
    let composer = CompareComposer(comparison: comparison, money: report.money)
    report.sections =
      [composer.answers] + composer.differences + composer.years + composer.contributions
    return frame.closed(report, differences: comparison.testedCounts)
  }

  /// The report for programs: one JSON object, as `Schemas/compare.schema.json` describes it.
  public func json() -> String { CompareJSON(report: self).value.text }
}

/// Puts the sections of a comparison together.
struct CompareComposer {
  let comparison: Comparison
  let money: MoneyScale

  var study: StudyResult { comparison.study }

  private static let worst = LocalizedText(en: "mean of worst 1 %", zh: "最差1%情形均值")
  private static let capital = LocalizedText(en: "capital for 95 % survival", zh: "95%足额所需资本")

  // MARK: Answers

  var answers: ReportSection {
    let last = study.clock.firstMonth.advanced(by: study.clock.horizon - 1)
    let thresholds = thresholdNames
    let heads: [LocalizedText] = [
      .init(en: "variant", zh: "方案"), .init(en: "initial amount", zh: "初始资金"),
      .init(en: "lasts to \(last)", zh: "足额至\(last)"),
      .init(en: "ever exhausted", zh: "曾经耗尽"),
      StudyFigure.compensation.name, Self.worst, Self.capital,
    ]
    var table = FigureTable(
      "answers",
      heads: heads
        + thresholds.map {
          .init(en: "odds of \(Names.threshold($0))", zh: "\(Names.threshold($0))触线概率")
        })
    for row in study.rows {
      func cell(_ figure: StudyFigure, isBare: Bool = true) -> ReportCell {
        row.value(figure).map { value in
          .figure(isBare ? figure.figure(value).bare : figure.figure(value))
        } ?? .dash
      }
      table.rows.append(
        [
          study.cell(of: row), .amount(row.fund.initial),
          row.estimates.survival.last.map { .figure(Figure($0).bare) } ?? .none,
          .probability(row.estimates.exhaustion), cell(.compensation, isBare: false),
          cell(.shortfall(.percent(99))), cell(.capital(.percent(95))),
        ] + thresholds.map { cell(.breach(threshold: $0, bank: nil)) })
    }
    return ReportSection(
      .init(en: "Answers (\(money.name))", zh: "结果（\(money.name)）"), [.table(table)] + refused,
      charts: [
        chart(.exhaustion, id: "exhaustion"), chart(.compensation, id: "compensation"),
        chart(.capital(.percent(95)), id: "capital"),
      ])
  }

  private var thresholdNames: [String] {
    comparison.figures.compactMap { figure in
      if case .breach(let threshold, nil) = figure { threshold } else { nil }
    }
  }

  private var refused: [SectionBlock] {
    let items = study.variants.compactMap { variant -> LocalizedText? in
      guard case .failure(let reason) = variant.outcome else { return nil }
      let (name, why) = (StudyResult.words(of: variant), reason.listed)
      return .init(en: "\(name): \(why)", zh: "\(name)：\(why)")
    }
    return items.isEmpty
      ? [] : [.subheading(.init(en: "Not allowed", zh: "不允许")), .list(items)]
  }

  // MARK: Differences

  /// How the rows differ, and who gains; nothing if there is one row.
  var differences: [ReportSection] {
    guard !comparison.differences.isEmpty else { return [] }
    return [
      ReportSection(
        .init(en: "Differences (\(money.name))", zh: "差值（\(money.name)）"),
        [.paragraph(reference)] + shared + [.table(differenceTable)]),
      ReportSection(
        .init(
          en: "Who gains, who loses (\(money.name))", zh: "谁受益，谁受损（\(money.name)）"),
        [
          .paragraph(
            .init(
              en: """
                Mean loss after recoveries against the same reference: below zero a party is better off. The \
                banks' loss counts what is outside cover too.
                """,
              zh: """
                与同一基准相比的平均净损失（已扣除追偿）：负值表示该方受益。银行损失包括补偿范围以外的部分。
                """)),
          .table(partyTable),
        ]),
    ] + costs
  }

  private var differenceTable: FigureTable {
    let figures = comparison.figures.filter { figure in
      if case .loss = figure { return false }
      if figure.isOfCost { return false }
      return comparison.differences.contains { item in
        item.figures.contains { $0.figure == figure }
      }
    }
    return table(
      "differences", of: figures, label: .init(en: "row minus reference", zh: "本行减基准"),
      heads: figures.map(head))
  }

  private var partyTable: FigureTable {
    table(
      "losses-by-party", of: comparison.parties.map { .loss($0) },
      label: .init(en: "change of mean loss", zh: "平均损失的变化"),
      heads: comparison.parties.map { Names.party($0.name) })
  }

  /// A row for each that has a reference, with how it differs in some figures.
  private func table(
    _ name: String, of figures: [StudyFigure], label: LocalizedText, heads: [LocalizedText]
  ) -> FigureTable {
    FigureTable(
      name, heads: [label] + heads,
      rows: comparison.differences.map { item in
        [study.cell(of: study.rows[item.row])]
          + figures.map { figure in
            .difference(item.figures.first { $0.figure == figure })
          }
      })
  }

  /// What every row is compared with.
  private var reference: LocalizedText {
    let names = Set(comparison.differences.map(\.reference)).sorted()
      .map { study.words(of: study.rows[$0]) }.joined(with: .init(en: "; ", zh: "；"))
    return .init(
      en: """
        Against \(names), trial by trial, so that what both share cancels. Probabilities in points of a \
        per cent.
        """, zh: "以\(names)为基准，逐次相减，共同部分相互抵消。概率之差以百分点计。")
  }

  /// What rows of different runs share.
  private var shared: [SectionBlock] { study.sharedDraws.map { [.paragraph($0.words)] } ?? [] }

  private func head(_ figure: StudyFigure) -> LocalizedText {
    switch figure {
    case .exhaustion: .init(en: "exhaustion, % points", zh: "耗尽概率（百分点）")
    case .compensation: .init(en: "compensation", zh: "风险补偿")
    case .unpaid: .init(en: "unpaid", zh: "未付")
    case .filledUp: .init(en: "put in by filling up", zh: "补足投入")
    case .stoppedCredit: .init(en: "credit not given", zh: "未发放的信贷")
    case .shortfall(.percent(99)): Self.worst
    case .capital(.percent(95)): Self.capital
    case .breach(let id, _):
      .init(en: "\(Names.threshold(id)), % points", zh: "\(Names.threshold(id))（百分点）")
    default: figure.name
    }
  }
}

// MARK: Charts
extension CompareComposer {
  /// A row's name and figure.
  private struct Bar {
    let name: LocalizedText
    let figure: Figure
  }

  /// A bar a row for one figure.
  func chart(_ figure: StudyFigure, id: String) -> ReportChart {
    let rows = study.rows.compactMap { row in
      row.value(figure).map { Bar(name: study.words(of: row), figure: figure.figure($0)) }
    }
    return ReportChart(
      id, title: figure.heading, say: say(rows),
      table: FigureTable(
        "rows-" + id,
        heads: [
          .init(en: "variant", zh: "方案"),
          .init(
            en: "\(figure.name)\(figure.unitName(money))",
            zh: "\(figure.name)\(figure.unitName(money))"),
        ], rows: rows.map { [.words($0.name), .figure($0.figure)] })
    ) { pen in
      let scale = figure.axisUnit(pen)
      let bars = rows.map { row in
        RowChart.Row(
          pen(row.name),
          pieces: [RowChart.Piece(from: 0, to: row.figure.value / scale, tone: ChartColours.row)],
          value: pen(row.figure),
          reading: ChartReading(pen(row.name), [ChartReading.Row("", pen(row.figure))]))
      }
      let highest = rows.map(\.figure.value).max() ?? 0
      return RowChart(
        pen.caption,
        axis: ChartAxis(
          figure.unit == .yuan ? pen(pen.money.name) : "", from: 0, to: highest / scale,
          suffix: figure.isShare ? pen.percentSign : ""), rows: bars
      ).svg(pen.size)
    }
  }

  private func say(_ rows: [Bar]) -> [LocalizedText] {
    guard let least = rows.min(by: { $0.figure.value < $1.figure.value }),
      let most = rows.max(by: { $0.figure.value < $1.figure.value })
    else { return [] }
    let ends = [least, most].map { row in
      let name = LocalizedText { isolated(row.name[$0]) }
      let text = money.named(row.figure)
      return LocalizedText(en: "\(name): \(text)", zh: "\(name)：\(text)")
    }
    return [
      .init(en: "Least: \(ends[0]).", zh: "最低：\(ends[0])。"),
      .init(en: "Most: \(ends[1]).", zh: "最高：\(ends[1])。"),
    ]
  }
}

extension Diagnostics {
  /// What is wrong, in a line.
  var listed: LocalizedText { problems.map(\.message).joined(with: .init(en: "; ", zh: "；")) }
}
