import CompensationKernel
import Foundation
import FundCore
import ResultFacts
import Simulation

@testable import PartialResults

/// A small run whose trials differ: forty loans of three banks, two funds.
enum SmallRun {
  static let trialCount = 101

  static let plan: SimulationPlan = {
    let loans = (0..<40).map { (index: Int) -> PlannedLoan in
      let principal: Int64 = 100_000_000 + Int64(index) * 1_234_567
      let start = Int16(index % 12 - 4)
      return PlannedLoan(
        principal: principal, ipPrincipal: 100_000_000, rate: 0,
        parties: .init(bank: Int32(index % 3), enterprise: Int32(index)),
        time: .init(start: start, term: 6, isAmortizing: false), model: 0)
    }
    let portfolio = PlannedPortfolio(
      loans: loans, banks: ["甲银行", "Bank B", "C"], enterpriseCount: loans.count)
    let defaults = DefaultModel(
      factors: FactorModel(dependence: .independent, assetCorrelations: [0]), timing: .maturity,
      portfolio: portfolio,
      risks: loans.map { _ in LoanRisk(sector: 0, annualProbability: 0.1) },
      course: ProbabilityCourse(stress: Array(repeating: 1, count: 16)))
    return SimulationPlan(
      run: .init(seed: 5, trialCount: trialCount),
      clock: .init(CivilMonth(ordinal: 2024 * 12), horizon: 16),
      portfolio: portfolio, model: .init(defaults, RecoveryModel(part: .fixed(0.4), lag: 2...4)),
      funds: [fund("large", .yuan(1_200_000)), fund("small, 小", .yuan(450_000))])
  }()

  private static func fund(_ name: String, _ opening: Money) -> FundPlan {
    let half = PayerTerms(party: .fund, share: .percent(50))
    let rules = ClaimRulesInForce(
      sharing: SharingTerms(payers: [half], rounding: .halfUp),
      recovery: RecoveryTerms(
        basis: .fixedRate(.percent(50)), isLimitedToPaid: false, isNetOfCosts: false,
        stopsAtLossBase: false),
      accounts: .single)
    let warning = ThresholdTerms(
      id: "warning", ratio: .init(.compensationOwed, .disbursed, .wholeLoan), level: .percent(5),
      effect: .warning, watch: .init(.claims, minimumDisbursed: .zero))
    let nothing = Array(repeating: Money.zero, count: 16)
    var plan = FundPlan(
      name: name, model: 0,
      models: [FundPlan.ModelRules(rules: rules, countsInterest: false), nil, nil],
      cash: FundPlan.Cash(
        opening: opening, accounts: .single, interestRate: .zero, injections: nothing,
        fees: nothing),
      cover: FundPlan.Cover(principal: Array(repeating: 100_000_000, count: 40)),
      claims: FundPlan.Claims(delay: 2), thresholds: [warning])
    plan.costs = CostTerms(
      discountRate: .percent(3),
      premiums: [.init(party: .fund, rate: .percent(1), paidBy: .borrower, subsidy: .percent(50))])
    return plan
  }

  static let words: RunWords = {
    let provenance = Provenance(
      engine: "1.2.3",
      scenario: Provenance.Scenario(title: "小 small", path: "s.yaml", digest: "c0ffee"),
      seed: 5, trials: trialCount,
      portfolio: PortfolioDescription(
        source: .init(same: "tape.csv"), loans: 40, banks: 3, enterprises: 40,
        lent: .yuan(40_000_000)))
    let funds = plan.funds.map { fund in
      var description = FundDescription(
        name: fund.name, programme: "jiangzhou", programmeTitle: .init(same: "江州市风险补偿办法"),
        operatingModel: "bank", initial: fund.cash.opening)
      description.claimDelayMonths = 2
      var threshold = ThresholdDescription(
        id: "warning", level: "5%", effect: "warning", article: Citation(article: "9"),
        ratio: .init(en: "compensation owed ÷ disbursed", zh: "应付补偿 ÷ 贷款发放额"))
      threshold.reading = .init(en: "at every claim", zh: "每次索赔时")
      description.thresholds = [threshold]
      return description
    }
    return RunWords(provenance: provenance, funds: funds, otherReadings: [])
  }()

  /// The bytes of a part.
  static func part(_ shard: Shard, plan: SimulationPlan = plan) -> [UInt8] {
    let identity = RunIdentity(words.provenance, shard: shard)
    let result = simulate(plan, trials: shard.trials(of: trialCount), threads: 1)
    return identity.part(of: result, words: words)
  }
}

/// SplitMix64, for tests that must be the same each time.
struct SeededWords: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mix = state
    mix = (mix ^ (mix >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mix = (mix ^ (mix >> 27)) &* 0x94D0_49BB_1331_11EB
    return mix ^ (mix >> 31)
  }
}
