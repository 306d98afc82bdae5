import CompensationKernel
import FundCore

/// The funds with which known answers are computed: between them, every clause of the kernel.
enum KnownFunds {
  /// Who pays which share of a loss, by operating model or under the province.
  private static var payers: [[PayerTerms]] {
    [
      [PayerTerms(party: .fund, share: .percent(30), isCapped: true)],
      [
        PayerTerms(party: .fund, share: .percent(40)),
        PayerTerms(party: .guarantor, share: Ratio(millionths: 333_333)),
      ],
      [
        PayerTerms(party: .province, share: .percent(40)),
        PayerTerms(party: .fund, share: .percent(35), base: .remaining, isCapped: true),
      ],
      [
        PayerTerms(party: .fund, share: .percent(20)),
        PayerTerms(party: .insurer, share: Ratio(millionths: 525_000), base: .remaining),
      ],
    ]
  }

  private static var recoveries: [RecoveryTerms] {
    let bases: [RecoveryBasis] = [.nominalShare, .shareBorne, .fixedRate(.percent(30))]
    return (0..<12).map { index in
      RecoveryTerms(
        basis: bases[index % 3], isLimitedToPaid: index % 2 == 0, isNetOfCosts: index % 4 < 2,
        stopsAtLossBase: index / 3 % 2 == 0)
    }
  }

  private static var accounts: [AccountRule] {
    [
      .single, .single, .socialFirst(refundShare: .percent(60), lagMonths: 0),
      .socialFirst(refundShare: .percent(50), lagMonths: 2),
    ]
  }

  /// Twelve rules: every payer list, basis, limit, cost rule and account rule.
  static var rules: [ClaimRulesInForce] {
    let roundings: [RoundingRule] = [.halfUp, .down]
    return recoveries.enumerated().map { index, recovery in
      ClaimRulesInForce(
        sharing: SharingTerms(payers: payers[index % 4], rounding: roundings[index / 4 % 2]),
        recovery: recovery, accounts: accounts[index / 2 % 4])
    }
  }

  /// Funds under some of the rules, counted round and round, with all other clauses in turn.
  static func plans(
    _ places: [Int], for portfolio: PlannedPortfolio, horizon: Int
  ) -> [FundPlan] {
    let rules = Self.rules
    let thresholds = Self.thresholds
    return places.map { place in
      let index = place % rules.count
      let keepsModels = index % 4 == 1
      let inForce = rules[index]
      let models = OperatingModel.allCases.indices.map { place in
        FundPlan.ModelRules(
          rules: keepsModels && place > 0
            ? ClaimRulesInForce(
              sharing: SharingTerms(
                payers: payers[(index + place) % 2], rounding: inForce.sharing.rounding),
              recovery: inForce.recovery, accounts: inForce.accounts) : inForce,
          countsInterest: (index + place) % 2 == 0)
      }
      // A warning, a suspension and a pause each, of all kinds of ratios and times between them.
      let own = (0..<3).map { thresholds[(3 * index + $0) % thresholds.count] }
      return FundPlan(
        name: "\(index)", model: keepsModels ? nil : OperatingModel.allCases[index % 3],
        models: models, cash: cash(of: index, accounts: inForce.accounts, horizon: horizon),
        cover: FundPlan.Cover(
          principal: portfolio.loans.enumerated().map {
            $0.offset % 7 == 6 ? 0 : index % 3 == 0 ? $0.element.principal : $0.element.ipPrincipal
          }, lastDefaultMonth: index % 5 == 4 ? horizon - 4 : .max,
          earlierDefaultRemovesCover: index % 2 == 1),
        claims: FundPlan.Claims(
          delay: index % 4, penaltyRate: index % 3 == 1 ? 180_000 : nil,
          caps: caps(of: index, banks: portfolio.banks.count, horizon: horizon)),
        thresholds: own)
    }
  }

  private static func cash(of index: Int, accounts: AccountRule, horizon: Int) -> FundPlan.Cash {
    var isSingle = false
    if case .single = accounts { isSingle = true }
    return FundPlan.Cash(
      opening: Money(fen: [90_000_000, 400_000_000, 20_000_000][index % 3]), accounts: accounts,
      interestRate: Ratio(millionths: [15_000, 0, 30_000][index % 3]),
      injections: (0..<horizon).map { $0 == 5 && index % 2 == 0 ? Money(fen: 33_333_333) : .zero },
      fees: (0..<horizon).map { $0 % 12 == 11 ? Money(fen: 1_500_000) : .zero },
      partition: isSingle && index % 5 == 1
        ? [.percent(50), .percent(30), .percent(20)] : [],
      unpaidWaits: index % 6 == 5)
  }

  private static func caps(of index: Int, banks: Int, horizon: Int) -> [Int64] {
    switch index % 3 {
    case 0: (0..<horizon).map { $0 < 12 ? 15_000_000 : 11_000_000 }
    case 1: (0..<banks * horizon).map { $0 < horizon ? 9_000_000 : 14_000_000 }
    default: Array(repeating: 25_000_000, count: horizon)
    }
  }

  private static var thresholds: [ThresholdTerms] {
    let customers = CustomerRule.EarlierLoan.allCases.flatMap { earlier in
      CustomerRule.Lender.allCases.map {
        CustomerRule(earlierLoan: earlier, lender: $0, noticeLagMonths: 1)
      }
    }
    let denominators = RatioDenominator.allCases
    let effects = ThresholdEffect.allCases
    let times = WatchTime.allCases
    var all: [ThresholdTerms] = []
    for numerator in RatioNumerator.allCases {
      for denominator in denominators {
        let index = all.count
        let effect = effects[index % effects.count]
        all.append(
          ThresholdTerms(
            id: "\(index)",
            ratio: (numerator, denominator, index % 2 == 0 ? .ipPart : .wholeLoan),
            level: Ratio(millionths: Int64(10_000 + 7_000 * (index % 4))), effect: effect,
            watch: (
              times[index / 3 % times.count],
              minimumDisbursed: index % 5 == 0 ? Money(fen: 120_000_000) : .zero
            ), resumesAfterMonths: index % 4 == 3 ? nil : index % 4,
            customers: effect == .suspendNewCustomers
              ? customers[index / 3 % customers.count] : nil))
      }
    }
    return all
  }
}
