import CompensationKernel
import FundCore
import ResultFacts
import Simulation

@testable import Reporting

/// Two funds on three loans of a million yuan that all default, worked by hand.
///
/// Loans of the banks 甲银行, 甲银行 and Bank B run out in the months 2, 4 and 6 and fail with
/// 99.9999 %; the claims come two months later, and 400 000 yuan each two months after that. The
/// fund bears half and gets half of what is recovered. In thousands of yuan:
///
///     month   large fund            small fund
///     start            1200                  450
///         4   −500      700         −450        0   50 unpaid
///         6   +200−500  400         +200−200    0   300 unpaid
///         8   +200−500  100         +200−200    0   300 unpaid
///        10   +200      300         +200      200
///
/// Needed, backwards: 0, −200 → 0, +500−200 = 300, +500−200 = 600, +500 = 1100.
enum Fixture {
  static let trialCount = 1_000

  static let result = simulate(plan, threads: 1)

  static let plan: SimulationPlan = {
    let loans = [(-10, 0), (-8, 0), (-6, 1)].enumerated().map { index, loan in
      PlannedLoan(
        principal: 100_000_000, ipPrincipal: 100_000_000, rate: 0,
        parties: .init(bank: Int32(loan.1), enterprise: Int32(index)),
        time: .init(start: Int16(loan.0), term: 12, isAmortizing: false), model: 0)
    }
    let portfolio = PlannedPortfolio(loans: loans, banks: ["甲银行", "Bank B"], enterpriseCount: 3)
    let defaults = DefaultModel(
      factors: FactorModel(dependence: .independent, assetCorrelations: [0]), timing: .maturity,
      portfolio: portfolio,
      risks: loans.map { _ in LoanRisk(sector: 0, annualProbability: 0.999_999) },
      course: ProbabilityCourse(stress: Array(repeating: 1, count: 12)))
    return SimulationPlan(
      run: .init(seed: 1, trialCount: trialCount),
      clock: .init(CivilMonth(ordinal: 2024 * 12), horizon: 12), portfolio: portfolio,
      model: .init(defaults, RecoveryModel(part: .fixed(0.4), lag: 2...2)),
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
      id: "warning", ratio: .init(.compensationOwed, .disbursed, .wholeLoan), level: .percent(20),
      effect: .warning, watch: .init(.claims, minimumDisbursed: .zero))
    let nothing = Array(repeating: Money.zero, count: 12)
    return FundPlan(
      name: name, model: 0,
      models: [FundPlan.ModelRules(rules: rules, countsInterest: false), nil, nil],
      cash: FundPlan.Cash(
        opening: opening, accounts: .single, interestRate: .zero, injections: nothing,
        fees: nothing),
      cover: FundPlan.Cover(principal: Array(repeating: 100_000_000, count: 3)),
      claims: FundPlan.Claims(delay: 2), thresholds: [warning])
  }

  static let provenance: Provenance = {
    var provenance = Provenance(
      engine: "1.2.3",
      scenario: Provenance.Scenario(
        title: "Three loans, 三笔贷款", path: "scenarios/three-loans/scenario.yaml", digest: "c0ffee"),
      seed: 1, trials: trialCount,
      portfolio: PortfolioDescription(
        source: .init(same: "tape.csv"), loans: 3, banks: 2, enterprises: 3,
        lent: .yuan(3_000_000)))
    provenance.portfolio.setAside = [
      CountedReason(reason: .init(en: "no start date", zh: "缺放款月份"), count: 1_234)
    ]
    provenance.programmes = [
      ProgrammeReference(
        id: "jiangzhou", title: .init(same: "江州市风险补偿办法"),
        check: .on(CivilMonth(ordinal: 2024 * 12).middle))
    ]
    provenance.model = [
      LabelledText(
        .init(en: "defaults", zh: "违约"),
        .init(en: "independent, assessed at maturity", zh: "相互独立，到期时评估"))
    ]
    provenance.overrides = [
      ParameterOverride(
        scope: "jiangzhou", parameter: "fund.share", original: "40%", value: "50%",
        reason: .init(same: "to have round figures"))
    ]
    provenance.readings = [
      ChosenReading(
        scope: "jiangzhou", interpretation: "I-16", name: "literal",
        text: .init(en: "from the first loan on", zh: "自首笔贷款起"))
    ]
    provenance.assumptions = [.init(en: "every borrower is registered", zh: "借款企业均已登记")]
    provenance.warnings = [.init(en: "only three loans", zh: "只有三笔贷款")]
    return provenance
  }()

  static let funds = plan.funds.map { fund in
    var description = FundDescription(
      name: fund.name, programme: "jiangzhou", programmeTitle: .init(same: "江州市风险补偿办法"),
      operatingModel: "bank", initial: fund.cash.opening)
    description.claimDelayMonths = 2
    description.shares = [
      ShareDescription(
        party: .init(en: "fund", zh: "基金"), share: .init(same: "50%"),
        citation: Citation(article: "4")),
      ShareDescription(
        party: .init(en: "bank", zh: "银行"), share: .init(en: "the rest", zh: "其余"),
        citation: Citation(article: "5")),
    ]
    description.terms = [
      LabelledText(.init(en: "cap", zh: "上限"), .init(en: "none", zh: "无"))
    ]
    var threshold = ThresholdDescription(
      id: "warning", level: "20%", effect: "warning", article: Citation(article: "9"),
      ratio: .init(en: "compensation owed ÷ disbursed", zh: "应付补偿 ÷ 贷款发放额"))
    threshold.reading = .init(en: "at every claim", zh: "每次索赔时")
    description.thresholds = [threshold]
    description.coverage = CoverageSummary(
      coveredCount: 3, coveredAmount: .yuan(3_000_000),
      leftOut: [
        CoverageSummary.LeftOut(
          condition: .init(en: "a patent is pledged", zh: "质押专利权"),
          article: Citation(article: "2").words, count: 0, amount: .zero)
      ])
    return description
  }

  /// The report; `nil` only if the fixture itself is broken.
  static let report = RiskEstimates(result).map {
    RiskReport($0, provenance: provenance, funds: funds)
  }
}
