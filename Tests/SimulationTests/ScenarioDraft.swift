import CompensationKernel
import FundCore
import Simulation

/// A loan of a test; the plainest there is, unless a test says otherwise.
struct LoanDraft {
  var start = -1
  var term = 12
  var principal: Int64 = 100
  var ipPrincipal: Int64?
  /// Whether the collateral is intellectual property.
  var isPledged = true
  var rate: Int32 = 0
  var bank = 0
  /// The enterprise; one of its own if `nil`.
  var enterprise: Int?
  var isAmortizing = false
  /// The place of the operating model.
  var model: UInt8 = 0
  var sector = 0
  var probability = 0.05
  /// The group of loans that draws of the parameters move together.
  var group: Int16 = -1
}

/// A fund of a test: it bears the whole loss, at once, and nothing else happens to it.
struct FundDraft {
  var opening = Money.zero
  var payers = [PayerTerms(party: .fund, share: .one, isCapped: true)]
  var rounding = RoundingRule.halfUp
  var recovery = RecoveryTerms(
    basis: .nominalShare, isLimitedToPaid: false, isNetOfCosts: false, stopsAtLossBase: false)
  var accounts = AccountRule.single
  var interestRate = Ratio.zero
  var injections: [Int: Money] = [:]
  /// Taken in the months 11, 23, ….
  var yearlyFee = Money.zero
  var partition: [Ratio] = []
  var unpaidWaits = false
  /// The covered principal of each loan; the IP-pledged part if `nil`.
  var coveredPrincipal: [Int64]?
  var lastDefaultMonth = Int.max
  var earlierDefaultRemovesCover = false
  var delay = 0
  var penaltyRate: Int64?
  var caps: [Int64] = []
  var countsInterest = false
  var keepsLoanModels = false
  var thresholds: [ThresholdTerms] = []
  /// By what its cost is reckoned; `nil` if it is not.
  var costs: CostTerms?
  var fillUp: FillUpRule?
  /// The most that the fund owes over the whole run, and the losses that the bank bears before it pays; in fen.
  var limit: Int64?
  var firstLoss: Int64?

  func plan(for draft: ScenarioDraft) -> FundPlan {
    let rules = FundPlan.ModelRules(
      rules: ClaimRulesInForce(
        sharing: SharingTerms(payers: payers, rounding: rounding), recovery: recovery,
        accounts: accounts), countsInterest: countsInterest)
    var cash = FundPlan.Cash(
      opening: opening, accounts: accounts, interestRate: interestRate,
      injections: (0..<draft.horizon).map { injections[$0] ?? .zero },
      fees: (0..<draft.horizon).map { $0 % 12 == 11 ? yearlyFee : .zero },
      partition: partition, unpaidWaits: unpaidWaits)
    cash.fillUp = fillUp
    var plan = FundPlan(
      name: "fund", model: keepsLoanModels ? nil : 0, models: [rules, rules, rules],
      cash: cash,
      cover: .init(
        principal: coveredPrincipal ?? draft.loans.map { $0.ipPrincipal ?? $0.principal },
        lastDefaultMonth: lastDefaultMonth,
        earlierDefaultRemovesCover: earlierDefaultRemovesCover),
      claims: .init(delay: delay, penaltyRate: penaltyRate, caps: caps), thresholds: thresholds)
    plan.aggregates = aggregates(for: draft)
    plan.costs = costs
    return plan
  }

  private func aggregates(for draft: ScenarioDraft) -> PlannedAggregates? {
    guard limit != nil || firstLoss != nil else { return nil }
    func terms(_ amount: Int64) -> Cited<AggregateTerms> {
      Cited(
        AggregateTerms(
          id: "l", scope: .fund, period: .programme, level: .amount(Money(fen: amount))),
        Citation(article: "7"))
    }
    var clauses = AggregateClauses()
    clauses.limits = (limit.map { [$0] } ?? []).map(terms)
    clauses.firstLosses = (firstLoss.map { [$0] } ?? []).map(terms)
    let steps = PlannedAggregates.Steps(
      rates: [], sharings: [SharingTerms(payers: payers, rounding: rounding)])
    return PlannedAggregates(
      book: AggregateBook(clauses.rules, bankCount: draft.bankCount),
      years: Array(
        repeating: .init(calendar: 2024, ofLoans: 1, ofClaims: 1), count: draft.horizon),
      steps: [steps, steps, steps], idleSets: [])
  }
}

/// A scenario of a test: loans, a clock, and how loans default.
struct ScenarioDraft {
  var horizon: Int
  var firstMonth = CivilMonth(ordinal: 2024 * 12)
  var loans: [LoanDraft]
  var bankCount = 1
  var factors = FactorModel(dependence: .independent, assetCorrelations: [0])
  var timing = AssessmentTiming.maturity
  var recovery = RecoveryModel(part: .fixed(0), lag: 1...1)
  /// Multipliers of the annual probability; 1 in the other months.
  var stress: [Int: Double] = [:]
  /// Multipliers of the annual probability by age.
  var ageCurve = AgeCurve()

  /// So many equal loans.
  init(horizon: Int, loans: [LoanDraft]) {
    self.horizon = horizon
    self.loans = loans
  }

  var portfolio: PlannedPortfolio {
    var enterprises: [Int32] = []
    var next = Int32((loans.compactMap(\.enterprise).max() ?? -1) + 1)
    for loan in loans {
      enterprises.append(loan.enterprise.map { Int32($0) } ?? next)
      if loan.enterprise == nil { next += 1 }
    }
    return PlannedPortfolio(
      loans: zip(loans, enterprises).map { loan, enterprise in
        var planned = PlannedLoan(
          principal: loan.principal, ipPrincipal: loan.ipPrincipal ?? loan.principal,
          rate: loan.rate, parties: .init(bank: Int32(loan.bank), enterprise: enterprise),
          time: .init(
            start: Int16(loan.start), term: Int16(loan.term), isAmortizing: loan.isAmortizing),
          model: loan.model)
        planned.isIPPledged = planned.isIPPledged && loan.isPledged
        return planned
      }, banks: (0..<bankCount).map { "bank \($0)" }, enterpriseCount: Int(next))
  }

  var defaults: DefaultModel {
    DefaultModel(
      factors: factors, timing: timing, portfolio: portfolio,
      risks: loans.map {
        var risk = LoanRisk(sector: Int16($0.sector), annualProbability: $0.probability)
        risk.group = $0.group
        return risk
      },
      course: ProbabilityCourse(
        stress: (0..<horizon).map { stress[$0] ?? 1 }, ageCurve: ageCurve))
  }

  func plan(_ funds: [FundPlan], trials: Int, seed: UInt64 = 1) -> SimulationPlan {
    SimulationPlan(
      run: .init(seed: seed, trialCount: trials), clock: .init(firstMonth, horizon: horizon),
      portfolio: portfolio,
      model: .init(defaults, recovery), funds: funds)
  }

  /// Runs the funds on one thread, or on as many as there may be.
  func run(_ funds: [FundDraft], trials: Int, seed: UInt64 = 1, threads: Int = 1)
    -> SimulationResult
  {
    simulate(
      plan(funds.map { $0.plan(for: self) }, trials: trials, seed: seed), threads: threads)
  }

  /// Runs one fund.
  func run(_ fund: FundDraft, trials: Int, seed: UInt64 = 1) -> FundResult {
    run([fund], trials: trials, seed: seed).funds[0]
  }
}

extension FundDraft {
  /// A fund that bears a share of the loss, without a cap.
  static func of(share: Ratio, opening: Money = .zero) -> FundDraft {
    var fund = FundDraft()
    fund.opening = opening
    fund.payers = [PayerTerms(party: .fund, share: share)]
    return fund
  }
}

extension ThresholdTerms {
  /// A warning on compensation owed ÷ disbursed.
  static func owed(
    _ level: Ratio, watched: WatchTime = .claims, minimum: Money = .zero
  ) -> ThresholdTerms {
    ThresholdTerms(
      id: "warning", ratio: .init(.compensationOwed, .disbursed, .ipPart), level: level,
      effect: .warning, watch: .init(watched, minimumDisbursed: minimum))
  }
}

/// A whole power.
func power(_ base: Double, _ exponent: Int) -> Double {
  (0..<exponent).reduce(1) { product, _ in product * base }
}

extension LoanDraft {
  /// A loan that defaults in a month: with probability 0.999999, and in the seeds of these tests.
  static func failing(in month: Int, _ principal: Int64) -> LoanDraft {
    var loan = LoanDraft()
    loan.start = month - 12
    loan.principal = principal
    loan.probability = 0.999999
    return loan
  }

  /// A loan that never defaults.
  static func sound(start: Int, term: Int, _ principal: Int64) -> LoanDraft {
    var loan = LoanDraft()
    loan.start = start
    loan.term = term
    loan.principal = principal
    loan.probability = 0
    return loan
  }

  /// The loan of an enterprise.
  func of(_ enterprise: Int) -> LoanDraft {
    var loan = self
    loan.enterprise = enterprise
    return loan
  }
}
