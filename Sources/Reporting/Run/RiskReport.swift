import FundCore
public import ResultFacts
public import Simulation
public import ReportForm

/// What a report says: estimates with all that is needed to judge them. It has no format.
public struct RiskReport: Sendable {
  /// The figures.
  public let estimates: RiskEstimates
  /// Where they come from.
  public let provenance: Provenance
  /// The funds in words, in the order of the estimates.
  public let funds: [FundDescription]
  /// The odds of each fund's thresholds under other readings; empty where none were run.
  public var otherReadings: [[ReadingOdds]]
  /// The readings that move the headline of a fund.
  public var headlineReadings: [HeadlineReading] = []
  /// The headline under other laws of dependence; `nil` where they were not looked at to the end.
  public var headlineLaws: HeadlineLaws?
  /// The headline by the best estimate alone; `nil` in a run whose parameters are known, or where that was not
  /// looked at to the end.
  public var bestEstimate: HeadlineEstimate?
  /// The years of the funds; `nil` where they were not run to the end, or not asked for.
  public var years: YearlyFigures?
  /// What rare trials say; `nil` where none were asked for, or not run to the end.
  public var rare: RareFigures?
  /// Whether all readings were looked at for that; not where the time was over before.
  public var knowsHeadlineReadings = true
  /// How well the figures are known whose precision was asked for; `nil` where none was.
  public var precision: PrecisionOutcome?

  /// Who uses each fund up; `nil` where the trials were not divided.
  public var contributions: [FundContributions]?

  /// Composes a report.
  ///
  /// - Precondition: One description a fund, with one entry a threshold.
  public init(_ estimates: RiskEstimates, provenance: Provenance, funds: [FundDescription]) {
    precondition(estimates.funds.count == funds.count, "every fund has a description")
    for (fund, description) in zip(estimates.funds, funds) {
      precondition(
        fund.thresholds.count == description.thresholds.count,
        "every threshold has a description")
    }
    self.estimates = estimates
    self.provenance = provenance
    self.funds = funds
    otherReadings = funds.map { _ in [] }
  }

  /// The report in both languages, for every face.
  public var report: Report { RunComposer(report: self).report }

  /// The report for programs: one JSON object, as `Schemas/summary.schema.json` describes it.
  public func json() -> String {
    JSONReport(report: self).value.text
  }
}
