import FundCore
import LossStatistics
import PartialResults
import Reporting
import ResultFacts
import Simulation

extension RunOutcome {
  /// The report of what was run.
  ///
  /// - Throws: `StoppedRun` if no trial was.
  func report(words: RunWords) throws -> RiskReport {
    guard var report = RiskReport(result, words: words, rare: rare) else {
      throw StoppedRun.empty(isAtLimit: isAtLimit)
    }
    report.knowsHeadlineReadings = findings.readings != nil
    report.precision = precision
    return report
  }
}

extension RiskReport {
  /// The report of a run, or of its parts.
  ///
  /// - Parameter rare: The rare trials; `nil` where there are none.
  /// - Returns: `nil` if no trial was run.
  init?<Run: RunSample>(
    _ run: Run, words: RunWords, rare: RareTrials?
  ) throws(Run.Failure) {
    let levels = words.provenance.levels.compactMap { Level(millionths: $0.millionths) }
    let fundCount = words.funds.count
    guard let estimates = try RiskEstimates(run, fundCount: fundCount, levels: levels) else {
      return nil
    }
    self.init(estimates, provenance: words.provenance, funds: words.funds)
    headlineReadings = words.headlineReadings
    headlineLaws = words.headlineLaws
    contributions = words.contributions
    bestEstimate = words.bestEstimate
    years = words.years
    if let rare, let request = words.rare {
      self.rare = RareFigures(rare, request, frame: run.frame)
    }
    for (position, other) in words.otherReadings.enumerated() {
      let fund = words.funds.count + position
      otherReadings[other.fund].append(
        ReadingOdds(
          reading: ReadingOdds.Reading(
            interpretation: other.interpretation, name: other.name, text: other.text),
          sums: try run.sums(fund: fund),
          of: run.frame.funds[fund], trialCount: run.trialCount))
    }
  }

  /// The files that can be written beside the JSON object, without being asked for.
  static let tableNames = [
    "timeline.csv", "money.csv", "indicators.csv", "contributions.csv", "cost.csv", "rare.csv",
  ]

  /// The report in all its forms.
  ///
  /// - Parameter further: Files that stand beside those of every such report.
  func faces(further: [ResultFile] = []) -> ReportFaces {
    var tables = [ResultFile("timeline.csv") { try writeTimeline(to: $0) }]
    if years != nil {
      tables += [
        ResultFile("money.csv") { try writeMoney(to: $0) },
        ResultFile("indicators.csv") { try writeIndicators(to: $0) },
      ]
    }
    if contributions != nil {
      tables.append(ResultFile("contributions.csv") { try writeContributions(to: $0) })
    }
    if rare != nil { tables.append(ResultFile("rare.csv") { try writeRare(to: $0) }) }
    if hasCosts { tables.append(ResultFile("cost.csv") { try writeCosts(to: $0) }) }
    return faces(files: tables + further)
  }
}
