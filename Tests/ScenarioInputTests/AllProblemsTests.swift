import FundCore
import ScenarioInput
import TestSupport
import Testing

struct `All problems of a scenario` {
  /// A bad portfolio, or a tape that is not there, hid all problems of defaults and recovery.
  @Test(arguments: [
    ("loansPerMonth: 5", "loansPerMonth: five", "not-a-number"),
    ("repayment: bullet", "repayment: bulet", "unknown-choice"),
    ("generate:", "generated:", "unknown-key"),
  ]) func `are told beside a bad portfolio`(old: String, new: String, code: String) throws {
    let problems = try ScenarioFixture().replacing(old, new)
      .replacing("timing: maturity", "timing: maturty")
      .replacing("good: 2%, weak: 8%", "good: 2%, weak: 800%")
      .replacing("mean: 40%", "mean: 140%").replacing("name: F", "name: F\n    penaltyRate: 5")
      .problems()
    for part in [code, "maturty", "800%", "140%", "ratio-above-one"] {
      #expect(problems.contains { $0.contains(part) }, "\(part): \(problems)")
    }
  }

  /// The first wrong stress hid the others, and a wrong dependence the correlation beside it.
  @Test func `are told of every stress, and beside a wrong dependence`() throws {
    let stress = "\n  stress: [{from: 2024-99, until: 2025-01, factor: 2}, "
    let problems = try ScenarioFixture()
      .replacing("dependence: gaussian", "dependence: gausian")
      .replacing(
        "assetCorrelation: 0.12",
        "assetCorrelation: 1.2" + stress + "{from: 2025-03, until: 2025-01, factor: two}]"
      ).problems()
    for part in ["gausian", "2024-99", "'two'", "1.2"] {
      #expect(problems.contains { $0.contains(part) }, "\(part): \(problems)")
    }
  }

  /// `rho` was refused, and then offered.
  @Test func `never offer what is refused`() throws {
    let problems = try ScenarioFixture()
      .replacing("assetCorrelation: 0.12", "rho: 0.12\n  asetCorelation: 0.1").problems()
    #expect(problems.contains { $0.contains("error[ambiguous-correlation]") })
    let keys = problems.filter { $0.contains("error[unknown-key]") }
    #expect(keys.count == 1 && keys[0].contains("assetCorrelation") && !keys[0].contains("rho"))
  }

  /// A misspelt key was unknown, and missing as well; `generate`, and all keys of a tape.
  @Test(arguments: [
    ("horizon:", "horizn:"), ("assetCorrelation:", "rho:"), ("generate:", "generat:"),
  ]) func `have one message a cause`(old: String, new: String) throws {
    let problems = try ScenarioFixture().replacing(old, new).problems()
    #expect(problems.count == 1, "\(problems)")
  }

  /// Full-width braces were "a second colon in a line".
  @Test func `name full-width braces`() throws {
    let problems = try ScenarioFixture()
      .replacing("lag: {from: 6, to: 12}", "lag: ｛from: 6, to: 12｝").problems()
    #expect(problems.count == 1 && problems[0].contains("error[full-width-bracket]"), "\(problems)")
  }

  /// The keys of a scale that no loan has were unknown keys.
  @Test func `are none where a rating scale is wider than the portfolio`() throws {
    let wide = ScenarioFixture().replacing("weak: 8%", "weak: 8%, lost: 30%")
    #expect(try wide.problems() == [])
    let wrong = try wide.replacing("lost: 30%", "lost: 130%").problems()
    #expect(wrong.count == 1 && wrong[0].contains("out-of-range"))
  }

  @Test(arguments: [
    ("{A: 60%, B: 40%}", "{A：60%，B：40%}", "11:14"),
    ("{A: 60%, B: 40%}", "{A: 60%，B: 40%}", "11:19"),
    ("{A: 60%, B: 40%}", "{A: 60%，B：40%}", "11:19"),
    ("lag: {from: 6, to: 12}", "lag: {from: 6，to: 12}", "32:16"),
  ]) func `name a full-width comma in braces`(old: String, new: String, place: String) throws {
    let problems = try ScenarioFixture().replacing(old, new).problems()
    #expect(problems.count == 1)
    #expect(problems[0].hasPrefix("scenario.yaml:\(place): error[full-width-comma]"), "\(problems)")
  }

  @Test(arguments: [
    ("timing: maturity", "timing: “maturity”", "curly quotes"),
    ("title: test", "title: “a: b”", "curly-quotes"),
    ("initial: 1000万", "initial: 1000", "1000 yuan, or 1000万"),
    ("claimDelay: 0 months", "claimDelay: 90", "90 months, or 90 days"),
    ("rate: 4%", "rate: 0.4", "40% a year, or 0.4%"),
    ("rate: 4%", "rate: 4.35", "write 4.35% or 0.0435"),
    ("from: 50万, to: 200万", "from: 50, to: 200", "50 yuan, or 50万"),
  ]) func `spell out what is unclear`(old: String, new: String, says: String) throws {
    let problems = try ScenarioFixture().replacing(old, new).problems()
    #expect(problems.contains { $0.contains(says) }, "\(problems)")
  }

  /// Words of a scenario in Chinese.
  @Test func `are none in Chinese words`() throws {
    let fixture = ScenarioFixture().replacing("sizes: small", "sizes: 小型")
      .replacing("{small: {", "{小型: {").replacing("collateral: patent", "collateral: 专利")
      .replacing("repayment: bullet", "repayment: {等额本息: 50%, 先息后本: 50%}")
      .replacing("timing: maturity", "timing: 每月").replacing(
        "dependence: gaussian", "dependence: 高斯"
      )
      .replacing("period: year", "period: 年").replacing("facts: met", "facts: 满足")
      .replacing("model: bank", "model: 银行模式")
      .replacing("standardDeviation: 20%", "standardDeviation: 固定")
    #expect(try fixture.problems() == [])
    let scenario = try fixture.read()
    #expect(scenario.portfolio.loans.contains { $0.repayment == .annuity })
    #expect(scenario.recovery.standardDeviation == 0)
  }

  @Test func `are one where the file is another`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("p.yaml", "format: 1\nid: x\nmodels: {}\n")
    do {
      _ = try readScenario(path: path)
      Issue.record("a programme file is no scenario")
    } catch {
      #expect(error.problems.map(\.code) == ["wrong-file"])
      #expect(error.problems[0].advice.english.contains("fundsim policy show"))
    }
  }
}
