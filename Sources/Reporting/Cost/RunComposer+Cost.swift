import CompensationKernel
import FundCore
import ReportForm
import Simulation

// Who pays what under each fund, side by side.
extension RunComposer {
  /// The table of the funds' costs by who bears them, and how they differ; nothing where costs are not reckoned.
  var costs: [SectionBlock] {
    let costs = estimates.funds.compactMap(\.cost)
    guard costs.count == estimates.funds.count, let first = costs.first, costs.count > 1 else {
      return []
    }
    var payers: [String] = []
    for name in costs.flatMap(\.payers).map(\.name) where !payers.contains(name) {
      payers.append(name)
    }
    // Borrowers are no party, and stand last.
    payers =
      payers.filter { $0 != OutcomeColumn.borrowers }
      + payers.filter { $0 == OutcomeColumn.borrowers }
    return [
      .subheading(
        .init(
          en: "Who pays what: losses, fees and premiums, less premiums taken (\(money.name))",
          zh: "谁付多少：损失、费用与保费，减去所收保费（\(money.name)）")),
      .table(table(costs, payers)),
      .paragraph(
        .init(
          en: """
            Means over the whole run ± s.e., undiscounted; less than nothing is a gain. The NPV is discounted at \
            \(first.terms.discountRate) a year.
            """,
          zh: "全期均值±标准误，不折现；负值为收益。净现值按年折现率\(first.terms.discountRate)折现。")),
    ] + costDifferences(payers)
  }

  private func table(_ costs: [CostEstimates], _ payers: [String]) -> FigureTable {
    var table = FigureTable(
      "who-pays-what",
      heads: [.init(en: "who", zh: "谁")] + estimates.funds.map { .init(same: isolated($0.name)) })
    func row(_ label: LocalizedText, _ cell: (CostEstimates) -> ReportCell) {
      table.rows.append([.words(label)] + costs.map(cell))
    }
    for payer in payers {
      row(Names.payer(payer)) { cost in
        cost.payers.first { $0.name == payer }.map { .mean($0.net.mean) }
          ?? .words(.init(same: "–"))
      }
    }
    row(.init(en: "NPV of the fund's outlays", zh: "基金支出净现值")) {
      .mean($0.netPresentValue.mean)
    }
    row(.init(en: "a yuan of covered lending", zh: "每元纳保贷款（补贴率）")) {
      ($0.subsidyRate?.mean).map { .figure(Figure($0, in: .part)) } ?? .none
    }
    row(.init(en: "break-even fee of the fund, a year", zh: "基金保本年费率")) {
      $0.breakEvenFee.map { .figure(Figure($0, in: .part)) } ?? .none
    }
    row(.init(en: "break-even premium of the others, a year", zh: "其他承担方保本年费率")) {
      guard $0.premiums.count == 1, let rate = $0.premiums[0].breakEven else {
        return .words(.init(same: "–"))
      }
      return .figure(Figure(rate, in: .part))
    }
    return table
  }

  private func costDifferences(_ payers: [String]) -> [SectionBlock] {
    guard let reference = estimates.differences.first?.reference else { return [] }
    let heads =
      [LocalizedText(en: "fund", zh: "基金")] + payers.map { Names.payer($0) } + [
        .init(en: "NPV of the fund's outlays", zh: "基金支出净现值")
      ]
    var table = FigureTable("cost-differences", heads: heads)
    for (place, item) in estimates.differences.enumerated() {
      let both = [0, place + 1].compactMap { estimates.funds[$0].cost }.flatMap(\.payers)
      table.rows.append(
        [.name(item.fund)]
          + payers.map { payer in
            guard both.contains(where: { $0.name == payer }),
              let cost = item.netCosts.first(where: { $0.payer == payer })
            else { return .words(.init(same: "–")) }
            return .mean(cost.difference)
          } + [item.netPresentValue.map { .mean($0) } ?? .none])
    }
    return [
      .subheading(
        .init(
          en:
            "Who pays more or less than under \(isolated(reference)), on the same draws (\(money.name))",
          zh: "与\(isolated(reference))相比谁多付、谁少付（相同随机数，\(money.name)）")), .table(table),
    ]
  }
}
