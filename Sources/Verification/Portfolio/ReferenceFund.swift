import CompensationKernel
import FundCore
import Simulation

/// A fund of a reference portfolio: it bears the whole loss, at once, and nothing else happens to it, unless a check says
/// otherwise.
struct ReferenceFund {
  var opening = Money.zero
  var payers = [PayerTerms(party: .fund, share: .one, isCapped: true)]
  /// The loans that it covers; all if `nil`.
  var covered: Range<Int>?
  /// Months from a default to its claim.
  var delay = 0
  var caps: [Int64] = []
  /// Fees by month.
  var fees: [Int: Money] = [:]
  var injections: [Int: Money] = [:]
  var interestRate = Ratio.zero
  var accounts = AccountRule.single
  var unpaidWaits = false
  var thresholds: [ThresholdTerms] = []
  /// By what its cost is reckoned; `nil` if it is not.
  var costs: CostTerms?

  /// A fund that bears a share of each loss.
  static func of(share: Ratio, opening: Money = .zero) -> ReferenceFund {
    ReferenceFund(opening: opening, payers: [PayerTerms(party: .fund, share: share)])
  }

  /// The fund in the plan of a portfolio.
  func plan(for portfolio: ReferencePortfolio) -> FundPlan {
    let recovery = RecoveryTerms(
      basis: .nominalShare, isLimitedToPaid: false, isNetOfCosts: false, stopsAtLossBase: false)
    let rules = FundPlan.ModelRules(
      rules: ClaimRulesInForce(
        sharing: SharingTerms(payers: payers, rounding: .halfUp), recovery: recovery,
        accounts: accounts), countsInterest: false)
    let months = 0..<portfolio.horizon
    var plan = FundPlan(
      name: "fund", model: 0, models: [rules, rules, rules],
      cash: FundPlan.Cash(
        opening: opening, accounts: accounts, interestRate: interestRate,
        injections: months.map { injections[$0] ?? .zero }, fees: months.map { fees[$0] ?? .zero },
        partition: [], unpaidWaits: unpaidWaits),
      cover: .init(
        principal: portfolio.loans.enumerated().map { index, loan in
          covered?.contains(index) ?? true ? loan.principal : 0
        }, lastDefaultMonth: Int.max, earlierDefaultRemovesCover: false),
      claims: .init(delay: delay, penaltyRate: nil, caps: caps), thresholds: thresholds)
    plan.costs = costs
    return plan
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
