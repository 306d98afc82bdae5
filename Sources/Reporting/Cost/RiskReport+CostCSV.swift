import CompensationKernel
import FundCore
import LossStatistics
import ReportForm
import Simulation

extension RiskReport {
  /// Whether it reckons what its funds cost.
  public var hasCosts: Bool { estimates.funds.contains { $0.cost != nil } }

  /// Writes `cost.csv`: a row a figure of each fund's cost, amounts in yuan, rates as parts of one a year. What the trials do not
  /// show is empty.
  ///
  /// - Parameter sink: Takes the text in chunks, in order.
  public func writeCosts(to sink: (String) throws -> Void) rethrows {
    var csv = CSVText(isForPeople: true)
    for head in [
      "fund", "party", "figure", "value", "standardError", "method", "low", "high", "q50", "q95",
      "q99",
      "es99",
    ] { csv.add(head) }
    try csv.endRow(to: sink)
    for fund in estimates.funds {
      guard let cost = fund.cost else { continue }
      for row in CostRow.all(of: cost) {
        csv.add(CSVText.quoted(fund.name))
        csv.add(CSVText.quoted(row.party))
        csv.add(row.figure)
        for number in row.numbers.prefix(2) { csv.add(number ?? .nan) }
        csv.add(row.method.rawValue)
        for number in row.numbers.dropFirst(2) { csv.add(number ?? .nan) }
        try csv.endRow(to: sink)
      }
    }
    try csv.finish(to: sink)
  }
}

/// A row of `cost.csv`.
private struct CostRow {
  let party: String
  let figure: String
  let numbers: [Double?]
  let method: EstimateMethod

  init(_ figure: String, of party: String, _ estimate: Estimate, _ amount: AmountEstimates? = nil) {
    (self.party, self.figure) = (party, figure)
    method = estimate.method
    let levels = [Level.percent(50), .percent(95), .percent(99)]
    numbers =
      [
        estimate.value, estimate.standardError, estimate.interval95?.low, estimate.interval95?.high,
      ]
      + levels.map { level in amount?.quantiles.first { $0.level == level }?.value }
      + [amount?.tailMeans.first { $0.level == .percent(99) }?.estimate.value]
  }

  static func all(of cost: CostEstimates) -> [CostRow] {
    var rows = [
      CostRow("netPresentValue", of: "fund", cost.netPresentValue.mean, cost.netPresentValue),
      CostRow("coveredLending", of: "fund", cost.lending),
      CostRow("principalYears", of: "fund", cost.principalYears),
      CostRow("discountedPrincipalYears", of: "fund", cost.discountedPrincipalYears),
    ]
    if let rate = cost.subsidyRate {
      rows.append(CostRow("subsidyRate", of: "fund", rate.mean, rate))
    }
    if let fee = cost.breakEvenFee { rows.append(CostRow("breakEvenFee", of: "fund", fee)) }
    for item in cost.premiums {
      let party = item.party.name
      rows.append(CostRow("principalYears", of: party, item.principalYears))
      if let rate = item.breakEven { rows.append(CostRow("breakEvenPremium", of: party, rate)) }
      if let rate = item.loaded { rows.append(CostRow("worst1PercentPremium", of: party, rate)) }
      if let income = item.income { rows.append(CostRow("premiumIncome", of: party, income)) }
    }
    return rows + cost.payers.map { CostRow("netCost", of: $0.name, $0.net.mean, $0.net) }
  }
}
