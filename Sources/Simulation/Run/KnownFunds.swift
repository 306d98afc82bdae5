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
        PayerTerms(party: .second, share: Ratio(millionths: 333_333)),
      ],
      [
        PayerTerms(party: .first, share: .percent(40)),
        PayerTerms(party: .fund, share: .percent(35), base: .remaining, isCapped: true),
      ],
      [
        PayerTerms(party: .fund, share: .percent(20)),
        PayerTerms(party: .third, share: Ratio(millionths: 525_000), base: .remaining),
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
  static let rules: [ClaimRulesInForce] = {
    let roundings: [RoundingRule] = [.halfUp, .down]
    return recoveries.enumerated().map { index, recovery in
      ClaimRulesInForce(
        sharing: SharingTerms(payers: payers[index % 4], rounding: roundings[index / 4 % 2]),
        recovery: recovery, accounts: accounts[index / 2 % 4])
    }
  }()

  /// Funds under some of the rules, counted round and round, with all other clauses in turn.
  static func plans(
    _ places: [Int], for portfolio: PlannedPortfolio, horizon: Int
  ) -> [FundPlan] {
    let rules = Self.rules
    let thresholds = Self.thresholds
    return places.map { place in
      let index = place % rules.count
      let keepsModels = index % 4 == 1
      // In some funds the loans of odd places stand under another set of rules.
      let setCount = place >= rules.count && index % 4 == 0 ? 2 : 1
      // A warning, a suspension and a pause each, of all kinds of ratios and times between them.
      let own = (0..<3).map { thresholds[(3 * index + $0) % thresholds.count] }
      var plan = FundPlan(
        name: "\(index)", model: keepsModels ? nil : index % 3,
        models: models(of: index, differ: keepsModels, setCount: setCount),
        cash: cash(of: index, accounts: rules[index].accounts, horizon: horizon),
        cover: FundPlan.Cover(
          principal: portfolio.loans.enumerated().map {
            $0.offset % 7 == 6 ? 0 : index % 3 == 0 ? $0.element.principal : $0.element.ipPrincipal
          }, lastDefaultMonth: index % 5 == 4 ? horizon - 4 : .max,
          earlierDefaultRemovesCover: index % 2 == 1),
        claims: FundPlan.Claims(
          delay: index % 4, penaltyRate: index % 3 == 1 ? 180_000 : nil,
          caps: caps(of: index, banks: portfolio.banks.count, horizon: horizon)),
        thresholds: own)
      // The second time round each fund has a further clause; of those without it the first tells.
      if setCount > 1 { plan.cover.ruleSets = portfolio.loans.indices.map { UInt16($0 % 2) } }
      if place >= rules.count { addClause(place, to: &plan, portfolio, horizon: horizon) }
      return plan
    }
  }

  private static func models(
    of index: Int, differ: Bool, setCount: Int
  ) -> [FundPlan.ModelRules?] {
    let count = 3
    let inForce = rules[index]
    return (0..<setCount * count).map { position in
      FundPlan.ModelRules(
        rules: differ && position > 0 || position >= count
          ? ClaimRulesInForce(
            sharing: SharingTerms(
              payers: payers[(index + position) % 2], rounding: inForce.sharing.rounding),
            recovery: inForce.recovery, accounts: inForce.accounts) : inForce,
        countsInterest: (index + position % count) % 2 == 0)
    }
  }

  private static func addClause(
    _ place: Int, to plan: inout FundPlan, _ portfolio: PlannedPortfolio, horizon: Int
  ) {
    switch place % 6 {
    case 0: plan.cover.headroom = headroom(plan.cover.principal, of: portfolio, place)
    case 1: plan.claims.yearlyLimit = 20_000_000
    case 2:
      plan.claims.comesAfterRealisation = true
      plan.claims.yearlyLimit = place % 4 == 2 ? 30_000_000 : nil
    case 3: plan.cash.lastMonth = horizon - 4
    case 4: plan.claims.interestMonths = place % 5 + 1
    default: plan.cover.firstDefaultMonth = 2
    }
  }

  /// The loans of each enterprise under a limit that binds, in the order of their starts.
  private static func headroom(
    _ covered: [Int64], of portfolio: PlannedPortfolio, _ place: Int
  ) -> Headroom {
    let groups = (0..<portfolio.enterpriseCount).map { enterprise in
      portfolio.loans(of: Int32(enterprise)).filter { covered[Int($0)] > 0 }
        .sorted { portfolio.loans[Int($0)].start < portfolio.loans[Int($1)].start }
        .map { loan in
          Headroom.Member(
            loan: Int(loan), amount: Money(fen: portfolio.loans[Int(loan)].principal),
            open: Money(fen: covered[Int(loan)]),
            under: .init(Money(fen: 80_000_000), isCoveredUpTo: place % 12 < 6))
        }
    }
    return Headroom(
      groups: groups.filter { $0.count > 1 }, loanCount: portfolio.loans.count)
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

  private static let thresholds: [ThresholdTerms] = {
    let customers = CustomerRule.EarlierLoan.allCases.flatMap { earlier in
      CustomerRule.Lender.allCases.map {
        CustomerRule(earlierLoan: earlier, lender: $0, noticeLagMonths: 1)
      }
    }
    let denominators = RatioDenominator.allCases.filter { $0.fundMeasure == nil }
    let effects = ThresholdEffect.allCases
    let times = WatchTime.allCases
    var all: [ThresholdTerms] = []
    for numerator in RatioNumerator.allCases where numerator != .lendingOutstanding {
      for denominator in denominators {
        let index = all.count
        let effect = effects[index % effects.count]
        all.append(
          ThresholdTerms(
            id: "\(index)",
            ratio: .init(numerator, denominator, index % 2 == 0 ? .ipPart : .wholeLoan),
            level: Ratio(millionths: Int64(10_000 + 7_000 * (index % 4))), effect: effect,
            watch: .init(
              times[index / 3 % times.count],
              minimumDisbursed: index % 5 == 0 ? Money(fen: 120_000_000) : .zero),
            resumesAfterMonths: index % 4 == 3 ? nil : index % 4,
            customers: effect == .suspendNewCustomers
              ? customers[index / 3 % customers.count] : nil))
      }
    }
    return all
  }()
}
