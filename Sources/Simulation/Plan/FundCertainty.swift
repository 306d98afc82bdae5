import CompensationKernel
import FundCore
import LossStatistics

/// What the plan of a fund leaves to no chance: figures that are exact, whatever the trials say, and
/// limits that no trial can pass.
///
/// It is read off the plan and never off the trials: that none of 20,000 exhausted a fund is no
/// proof that it cannot be. A figure is called exact only while, besides, all trials agree.
public struct FundCertainty: Sendable, Hashable, Codable {
  /// Whether no loan can default within the horizon.
  public let hasNoDefaults: Bool
  /// Whether no loan that can default is covered, so that the fund's course is fixed.
  public let hasNoClaims: Bool
  /// Whether nothing is ever recovered.
  let hasNoReturns: Bool
  /// Whether balances bear no interest.
  let hasNoInterest: Bool
  /// Whether every loss lies inside cover, to the last fen.
  let hasNoOutsideLoss: Bool
  /// All management fees of the run, in fen: the most that can be paid.
  let feeTotal: Int64
  /// Whether the fund does whatever the run's first one does.
  public let isLikeFirst: Bool
  /// Whether a smallest initial amount that lasts has a meaning: what is owed does not hang on the balance.
  public let definesCapital: Bool

  init(of fund: FundPlan, in plan: SimulationPlan, beside first: FundPlan) {
    hasNoDefaults = !plan.defaults.canDefault
    hasNoClaims = hasNoDefaults || fund.cover.principal.allSatisfy { $0 == 0 }
    if case .fixed(0) = plan.recovery.part { hasNoReturns = true } else { hasNoReturns = false }
    hasNoInterest = fund.cash.interestRate == .zero
    hasNoOutsideLoss =
      fund.cover.firstDefaultMonth == 0 && fund.cover.lastDefaultMonth >= plan.horizon - 1
      && !fund.cover.defaultsRemoveCover
      && fund.cover.coverLimit == nil
      && fund.thresholds.allSatisfy { $0.effect == .warning }
      && zip(plan.portfolio.loans, fund.cover.principal).allSatisfy { loan, covered in
        covered == loan.principal && covered == loan.ipPrincipal
      }
    feeTotal = fund.cash.fees.reduce(0) { $0 + $1.fen }
    isLikeFirst = fund.actsLike(first)
    definesCapital = !fund.feedsMoneyBack
  }
}

// What columns name of it: why a figure is exact, and its limits.
extension FundCertainty {
  /// Whether what comes back to the fund is fixed.
  var hasFixedReturns: Bool { hasNoClaims || hasNoReturns }
  /// Whether its fees are.
  var hasFixedFees: Bool { hasNoClaims || feeTotal == 0 }
  /// Whether its interest is.
  var hasFixedInterest: Bool { hasNoClaims || hasNoInterest }
  /// Whether what banks lose outside cover is.
  var hasFixedOutsideLoss: Bool { hasNoDefaults || hasNoOutsideLoss }

  /// An amount that can be anything.
  var unlimited: Limits { Limits() }
  /// An amount that is nothing at least.
  var notBelowNothing: Limits { Limits(low: 0) }
  /// An amount of all management fees at most, in fen.
  var withinFees: Limits { Limits(low: 0, high: feeTotal) }
}

extension FundPlan {
  /// Whether the fund does the same as another in every trial, whatever their names.
  public func actsLike(_ other: FundPlan) -> Bool {
    model == other.model && models == other.models && cash == other.cash && cover == other.cover
      && claims == other.claims && thresholds == other.thresholds && carried == other.carried
      && costs == other.costs
      && aggregates == other.aggregates
  }
}
