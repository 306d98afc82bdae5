import FundCore
import Simulation
import Testing

/// The laws of default counts under each kind of dependence, against numerical integration with
/// scipy 1.17.1. h is the unconditional probability, C(h) the conditional one of MODEL.md §3;
/// `E[f]` is the integral of f over the factors (Gauss–Hermite × Gauss–Laguerre, confirmed by
/// nested `scipy.integrate.quad`).
@Suite struct DependenceTests {
  private func defaults(
    _ count: Int, probability: Double, _ factors: FactorModel, trials: Int
  ) -> [Int64] {
    var loan = LoanDraft()
    loan.probability = probability
    var draft = ScenarioDraft(horizon: 12, loans: Array(repeating: loan, count: count))
    draft.factors = factors
    var fund = FundDraft()
    fund.coveredPrincipal = Array(repeating: 0, count: count)
    return draft.run(fund, trials: trials, seed: 5).column(.defaults)
  }

  /// N = 200, h = 4 %, ρ = 0.15, ν = 5; D given the factors is binomial (N, C).
  ///
  ///     C = norm.cdf((t.ppf(h, nu)*sqrt(w/nu) - sqrt(rho)*x) / sqrt(1-rho))
  ///     SD = sqrt(N*h + N*(N-1)*E[C**2] - (N*h)**2), P0 = E[(1-C)**N], E[binom.sf(39, N, C)]
  @Test func `Student t: mean, spread and tail of the number of defaults`() {
    let trials = Chance.trials(12_000, long: 1_000_000)
    let values = defaults(
      200, probability: 0.04,
      FactorModel(dependence: .studentT(degreesOfFreedom: 5), assetCorrelations: [0.15]),
      trials: trials)
    #expect(Moments(values).hasMean(8))
    // E[C²] = 0.0060037838.
    #expect(Moments(values).hasDeviation(13.5259231))
    #expect(
      Chance.allows(values.count { $0 == 0 }, of: trials, probability: 0.2962704899))
    #expect(
      Chance.allows(values.count { $0 >= 40 }, of: trials, probability: 0.0404331449))
  }

  /// N = 200, h = 4 %, σ² = 1.5: C = min(1, h*G), G = gamma(1/1.5, scale=1.5).
  @Test func `gamma: mean, spread and tail of the number of defaults`() {
    let trials = Chance.trials(8_000, long: 1_000_000)
    let values = defaults(
      200, probability: 0.04,
      FactorModel(dependence: .gamma(variance: 1.5), assetCorrelations: [0]), trials: trials)
    // E[C²] = h²(1 + σ²) = 0.004: SD = √(8 + 39 800 · 0.004 − 64).
    #expect(Moments(values).hasMean(8))
    #expect(Moments(values).hasDeviation(10.1587401))
    #expect(
      Chance.allows(values.count { $0 == 0 }, of: trials, probability: 0.1804447453))
    #expect(
      Chance.allows(values.count { $0 >= 40 }, of: trials, probability: 0.0188499728))
  }

  /// 2,000 loans with h = 40 % and 2,000 with 38 %: a sum of two binomials, of mean 1,560 and variance
  /// 480 + 471.2. The walk takes five blocks of points, and thins those of the second half.
  @Test func `independent loans by the thousand: mean and spread of two binomials`() {
    var draft = ScenarioDraft(
      horizon: 12,
      loans: (0..<4_000).map { index in
        var loan = LoanDraft()
        loan.probability = index < 2_000 ? 0.4 : 0.38
        return loan
      })
    draft.factors = FactorModel(dependence: .independent, assetCorrelations: [0])
    var fund = FundDraft()
    fund.coveredPrincipal = Array(repeating: 0, count: 4_000)
    let values = draft.run(fund, trials: Chance.trials(4_000, long: 100_000), seed: 5)
      .column(.defaults)
    #expect(Moments(values).hasMean(1_560))
    #expect(Moments(values).hasDeviation(30.8415304))
  }

  /// N = 100, h = 30 %, σ² = 2: G exceeds 1/h in 6.8 % of the trials, in which all loans fail.
  @Test func `gamma: a conditional probability is cut at one, and the mean falls by it`() {
    let trials = Chance.trials(3_000, long: 500_000)
    let values = defaults(
      100, probability: 0.3,
      FactorModel(dependence: .gamma(variance: 2), assetCorrelations: [0]), trials: trials)
    #expect(Moments(values).hasMean(26.4980101))
    #expect(Moments(values).hasDeviation(30.5837824))
    #expect(
      Chance.allows(values.count { $0 == 100 }, of: trials, probability: 0.0692808641))
  }

  /// 100 loans at 5 % (ρ₁ = 0.2) and 100 at 8 % (ρ₂ = 0.3), c = 0.5: two loans of unlike sectors
  /// fail together with probability Φ₂(Φ⁻¹(.05), Φ⁻¹(.08); √(ρ₁ρ₂)·c) = 0.0061516516.
  @Test func `sectors: defaults of two sectors are tied by their correlation`() {
    var draft = ScenarioDraft(horizon: 12, loans: [])
    for (sector, probability) in [0.05, 0.08].enumerated() {
      var loan = LoanDraft()
      loan.sector = sector
      loan.probability = probability
      draft.loans += Array(repeating: loan, count: 100)
    }
    draft.factors = FactorModel(
      dependence: .gaussian, assetCorrelations: [0.2, 0.3], sectorCorrelation: 0.5)
    #expect(pairs(draft, trials: 2_500).hasMean(0.0061516516 * 10_000))
  }

  /// Loans at 5 % of the years 1 and 2, or 1 and 3; ρ = 0.2, φ = 0.6:
  /// Φ₂(Φ⁻¹(.05), Φ⁻¹(.05); ρφ) = 0.0039926551 and with ρφ² 0.0033423894.
  @Test(arguments: [(12, 0.0039926551), (24, 0.0033423894)])
  func `persistence: defaults of two years are tied by powers of φ`(
    later: Int, joint: Double
  ) {
    var draft = ScenarioDraft(horizon: 36, loans: [])
    for start in [-1, later - 1] {
      var loan = LoanDraft()
      loan.start = start
      draft.loans += Array(repeating: loan, count: 100)
    }
    draft.factors = FactorModel(
      dependence: .gaussian, assetCorrelations: [0.2], persistence: 0.6)
    #expect(pairs(draft, trials: 2_500).hasMean(joint * 10_000))
  }

  /// The number of pairs of a default among the first and one among the second 100 loans.
  private func pairs(_ draft: ScenarioDraft, trials: Int) -> Moments {
    let funds = [0..<100, 100..<200].map { range in
      var fund = FundDraft()
      fund.opening = .yuan(1_000)
      fund.coveredPrincipal = draft.loans.indices.map { range.contains($0) ? 100 : 0 }
      return fund
    }
    let counts = draft.run(funds, trials: Chance.trials(trials, long: 500_000), seed: 8).funds.map {
      $0.column(.compensation).map { $0 / 100 }
    }
    return Moments(zip(counts[0], counts[1]).map { $0 * $1 })
  }

  @Test func `stress multiplies the annual probability of the assessed month`() {
    var loan = LoanDraft()
    loan.probability = 0.04
    var draft = ScenarioDraft(horizon: 12, loans: Array(repeating: loan, count: 100))
    draft.stress = [11: 2.5]
    #expect(Moments(draft.run(FundDraft(), trials: 4_000).column(.defaults)).hasMean(10))
    draft.stress = [10: 2.5]
    #expect(Moments(draft.run(FundDraft(), trials: 4_000).column(.defaults)).hasMean(4))
    draft.stress = [11: 1_000]
    // min(p · factor, 0.999999)
    #expect(draft.run(FundDraft(), trials: 100).column(.defaults).allSatisfy { $0 >= 99 })
  }
}
