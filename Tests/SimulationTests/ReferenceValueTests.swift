import CompensationKernel
import FundCore
import LossStatistics
import RandomStreams
import Simulation
import Testing

/// MODEL.md §8: exact or published values.
@Suite struct ReferenceValueTests {
  /// The defaults of equal loans that are assessed once, in month 11.
  private func defaults(
    _ count: Int, probability: Double, correlation: Double, trials: Int
  ) -> [Int64] {
    var loan = LoanDraft()
    loan.probability = probability
    var draft = ScenarioDraft(horizon: 12, loans: Array(repeating: loan, count: count))
    draft.factors = FactorModel(dependence: .gaussian, assetCorrelations: [correlation])
    var fund = FundDraft()
    fund.coveredPrincipal = Array(repeating: 0, count: count)
    return draft.run(fund, trials: trials).column(.defaults)
  }

  @Test func `A: defaults of 1000 loans at 5 % and a correlation of 0.2`() {
    let trials = Chance.trials(10_000, long: 1_000_000)
    let values = defaults(1_000, probability: 0.05, correlation: 0.2, trials: trials)
    let moments = Moments(values)
    #expect(moments.hasMean(50))
    #expect(moments.hasDeviation(52.8223841))
    let sample = LossSample(values)
    #expect(sample.allowsQuantile(156, at: .percent(95)))
    #expect(sample.allowsQuantile(251, at: .percent(99)))
    #expect(sample.allowsQuantile(386, at: Level(millionths: 999_000)))
    #expect(sample.allowsShortfall(214.486875, at: .percent(95)))
    #expect(sample.allowsShortfall(309.687635, at: .percent(99)))
    #expect(sample.allowsShortfall(440.587485, at: Level(millionths: 999_000)))
  }

  @Test func `A: without correlation the number of defaults is binomial`() {
    let trials = Chance.trials(4_000, long: 1_000_000)
    let values = defaults(1_000, probability: 0.05, correlation: 0, trials: trials)
    let moments = Moments(values)
    #expect(moments.hasMean(50))
    #expect(moments.hasDeviation((1_000 * 0.05 * 0.95).squareRoot()))
    let sample = LossSample(values)
    #expect(sample.allowsQuantile(67, at: .percent(99)))
    #expect(sample.allowsShortfall(69.2583495, at: .percent(99)))
  }

  @Test func `A: none and ten defaults of 100 loans at 2 % and a correlation of 0.1`() {
    let trials = Chance.trials(15_000, long: 2_000_000)
    let values = defaults(100, probability: 0.02, correlation: 0.1, trials: trials)
    let (none, ten) = (values.count { $0 == 0 }, values.count { $0 == 10 })
    #expect(Chance.allows(none, of: trials, probability: 0.2707168001))
    #expect(Chance.allows(ten, of: trials, probability: 0.0040698801))
  }

  @Test(arguments: [(0.99, 0.2495748246), (0.999, 0.3844224668)])
  func `B: the quantile of the default rate of infinitely many loans`(
    level: Double, rate: Double
  ) {
    // Φ((Φ⁻¹(p) + √ρ Φ⁻¹(α)) / √(1−ρ)), O. Vasicek, Risk 15(12), 2002.
    let argument = normalQuantile(0.05) + 0.2.squareRoot() * normalQuantile(level)
    let computed = normalCumulative(argument / 0.8.squareRoot())
    #expect(abs(computed - rate) <= 5e-11 /* the source prints ten digits */)
  }

  @Test func `C: the years in which a fund of twelve loans' worth runs dry`() {
    let years = [
      4e-8, 0.00016407, 0.00719267, 0.05889962, 0.20351565, 0.42400967, 0.64661451, 0.81364317,
      0.91390374, 0.96449410,
    ]
    var draft = ScenarioDraft(horizon: 120, loans: [])
    for year in 0..<10 {
      var loan = LoanDraft()
      loan.start = year * 12 - 1
      draft.loans += Array(repeating: loan, count: 40)
    }
    var fund = FundDraft()
    fund.opening = Money(fen: 12 * 100)
    let trials = Chance.trials(2_500, long: 1_000_000)
    let months = draft.run(fund, trials: trials).column(.exhaustionMonth)
    #expect(months.allSatisfy { $0 == -1 || $0 % 12 == 11 })
    for (year, probability) in years.enumerated() {
      let count = months.count { $0 >= 0 && $0 <= year * 12 + 11 }
      #expect(Chance.allows(count, of: trials, probability: probability))
    }
  }

  @Test func `D: twenty defaults of 200 loans warn a bank`() {
    var loan = LoanDraft()
    loan.start = 0
    loan.probability = 0.06
    let draft = ScenarioDraft(horizon: 24, loans: Array(repeating: loan, count: 200))
    var fund = FundDraft.of(share: .percent(30))
    fund.delay = 2
    fund.thresholds = [
      .owed(.percent(3), watched: .claims), .owed(.percent(3), watched: .yearEnds),
    ]
    let trials = Chance.trials(8_000, long: 2_000_000)
    let result = draft.run(fund, trials: trials)
    let atClaims = result.firstBreaches(threshold: 0, slot: 0)
    let atYearEnd = result.firstBreaches(threshold: 1, slot: 0)
    #expect(Chance.allows(atYearEnd.count { $0 == 23 }, of: trials, probability: 0.01793497))
    // All claims fall in month 14, and nothing changes from then on.
    #expect(zip(atClaims, atYearEnd).allSatisfy { ($0 == 14) == ($1 == 23) })
    #expect(atClaims.allSatisfy { $0 == 14 || $0 == -1 })
  }

  @Test func `D: a ratio watched from the first loan on is reached far more often`() {
    var draft = ScenarioDraft(horizon: 400, loans: [])
    var loan = LoanDraft()
    loan.term = 1
    loan.probability = 1 - power(0.97, 12)
    for start in stride(from: 0, to: 400, by: 2) {
      loan.start = start
      draft.loans.append(loan)
    }
    var fund = FundDraft.of(share: .percent(30))
    fund.thresholds = [
      .owed(.percent(3)), .owed(.percent(3), minimum: Money(fen: 50 * loan.principal)),
    ]
    let trials = Chance.trials(1_000, long: 1_000_000)
    let result = draft.run(fund, trials: trials)
    let ever = { result.firstBreaches(threshold: $0, slot: 0).count { $0 >= 0 } }
    #expect(Chance.allows(ever(0), of: trials, probability: 0.29999995))
    #expect(Chance.allows(ever(1), of: trials, probability: 0.02014678))
  }
}
