import FundCore
import LossStatistics
public import Simulation

extension RiskReport {
  /// Writes `timeline.csv`: a row a month and fund, amounts in yuan.
  ///
  /// - Parameter sink: Takes the text in chunks, in order.
  public func writeTimeline(to sink: (String) throws -> Void) rethrows {
    var csv = CSVText()
    csv.add(
      ["fund", "month", "calendarMonth", "survival", "survivalStandardError"]
        + MonthEstimates.balanceLevels.map { "balance\($0.millionths / 10_000)" }
        + ["meanPaid", "meanReturned"])
    for fund in estimates.funds {
      for month in fund.timeline {
        csv.add(
          [
            CSVText.cell(fund.name), "\(month.month)",
            "\(estimates.firstMonth.advanced(by: month.month))",
            CSVText.cell(month.survival.value), CSVText.cell(month.survival.standardError),
          ] + month.balance.map { CSVText.cell($0) }
            + [CSVText.cell(month.meanPaid), CSVText.cell(month.meanReturned)])
        try csv.flush(to: sink)
      }
    }
    try csv.flush(to: sink, isLast: true)
  }
}

/// The table of all trials, for notebooks.
public struct TrialTable {
  private let result: SimulationResult
  /// The columns of all funds in order; a fund without one leaves its cells empty.
  private let names: [String]
  private let thresholds: [String]

  /// Creates the table of a run.
  public init(_ result: SimulationResult) {
    self.result = result
    var names: [String] = []
    var thresholds: [String] = []
    for fund in result.funds {
      for column in fund.namedColumns where !names.contains(column.name) {
        names.append(column.name)
      }
      for threshold in fund.thresholdNames where !thresholds.contains(threshold) {
        thresholds.append(threshold)
      }
    }
    self.names = names
    self.thresholds = thresholds
  }

  /// Writes `trials.csv`: a row a trial and fund, fund after fund; amounts in yuan; the first
  /// month of breach by any bank for each threshold; an empty month if it never came.
  ///
  /// - Parameter sink: Takes the text in chunks, in order.
  public func write(to sink: (String) throws -> Void) rethrows {
    var csv = CSVText()
    csv.add(["fund", "trial"] + names + thresholds.map { CSVText.cell("firstBreach:" + $0) })
    for fund in result.funds {
      let name = CSVText.cell(fund.plan.name)
      let known = Dictionary(
        uniqueKeysWithValues: fund.namedColumns.map {
          ($0.name, (values: fund.column($0.column), isMoney: $0.isMoney))
        })
      let columns = names.map { known[$0] }
      let breaches = thresholds.map { threshold in
        fund.thresholdNames.firstIndex(of: threshold).map {
          fund.firstBreaches(threshold: $0, slot: nil)
        }
      }
      for trial in 0..<fund.trialCount {
        var cells = [name, "\(trial)"]
        for column in columns {
          guard let column else {
            cells.append("")
            continue
          }
          let value = column.values[trial]
          cells.append(column.isMoney ? CSVText.cell(fen: value) : value < 0 ? "" : "\(value)")
        }
        for breach in breaches {
          let month = breach?[trial] ?? -1
          cells.append(month < 0 ? "" : "\(month)")
        }
        csv.add(cells)
        try csv.flush(to: sink)
      }
    }
    try csv.flush(to: sink, isLast: true)
  }
}
