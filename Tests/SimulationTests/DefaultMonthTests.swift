import Foundation
import FundCore
import RandomStreams
import Simulation
import TestSupport
import Testing

/// A loan defaults at its earliest assessment that fails (MODEL.md §3).
///
/// The walk took the first point that it found, and visited the cells of a period by the number of
/// months of a run and its probability: under a stress that changes inside a factor year, months of
/// one part of the year were preferred to earlier months of the other. Totals were right. Every law
/// here is exact (closed form, or quadrature with steps far below what chance shows), or drawn loan by
/// loan by `NaiveDefaults`. A right program exceeds a test's limit for one seed in 10 000.
@Suite struct DefaultMonthTests {
  /// Equal loans of one class.
  private func draft(
    _ count: Int, start: Int, term: Int, probability: Double, horizon: Int = 24
  ) -> ScenarioDraft {
    var loan = LoanDraft()
    (loan.start, loan.term, loan.probability) = (start, term, probability)
    var draft = ScenarioDraft(horizon: horizon, loans: Array(repeating: loan, count: count))
    draft.timing = .monthly
    return draft
  }

  /// The number of defaults of each month, trial by trial, shape `[horizon][trials]`.
  private func counts(_ draft: ScenarioDraft, trials: Int, seed: UInt64) -> [[Int64]] {
    let histories = simulateTrials(
      draft.plan([FundDraft().plan(for: draft)], trials: trials, seed: seed), Array(0..<trials))
    var counts = [[Int64]](repeating: Array(repeating: 0, count: trials), count: draft.horizon)
    for (trial, history) in histories.enumerated() {
      for item in history.defaults { counts[item.month][trial] += 1 }
    }
    return counts
  }

  /// Whether no month lies further from its law than one right program in 10 000 would.
  private func expect(
    _ counts: [[Int64]], loans: Int, law: [Double], _ comment: String = ""
  ) {
    let months = law.count { $0 > 0 }
    let limit = normalQuantile(1 - Chance.falseAlarm / 2 / Double(months))
    for (month, probability) in law.enumerated() {
      let moments = Moments(counts[month])
      let expected = Double(loans) * probability
      // The sample's own spread, and no less than that of independent loans.
      let least = (expected * (1 - probability) / Double(counts[month].count)).squareRoot()
      #expect(
        abs(moments.mean - expected) <= limit * max(moments.meanError, least),
        "month \(month): \(moments.mean), \(expected). \(comment)")
    }
  }

  /// The law of the month of default, given each month's probability if the loan is still there.
  private func law(_ draft: ScenarioDraft, failing: (_ month: Int) -> Double) -> [Double] {
    let loan = draft.loans[0]
    var survival = 1.0
    return (0..<draft.horizon).map { month in
      guard month > loan.start, month <= loan.start + loan.term else { return 0 }
      let failed = survival * failing(month)
      survival -= failed
      return failed
    }
  }

  private func annual(_ draft: ScenarioDraft, _ month: Int) -> Double {
    min(draft.loans[0].probability * (draft.stress[month] ?? 1), 0.999999)
  }

  // MARK: Independent loans

  @Test func `the issue's loans: of 11 months, six times as risky in January to September`() {
    var draft = draft(1_000, start: 0, term: 11, probability: 0.1)
    for month in 0..<9 { draft.stress[month] = 6 }
    let law = law(draft) { 1 - pow(1 - annual(draft, $0), 1.0 / 12) }
    // It was 0.00874: the two months after the stress were visited first.
    #expect(abs(law[9] - 0.00475) < 0.000005)
    expect(counts(draft, trials: 400, seed: 11), loans: 1_000, law: law)
  }

  @Test func `the issue's fund: the third default exhausts it, exactly 3_02 % by month 4`() {
    var draft = draft(20, start: 0, term: 11, probability: 0.1)
    for month in 9..<12 { draft.stress[month] = 6 }
    var fund = FundDraft()
    fund.opening = Money(fen: 200)
    let trials = Chance.trials(20_000, long: 500_000)
    let months = draft.run(fund, trials: trials, seed: 12).column(.exhaustionMonth)
    // Three of twenty that each fail within four months; 1.69 % was found.
    let failed = 1 - pow(0.9, 4.0 / 12)
    let fewer = (0...2).reduce(0.0) { sum, count in
      sum + [1.0, 20, 190][count] * pow(failed, Double(count)) * pow(1 - failed, Double(20 - count))
    }
    #expect(abs(1 - fewer - 0.0302) < 0.00005)
    #expect(
      Chance.allows(months.count { (0...4).contains($0) }, of: trials, probability: 1 - fewer))
  }

  /// Stresses that divide a year in unlike, like, and many parts; terms inside a year and across two.
  @Test(arguments: [
    [0...8], [9...11], [0...2, 6...8], [1...1, 5...5, 9...10], [3...14], [11...12],
  ])
  func `independent loans under any stress, inside a year and across two`(
    stressed: [ClosedRange<Int>]
  ) {
    for (start, term) in [(0, 11), (-1, 12), (5, 12), (-4, 24)] {
      for period in [12, 1] {
        var draft = draft(300, start: start, term: term, probability: 0.12)
        draft.factors.periodMonths = period
        for month in stressed.joined() { draft.stress[month] = 6 }
        let law = law(draft) { 1 - pow(1 - annual(draft, $0), 1.0 / 12) }
        expect(
          counts(draft, trials: 150, seed: 13), loans: 300, law: law,
          "start \(start), term \(term), period \(period)")
      }
    }
  }

  // MARK: Dependent loans

  /// Two factor years straddled: E over the first and, given it, over the second factor, on a grid of
  /// steps of 0.1 in X₀ and in the shock.
  private func straddlingLaw(_ draft: ScenarioDraft) -> [Double] {
    let (correlation, memory) = (draft.factors.assetCorrelations[0], draft.factors.persistence)
    let grid = (-70...70).map { Double($0) / 10 }
    var total = [Double](repeating: 0, count: draft.horizon)
    func failing(_ month: Int, _ factor: Double) -> Double {
      let conditional = normalCumulative(
        (normalQuantile(annual(draft, month)) - correlation.squareRoot() * factor)
          / (1 - correlation).squareRoot())
      return 1 - pow(1 - conditional, 1.0 / 12)
    }
    for first in grid {
      let early = (0..<12).map { failing($0, first) }
      for shock in grid {
        let weight = normalDensity(first) * normalDensity(shock) / 100
        guard weight > 1e-9 else { continue }
        let second = memory * first + (1 - memory * memory).squareRoot() * shock
        let late = law(draft) { $0 < 12 ? early[$0] : failing($0, second) }
        for month in total.indices { total[month] += weight * late[month] }
      }
    }
    return total
  }

  @Test(arguments: [0, 0.8])
  func `gaussian loans that straddle two stressed years, with and without persistence`(
    persistence: Double
  ) {
    var draft = draft(60, start: 3, term: 16, probability: 0.08)
    draft.factors = FactorModel(
      dependence: .gaussian, assetCorrelations: [0.25], persistence: persistence)
    for month in [4, 5, 6, 7, 8, 13, 14, 15] { draft.stress[month] = 5 }
    let trials = Chance.trials(4_000, long: 200_000)
    expect(counts(draft, trials: trials, seed: 14), loans: 60, law: straddlingLaw(draft))
  }

  // MARK: Against draws loan by loan

  /// A scenario with loans of several terms, starts, probabilities and two sectors.
  private func mixed(_ dependence: Dependence, period: Int, persistence: Double) -> ScenarioDraft {
    var words = SeededWords(seed: 15)
    var draft = ScenarioDraft(horizon: 30, loans: [])
    draft.timing = .monthly
    for _ in 0..<60 {
      var loan = LoanDraft()
      loan.start = Int.random(in: -4...14, using: &words)
      loan.term = [5, 9, 12, 18][Int.random(in: 0..<4, using: &words)]
      loan.sector = Int.random(in: 0..<2, using: &words)
      loan.probability = [0.06, 0.15, 0.4][Int.random(in: 0..<3, using: &words)]
      draft.loans.append(loan)
    }
    let usesNormals = [.gaussian, .studentT(degreesOfFreedom: 4)].contains(dependence)
    let correlations = usesNormals ? [0.2, 0.35] : [0, 0]
    draft.factors = FactorModel(
      dependence: dependence, assetCorrelations: correlations, sectorCorrelation: 0.5,
      persistence: persistence, periodMonths: period)
    for month in [2, 3, 4, 9, 10, 16, 17, 18, 19] { draft.stress[month] = 4 }
    draft.stress[12] = 0.25
    return draft
  }

  @Test(arguments: [
    (Dependence.independent, 12, 0.0), (.gaussian, 12, 0), (.gaussian, 1, 0), (.gaussian, 12, 0.7),
    (.gaussian, 1, 0.9), (.studentT(degreesOfFreedom: 4), 12, 0.5), (.gamma(variance: 2), 12, 0),
    (.gamma(variance: 2), 1, 0),
  ])
  func `months agree with draws loan by loan`(
    dependence: Dependence, period: Int, persistence: Double
  ) {
    let draft = mixed(dependence, period: period, persistence: persistence)
    let engine = counts(draft, trials: Chance.trials(4_000, long: 200_000), seed: 16)
    var naive = NaiveDefaults(draft, seed: 17)
    let trials = Chance.trials(2_000, long: 60_000)
    var others = [[Int64]](repeating: Array(repeating: 0, count: trials), count: draft.horizon)
    for trial in 0..<trials {
      for item in naive.trial() { if let item { others[item.month][trial] += 1 } }
    }
    let limit = normalQuantile(1 - Chance.falseAlarm / 2 / Double(draft.horizon))
    for month in 0..<draft.horizon {
      let (first, second) = (Moments(engine[month]), Moments(others[month]))
      let error = hypot(first.meanError, second.meanError)
      #expect(
        abs(first.mean - second.mean) <= limit * error,
        "month \(month): \(first.mean), \(second.mean)")
    }
  }
}
