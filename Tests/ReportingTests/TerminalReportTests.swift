import Foundation
import FundCore
import LossStatistics
import Testing

@testable import Reporting
@testable import Simulation

@Suite struct TerminalReportTests {
  @Test func `overrides and readings stand before any result`() throws {
    let text = try #require(Fixture.report).terminalText()
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
      let lines = report.terminalText(in: language).split(separator: "\n").map(String.init)
      #expect(lines.filter { DisplayWidth.of($0) > 100 } == [])
      #expect(lines.filter { $0.hasSuffix(" ") } == [])
    }
  }

  @Test func `names cannot steer the terminal`() {
    let text = TerminalReport().rendered([.paragraph("a\u{1B}[2Jb\u{7}")])
    #expect(text == "  a?[2Jb?\n")
  }

  @Test func `a table that is too wide is continued below with its labels`() {
    let table = ReportTable(
      heads: ["bank", "first\nhead", "second"],
      rows: [["甲银行", "1 (0–2)", "10"], ["B", "2", "20"]])
    let text = TerminalReport(width: 20).rendered([.table(table)])
    #expect(
      text == """
                    first
          bank       head
          甲银行  1 (0–2)
          B             2
          bank    second
          甲银行      10
          B           20

        """)
  }

  @Test func `a long label is broken before a table is continued below`() {
    let label = String(repeating: "a condition ", count: 4)
    let table = ReportTable(
      heads: ["", "loans"], rows: [[label, String(repeating: "9", count: 60)]])
    let lines = TerminalReport().rendered([.table(table)]).split(separator: "\n")
    #expect(lines.count == 3)
    #expect(
      lines[1].hasPrefix("  a condition a condition a condition ") && lines[1].hasSuffix("999"))
    #expect(lines[2] == "  a condition")
  }

  @Test func `tail figures with too few trials are marked`() {
    let amounts = AmountEstimates(LossSample((1...999).map { $0 * 1_000_000 }), of: .compensation)
    let figures = ReportFigures(words: .english, for: 1e6)
    #expect(amounts.quantiles.map(\.isReliable) == [true, true, false, false])
    #expect(figures.quantile(amounts.quantiles[0]) == "5.0 (4.7–5.3)")
    #expect(figures.quantile(amounts.quantiles[3]) == "9.990 (9.960–9.990)*")
    #expect(figures.mean(amounts.tailMeans[0].estimate).hasSuffix("*") == false)
    #expect(figures.mean(amounts.tailMeans[2].estimate).hasSuffix("*"))
  }

  @Test func `a run that was stopped says so`() throws {
    let control = RunControl()
    control.stop()
    let stopped = simulate(Fixture.plan, threads: 1, control: control)
    #expect(stopped.trialCount == 0)
    #expect(RiskEstimates(stopped) == nil)
  }

  @Test func `every word has a text, and every place in it a figure`() throws {
    for key in ReportWords.Key.allCases {
      let text = try #require(ReportWords.texts[key], "\(key)")
      // A table has as many columns in every language.
      let columns = Language.allCases.map { text[$0].count { $0 == "|" } }
      #expect(Set(columns).count == 1, "\(key)")
    }
    for language in Language.allCases {
      #expect(try #require(Fixture.report).terminalText(in: language).contains("{") == false)
    }
  }

  /// `FUNDSIM_APPROVE=1` writes it anew; read the difference before it is committed.
  @Test func `the report of the funds worked by hand`() throws {
    let text = try #require(Fixture.report).terminalText()
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
