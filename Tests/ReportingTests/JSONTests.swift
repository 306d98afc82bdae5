import Foundation
import Testing

@testable import ReportForm
@testable import Reporting

@Suite struct JSONTests {
  private static let schemaFile = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Sources/Reporting/Schemas/summary.schema.json")

  @Test func `a summary is what its schema says, with keys in its order`() throws {
    let schema = try OrderedJSON(try String(contentsOf: Self.schemaFile, encoding: .utf8))
    let document = try OrderedJSON(try #require(Fixture.report).json())
    #expect(SchemaCheck(schema: schema).problems(of: document) == [])
  }

  /// A run whose time was over before all readings were looked at says so, in place of silence.
  @Test func `a report whose search for readings was cut says so`() throws {
    var report = try #require(Fixture.report)
    #expect(report.json().contains(#""headlineReadingsComplete": true"#))
    report.knowsHeadlineReadings = false
    #expect(report.json().contains(#""headlineReadingsComplete": false"#))
    let blocks = HeadlineNotes(report: report).blocks(in: MoneyScale(1e6))
    let said = blocks.contains {
      if case .paragraph(let text) = $0 { text == HeadlineNotes.unknown } else { false }
    }
    #expect(said)
  }

  @Test func `the check of the schema finds what is wrong`() throws {
    let schema = try OrderedJSON(try String(contentsOf: Self.schemaFile, encoding: .utf8))
    let check = SchemaCheck(schema: schema)
    let document = try OrderedJSON(
      #"{"funds": [], "schemaVersion": 1, "provenance": {}, "inputs": null, "extra": 1, "differences": []}"#
    )
    #expect(
      check.problems(of: document) == [
        "/schemaVersion: out of order", "/schemaVersion: not number(3.0)",
        "/provenance: no program", "/provenance: no version",
        "/provenance: no engine",
        "/provenance: no seed", "/provenance: no trials", "/provenance: no plannedTrials",
        "/provenance: no scenario", "/provenance: no scenarioTitle",
        "/provenance: no scenarioDigest", "/provenance: no firstMonth",
        "/provenance: no horizonMonths", "/provenance: no programmes", "/provenance: no portfolio",
        "/provenance: no model", "/provenance: no overrides", "/provenance: no readings",
        "/provenance: no assumptions", "/provenance: no warnings", "/inputs: not [\"array\"]",
        "/extra: unknown",
        ": no intervalsLeaveOut", ": no precision",
        ": no headlineReadings", ": no headlineReadingsComplete",
      ])
  }

  /// The figures of `Fixture`, in yuan.
  @Test(
    arguments: [
      ("provenance/trials", 1_000), ("provenance/portfolio/lent", 3_000_000),
      ("funds/0/initial", 1_200_000), ("funds/0/compensation/mean/value", 1_500_000),
      ("funds/0/exhaustionProbability/value", 0), ("funds/0/closing/lowestMean/1/level", 0.01),
      ("funds/1/exhaustionProbability/value", 1), ("funds/1/survival/3/probability", 1),
      ("funds/0/balanceByYear/0/lastMonth", 11),
      ("funds/0/balanceByYear/0/balance/mean/value", 300_000),
      ("funds/1/balanceByYear/0/balance/quantiles/0/value", 200_000),
      ("funds/1/survival/4/probability", 0), ("funds/1/timeToExhaustion/restrictedMean/value", 4),
      ("funds/1/unpaid/mean/value", 650_000), ("funds/1/recovered/mean/value", 600_000),
      ("funds/1/neededCapital/quantiles/1/value", 1_100_000),
      ("funds/1/neededCapital/quantiles/1/level", 0.95),
      ("funds/1/capitalForSurvival/2/survival", 0.9), ("funds/1/defaults/mean/value", 3),
      ("funds/1/compensation/expectedShortfall/1/value", 850_000),
      ("funds/1/parties/1/loss/mean/value", 1_550_000),
      ("funds/0/thresholds/0/everBreached/value", 1),
      ("funds/0/selfChecks/capitalMismatches", 0),
      ("differences/0/exhaustionProbability/value", 1),
      ("differences/0/compensation/value", -650_000), ("differences/0/bankLoss/value", 650_000),
    ] as [(String, Double)])
  func `the figures are those worked by hand`(path: String, value: Double) throws {
    let document = try OrderedJSON(try #require(Fixture.report).json())
    #expect(document.at(path) == .number(value))
  }

  /// All loans of the fixture default in every trial, which the trials show and the plan does not say:
  /// 0.999999 is less than certain. These were means and differences without any error.
  @Test(arguments: [
    "funds/0/compensation/mean", "funds/0/exhaustionProbability", "funds/1/survival/3",
    "funds/1/compensation/expectedShortfall/1", "funds/1/timeToExhaustion/restrictedMean",
    "differences/0/exhaustionProbability", "differences/0/compensation",
  ])
  func `what no trial contradicts has no error, but trials that would tell`(path: String) throws {
    let document = try OrderedJSON(try #require(Fixture.report).json())
    #expect(document.at(path + "/standardError") == .null)
    #expect(document.at(path + "/exact") == .bool(false))
    guard case .number(let needed) = document.at(path + "/trialsNeeded") else {
      Issue.record("\(path): no trials that would tell")
      return
    }
    #expect(needed > 20_000)
  }

  @Test func `which end of an amount is bad names the figures of its tail`() throws {
    let document = try OrderedJSON(try #require(Fixture.report).json())
    for (name, end, tail) in [
      ("closing", "low", "lowestMean"), ("lowest", "low", "lowestMean"),
      ("recovered", "low", "lowestMean"), ("interest", "low", "lowestMean"),
      ("compensation", "high", "expectedShortfall"), ("unpaid", "high", "expectedShortfall"),
    ] {
      #expect(document.at("funds/0/\(name)/worstEnd") == .string(end))
      let first = end == "low" ? 0.05 : 0.95
      #expect(document.at("funds/0/\(name)/quantiles/1/level") == .number(first))
      #expect(document.at("funds/0/\(name)/\(tail)/0/level") == .number(first))
    }
  }

  @Test func `the ratio at a breach is a mean over its breaches`() throws {
    let document = try OrderedJSON(try #require(Fixture.report).json())
    let tolerance = 1e-6  // rounding of a product
    guard case .number(let part) = document.at("funds/0/thresholds/0/meanNumerator"),
      case .number(let whole) = document.at("funds/0/thresholds/0/meanDenominator")
    else { throw OrderedJSON.SyntaxError(offset: 0) }
    #expect(abs(part - 500_000) <= tolerance)
    #expect(abs(whole - 2_000_000) <= tolerance)
  }

  @Test func `banks come by what they lend, and any bank has no name`() throws {
    let document = try OrderedJSON(try #require(Fixture.report).json())
    #expect(document.at("funds/0/thresholds/0/bank") == .string("甲银行"))
    #expect(document.at("funds/0/thresholds/1/bank") == .string("Bank B"))
    #expect(document.at("funds/0/thresholds/2/bank") == .null)
    #expect(document.at("funds/0/thresholds/2/meanNumerator") == .null)
  }

  @Test func `strings are escaped`() throws {
    let string = "\"a\\b\"\n\t\u{1}\u{7F}\u{2028} 银行 😀"
    #expect(
      JSONValue.string(string).text
        == "\"\\\"a\\\\b\\\"\\n\\t\\u0001\\u007f\\u2028 银行 😀\"\n")
    #expect(try OrderedJSON(JSONValue.string(string).text) == .string(string))
  }

  @Test(arguments: [
    (0.1, "0.1"), (1, "1"), (-0.0, "0"), (1e-7, "1e-07"), (123_456_789.25, "123456789.25"),
    (.nan, "null"), (.infinity, "null"), (1e16, "1e+16"), (0.1 + 0.2, "0.30000000000000004"),
  ])
  func `a number has the digits that read back as the same`(number: Double, text: String) {
    #expect(JSONValue.number(number).text == text + "\n")
  }

  @Test func `a seed of 64 bits stays whole`() {
    #expect(JSONValue.unsigned(.max).text == "18446744073709551615\n")
  }

  @Test func `what holds no further list or object stands on one line`() {
    let value: JSONValue = ["a": .array([.integer(1), .null]), "b": .object([]), "c": .array([])]
    #expect(value.text == "{\n  \"a\": [1, null],\n  \"b\": {},\n  \"c\": []\n}\n")
  }
}
