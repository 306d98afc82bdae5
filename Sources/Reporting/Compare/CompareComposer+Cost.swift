import FundCore
import Planning
import ReportForm
import Simulation

// What the variants cost, and whom, where they reckon it.
extension CompareComposer {
  /// The rates of every row, and who pays more or less than under the reference.
  var costs: [ReportSection] {
    let figures = comparison.figures.filter(\.isOfCost)
    guard !figures.isEmpty else { return [] }
    let rates = figures.filter { if case .netCost = $0 { false } else { true } }
    let payers = figures.filter { if case .netCost = $0 { true } else { false } }
    let own = FigureTable(
      "costs", heads: [.init(en: "variant", zh: "方案")] + rates.map(\.name),
      rows: study.rows.map { row in
        [study.cell(of: row)]
          + rates.map { figure in
            row.value(figure).map { .figure(figure.figure($0)) } ?? .dash
          }
      })
    let label = LocalizedText(en: "row minus reference", zh: "本行减基准")
    return [
      ReportSection(
        .init(en: "What it costs, and whom (\(money.name))", zh: "花多少钱，谁出（\(money.name)）"),
        [
          .table(own),
          .subheading(
            .init(
              en: "Differences of what it costs, rates in points of a per cent",
              zh: "成本之差（费率以百分点计）")),
          .table(differences("cost-differences", of: rates, label)),
          .subheading(.init(en: "Who pays more, who pays less", zh: "谁多出，谁少出")),
          .paragraph(
            .init(
              en: """
                Loss after recoveries, fees and premiums paid, less premiums taken, undiscounted, against the same \
                reference: below zero a party is better off.
                """, zh: "追偿后损失、费用与所付保费之和，减去所收保费，不折现；与同一基准相比，负值表示该方受益。")),
          .table(differences("net-costs", of: payers, label)),
        ])
    ]
  }

  private func differences(
    _ name: String, of figures: [StudyFigure], _ label: LocalizedText
  ) -> FigureTable {
    FigureTable(
      name, heads: [label] + figures.map(\.name),
      rows: comparison.differences.map { item in
        [study.cell(of: study.rows[item.row])]
          + figures.map { figure in
            .difference(item.figures.first { $0.figure == figure })
          }
      })
  }
}
