import FundCore
import LossStatistics
public import Simulation

extension RiskReport {
  /// Writes `timeline.csv`: a row a month and fund, amounts in yuan. An error that the trials do not
  /// show is empty; the interval stands beside it.
  ///
  /// - Parameter sink: Takes the text in chunks, in order.
  public func writeTimeline(to sink: (String) throws -> Void) rethrows {
    var csv = CSVText()
    let heads =
      [
        "fund", "month", "calendarMonth", "survival", "survivalStandardError", "survivalLow",
        "survivalHigh",
      ]
      + MonthEstimates.balanceLevels.map { "balance\($0.millionths / 10_000)" }
      + ["meanPaid", "meanReturned"]
    for head in heads { csv.add(head) }
    try csv.endRow(to: sink)
    for fund in estimates.funds {
      for month in fund.timeline {
        csv.add(CSVText.quoted(fund.name))
        csv.add(Int64(month.month))
        csv.add(estimates.firstMonth.advanced(by: month.month).description)
        csv.add(month.survival.value)
        csv.add(month.survival.standardError ?? .nan)
        csv.add(month.survival.interval95.low)
        csv.add(month.survival.interval95.high)
        for balance in month.balance { csv.add(balance) }
        csv.add(month.meanPaid)
        csv.add(month.meanReturned)
        try csv.endRow(to: sink)
      }
    }
    try csv.finish(to: sink)
  }
}

/// The table of all trials, for notebooks.
public struct TrialTable {
  let result: SimulationResult
  /// The columns of all funds in order; a fund without one leaves its cells empty.
  let names: [String]
  let thresholds: [String]

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

  /// Writes `trials.csv`: a row a trial and fund, fund after fund. Amounts are in yuan; after them
  /// come the first months in which any bank reached each threshold. A month that never came is
  /// empty.
  ///
  /// - Parameter sink: Takes the text in chunks, in order.
  public func write(to sink: (String) throws -> Void) rethrows {
    var csv = CSVText()
    let heads = ["fund", "trial"] + names + thresholds.map { "firstBreach:" + $0 }
    for head in heads { csv.add(CSVText.quoted(head)) }
    try csv.endRow(to: sink)
    for fund in result.funds { try write(fund, into: &csv, sink) }
    try csv.finish(to: sink)
  }

  private func write(
    _ fund: FundResult, into csv: inout CSVText, _ sink: (String) throws -> Void
  ) rethrows {
    let name = CSVText.quoted(fund.plan.name)
    let known = fund.namedColumns
    let chosen = names.map { name in known.first { $0.name == name } }
    let columns = chosen.map { $0.map { fund.column($0.column) } ?? [] }
    let isMoney = chosen.map { $0?.isMoney ?? false }
    let breaches = thresholds.map { threshold in
      fund.thresholdNames.firstIndex(of: threshold).map {
        fund.firstBreaches(threshold: $0, slot: nil)
      } ?? []
    }
    for trial in 0..<fund.trialCount {
      csv.add(name)
      csv.add(Int64(trial))
      for index in columns.indices {
        if isMoney[index] {
          csv.add(fen: columns[index][trial])
        } else {
          csv.add(month: columns[index].isEmpty ? -1 : columns[index][trial])
        }
      }
      for index in breaches.indices {
        csv.add(month: breaches[index].isEmpty ? -1 : Int64(breaches[index][trial]))
      }
      try csv.endRow(to: sink)
    }
  }
}

extension CSVText {
  /// Adds a count or a month; nothing for a month that never came.
  fileprivate mutating func add(month: Int64) {
    if month >= 0 { add(month) } else { add("") }
  }
}
