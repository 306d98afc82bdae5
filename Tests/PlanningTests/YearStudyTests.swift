import CompensationKernel
import FundCore
import LossStatistics
import Planning
import ScenarioInput
import Simulation
import TestSupport
import Testing

/// Runs trials again on two threads.
struct TwoThreads: StudyRepeats {
  func years(_ plan: SimulationPlan) throws -> YearlyTrials {
    guard let years = simulateYears(plan, fundCount: plan.funds.count, threads: 2) else {
      throw StudyStopped()
    }
    return years
  }

  func division(
    _ plan: SimulationPlan, by groupings: [LoanGrouping], from result: SimulationResult
  ) throws -> [DividedFund] {
    let study = ContributionStudy(
      plan, fundCount: plan.funds.count, groupings: groupings, threads: 2)
    guard let divided = study.divided(from: result) else { throw StudyStopped() }
    return divided
  }
}

/// Figures of years and of groups in studies.
@Suite struct YearStudyTests {
  private static func comparison(_ settings: [String], text: String = StudyFixture.text) throws
    -> Comparison
  {
    let folder = try TemporaryFolder()
    var request = StudyRequest(
      scenarios: [try folder.write("scenario.yaml", text)], choices: ScenarioChoices())
    request.settings = try settings.map { try VariedSetting($0, option: "--set") }
    var study = VariantStudy(try request.variants())
    study.detail.years = .usual
    study.detail.traits = Set(LoanTrait.allCases)
    return Comparison(
      try study.result(version: "test", simulate: StudyFixture.run, repeats: TwoThreads()))
  }

  private static let sizes = Result { try comparison(["funds.1.initial=100万,1600万"]) }

  private func value(_ word: String, _ row: StudyRow) throws -> FigureValue {
    let figure = try #require(StudyFigure(word: word, thresholds: []))
    return try #require(row.value(figure), "\(word)")
  }

  // All 300 trials of the fixture are among those of the years: the years sum to the run, trial by trial, and so do
  // the means as the trials give them (controls sharpen both where they help, and not alike).
  @Test func `years sum to the run, in value and in difference`() throws {
    let comparison = try Self.sizes.get()
    let rows = comparison.study.rows
    for row in rows {
      let paid = row.result.column(.compensation).reduce(0, +)
      let years = try ["2024", "2025", "2026"].map {
        try value("\($0).compensation", row)
      }
      let plain = years.allSatisfy { $0.method == .plain }
      let error = plain ? 1e-6 : 0.2 * (years.compactMap(\.standardError).max() ?? 0) * 3
      let sum = years.reduce(0) { $0 + $1.value }
      #expect(abs(sum - Double(paid) / 100 / 300) <= max(error, 1e-6) * max(1, 1e-6 * sum))
    }
    let figure = try #require(StudyFigure(word: "run.compensation", thresholds: []))
    let years = try #require(rows[1].difference(figure, from: rows[0]))
    let plain = PairedDifference.sample(
      rows[1].result.column(.compensation), minus: rows[0].result.column(.compensation)
    ).mean.divided(by: 100)
    #expect(abs(years.difference.value - plain.value) < 1e-6)
    #expect((years.difference.standardError == nil) == (plain.standardError == nil))
    #expect(
      abs((years.difference.standardError ?? 0) - (plain.standardError ?? 0)) < 1e-6)
    #expect(years.difference.value > 0)
  }

  /// Dalian has no threshold: what a year owes does not hang on what the fund holds.
  @Test
  func `a larger fund needs no more in any year, and nothing of the first year more than it lacks`()
    throws
  {
    let rows = try Self.sizes.get().study.rows
    for year in ["2024", "2025", "2026"] {
      for figure in ["budget.q95", "budget", "needsMoney"] {
        let both = try rows.map { try value("\(year).\(figure)", $0).value }
        #expect(both[1] <= both[0], "\(year).\(figure)")
      }
    }
    // What begins with 15 million less needs as much more at most.
    let first = try rows.map { try value("2024.budget.q95", $0).value }
    #expect(first[0] - first[1] <= 15_000_000 && first[0] > 0)
  }

  @Test func `what is the same differs in no figure of years, and in no group`() throws {
    let comparison = try Self.comparison(["seed=11,0011"])
    let item = try #require(comparison.differences.first)
    #expect(item.years.count > 30 && item.contributions.count > 30)
    for difference in item.years + item.contributions {
      #expect(
        difference.verdict == .identical && difference.difference.value == 0,
        "\(difference.figure.word)")
    }
    #expect(comparison.testedCounts == [0, 0, 0])
  }

  /// Needed capital does not hang on the initial amount under Dalian; compensation does.
  @Test func `groups' differences sum to those of the fund, trait by trait`() throws {
    let comparison = try Self.sizes.get()
    let (rows, item) = (comparison.study.rows, try #require(comparison.differences.first))
    let total = PairedDifference.sample(
      rows[1].result.column(.compensation), minus: rows[0].result.column(.compensation)
    ).mean.divided(by: 100)
    for trait in [LoanTrait.bank, .grade, .size, .cohort] {
      func parts(_ figure: ContributionFigure) -> [FigureDifference] {
        item.contributions.filter {
          if case .contribution(let part) = $0.figure {
            part.by == trait && part.figure == figure
          } else {
            false
          }
        }
      }
      let means = parts(.compensationMean)
      #expect(means.count > 1)
      let sum = means.reduce(0) { $0 + $1.difference.value }
      #expect(abs(sum - total.value) < 1, "\(trait)")
      #expect(parts(.capitalBeyond95).allSatisfy { $0.verdict == .identical }, "\(trait)")
    }
  }

  /// Loans of grade B alone default: its part is the whole, and so is the error of its difference.
  @Test func `the difference of a group that bears all is that of the fund`() throws {
    let text = StudyFixture.text.replacing(
      "grades: {A: 3%, B: 8%}", with: "grades: {A: 0%, B: 30%}")
    let comparison = try Self.comparison(["defaults.grades.B=30%,50%"], text: text)
    let (rows, item) = (comparison.study.rows, try #require(comparison.differences.first))
    let whole = PairedDifference.sample(
      rows[1].result.column(.compensation), minus: rows[0].result.column(.compensation)
    ).mean.divided(by: 100)
    let part = try #require(
      item.contributions.first {
        $0.figure.word == "contributions.grade.B.compensationMean"
      }
    ).difference
    #expect(abs(part.value - whole.value) < 1)
    let errors = try [part, whole].map { try #require($0.standardError) }
    #expect(abs(errors[0] - errors[1]) < 1e-3 * errors[1])
  }

  @Test func `every name is read back as itself, and others are refused with the nearest`() throws {
    let text = StudyFixture.text + "\nlimits: {leverage: 10, claimRate: 5%}\ndiscountRate: 3%\n"
    let scenario = try StudyFixture.scenario(text)
    let names = FigureNames([Variant(name: "", settings: [], outcome: .success(scenario))])
    #expect(Set(names.all).count == names.all.count && names.all.count > 300)
    for name in names.all {
      #expect(try names.figure(named: name).word == name)
    }
    for (wrong, near) in [
      ("2026.budgt.q95", "2026.budget.q95"), ("2031.budget", "2024.budget"),
      ("contributions.grade.Z.compensationMean", "contributions.grade.A.compensationMean"),
      ("2026.budget.q42", "2026.budget"), ("2026.limits.lossRate.atEnd", "limits.lossRate"),
    ] {
      do throws(Diagnostics) {
        _ = try names.figure(named: wrong)
        Issue.record("\(wrong) was taken")
      } catch {
        let text = error.description(in: .english)
        #expect(text.contains(near), "\(text)")
        #expect(text.contains("list` prints all names") || wrong.contains("limits"))
      }
    }
  }

  @Test func `a size is told with what its years need`() throws {
    let scenario = try StudyFixture.scenario()
    let names = FigureNames([Variant(name: "", settings: [], outcome: .success(scenario))])
    var sizes = try SizeStudy(
      scenario, version: "test", levels: [.percent(90), .percent(95)], months: [36],
      simulate: StudyFixture.run)
    let figures = try ["exhaustion", "2024.budget.q95", "contributions.grade.B.compensationMean"]
      .map { try names.figure(named: $0) }
    try sizes.tell(scenario, figures, simulate: StudyFixture.run, repeats: TwoThreads())
    #expect(sizes.rows.count == 2)
    for (item, row) in zip(sizes.requirements, sizes.rows) {
      // As many trials survive as the size was found by.
      let exhaustion = try #require(row.value(.exhaustion)).value
      #expect(abs(exhaustion - (1 - Double(item.survivors) / 300)) < 1e-12)
      #expect(figures.allSatisfy { row.value($0) != nil })
      #expect(row.years?.fund.periods(.calendar).count == 3)
    }
    let needs = try sizes.rows.map { try value("2024.budget.q95", $0).value }
    #expect(needs[1] <= needs[0])
  }
}
