import ClaimRules
import FundCore
import ResultFacts
import ScenarioInput
import Testing

@testable import Reporting

/// What a run came from, as its report says it.
@Suite struct RunSourceTests {
  /// The first fund of the Hi-tech Zone's scenario with a key set.
  private func source(_ path: String, _ text: String) throws -> RunSource {
    let document = try ScenarioDocument(path: "scenarios/dalian-hitech-2022")
    let edit = try ScenarioEdit(path: path, text: text, option: "test")
    return try document.setting(edit).scenario().compiled(version: "1.2.3").source
  }

  @Test func `an override is told with the value of the text, its own, and the reason`() throws {
    // Art. 7: the fund bears at most 40 % of a loss of the bank model.
    let source = try source(
      "funds.1.overrides",
      """
      [{parameter: models.bank.payers.fund.share.value, value: 45%, reason: draft for consultation}]
      """)
    let override = try #require(source.provenance.overrides.first)
    #expect(override.parameter == "models.bank.payers.fund.share.value")
    #expect(override.original == "40%")
    #expect(override.value == "45%")
    #expect(override.reason == LocalizedText(same: "draft for consultation"))
    #expect(override.scope == source.scenario.funds[0].name)
  }

  @Test func `a chosen reading is told with what it says`() throws {
    let source = try source("funds.1.readings", "{I-9: never}")
    let reading = try #require(source.provenance.readings.first)
    #expect(reading.interpretation == "I-9")
    #expect(reading.name == "never")
    #expect(!reading.text.english.isEmpty && !reading.text.chinese.isEmpty)
  }

  @Test func `the funds are described in their order, with what they cover`() throws {
    let source = try source("funds.1.readings", "{I-9: never}")
    #expect(source.funds.map(\.name) == source.scenario.funds.map(\.name))
    #expect(source.funds.map(\.coverage) == source.coverages)
    #expect(source.provenance.scenario.digest == source.scenario.digest)
  }
}
