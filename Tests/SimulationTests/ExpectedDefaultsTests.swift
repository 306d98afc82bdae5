import Foundation
import FundCore
import LossStatistics
import RandomStreams
import TestSupport
import Testing

@testable import Simulation

/// What the self-checks hold the simulated defaults against: expected defaults by month.
@Suite struct ExpectedDefaultsTests {
  private func draft(
    _ count: Int, start: Int, term: Int, probability: Double, horizon: Int = 30
  ) -> ScenarioDraft {
    var loan = LoanDraft()
    (loan.start, loan.term, loan.probability) = (start, term, probability)
    var draft = ScenarioDraft(horizon: horizon, loans: Array(repeating: loan, count: count))
    draft.timing = .monthly
    return draft
  }

  private func expected(_ draft: ScenarioDraft) -> [Double]? {
    draft.defaults.expectation(of: draft.portfolio)?.byMonth
  }

  private func checks(_ draft: ScenarioDraft, trials: Int, seed: UInt64) throws -> SelfChecks {
    let result = draft.run([FundDraft()], trials: trials, seed: seed)
    return try #require(RiskEstimates(result)?.funds[0].checks)
  }

  /// The mean over many even values of u of what a loan does each month, given its factors of each
  /// period: another rule than the program's, with ten times the points.
  private func mean(
    _ draft: ScenarioDraft, periods: Int, points: Int, conditional: (Double, [Double]) -> Double
  ) -> [Double] {
    let loan = draft.loans[0]
    var total = [Double](repeating: 0, count: draft.horizon)
    let grid = (0..<points).map { (Double($0) + 0.5) / Double(points) }
    func follow(_ factors: [Double], weight: Double) {
      if factors.count < periods {
        for u in grid { follow(factors + [u], weight: weight / Double(points)) }
        return
      }
      var left = 1.0
      for month in max(0, loan.start + 1)..<min(draft.horizon, loan.start + loan.term + 1) {
        let annual = min(loan.probability * (draft.stress[month] ?? 1), 0.999999)
        let failed = 1 - pow(1 - conditional(annual, [factors[month / 12]]), 1.0 / 12)
        total[month] += weight * left * failed
        left *= 1 - failed
      }
    }
    follow([], weight: 1)
    return total
  }

  private func expectClose(_ found: [Double]?, _ law: [Double], within error: Double) {
    guard let found else {
      Issue.record("not computed")
      return
    }
    for (month, pair) in zip(found, law).enumerated() {
      #expect(abs(pair.0 - pair.1) <= error * max(pair.1, 1e-3), "month \(month): \(pair)")
    }
  }

  @Test func `independent: the closed form, month by month`() {
    var draft = draft(1, start: 3, term: 17, probability: 0.2)
    for month in [4, 5, 13, 14] { draft.stress[month] = 3 }
    var left = 1.0
    let law = (0..<draft.horizon).map { month in
      guard (4...20).contains(month) else { return 0.0 }
      let failed = left * (1 - pow(1 - 0.2 * (draft.stress[month] ?? 1), 1.0 / 12))
      left -= failed
      return failed
    }
    expectClose(expected(draft), law, within: 1e-12)
  }

  /// A month without risk was cut at 1/0, its expected number no number, and the self-check of a right
  /// run false.
  @Test(arguments: [0.1, 1, 20])
  func `gamma: months that a stress of nothing makes safe`(variance: Double) throws {
    var draft = draft(40, start: 2, term: 12, probability: 0.9)
    draft.factors = FactorModel(dependence: .gamma(variance: variance), assetCorrelations: [0])
    for month in 5...8 { draft.stress[month] = 0 }
    let found = try #require(expected(draft))
    #expect(found.allSatisfy { $0.isFinite })
    for month in 5...8 { #expect(found[month] == 0) }
    #expect(found[4] > 0 && found[9] > 0)
    let checks = try checks(draft, trials: 200, seed: 3)
    #expect(checks.hold && checks.defaultsByMonth.holds == true)
    for month in 0..<30 { draft.stress[month] = 0 }
    #expect(expected(draft)?.allSatisfy { $0 == 0 } == true)
  }

  /// With ν = 2, t⁻¹(0.999999) is 707: whatever W and X, a month of such a year fails. SciPy: 0.99988
  /// of the loans fail in their first month under the stress (correlation 0.6, ν = 4).
  @Test func `student t: who is all but certain to fail in a year fails in its first month`() throws
  {
    var draft = draft(1, start: 14, term: 13, probability: 0.9)
    draft.factors = FactorModel(
      dependence: .studentT(degreesOfFreedom: 4), assetCorrelations: [0.6])
    draft.stress[15] = 1000
    let found = try #require(expected(draft))
    #expect(abs(found[15] - 0.99988498) <= 5e-6)
  }

  @Test func `gaussian: a loan that straddles two years`() {
    var draft = draft(1, start: 6, term: 12, probability: 0.06)
    draft.factors = FactorModel(dependence: .gaussian, assetCorrelations: [0.3])
    draft.stress = [9: 4, 10: 4]
    let law = mean(draft, periods: 2, points: 1_000) { probability, factor in
      normalCumulative(
        (normalQuantile(probability) - 0.3.squareRoot() * normalQuantile(factor[0]))
          / 0.7.squareRoot())
    }
    expectClose(expected(draft), law, within: 2e-3)
  }

  /// The total was null. E over X₀ and the shock, on even steps of 0.05.
  @Test(arguments: [0.5, 0.95]) func `gaussian with persistence: two years`(persistence: Double) {
    var draft = draft(1, start: -1, term: 24, probability: 0.06)
    draft.factors = FactorModel(
      dependence: .gaussian, assetCorrelations: [0.3], persistence: persistence)
    let grid = (-140...140).map { Double($0) / 20 }
    var second = 0.0
    for first in grid {
      let survival = 1 - conditional(first)
      for shock in grid {
        let factor = persistence * first + (1 - persistence * persistence).squareRoot() * shock
        second +=
          normalDensity(first) * normalDensity(shock) / 400 * survival * conditional(factor)
      }
    }
    let found = expected(draft)?[12..<24].reduce(0, +) ?? 0
    #expect(abs(found - second) < 1e-6, "\(found), \(second)")
    func conditional(_ factor: Double) -> Double {
      normalCumulative((normalQuantile(0.06) - 0.3.squareRoot() * factor) / 0.7.squareRoot())
    }
  }

  /// The cut min(1, hG) was left out: variance 4 with PD 10 % printed `hold: false, −6.6` for a right
  /// run.
  @Test(arguments: [(4.0, 0.1), (0.5, 0.6), (25, 0.02)])
  func `gamma, once at maturity: E of min(1, hG)`(variance: Double, probability: Double) {
    let points = 200_000
    let law = (0..<points).reduce(0.0) { sum, number in
      let u = (Double(number) + 0.5) / Double(points)
      return sum
        + min(1, probability * variance * gammaQuantile(u, shape: 1 / variance)) / Double(points)
    }
    #expect(abs(expectedCut(probability, variance: variance) - law) < 2e-5)
    #expect(law < probability)
  }

  @Test func `gamma by month, with the cut`() {
    var draft = draft(1, start: 2, term: 15, probability: 0.1)
    draft.factors = FactorModel(dependence: .gamma(variance: 4), assetCorrelations: [0])
    draft.stress = [7: 5, 8: 5, 14: 3]
    let quantiles = (0..<20_000).map { gammaQuantile((Double($0) + 0.5) / 20_000, shape: 0.25) * 4 }
    // Two periods, independent of each other: what is left of the first, times the second.
    func failed(_ probability: Double, _ factor: Double) -> Double {
      1 - pow(1 - min(1, probability * factor), 1.0 / 12)
    }
    var law = [Double](repeating: 0, count: draft.horizon)
    var entering = 1.0
    for months in [3..<12, 12..<18] {
      var leaving = 0.0
      for factor in quantiles {
        var left = 1.0 / 20_000
        for month in months {
          let gone = left * failed(0.1 * (draft.stress[month] ?? 1), factor)
          law[month] += entering * gone
          left -= gone
        }
        leaving += left
      }
      entering *= leaving
    }
    expectClose(expected(draft), law, within: 3e-3)
  }

  @Test func `Student t, within a year, against draws of the factors`() {
    var draft = draft(1, start: -1, term: 12, probability: 0.1)
    draft.factors = FactorModel(
      dependence: .studentT(degreesOfFreedom: 4), assetCorrelations: [0.2])
    // A copula keeps the annual probability.
    let total = expected(draft)?.reduce(0, +) ?? 0
    #expect(abs(total - 0.1) < 1e-6, "\(total)")
  }

  /// One right program in a million would fail the months, one in 10 000 the total: of these 120 runs
  /// one in 80 suites.
  @Test func `right runs hold, whatever the model`() throws {
    var words = SeededWords(seed: 20)
    for seed in 0..<120 {
      let draft = words.scenario(loanCount: 40)
      let checks = try checks(draft, trials: 300, seed: UInt64(seed))
      #expect(checks.defaultsByMonth.holds == true, "\(seed): \(checks.defaultsByMonth.largest!)")
      #expect(abs(checks.defaultsDeviation ?? 0) <= 3.9, "\(seed): \(checks.defaultsDeviation!)")
      #expect(checks.expectedDefaults != nil)
    }
  }

  /// Where a default is seldom expected in all trials together, one that happens is no alarm.
  @Test func `right runs with next to no defaults hold`() throws {
    var draft = draft(5, start: 0, term: 3, probability: 0.0001)
    draft.loans.append(draft.loans[0])
    draft.loans[5].start = 8
    var happened = 0
    for seed in 0..<300 {
      let checks = try checks(draft, trials: 200, seed: UInt64(seed))
      happened += checks.simulatedDefaults.value > 0 ? 1 : 0
      #expect(checks.hold, "\(seed): \(checks.defaultsByMonth.largest!)")
    }
    #expect(happened > 0)
  }

  /// What the walk did before: 84 % too many in month 9, all else in proportion too few.
  @Test func `defaults in the wrong months are seen, though their total is right`() throws {
    var draft = draft(1_000, start: 0, term: 11, probability: 0.1, horizon: 12)
    for month in 0..<9 { draft.stress[month] = 6 }
    let law = try #require(draft.defaults.expectation(of: draft.portfolio))
    let trials = 50.0
    func check(_ byMonth: [Double]) -> DefaultMonthsCheck {
      var sums = DefaultMonths(horizon: 12)
      for (month, mean) in byMonth.enumerated() {
        sums.counts[month] = Int128((mean * trials).rounded())
        // As many more as a variance of the mean gives.
        sums.squares[month] = Int128(((mean * mean + mean) * trials).rounded())
      }
      return DefaultMonthsCheck(sums, expected: law, trialCount: Int(trials))
    }
    #expect(check(law.byMonth).holds == true)
    var wrong = law.byMonth
    wrong[9] = 8.74
    let rest = law.total - wrong[9]
    let right = law.total - law.byMonth[9]
    for month in 0..<12 where month != 9 { wrong[month] *= rest / right }
    #expect(check(wrong).holds == false)
    // A default in a month in which no loan is assessed.
    var early = law.byMonth
    early[0] = 1
    #expect(check(early).holds == false)
  }

  /// Three trials with 2, 0 and 3 defaults in month 1, and 1 in month 4: 5 and 1 in all, squares 13 and 1.
  /// What thinning dropped is among their places, and counts for no month.
  @Test func `a trial's defaults are counted by month, and nothing of it is left for the next`() {
    let memory = WorkingMemory()
    let block = BlockDefaults(horizon: 6, in: memory)
    var sums = DefaultMonths(horizon: 6)
    for months: [Int16] in [[1, 1], [4], [1, 1, 1]] {
      for month in months { block.note(month: month) }
      // What thinning dropped has the first month.
      block.note(month: 0)
      block.endTrial(dropped: 1)
    }
    block.finish(into: &sums)
    #expect(sums.counts == [0, 5, 0, 0, 1, 0] && sums.squares == [0, 13, 0, 0, 1, 0])
    withExtendedLifetime(memory) {}
  }

  @Test func `too many unlike loans are not compared, and say so`() throws {
    var draft = draft(0, start: 0, term: 24, probability: 0.1)
    draft.loans = (0..<4_000).map { number in
      var loan = LoanDraft()
      (loan.start, loan.term, loan.probability) = (0, 24, 0.01 + Double(number) * 1e-6)
      return loan
    }
    draft.factors = FactorModel(
      dependence: .studentT(degreesOfFreedom: 5), assetCorrelations: [0.2], persistence: 0.5)
    let checks = try checks(draft, trials: 3, seed: 1)
    #expect(checks.defaultsByMonth.holds == nil && checks.defaultsByMonth.missing != nil)
    #expect(checks.expectedDefaults == nil && checks.hold)
  }
}
