import Foundation
import FundCore
import LossStatistics
import ResultFacts
import Testing

@testable import ReportForm
@testable import Reporting
@testable import Simulation

@Suite struct TerminalReportTests {
  @Test func `overrides and readings stand before any result`() throws {
    let text = TerminalFace(language: .english).text(of: try #require(Fixture.report).report)
    let override = try #require(text.firstRange(of: "fund.share = 50% in place of 40%"))
    let reading = try #require(text.firstRange(of: "I-16, literal: from the first loan on"))
    let result = try #require(text.firstRange(of: "The funds side by side"))
    #expect(override.upperBound < reading.lowerBound)
    #expect(reading.upperBound < result.lowerBound)
  }

  @Test func `no line is wider than 100 columns, and none ends in a blank`() throws {
    var description = Fixture.funds
    for index in description.indices {
      description[index].programmeTitle = LocalizedText(
        same: String(repeating: "风险补偿资金管理办法", count: 12))
      description[index].coverage.leftOut[0].condition = LocalizedText(
        same: String(repeating: "long ", count: 40))
      description[index].thresholds[0].reading = LocalizedText(
        same: String(repeating: "x", count: 250))
    }
    let report = RiskReport(
      try #require(Fixture.report).estimates, provenance: Fixture.provenance, funds: description)
    for language in Language.allCases {
      let text = TerminalFace(language: language).text(of: report.report)
      let lines = text.split(separator: "\n").map(String.init)
      #expect(lines.filter { DisplayWidth.of($0) > 100 } == [])
      #expect(lines.filter { $0.hasSuffix(" ") } == [])
    }
  }

  @Test func `tail figures with too few trials are marked`() {
    let amounts = AmountEstimates(LossSample((1...999).map { $0 * 1_000_000 }), of: .compensation)
    func text(_ figure: Figure) -> String { MoneyScale(1e6).text(figure).english }
    #expect(amounts.quantiles.map(\.isReliable) == [true, true, false, false])
    #expect(text(Figure(amounts.quantiles[0], in: .yuan)) == "5.0 (4.7–5.3)")
    #expect(text(Figure(amounts.quantiles[3], in: .yuan)) == "9.990 (9.960–9.990)*")
    #expect(text(Figure(amounts.tailMeans[0].estimate, in: .yuan)).hasSuffix("*") == false)
    #expect(text(Figure(amounts.tailMeans[2].estimate, in: .yuan)).hasSuffix("*"))
  }

  @Test func `a run that was stopped says so`() throws {
    let control = RunControl()
    control.stop()
    let stopped = simulate(Fixture.plan, threads: 1, control: control)
    #expect(stopped.trialCount == 0)
    #expect(RiskEstimates(stopped) == nil)
  }

  /// `FUNDSIM_APPROVE=1` writes it anew; read the difference before it is committed.
  @Test func `the report of the funds worked by hand`() throws {
    let text = TerminalFace(language: .english).text(of: try #require(Fixture.report).report)
    if ProcessInfo.processInfo.environment["FUNDSIM_APPROVE"] == "1" {
      let place = #filePath.replacing("TerminalReportTests.swift", with: "Approved.swift")
      let quoted = text.replacing("\\", with: "\\\\")
      try Data(
        """
        /// The terminal report of `Fixture`, whose figures were held against its table by hand.
        let approvedReport = \"""
        \(quoted.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "  " + $0 }.joined(separator: "\n"))
          \"""

        """.utf8
      ).write(to: URL(filePath: place))
    }
    // Line by line, so that a failure shows the line.
    for (line, approved) in zip(lines(of: text), lines(of: approvedReport)) {
      #expect(line == approved)
    }
    #expect(lines(of: text).count == lines(of: approvedReport).count)
  }

  private func lines(of text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
  }
}
