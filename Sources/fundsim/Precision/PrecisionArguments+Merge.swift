import ArgumentParser
import FundCore
import LossStatistics
import Reporting
import ResultFacts
import Simulation

extension PrecisionArguments {
  /// What the trials of a report say of every target; `nil` if nothing was asked for.
  ///
  /// - Throws: `ValidationError` if a fund or a figure is not known.
  func outcome(of report: RiskReport) throws -> PrecisionOutcome? {
    guard !targets.isEmpty else { return nil }
    var wanted: [RiskReport.FundTarget] = []
    for target in targets {
      let funds = report.funds.indices.filter {
        target.fund.map(report.funds[$0].name.contains) ?? true
      }
      for fund in funds {
        try target.check(report, fund: fund)
        wanted.append(.init(target, fund: fund))
      }
      guard funds.isEmpty else { continue }
      let list = report.funds.map(\.name).joined(separator: "; ")
      throw ValidationError(
        en: "--precision '\(target.text)': no fund has that name. Funds: \(list)",
        zh: "--precision '\(target.text)'：没有该名称的基金。基金：\(list)")
    }
    let items = report.look(at: [], wanted)
    let isReached = items.allSatisfy(\.isReached)
    let isWhole = report.estimates.trialCount == report.estimates.plannedTrials
    var outcome = PrecisionOutcome(
      items, end: isReached ? .reached : isWhole ? .trials : .stopped)
    outcome.drawCount = report.estimates.drawCount
    return outcome
  }
}
