import CompensationKernel
import FundCore
import LossStatistics
import Simulation
import TestSupport
import Testing

/// What a fund costs, and whom: DECISIONS "What it costs, and whom".
@Suite struct CostTests {
  /// A loan of 10,000 yuan that fails in month 12 and is claimed in month 18, and a sound one of 6,000 yuan that is repaid in
  /// twelve equal parts from month 6 on.
  private static let draft: ScenarioDraft = {
    var sound = LoanDraft.sound(start: 6, term: 12, 600_000)
    sound.isAmortizing = true
    var draft = ScenarioDraft(horizon: 36, loans: [.failing(in: 12, 1_000_000), sound])
    draft.recovery = RecoveryModel(part: .fixed(0.3), lag: 6...6)
    return draft
  }()

  /// The fund bears 50 %, the insurer 20 %, the bank 30 %. At 21 % a year six months are worth 10 ÷ 11.
  private static func fund(_ premiums: [CostTerms.Premium] = []) -> FundPlan {
    var fund = FundDraft.of(share: .percent(50), opening: .yuan(100_000))
    fund.payers.append(PayerTerms(party: .insurer, share: .percent(20)))
    fund.delay = 6
    fund.costs = CostTerms(discountRate: .percent(21), premiums: premiums)
    var plan = fund.plan(for: draft)
    plan.cash.fees[6] = Money(fen: 10_000)
    plan.cash.fees[30] = Money(fen: 20_000)
    return plan
  }

  private static func run(_ fund: FundPlan) -> FundResult {
    simulate(draft.plan([fund], trials: 20), threads: 1).funds[0]
  }

  /// Its other figures are in the table of checks (`CostChecks`): a net present value of 294,714.72 fen.
  @Test func `what stands of a certain schedule is discounted to the fen`() {
    let result = Self.run(Self.fund())
    // The one stands for 12 + 6 month ends, the other for 600,000 + 550,000 + … + 50,000.
    var sum = 0.0
    for month in 0..<18 {
      let sound = month < 6 ? 0 : 600_000 - 50_000 * (month - 6)
      sum += Double(1_000_000 + sound) / power(Self.sixthRoot, month)
    }
    let discounted = result.column(.discountedPrincipalYears)[0]
    #expect(abs(Double(discounted) - sum / 12) <= 0.51)
  }

  /// 1.1 to the power of a sixth.
  private static let sixthRoot = 1.016011867773387

  @Test(arguments: [CostTerms.Payer.bank, .fund])
  func `a premium that the fund pays is among its outlays`(payer: CostTerms.Payer) {
    let premium = CostTerms.Premium(party: .insurer, rate: .percent(2), paidBy: payer)
    let result = Self.run(Self.fund([premium]))
    // What the fund pays is discounted where it is told as its outlays.
    let extra = result.column(.netPresentValue)[0] - 294_715
    #expect(payer == .fund ? (25_000..<36_500).contains(extra) : extra == 0)
  }

  // MARK: Laws

  /// Over random funds and trials, claim by claim or by totals.
  @Test(arguments: 0..<UInt64(6))
  func `costs are divided to the fen, and premiums only change hands`(seed: UInt64) {
    var words = SeededWords(seed: 4_400 + seed)
    let draft = words.scenario(loanCount: 40)
    var fund = words.anyFund(for: draft)
    fund.costs = words.costs()
    let result = simulate(draft.plan([fund.plan(for: draft)], trials: 30, seed: seed), threads: 1)
      .funds[0]
    let losses =
      result.parties.map { result.column(.loss($0)) } + [
        result.column(.lossOutsideCover), result.column(.fees),
      ]
    let costs = (result.parties.map(\.name) + [OutcomeColumn.borrowers]).map { result.cost(of: $0) }
    for trial in 0..<30 {
      #expect(
        costs.reduce(0) { $0 + $1[trial] } == losses.reduce(0) { $0 + $1[trial] })
    }
  }

  /// What stands, counted loan by loan and month by month.
  @Test(arguments: 0..<UInt64(8))
  func `what stands is the schedule less what defaulted and was claimed`(seed: UInt64) {
    var words = SeededWords(seed: 7_700 + seed)
    let draft = words.scenario(loanCount: 40)
    var fund = words.fund(for: draft)
    fund.thresholds = []
    fund.costs = CostTerms(discountRate: .zero)
    let plan = draft.plan([fund.plan(for: draft)], trials: 12, seed: seed)
    let result = simulate(plan, threads: 1).funds[0]
    let histories = simulateTrials(plan, Array(0..<12))
    for (trial, history) in histories.enumerated() {
      let naive = Self.standing(plan, history, delay: fund.delay)
      #expect(result.column(.principalYears)[trial] == (2 * naive.months + 12) / 24)
      #expect(result.column(.coveredLending)[trial] == naive.lent)
      #expect(
        result.column(.netPresentValue)[trial]
          == result.column(.compensation)[trial] + result.column(.fees)[trial]
          - result.column(.returned)[trial])
    }
  }

  private static func standing(
    _ plan: SimulationPlan, _ history: TrialHistory, delay: Int
  ) -> (months: Int64, lent: Int64) {
    let (fund, loans) = (plan.funds[0], plan.portfolio.loans)
    var failed: [Int: Int] = [:]
    for event in history.defaults { failed[event.loan] = event.month }
    let last = fund.cover.lastDefaultMonth
    var sums: (months: Int64, lent: Int64) = (0, 0)
    for (index, loan) in loans.enumerated() where Int(loan.start) < plan.horizon {
      let isLost =
        fund.cover.earlierDefaultRemovesCover
        && failed.contains {
          loans[$0.key].enterprise == loan.enterprise && $0.value < Int(loan.start)
        }
      let covered = isLost ? 0 : fund.cover.principal[index]
      func part(_ month: Int) -> Int64 {
        let (whole, rest) = (loan.outstanding(in: month) * covered)
          .quotientAndRemainder(dividingBy: loan.principal)
        return whole + (2 * rest >= loan.principal ? 1 : 0)
      }
      sums.lent += part(0)
      let failure = failed[index] ?? .max
      for month in max(0, Int(loan.start))..<plan.horizon {
        if month < failure {
          let isInForce = last >= plan.horizon - 1 || month + 1 <= last
          if month < Int(loan.start) + Int(loan.term), isInForce { sums.months += part(month + 1) }
        } else if month < failure + delay, failure <= last {
          sums.months += part(failure)
        }
      }
    }
    return sums
  }

  // MARK: Breaking even

  private static let risky: ScenarioDraft = {
    var words = SeededWords(seed: 31)
    var draft = ScenarioDraft(horizon: 36, loans: [])
    for index in 0..<120 {
      var loan = LoanDraft()
      loan.start = index % 24
      loan.term = index % 3 == 0 ? 6 : 12
      loan.principal = 1_000_000 + Int64.random(in: 0...999_999, using: &words)
      loan.isAmortizing = index % 5 == 0
      loan.probability = 0.04
      draft.loans.append(loan)
    }
    draft.factors = FactorModel(dependence: .gaussian, assetCorrelations: [0.15])
    draft.timing = .monthly
    draft.recovery = RecoveryModel(part: .fixed(0.35), lag: 3...9)
    return draft
  }()

  private static func run(fee: Ratio, seed: UInt64) -> SimulationResult {
    var fund = FundDraft.of(share: .percent(50), opening: .yuan(400_000))
    fund.payers.append(PayerTerms(party: .insurer, share: .percent(20)))
    fund.delay = 2
    fund.yearlyFee = .yuan(500)
    fund.costs = CostTerms(
      discountRate: .percent(4),
      premiums: fee == .zero ? [] : [.init(party: .fund, rate: fee, paidBy: .borrower)])
    return risky.run([fund], trials: 4_000, seed: seed)
  }

  /// On the same draws to the fen; on those of another seed within 3.9 standard errors (one false alarm in 10,000).
  @Test func `at the break-even fee the mean outlays are nothing`() throws {
    let result = Self.run(fee: .zero, seed: 5)
    let cost = try #require(RiskEstimates(result)?.funds[0].cost)
    let fee = try #require(cost.breakEvenFee)
    // Outlays and principal-years are sharpened by the same controls, and so is their ratio: to the fen.
    #expect(
      abs(cost.netPresentValue.mean.value - fee.value * cost.discountedPrincipalYears.value) < 0.01)
    let years = result.funds[0].column(.discountedPrincipalYears).reduce(0, +)
    let rate = Ratio(millionths: Int64((fee.value * 1e6).rounded()))
    // Half a millionth is what the rate is rounded by.
    let rounding = 0.5e-6 * Double(years) / 4_000 / 100
    for seed: UInt64 in [5, 6] {
      let mean = try #require(
        RiskEstimates(Self.run(fee: rate, seed: seed))?.funds[0].cost?.netPresentValue.mean)
      let error = try #require(mean.standardError)
      #expect(abs(mean.value) < (seed == 5 ? 0.01 : 3.9 * error) + rounding)
    }
  }

  /// The insurer's premium, found with one seed, on the losses of another.
  @Test func `the error of a rate holds on other draws`() throws {
    let rates = try [5, 6].map { (seed: UInt64) -> Estimate in
      let cost = try #require(RiskEstimates(Self.run(fee: .zero, seed: seed))?.funds[0].cost)
      return try #require(cost.premiums[0].breakEven)
    }
    let errors = try rates.map { try #require($0.standardError) }
    let error = (errors[0] * errors[0] + errors[1] * errors[1]).squareRoot()
    #expect(abs(rates[0].value - rates[1].value) < 3.9 * error)
    #expect(error < 0.1 * rates[0].value)
  }
}
