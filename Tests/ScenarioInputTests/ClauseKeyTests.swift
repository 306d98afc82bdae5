import ClaimRules
import CompensationKernel
import FundCore
import ScenarioInput
import Testing

/// What a scenario says of filling up and of banks that stop: what is read, and what is refused where.
@Suite struct ClauseKeyTests {
  /// The fixture's fund with a further key, which then stands in line 40.
  private func fixture(_ key: String) -> ScenarioFixture {
    ScenarioFixture().replacing("claimDelay: 0 months", "claimDelay: 0 months\n    \(key)")
  }

  @Test func `a rule of filling up is read with its limits, and in Chinese`() throws {
    let full = try fixture(
      "fillUp: {to: 1000万, at: quarterStart, atMostAYear: 300万, inAll: 0.1亿}"
    ).read().funds[0]
    #expect(
      full.fillUp
        == FillUpRule(
          to: .yuan(10_000_000), at: .quarterStart, atMostAYear: .yuan(3_000_000),
          inAll: .yuan(10_000_000)))
    #expect(full.fillUpSource == nil)
    let short = try fixture("fillUp: {to: 800万, at: 每年初}").read().funds[0]
    #expect(short.fillUp == FillUpRule(to: .yuan(8_000_000), at: .yearStart))
    #expect(try ScenarioFixture().read().funds[0].fillUp == nil)
  }

  @Test(arguments: [
    ("fillUp: {to: 1000万}", "40:", "'at' is missing"),
    ("fillUp: {to: 1000万, at: january}", "40:", "january"),
    ("fillUp: {at: month}", "40:", "'to' is missing"),
    ("fillUp: {to: -5万, at: month}", "40:", "negative-amount"),
    ("fillUp: {to: 1000万, at: month, inAll: 0}", "40:", "inAll"),
    ("fillUp: {to: 1000万, at: month, perYear: 5万}", "40:", "perYear"),
    ("afterSuspension: obeys", "40:22", "obeys"),
  ]) func `what makes no sense is refused at its place`(key: String, place: String, says: String)
    throws
  {
    let problems = try fixture(key).problems()
    #expect(
      problems.contains { $0.contains("scenario.yaml:\(place)") && $0.contains(says) },
      "\(problems)")
  }

  /// Two mistakes of one rule come together.
  @Test func `all problems of a rule are told at once`() throws {
    let problems = try fixture("fillUp: {to: 十万个, at: sometimes}").problems()
    #expect(problems.count == 2, "\(problems)")
  }

  /// Dalian's notice suspends and pauses nobody.
  @Test func `what banks do after a suspension is refused where there is none`() throws {
    let fixture = fixture("afterSuspension: stops").replacing("dalian-hitech-2022", "dalian-2018")
      .replacing("1000万", "1600万")
    let problems = try fixture.problems()
    #expect(
      problems.count == 1 && problems[0].contains("suspends and pauses no bank"), "\(problems)")
  }

  /// I-53: the least amount of the notice, whatever the fund opens with; the key goes before the reading.
  @Test func `the notice of Dalian fills up to its least amount under I-53`() throws {
    let base = ScenarioFixture().replacing("dalian-hitech-2022", "dalian-2018")
      .replacing("1000万", "2000万")
    #expect(try base.read().funds[0].fillUp == nil)
    let reading = base.replacing(
      "claimDelay: 0 months", "claimDelay: 0 months\n    readings: {I-53: toppedUpEachYear}")
    let fund = try reading.read().funds[0]
    #expect(fund.fillUp == FillUpRule(to: .yuan(16_000_000), at: .yearStart))
    #expect(fund.fillUpSource?.article == "二(一)")
    let key = reading.replacing("model: bank", "model: bank\n    fillUp: {to: 500万, at: month}")
    #expect(try key.read().funds[0].fillUp == FillUpRule(to: .yuan(5_000_000), at: .month))
  }
}
