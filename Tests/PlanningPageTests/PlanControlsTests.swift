import FundCore
import PlanningPage
import ReportForm
import Testing

/// The controls of a scenario.
struct `Controls` {
  private func controls(_ scenario: String) throws -> [String: PlannedControl] {
    let all = try PlanFixture.base(scenario).controls.all
    return Dictionary(all.map { ($0.id, $0) }) { first, _ in first }
  }

  private func range(_ control: PlannedControl?) -> PlanRange? {
    guard case .number(let range)? = control?.control.kind else { return nil }
    return range
  }

  /// Art. 7 and 8 of dalian-hitech-2022: the fund bears at most 40 %; 8: the guarantor's share is agreed.
  @Test func `of shares reach as far as the text allows, and name the article`() throws {
    let controls = try controls("dalian-hitech-2022")
    let funds = controls.filter { $0.key.hasSuffix(".shares.fund") }
    #expect(!funds.isEmpty)
    for control in funds.values {
      let highest = try #require(range(control)).high
      let isInsurer =
        controls[control.id.replacing("shares.fund", with: "model")]?.control.value == "insurer"
      #expect(highest == (isInsurer ? 20 : 40))
      #expect(
        control.control.source.english.contains(
          isInsurer
            ? "Art. 9" : control.control.source.english.contains("Art. 8") ? "Art. 8" : "Art. 7"))
      #expect(control.control.source.chinese.contains("不超过"))
    }
  }

  /// 二(一) of the notice of Dalian: at least 16 million; Art. 3 of Baotou: exactly 10 million.
  @Test func `of amounts stand where the scenario stands, and say what the text asks for`() throws {
    let dalian = try #require(try controls("three-models")["funds.1.initial"])
    #expect(dalian.control.value == "1600" && range(dalian)?.unit == .tenThousandYuan)
    #expect(dalian.control.source.english.contains("at least"))
    #expect(dalian.control.source.chinese.contains("二（一）"))
    let baotou = try #require(try controls("baotou")["funds.1.initial"])
    #expect(baotou.control.value == "1000" && baotou.control.source.english.contains("exactly"))
    for control in [dalian, baotou] {
      let range = try #require(self.range(control)),
        value = try #require(Double(control.control.value))
      #expect(range.low < value && value * 2 <= range.high)
    }
  }

  /// Art. 12 of Baotou: 150万 a claim.
  @Test func `are there for caps where the programme has them`() throws {
    let id = "funds.1.overrides.models.bank.payers.fund.caps.allYears.perClaim"
    let cap = try #require(try controls("baotou")[id])
    #expect(cap.control.value == "150" && cap.control.source.english.contains("Art. 12"))
    #expect(
      cap.action == .override(fund: 0, parameter: "models.bank.payers.fund.caps.allYears.perClaim"))
    #expect(try controls("three-models").keys.allSatisfy { !$0.contains("perClaim") })
  }

  @Test func `are there for everything that a planner moves`() throws {
    let ids = Set(try controls("three-models").keys)
    let wanted = [
      "funds.1.programme", "funds.1.model", "funds.1.initial", "funds.2.shares.guarantor",
      "funds.1.claimDelay", "funds.1.fillUp.at", "funds.1.fillUp.to", "funds.3.initial",
      "portfolio.generate.loansPerMonth", "defaults.grades.A", "defaults.stress",
      "defaults.assetCorrelation", "defaults.factor.persistence", "recovery.mean",
      "recovery.standardDeviation",
    ]
    #expect(Set(wanted).subtracting(ids) == [])
    let readings = try PlanFixture.base("baotou").controls.all.filter {
      $0.id.contains(".readings.")
    }
    // The second fund of the scenario watches ratios at year ends.
    #expect(readings.first { $0.id.hasPrefix("funds.2.") && $0.control.value == "yearEnds" } != nil)
  }

  @Test(arguments: ["three-models", "baotou", "chaoyang", "weihai-2020", "history", "my-draft"])
  func `have names of their own, and stand within their ranges`(scenario: String) throws {
    let all = try PlanFixture.base(scenario).controls.all
    #expect(Set(all.map(\.id)).count == all.count)
    for control in all {
      #expect(!control.id.contains(" ") && !control.control.name.isEmpty)
      switch control.control.kind {
      case .choice(let choices):
        #expect(choices.contains { $0.value == control.control.value }, "\(control.id)")
      case .number(let range):
        let value = try #require(Double(control.control.value))
        #expect((range.low - range.step...range.high).contains(value), "\(control.id)")
      }
    }
  }

  @Test func `have another signature as soon as they are others`() throws {
    let one = try PlanFixture.base("three-models").controls,
      other = try PlanFixture.base("baotou").controls
    let again = try PlanFixture.base("three-models").controls
    #expect(one.signature == again.signature && one.signature != other.signature)
  }
}
