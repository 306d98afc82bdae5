import CompensationKernel
import FundCore
import RandomStreams
import Simulation
import TestSupport

extension SeededWords {
  /// A scenario with a handful of risky loans of every kind.
  mutating func scenario(loanCount: Int = 30) -> ScenarioDraft {
    let horizon = Int.random(in: 14...40, using: &self)
    let banks = Int.random(in: 1...3, using: &self)
    let sectors = Int.random(in: 1...3, using: &self)
    var draft = ScenarioDraft(
      horizon: horizon,
      loans: (0..<loanCount).map { _ in loan(horizon, banks: banks, sectors: sectors) })
    draft.bankCount = banks
    draft.firstMonth = CivilMonth(ordinal: 2024 * 12 + Int.random(in: 0..<12, using: &self))
    draft.timing = Bool.random(using: &self) ? .maturity : .monthly
    draft.factors = factors(sectors: sectors)
    if Bool.random(using: &self) { draft.stress = [13: 2, 14: 2, 15: 0.5] }
    if draft.timing == .monthly, horizon % 2 == 0 {
      draft.ageCurve = AgeCurve([.init(from: 4, factor: 2), .init(from: 9, factor: 0.5)])
    }
    draft.recovery = RecoveryModel(
      part: .fixed([0, 0.3, 0.555, 1][Int.random(in: 0..<4, using: &self)]),
      lag: 1...Int.random(in: 1...9, using: &self),
      costs: .percent([0, 7, 30][Int.random(in: 0..<3, using: &self)]),
      writeOffMonths: Bool.random(using: &self) ? nil : Int.random(in: 0...8, using: &self))
    return draft
  }

  private mutating func loan(_ horizon: Int, banks: Int, sectors: Int) -> LoanDraft {
    var loan = LoanDraft()
    loan.start = Int.random(in: -6..<horizon, using: &self)
    loan.term = Int.random(in: max(1, -loan.start)...14, using: &self)
    loan.principal = Int64.random(in: 1_000...3_000_000, using: &self)
    loan.ipPrincipal = Bool.random(using: &self) ? nil : loan.principal * 3 / 7
    loan.isPledged = Int.random(in: 0..<6, using: &self) > 0
    loan.rate = 43_500
    loan.bank = Int.random(in: 0..<banks, using: &self)
    loan.enterprise = Int.random(in: 0..<15, using: &self)
    loan.isAmortizing = Int.random(in: 0..<3, using: &self) == 0
    loan.sector = Int.random(in: 0..<sectors, using: &self)
    loan.model = UInt8(Int.random(in: 0..<3, using: &self))
    loan.probability = [0, 0.05, 0.2, 0.5, 0.9][Int.random(in: 0..<5, using: &self)]
    return loan
  }

  private mutating func factors(sectors: Int) -> FactorModel {
    let period = Bool.random(using: &self) ? 12 : 1
    // Student t and gamma are rarer: their tables take longest to make.
    let dependence: Dependence =
      switch Int.random(in: 0..<8, using: &self) {
      case 0, 1: .independent
      case 2: .gamma(variance: 0.8)
      case 3: .studentT(degreesOfFreedom: 4)
      default: .gaussian
      }
    switch dependence {
    case .independent, .gamma:
      return FactorModel(
        dependence: dependence, assetCorrelations: Array(repeating: 0, count: sectors),
        periodMonths: period)
    case .gaussian, .studentT:
      return FactorModel(
        dependence: dependence, assetCorrelations: Array([0.1, 0.3, 0.2].prefix(sectors)),
        sectorCorrelation: 0.4, persistence: Bool.random(using: &self) ? 0 : 0.7,
        periodMonths: period)
    }
  }

  /// A fund of one payer and one account, or one for each bank.
  mutating func fund(for draft: ScenarioDraft) -> FundDraft {
    var fund = FundDraft()
    let total = draft.loans.reduce(0) { $0 + $1.principal }
    fund.opening = Money(fen: Int64.random(in: 0...total / 3, using: &self))
    fund.payers = [
      PayerTerms(
        party: .fund, share: .percent(Int64.random(in: 10...100, using: &self)),
        isCapped: Bool.random(using: &self))
    ]
    fund.caps = (0..<draft.horizon).map { $0 < 12 ? 300_000 : 600_000 }
    fund.interestRate =
      [.zero, .percent(2), Ratio(millionths: 14_400)][
        Int.random(in: 0..<3, using: &self)]
    if Bool.random(using: &self) { fund.injections = [7: Money(fen: 123_457), 13: .yuan(900)] }
    if Bool.random(using: &self) { fund.yearlyFee = Money(fen: 33_333) }
    if draft.bankCount > 1, Bool.random(using: &self) {
      fund.partition =
        draft.bankCount == 2
        ? [.percent(35), .percent(65)]
        : [Ratio(millionths: 333_333), .percent(40), Ratio(millionths: 266_667)]
    }
    fund.unpaidWaits = Int.random(in: 0..<3, using: &self) == 0
    fund.lastDefaultMonth = Bool.random(using: &self) ? .max : draft.horizon * 2 / 3
    fund.earlierDefaultRemovesCover = Bool.random(using: &self)
    fund.delay = Int.random(in: 0...3, using: &self)
    fund.countsInterest = Bool.random(using: &self)
    fund.penaltyRate = Bool.random(using: &self) ? nil : 65_250
    fund.thresholds = (0..<Int.random(in: 0...3, using: &self)).map { threshold("t\($0)") }
    return fund
  }

  /// A fund of any kind: several payers, any division of recoveries, a pool of two accounts.
  mutating func anyFund(for draft: ScenarioDraft) -> FundDraft {
    var fund = fund(for: draft)
    fund.rounding = RoundingRule.allCases[Int.random(in: 0..<2, using: &self)]
    fund.keepsLoanModels = Bool.random(using: &self)
    let others = [PartyPlace.province, .guarantor, .insurer].prefix(
      Int.random(in: 0...2, using: &self))
    for party in others {
      fund.payers.insert(
        PayerTerms(
          party: party, share: .percent(Int64.random(in: 0...40, using: &self)),
          base: Bool.random(using: &self) ? .wholeLoss : .remaining,
          isCapped: Bool.random(using: &self)),
        at: Int.random(in: 0...fund.payers.count, using: &self))
    }
    fund.recovery = RecoveryTerms(
      basis: [.nominalShare, .shareBorne, .fixedRate(.percent(35))][
        Int.random(in: 0..<3, using: &self)],
      isLimitedToPaid: Bool.random(using: &self), isNetOfCosts: Bool.random(using: &self),
      stopsAtLossBase: Bool.random(using: &self))
    if fund.partition.isEmpty, Bool.random(using: &self) {
      fund.accounts = .socialFirst(
        refundShare: .percent(Int64.random(in: 0...100, using: &self)),
        lagMonths: Int.random(in: 0...3, using: &self))
    }
    return fund
  }

  /// A fund of one account with thresholds on compensation alone, large enough for most trials.
  mutating func plainFund(for draft: ScenarioDraft) -> FundDraft {
    var fund = fund(for: draft)
    fund.partition = []
    fund.unpaidWaits = false
    fund.opening = Money(fen: fund.opening.fen * 2)
    fund.thresholds = (0..<Int.random(in: 0...3, using: &self)).map {
      let drawn = threshold("t\($0)")
      return ThresholdTerms(
        id: drawn.id,
        ratio: .init(
          Bool.random(using: &self) ? .compensationOwed : .compensationPaid,
          Bool.random(using: &self) ? .disbursed : .outstanding, drawn.measure), level: drawn.level,
        effect: Bool.random(using: &self) ? .warning : drawn.effect,
        watch: .init(drawn.watched, minimumDisbursed: drawn.minimumDisbursed),
        resumesAfterMonths: drawn.resumesAfterMonths,
        customers: drawn.customers)
    }
    return fund
  }

  /// By what a fund's cost is reckoned: a rate, and perhaps a premium of the insurer.
  mutating func costs() -> CostTerms {
    let payer = CostTerms.Payer.allCases[Int.random(in: 0..<3, using: &self)]
    return CostTerms(
      discountRate: [.zero, .percent(3), .percent(21)][Int.random(in: 0..<3, using: &self)],
      premiums: Bool.random(using: &self)
        ? []
        : [
          CostTerms.Premium(
            party: .fund, rate: Ratio(millionths: 12_345), paidBy: payer,
            subsidy: payer == .fund ? .zero : .percent(30))
        ])
  }

  /// A rule of filling up whose limits bind at times.
  mutating func fillUp(of fund: FundDraft) -> FillUpRule {
    let amount = max(Money(fen: 101), fund.opening)
    func limit(_ low: Int64, _ high: Int64) -> Money? {
      Bool.random(using: &self)
        ? nil : Money(fen: amount.fen * Int64.random(in: low...high, using: &self) / 100)
    }
    return FillUpRule(
      to: Money(fen: amount.fen * Int64.random(in: 20...150, using: &self) / 100),
      at: FillUpTime.allCases[Int.random(in: 0..<3, using: &self)],
      atMostAYear: limit(5, 80), inAll: limit(10, 200))
  }

  /// A threshold whose suspension or pause keeps banks from lending, mostly.
  ///
  /// - Parameter plain: Whether it counts compensation alone, of the bank's whole lending.
  mutating func stoppingThreshold(_ id: String, plain: Bool) -> ThresholdTerms {
    while true {
      var terms = threshold(id)
      guard !plain || terms.numerator.countsCompensation && terms.denominator != .covered else {
        continue
      }
      terms.afterSuspension =
        LendingAfterSuspension.allCases[Int.random(in: 0..<3, using: &self)]
      if terms.effect != .warning, terms.afterSuspension == .lendsOn,
        Int.random(in: 0..<3, using: &self) > 0
      {
        terms.afterSuspension = .stops
      }
      return terms
    }
  }

  /// A threshold of any kind that the programmes or their readings know.
  mutating func threshold(_ id: String) -> ThresholdTerms {
    let effect = ThresholdEffect.allCases[Int.random(in: 0..<3, using: &self)]
    let numerator = RatioNumerator.allCases[Int.random(in: 0..<5, using: &self)]
    // Overdue principal is measured against what was disbursed (Hi-tech Zone, Art. 11).
    let denominator =
      numerator.countsCompensation
      ? RatioDenominator.allCases[Int.random(in: 0..<3, using: &self)] : .disbursed
    let customers = CustomerRule(
      earlierLoan: Bool.random(using: &self) ? .any : .running,
      lender: Bool.random(using: &self) ? .sameBank : .programme,
      noticeLagMonths: Int.random(in: 0...2, using: &self))
    var terms = ThresholdTerms(
      id: id,
      ratio: .init(
        numerator, denominator,
        numerator.countsCompensation
          ? LoanMeasure.allCases[Int.random(in: 0..<2, using: &self)] : .ipPart),
      level: .percent(Int64.random(in: 1...12, using: &self)), effect: effect,
      watch: .init(
        WatchTime.allCases[max(0, Int.random(in: -3..<4, using: &self))],
        minimumDisbursed: Bool.random(using: &self) ? .zero : .yuan(60_000)),
      resumesAfterMonths: Bool.random(using: &self) ? nil : Int.random(in: 1...7, using: &self),
      customers: effect == .suspendNewCustomers ? customers : nil)
    if numerator.countsCompensation, Bool.random(using: &self) { terms.lending = .all }
    return terms
  }
}
