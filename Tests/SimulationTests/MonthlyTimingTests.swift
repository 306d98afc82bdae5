import Foundation
import FundCore
import Simulation
import Testing

/// `timing: monthly` against closed forms (MODEL.md §3).
@Suite struct MonthlyTimingTests {
  private func draft(_ count: Int, start: Int, term: Int, probability: Double) -> ScenarioDraft {
    var loan = LoanDraft()
    loan.start = start
    loan.term = term
    loan.probability = probability
    var draft = ScenarioDraft(horizon: 24, loans: Array(repeating: loan, count: count))
    draft.timing = .monthly
    return draft
  }

  private func defaults(_ draft: ScenarioDraft, trials: Int) -> [Int64] {
    var fund = FundDraft()
    fund.coveredPrincipal = Array(repeating: 0, count: draft.loans.count)
    return draft.run(fund, trials: trials, seed: 2).column(.defaults)
  }

  @Test(arguments: [(1, 0), (5, 3), (12, -1), (12, 7), (17, 2)])
  func `independent: a term of m months fails with 1 − (1−p)^(m/12)`(term: Int, start: Int) {
    let values = defaults(draft(100, start: start, term: term, probability: 0.2), trials: 2_000)
    let expected = 100 * (1 - pow(0.8, Double(term) / 12))
    #expect(Moments(values).hasMean(expected))
    #expect(Moments(values).hasDeviation((expected * (1 - expected / 100)).squareRoot()))
  }

  /// Reference values A hold for monthly assessments too, because the conditional annual
  /// probability is spread over the months of one year.
  @Test func `a loan within one factor year keeps its probability and its correlation`() {
    var draft = draft(100, start: -1, term: 12, probability: 0.02)
    draft.factors = FactorModel(dependence: .gaussian, assetCorrelations: [0.1])
    let trials = Chance.trials(10_000, long: 1_000_000)
    let values = defaults(draft, trials: trials)
    #expect(Moments(values).hasMean(2))
    #expect(Chance.allows(values.count { $0 == 0 }, of: trials, probability: 0.2707168001))
    #expect(Chance.allows(values.count { $0 == 10 }, of: trials, probability: 0.0040698801))
  }

  @Test func `1000 loans within one factor year have the spread of reference A`() {
    var draft = draft(1_000, start: 11, term: 12, probability: 0.05)
    draft.factors = FactorModel(dependence: .gaussian, assetCorrelations: [0.2])
    let values = defaults(draft, trials: Chance.trials(4_000, long: 400_000))
    #expect(Moments(values).hasMean(50))
    #expect(Moments(values).hasDeviation(52.8223841))
  }

  /// p = 5 %, ρ = 0.2. With e(k) = E[(1−C)^(k/12)], X standard normal (Gauss–Hermite, 200 points,
  /// scipy): three months of one year 1 − e(3); six months of each of two years 1 − e(6)²; a
  /// factor a month 1 − e(1)¹².
  @Test(arguments: [(2, 3, 12, 0.0130492521), (5, 12, 12, 0.0507788204), (-1, 12, 1, 0.0514606915)])
  func `part of a year, two half years, and twelve factors have their own probabilities`(
    start: Int, term: Int, periodMonths: Int, probability: Double
  ) {
    var draft = draft(100, start: start, term: term, probability: 0.05)
    draft.factors = FactorModel(
      dependence: .gaussian, assetCorrelations: [0.2], periodMonths: periodMonths)
    let values = defaults(draft, trials: Chance.trials(3_000, long: 2_000_000))
    #expect(Moments(values).hasMean(100 * probability))
  }

  @Test func `defaults of a year are spread evenly over its months`() {
    let draft = draft(200, start: -1, term: 12, probability: 0.3)
    let trials = 500
    let counts = monthlyCounts(draft, trials: trials)
    let total = Double(200 * trials)
    for month in 0..<12 {
      let expected = pow(0.7, Double(month) / 12) - pow(0.7, Double(month + 1) / 12)
      let error = (expected * (1 - expected) * total).squareRoot()
      #expect(abs(Double(counts[month]) - expected * total) <= Chance.limit * error)
    }
    #expect(counts[12...].allSatisfy { $0 == 0 })
  }

  /// The defaults of each month over all trials, read off the mean flows of a fund that pays one
  /// yuan for each.
  private func monthlyCounts(_ draft: ScenarioDraft, trials: Int) -> [Int] {
    var fund = FundDraft()
    fund.opening = .yuan(10_000)
    let result = draft.run(fund, trials: trials)
    return (0..<draft.horizon).map {
      Int((result.meanFlows(month: $0).paid * Double(trials)).rounded())
    }
  }

  @Test func `a loan that runs at the start keeps the months that are left`() {
    // Term 12 from month −7: assessed in the months 0 … 5.
    let values = defaults(draft(100, start: -7, term: 12, probability: 0.3), trials: 2_000)
    #expect(Moments(values).hasMean(100 * (1 - pow(0.7, 0.5))))
  }

  @Test func `a loan fails once`() {
    let values = defaults(draft(30, start: -1, term: 24, probability: 0.999999), trials: 50)
    #expect(values.allSatisfy { $0 == 30 })
  }

  @Test func `months of stress raise the probability of their part of the year`() {
    var draft = draft(100, start: -1, term: 12, probability: 0.1)
    for month in 0..<6 { draft.stress[month] = 2 }
    let values = defaults(draft, trials: 3_000)
    #expect(Moments(values).hasMean(100 * (1 - pow(0.8, 0.5) * pow(0.9, 0.5))))
  }
}
