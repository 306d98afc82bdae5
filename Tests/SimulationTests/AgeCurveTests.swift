import Foundation
import FundCore
import LossStatistics
import RandomStreams
import TestSupport
import Testing

@testable import Simulation

/// `ageCurve:`, probabilities by months since the start (HISTORY.md §2). Laws are closed forms and
/// quadratures worked out here; what follows the factors is held against `NaiveDefaults` too, in
/// `NaiveSimulationTests`.
@Suite struct AgeCurveTests {
  /// Quiet at first, then six times as risky, then safe, then as given.
  private static let curve = AgeCurve([
    .init(from: 1, factor: 0.5), .init(from: 5, factor: 6), .init(from: 9, factor: 0),
    .init(from: 14, factor: 1),
  ])

  private func draft(_ starts: [Int], term: Int, probability: Double) -> ScenarioDraft {
    let loans = starts.map { start in
      var loan = LoanDraft()
      (loan.start, loan.term, loan.probability) = (start, term, probability)
      return loan
    }
    var draft = ScenarioDraft(horizon: 30, loans: loans)
    draft.timing = .monthly
    draft.ageCurve = Self.curve
    return draft
  }

  /// The multiplier as the list above says it, spelt out.
  private func factor(_ age: Int) -> Double {
    switch age {
    case 1...4: 0.5
    case 5...8: 6
    case 9...13: 0
    default: 1
    }
  }

  /// Expected defaults by month of independent loans: 1 − (1 − p f)^(1/12) of those that are left.
  private func independent(_ draft: ScenarioDraft) -> [Double] {
    var law = [Double](repeating: 0, count: draft.horizon)
    for loan in draft.loans {
      var left = 1.0
      for age in 1...loan.term where (0..<draft.horizon).contains(loan.start + age) {
        let month = loan.start + age
        let annual = min(
          loan.probability * factor(age) * (draft.stress[month] ?? 1), 0.999999)
        let failed = left * (1 - pow(1 - annual, 1.0 / 12))
        law[month] += failed
        left -= failed
      }
    }
    return law
  }

  private func histories(_ draft: ScenarioDraft, trials: Int, seed: UInt64) -> [TrialHistory] {
    simulateTrials(
      draft.plan([FundDraft().plan(for: draft)], trials: trials, seed: seed), Array(0..<trials))
  }

  private func expectClose(_ found: [Double]?, _ law: [Double], within error: Double) throws {
    for (month, pair) in zip(try #require(found), law).enumerated() {
      #expect(abs(pair.0 - pair.1) <= error * max(pair.1, 1e-3), "month \(month): \(pair)")
    }
  }

  @Test func `says a multiplier for every age`() {
    for age in 1...40 { #expect(Self.curve.factor(atAge: age) == factor(age)) }
    #expect(AgeCurve().factor(atAge: 7) == 1 && AgeCurve().isFlat)
    #expect(AgeCurve([.init(from: 5, factor: 3)]).factor(atAge: 4) == 1)
  }

  /// Loans that began before the run are as old as they are; those of one last month have several ages.
  @Test func `is in the law that the self-check expects`() throws {
    var draft = draft([-7, -2, 0, 3, 3, 9, 20], term: 15, probability: 0.12)
    draft.loans[3].term = 9
    draft.stress = [4: 3, 5: 3, 11: 0.5]
    try expectClose(
      draft.defaults.expectation(of: draft.portfolio)?.byMonth, independent(draft), within: 1e-12)
  }

  /// A loan from month 6 to 18, over the factors of two years: 1,000 × 1,000 points against the program's own.
  @Test func `is in the law of dependent loans, by quadrature`() throws {
    var draft = draft([6], term: 12, probability: 0.06)
    draft.factors = FactorModel(dependence: .gaussian, assetCorrelations: [0.3])
    let grid = (0..<1_000).map { normalQuantile((Double($0) + 0.5) / 1_000) }
    // Survival of the first year's months, then of the second's, at each factor.
    func months(_ ages: ClosedRange<Int>, _ factor: Double) -> [Double] {
      var left = 1.0
      var failed: [Double] = []
      for age in ages {
        let annual = 0.06 * self.factor(age)
        let score = annual > 0 ? normalQuantile(annual) : -.infinity
        let chance = normalCumulative((score - 0.3.squareRoot() * factor) / 0.7.squareRoot())
        failed.append(left * (1 - pow(1 - chance, 1.0 / 12)))
        left -= failed[failed.count - 1]
      }
      return failed + [left]
    }
    func means(_ ages: ClosedRange<Int>) -> [Double] {
      let all = grid.map { months(ages, $0) }
      return all[0].indices.map { place in
        all.reduce(0) { $0 + $1[place] } / Double(grid.count)
      }
    }
    let (first, second) = (means(1...5), means(6...12))
    var law = [Double](repeating: 0, count: draft.horizon)
    for age in 1...5 { law[6 + age] = first[age - 1] }
    for age in 6...12 { law[6 + age] = first[5] * second[age - 6] }
    try expectClose(
      draft.defaults.expectation(of: draft.portfolio)?.byMonth, law, within: 2e-3)
  }

  /// Steps divide a year of a loan into runs of unlike probability, some longer than others, at another
  /// month for each start: the first that fails counts, in whatever cell it lies. A right program exceeds
  /// the limit for one seed in 10,000.
  @Test(arguments: [12, 1]) func `is drawn, month by month`(period: Int) {
    let starts = (0..<300).map { [-9, -3, 0, 2, 7][$0 % 5] }
    var draft = draft(starts, term: 20, probability: 0.15)
    draft.factors.periodMonths = period
    draft.stress = [6: 2, 7: 2, 8: 2, 16: 0.5]
    let trials = 200
    var counts = [[Int64]](
      repeating: Array(repeating: 0, count: trials), count: draft.horizon)
    for (trial, history) in histories(draft, trials: trials, seed: 5).enumerated() {
      for item in history.defaults { counts[item.month][trial] += 1 }
    }
    let law = independent(draft)
    let limit = normalQuantile(1 - Chance.falseAlarm / 2 / Double(law.count { $0 > 0 }))
    for (month, expected) in law.enumerated() {
      let moments = Moments(counts[month])
      let least = (expected / Double(trials)).squareRoot()
      #expect(
        abs(moments.mean - expected) <= limit * max(moments.meanError, least),
        "month \(month): \(moments.mean), \(expected)")
    }
  }

  @Test func `passes the self-check of a run, with factors`() throws {
    var draft = draft((0..<200).map { $0 % 14 - 4 }, term: 18, probability: 0.08)
    draft.factors = FactorModel(
      dependence: .gaussian, assetCorrelations: [0.2], persistence: 0.4)
    let result = draft.run([FundDraft()], trials: 2_000, seed: 8)
    let checks = try #require(RiskEstimates(result)?.funds[0].checks)
    #expect(checks.hold && checks.defaultsByMonth.holds == true)
  }

  /// A curve that multiplies by 1 is none, to the bit.
  @Test func `of 1 changes nothing`() {
    var flat = draft((0..<60).map { $0 % 20 - 5 }, term: 14, probability: 0.2)
    flat.factors = FactorModel(dependence: .gaussian, assetCorrelations: [0.2])
    flat.ageCurve = AgeCurve()
    var ones = flat
    ones.ageCurve = AgeCurve([.init(from: 1, factor: 1)])
    let (first, second) = (
      histories(flat, trials: 50, seed: 3), histories(ones, trials: 50, seed: 3)
    )
    #expect(first.map { $0.defaults.map(\.month) } == second.map { $0.defaults.map(\.month) })
    #expect(first.map { $0.defaults.map(\.loan) } == second.map { $0.defaults.map(\.loan) })
  }
}
