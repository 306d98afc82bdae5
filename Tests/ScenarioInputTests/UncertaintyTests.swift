import FundCore
import ScenarioInput
import Simulation
import TestSupport
import Testing

/// `uncertainty:` in a scenario: what is read, and what is refused.
@Suite struct UncertaintyTests {
  private static let scenario = """
    title: t
    start: 2024-01
    horizon: 36 months
    trials: 100
    seed: 1
    portfolio:
      generate:
        seed: 1
        months: 12
        loansPerMonth: 3
        growth: 0%
        banks: {A: 100%}
        sizes: {small: 100%}
        amounts: {small: {from: 50万, to: 200万}}
        terms: {12 months: 100%}
        grades: {good: 70%, weak: 30%}
        collateral: patent
        ipPart: {100%: 100%}
        repayment: {bullet: 100%}
        rate: 4%
        renewals: 0%
      facts: met
    defaults:
      timing: monthly
      dependence: gaussian
      assetCorrelation: 0.12
      factor: {period: year, persistence: 0.3}
      grades: {good: 2%, weak: 8%}
    recovery: {mean: 40%, standardDeviation: 20%, lag: 6 months, writeOffMonths: 24}
    UNCERTAINTY
    funds:
      - {name: F, programme: dalian-hitech-2022, model: bank, initial: 1000万, claimDelay: 0 months}

    """

  private static func read(
    _ uncertainty: String, _ files: [String: String] = [:], changing: (String, String) = ("", "")
  ) throws -> Scenario {
    let folder = try TemporaryFolder()
    for (name, text) in files { try folder.write(name, text) }
    var text = scenario.replacing("UNCERTAINTY", with: uncertainty)
    if !changing.0.isEmpty { text = text.replacing(changing.0, with: changing.1) }
    return try readScenario(path: folder.write("scenario.yaml", text))
  }

  private static let posterior = """
    draw,pd,assetCorrelation,recovery.mean,recovery.standardDeviation
    0,2.8%,0.1,0.4,0.2
    2,0.05,0.2,0.45,0.21
    1,0.014,0.05,0.35,0.19
    3,0.028,1e-3,0.4,0.2

    """

  @Test func `draws of a file are read in the order of their numbers`() throws {
    let scenario = try Self.read(
      "uncertainty: {draws: posterior.csv}", ["posterior.csv": Self.posterior])
    let uncertainty = try #require(scenario.uncertainty)
    #expect(uncertainty.count == 3 && uncertainty.reference == 0.028)
    #expect(uncertainty.values(.pd) == [0.014, 0.05, 0.028])
    #expect(uncertainty.values(.assetCorrelation) == [0.05, 0.2, 0.001])
    #expect(uncertainty.values(.persistence) == nil)
    let draws = try #require(scenario.compiled(version: "1").plan.parameterDraws)
    #expect(draws.draws[2].moves == [.shifted(0)] && draws.draws[2].recovery == nil)
    #expect(draws.draws[0].recovery == .init(mean: 0.35, standardDeviation: 0.19))
    guard case .shifted(let shift) = draws.draws[1].moves[0] else { return }
    // Φ⁻¹(0.05) − Φ⁻¹(0.028), by a table of the normal distribution.
    #expect(abs(shift - (-1.644854 + 1.911036)) < 1e-6)
  }

  @Test func `fewer draws are taken evenly, and another reference moves all`() throws {
    var rows = "draw,pd\n0,2%\n"
    for number in 1...100 { rows += "\(number),\(Double(number) / 1_000)\n" }
    let scenario = try Self.read(
      "uncertainty: {draws: p.csv, count: 4, reference: 3%}", ["p.csv": rows])
    #expect(scenario.uncertainty?.values(.pd) == [0.013, 0.038, 0.063, 0.088])
    #expect(scenario.uncertainty?.reference == 0.03)
  }

  @Test func `grades are replaced, and one probability moves the others`() throws {
    let scenario = try Self.read(
      "uncertainty: {draws: p.csv}", ["p.csv": "draw,pd.weak,pd\n0,8%,2%\n1,9%,2.5%\n"])
    let draws = try #require(scenario.compiled(version: "1").plan.parameterDraws)
    #expect(draws.draws[0].moves.first == .replaced(0.09))
    guard case .shifted(let shift) = try #require(draws.draws[0].moves.last) else {
      Issue.record("one probability replaces none")
      return
    }
    // Φ⁻¹(0.025) − Φ⁻¹(0.02).
    #expect(abs(shift - (-1.959964 + 2.053749)) < 1e-6)
  }

  @Test func `ranges by hand have their median and their ends`() throws {
    let scenario = try Self.read(
      """
      uncertainty:
        pd: {value: 3%, low: 1.9%, high: 5.8%}
        assetCorrelation: {value: 0.05, low: 0.005, high: 0.2}
        recovery.mean: {value: 40%, low: 25%, high: 40%}
        count: 400
      """)
    let uncertainty = try #require(scenario.uncertainty)
    #expect(uncertainty.count == 400 && uncertainty.reference == 0.03)
    for (parameter, ends) in [
      (UncertainParameter.pd, [0.019, 0.03, 0.058]),
      (.assetCorrelation, [0.005, 0.05, 0.2]), (.recoveryMean, [0.25, 0.4, 0.4]),
    ] {
      let values = try #require(uncertainty.values(parameter)).sorted()
      // One draw from each four-hundredth: ranks 20, 200, 380 stand beside 5, 50 and 95 %.
      for (rank, end) in zip([20, 200, 380], ends) {
        #expect(values[rank - 1] <= end && end <= values[min(rank, 399)], "\(parameter) \(end)")
      }
    }
    // Parameters are independent: their ranks go together by chance alone, ± 3.3/√400.
    let pairs = zip(
      try #require(uncertainty.values(.pd)), try #require(uncertainty.values(.assetCorrelation)))
    let agreeing = pairs.count { ($0 < 0.03) == ($1 < 0.05) }
    #expect((167...233).contains(agreeing))
  }

  @Test func `a history calibrated on the spot is the file of draws that it gives`() throws {
    let table = "year,atRisk,defaults\n2019,200,4\n2020,200,7\n2021,200,3\n2022,200,9\n"
    let scenario = try Self.read(
      "uncertainty: {history: table.csv, count: 64}", ["table.csv": table])
    let again = try Self.read(
      "uncertainty: {history: table.csv, count: 64}", ["table.csv": table])
    #expect(scenario.compiled(version: "1").plan.parameterDraws != nil)
    #expect(
      scenario.compiled(version: "1").plan.parameterDraws
        == again.compiled(version: "1").plan.parameterDraws)
    #expect(scenario.digest == again.digest)
    let other = try Self.read(
      "uncertainty: {history: table.csv, count: 64}",
      ["table.csv": table.replacing("2022,200,9", with: "2022,200,8")])
    #expect(scenario.digest != other.digest && scenario.worldKey != other.worldKey)
  }

  /// Each with its code and its place.
  @Test(
    arguments: [
      ("draw,pd,colour\n0,2%,1\n1,3%,1\n", "unknown-column", 1, 9),
      ("draw,pd\n0,2%\n1,nan\n", "missing-value", 3, 3),
      ("draw,pd\n0,2%\n1,120%\n", "", 3, 3),
      ("draw,pd\n0,2%\n1,0\n", "value-out-of-range", 3, 3),
      ("draw,pd\n0,2%\n1,\n", "", 3, 3),
      ("draw,pd,assetCorrelation\n0,2%,0\n1,3%,1\n", "value-out-of-range", 3, 6),
      ("draw,pd\n1,2%\n2,3%\n", "no-reference", 0, 0),
      ("draw,pd\n0,2%\n", "no-draws", 2, 0),
      ("draw,pd\n", "no-draws", 1, 0),
      ("pd\n2%\n", "missing-column", 1, 0),
      ("draw\n0\n1\n", "missing-column", 1, 0),
      ("draw,pd\n0,2%\n1,3%\n1,4%\n", "doubled-draw", 4, 0),
      ("draw,pd.poor\n0,2%\n1,3%\n", "unknown-grade", 1, 6),
      ("draw,pd\n0,2%\nx,3%\n", "", 3, 1),
      ("draw,pd\n0,2%\n1,3%,4%\n", "too-many-cells", 3, 0),
      ("draw,recovery.mean\n0,40%\n1,0.01\n", "impossible-deviation", 1, 6),
    ] as [(String, String, Int, Int)])
  func `bad files are refused at their places`(
    text: String, code: String, line: Int, column: Int
  ) throws {
    let error = try #require(throws: Diagnostics.self) {
      try Self.read("uncertainty: {draws: p.csv}", ["p.csv": text])
    }
    let problem = try #require(error.problems.first)
    #expect(code.isEmpty || problem.code == code, "\(problem)")
    #expect(line == 0 || problem.location.line == line, "\(problem)")
    #expect(column == 0 || problem.location.column == column, "\(problem)")
    #expect(line == 0 || problem.location.file.hasSuffix("p.csv"))
  }

  @Test(arguments: [
    ("uncertainty: {draws: p.csv, history: h.csv}", "two-sources"),
    ("uncertainty: {count: 12}", "missing-key"),
    ("uncertainty: {draws: nowhere.csv}", ""),
    ("uncertainty: {draws: p.csv, count: 12}", "too-few-draws"),
    ("uncertainty: {draws: p.csv, count: 1}", ""),
    ("uncertainty: {drawz: p.csv}", ""),
    ("uncertainty: {pd: {value: 3%, low: 4%, high: 5%}}", "range-in-wrong-order"),
    ("uncertainty: {assetCorrelation: {value: 0.1, low: 0, high: 0.2}}", "range-at-bound"),
    (
      "uncertainty: {assetCorrelation: {value: 0.1, low: 0.05, high: 0.2}, reference: 2%}",
      "key-without-use"
    ),
    ("uncertainty: {pd: 3%}", ""),
    ("uncertainty: 3", ""),
  ])
  func `bad sections are refused`(section: String, code: String) throws {
    let error = try #require(throws: Diagnostics.self) {
      try Self.read(section, ["p.csv": "draw,pd\n0,2%\n1,3%\n2,4%\n"])
    }
    #expect(code.isEmpty || error.problems.contains { $0.code == code }, "\(error.problems)")
    for problem in error.problems {
      #expect(!problem.advice.english.isEmpty && !problem.advice.chinese.isEmpty)
    }
  }

  @Test(arguments: ["independent", "gamma"])
  func `a correlation without a normal factor is refused`(dependence: String) throws {
    let factor =
      dependence == "gamma"
      ? "dependence: gamma\n  variance: 0.5\n  factor: {period: year}" : "dependence: independent"
    let error = try #require(throws: Diagnostics.self) {
      try Self.read(
        "uncertainty: {draws: p.csv}", ["p.csv": Self.posterior],
        changing: (
          "dependence: gaussian\n  assetCorrelation: 0.12\n  factor: {period: year, persistence: 0.3}",
          factor
        ))
    }
    #expect(error.problems.map(\.code) == ["key-without-use"], "\(error.problems)")
  }

  @Test func `without the section nothing is drawn`() throws {
    let scenario = try Self.read("")
    #expect(scenario.uncertainty == nil)
    #expect(scenario.compiled(version: "1").plan.parameterDraws == nil)
  }
}
