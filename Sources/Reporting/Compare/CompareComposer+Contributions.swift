import FundCore
import Planning
import ReportForm
import Simulation

// Who uses the variants' funds up, side by side.
extension CompareComposer {
  /// The groups' parts of every row, and how they differ; nothing where that was not asked.
  var contributions: [ReportSection] {
    guard !comparison.parts.isEmpty else { return [] }
    let (own, changes) = groupTables
    var body: [SectionBlock] = [
      .paragraph(
        .init(
          en: """
            A group's part of each figure: parts of a trait add up to all loans (those of needed capital with what \
            falls on no loan). A part of a bad case is its mean over the same bad cases.
            """,
          zh: "各组在每项数值中所占的部分：同一分类的各部分之和为全部贷款（所需资本另加不归于贷款的部分）。某部分在最差情形中的数值，是它在这些情形中的均值。")
      ), .table(own),
    ]
    if !comparison.differences.isEmpty {
      body += [
        .subheading(
          .init(
            en: "Differences, exhaustion in points of a per cent", zh: "差值（耗尽概率以百分点计）")),
        .table(changes),
      ]
    }
    return [
      ReportSection(
        .init(
          en: "Who uses the funds up (\(money.name))", zh: "钱用在了谁身上（\(money.name)）"), body)
    ]
  }

  /// The parts of every row, and how they differ.
  private var groupTables: (own: FigureTable, changes: FigureTable) {
    let figures = Comparison.dividedFigures
    let groups = groups
    var own = FigureTable(
      "contributions",
      heads: [.init(en: "loans of, and variant", zh: "贷款与方案")] + figures.map(\.words))
    var changes = FigureTable(
      "contribution-differences",
      heads: [.init(en: "loans of: row minus reference", zh: "贷款：本行减基准")] + figures.map(\.words))
    for group in groups {
      for row in study.rows {
        own.rows.append(
          [label(group, row)]
            + figures.map { figure in
              let part = part(group, figure)
              return row.value(part).map { .figure(Figure(part: $0, in: part.unit)) } ?? .dash
            })
      }
      for item in comparison.differences {
        changes.rows.append(
          [label(group, study.rows[item.row])]
            + figures.map { figure in
              let part = part(group, figure)
              return .difference(item.contributions.first { $0.figure == part })
            })
      }
    }
    return (own, changes)
  }

  /// The groups, each by one of its parts.
  private var groups: [ContributionPart] {
    var groups: [ContributionPart] = []
    for case .contribution(let part) in comparison.parts
    where !groups.contains(where: { $0.by == part.by && $0.group == part.group }) {
      groups.append(part)
    }
    return groups
  }

  private func part(_ group: ContributionPart, _ figure: ContributionFigure) -> StudyFigure {
    .contribution(ContributionPart(by: group.by, group: group.group, figure: figure))
  }

  private func label(_ group: ContributionPart, _ row: StudyRow) -> ReportCell {
    let found = row.divided?.contributions.divisions.first { $0.by == group.by }?.parts
      .first { $0.group.name.english == group.group }
    let (trait, variant) = (group.by.words, study.words(of: row))
    let name = found?.group.isolatedName ?? .init(same: isolated(group.group))
    return .words(
      .init(en: "\(trait) \(name) · \(variant)", zh: "\(trait)\(name) · \(variant)"))
  }
}

extension Figure {
  /// A group's part of a figure, with its standard error, also of a probability.
  init(part value: FigureValue, in unit: Unit) {
    self.init(value, in: unit)
    standardError = value.isExact ? nil : value.standardError
  }
}
