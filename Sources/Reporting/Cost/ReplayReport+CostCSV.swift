import ClaimRules
import CompensationKernel
import FundCore
import ReportForm
import ResultFacts
import ScenarioInput
import Simulation

extension ReplayReport {
  /// Whether it reckons what its funds cost.
  public var hasCosts: Bool { replays.contains { $0.agreement.costs != nil } }

  /// Writes `cost.csv`: a row a figure of what each fund cost, under the heads of a run's; what has no distribution is empty.
  ///
  /// - Parameter sink: Takes the text in chunks, in order.
  public func writeCosts(to sink: (String) throws -> Void) rethrows {
    var csv = CSVText(isForPeople: true)
    for head in ["fund", "party", "figure", "value"] { csv.add(head) }
    try csv.endRow(to: sink)
    for (replay, fund) in zip(replays, funds) {
      guard let cost = replay.cost else { continue }
      for row in cost.rows {
        csv.add(CSVText.quoted(fund.name))
        csv.add(CSVText.quoted(row.party))
        csv.add(row.figure)
        switch row.value {
        case .money(let money): csv.add(fen: money.fen)
        case .rate(let rate): csv.add(rate)
        }
        try csv.endRow(to: sink)
      }
    }
    try csv.finish(to: sink)
  }
}

/// A row of a replay's `cost.csv`.
private struct KnownCostRow {
  enum Value {
    case money(Money)
    case rate(Double)
  }
  let party: String
  let figure: String
  let value: Value
}

extension CourseCost {
  fileprivate var rows: [KnownCostRow] {
    func money(_ figure: String, _ amount: Money, of party: String = "fund") -> KnownCostRow {
      KnownCostRow(party: party, figure: figure, value: .money(amount))
    }
    func rate(_ figure: String, _ rate: Double?, of party: String = "fund") -> [KnownCostRow] {
      rate.map { [KnownCostRow(party: party, figure: figure, value: .rate($0))] } ?? []
    }
    var rows = [
      money("netPresentValue", netPresentValue), money("coveredLending", lending),
      money("principalYears", principalYears),
      money("discountedPrincipalYears", discountedPrincipalYears),
    ]
    rows += rate("subsidyRate", subsidyRate) + rate("breakEvenFee", breakEvenFee)
    for item in premiums {
      rows.append(money("principalYears", item.principalYears, of: item.party.name))
      rows += rate("breakEvenPremium", item.breakEven, of: item.party.name)
      if let income = item.income {
        rows.append(money("premiumIncome", income, of: item.party.name))
      }
    }
    return rows + payers.map { money("netCost", $0.netCost, of: $0.name) }
  }
}
