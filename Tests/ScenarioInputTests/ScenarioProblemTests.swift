import FundCore
import ScenarioInput
import Testing

/// One change, and the message that the analyst reads. The messages are written here first.
struct ProblemCase: Sendable, CustomTestStringConvertible {
  let old: String
  let new: String
  let code: String
  let place: String
  let says: String
  var testDescription: String { "\(code): \(new)" }
}

@Suite struct ScenarioProblemTests {
  @Test func `a right scenario has no problems`() throws {
    #expect(try ScenarioFixture().problems() == [])
  }

  /// Two years of 100 loans a month of 12 months: 2,400, and 1,199 that follow those of the first year.
  /// They were reckoned as 2,400 ÷ 0.001, as if lending never ended.
  @Test func `loans that nearly all are renewed are counted as far as lending goes`() throws {
    let scenario = ScenarioFixture().replacing("loansPerMonth: 5", "loansPerMonth: 100")
      .replacing("renewals: 20%", "renewals: 99.9%")
    #expect(try scenario.problems() == [])
  }

  @Test(arguments: [
    ProblemCase(
      old: "assetCorrelation: 0.12", new: "rho: 0.12", code: "ambiguous-correlation",
      place: "24:3", says: "'rho' does not say which correlation it is"),
    ProblemCase(
      old: "roundTo: 1万", new: "roundTo: 0", code: "out-of-range", place: "14:14",
      says: "amounts cannot be in steps of 0"),
    ProblemCase(
      old: "roundTo: 1万", new: "roundTo: 1亿", code: "out-of-range", place: "14:14",
      says:
        "in steps of 100000000 yuan the only amount from 500000 yuan to 2000000 yuan is 500000 yuan"
    ),
    ProblemCase(
      old: "  assetCorrelation: 0.12\n", new: "", code: "missing-key", place: "24:3",
      says: "the key 'assetCorrelation' is missing in 'defaults'"),
    ProblemCase(
      old: "assetCorrelation: 0.12", new: "assetCorrelation: 0.12\n  factorLoading: 0.3",
      code: "two-correlations", place: "24:3",
      says: "both 'assetCorrelation' and 'factorLoading' are given"),
    ProblemCase(
      old: "timing: maturity", new: "timing: maturity\n  ageCurve: [{from: 2, factor: 3}]",
      code: "key-without-use", place: "25:3",
      says: "'ageCurve' has no meaning with `timing: maturity`: a loan is assessed once"),
    ProblemCase(
      old: "timing: maturity",
      new: "timing: monthly\n  ageCurve: [{from: 9, factor: 3}, {from: 2, until: 9, factor: 1.5}]",
      code: "ages-overlap", place: "25:21",
      says: "month 9 since the start already has the factor 1.5"),
    ProblemCase(
      old: "timing: maturity",
      new: "timing: monthly\n  ageCurve: [{from: 9, until: 8, factor: 3}]",
      code: "months-in-wrong-order", place: "25:31", says: "'until' (8) lies before 'from' (9)"),
    ProblemCase(
      old: "timing: maturity", new: "timing: monthly\n  ageCurve: [{from: 0, factor: 3}]",
      code: "out-of-range", place: "25:21", says: "0"),
    ProblemCase(
      old: "good: 2%, weak: 8%", new: "good: 2%", code: "missing-key", place: "28:11",
      says: "the key 'weak' is missing in 'defaults.grades'"),
    ProblemCase(
      old: "dependence: gaussian", new: "dependence: independent", code: "key-without-use",
      place: "24:3", says: "'assetCorrelation' has no meaning with `dependence: independent`"),
    ProblemCase(
      old: "standardDeviation: 20%", new: "standardDeviation: 60%", code: "impossible-deviation",
      place: "31:22", says: "no Beta distribution has mean 0.4 and standard deviation 0.6"),
    ProblemCase(
      old: "  writeOffMonths: 24\n", new: "", code: "missing-key", place: "30:3",
      says: "a fund's threshold counts overdue principal, and nothing says how long"),
    ProblemCase(
      old: "model: bank", new: "model: bank\n    shares: {fund: 45%}", code: "forbidden-share",
      place: "38:20",
      says: "the fund's share of 45% in the bank model is not allowed by Art. 7, I-15"),
    ProblemCase(
      old: "programme: dalian-hitech-2022\n    model: bank",
      new: "programme: weihai-2020\n    model: guarantor",
      code: "model-not-allowed", place: "37:12",
      says: "'weihai-2020' does not allow the guarantor model (Art. 4"),
    ProblemCase(
      old: "programme: dalian-hitech-2022", new: "programme: dalian-hitech-2020",
      code: "unknown-programme", place: "36:16",
      says: "no programme is called 'dalian-hitech-2020'"),
    ProblemCase(
      old: "banks: {A: 60%, B: 40%}", new: "banks: {A: 60%, B: 30%}", code: "shares-not-whole",
      place: "11:12", says: "the shares of 'portfolio.generate.banks' add up to 90%"),
    ProblemCase(
      old: "loansPerMonth: 5", new: "loansPerMonth: 1000000", code: "portfolio-too-large",
      place: "8:5", says: "would be generated"),
  ])
  func `each mistake is named at its place`(item: ProblemCase) throws {
    let problems = try ScenarioFixture().replacing(item.old, item.new).problems()
    let match = problems.first { $0.contains("error[\(item.code)]") }
    #expect(match?.hasPrefix("scenario.yaml:\(item.place): ") == true, "\(problems)")
    #expect(match?.contains(item.says) == true, "\(problems)")
    #expect(match?.contains("\n  help: ") == true)
  }

  @Test func `another amount than the 1000万 of Baotou's Article 3 is refused, naming it`() throws {
    let problems = try ScenarioFixture()
      .replacing(
        "programme: dalian-hitech-2022",
        "programme: baotou\n    start: 2024-01\n    interestRate: 1%"
      ).replacing("initial: 1000万", "initial: 800万")
      .replacing("    claimDelay: 0 months", "").problems()
    #expect(problems.count == 1)
    #expect(
      problems.first?.contains(
        "the initial amount is 8000000 yuan, but Art. 3 of 'baotou' sets 10000000 yuan") == true)
  }

  @Test func `three mistakes are reported at once`() throws {
    let problems = try ScenarioFixture().replacing("horizon: 36 months", "horizont: 36 months")
      .replacing("timing: maturity", "timing: maturty")
      .replacing("initial: 1000万", "initial: -1").problems()
    // The misspelt key is told, and not once more as missing.
    #expect(problems.count == 3)
    #expect(problems.contains { $0.contains("did you mean 'horizon'?") })
    #expect(problems.contains { $0.contains("maturty") })
    #expect(problems.contains { $0.contains("negative-amount") })
  }

  /// A fund without a programme or a model used to keep its other mistakes back until the next try.
  @Test(arguments: [
    "    programme: dalian-hitech-2022\n", "    model: bank\n",
  ]) func `a fund that lacks a key has its other mistakes told, too`(line: String) throws {
    let problems = try ScenarioFixture().replacing(line, "").replacing(
      "initial: 1000万",
      "initial: -1\n    penaltyRate: 5\n    injections: [{month: 2024-13, amount: 1万}]"
    ).problems()
    for code in ["missing-key", "negative-amount", "ratio-above-one", "invalid-month"] {
      #expect(problems.contains { $0.contains("error[\(code)]") }, "\(code): \(problems)")
    }
  }

  @Test func `an unknown programme does not hide what else is wrong`() throws {
    let problems = try ScenarioFixture().replacing("dalian-hitech-2022", "dalian-2000")
      .replacing(
        "initial: 1000万", "initial: 10公斤\n    bankCaps: {A: -1}\n    partition: {A: 50}"
      ).problems()
    for code in ["unknown-programme", "wrong-unit", "negative-amount", "ratio-above-one"] {
      #expect(problems.contains { $0.contains("error[\(code)]") }, "\(code): \(problems)")
    }
  }

  @Test func `a portfolio file beside a generated portfolio is refused`() throws {
    let problems = try ScenarioFixture().problems(choices: ScenarioChoices(portfolio: "x.csv"))
    #expect(problems.count == 1 && problems[0].contains("portfolio-not-wanted"))
  }
}
