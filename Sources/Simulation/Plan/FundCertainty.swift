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

  init(of fund: FundPlan, in plan: SimulationPlan, beside first: FundPlan) {
    hasNoDefaults = !plan.defaults.canDefault
    hasNoClaims = hasNoDefaults || fund.cover.principal.allSatisfy { $0 == 0 }
    if case .fixed(0) = plan.recovery.part { hasNoReturns = true } else { hasNoReturns = false }
    hasNoInterest = fund.cash.interestRate == .zero
    hasNoOutsideLoss =
      fund.cover.firstDefaultMonth == 0 && fund.cover.lastDefaultMonth >= plan.horizon - 1
      && !fund.cover.earlierDefaultRemovesCover
      && fund.thresholds.allSatisfy { $0.effect == .warning }
      && zip(plan.portfolio.loans, fund.cover.principal).allSatisfy { loan, covered in
        covered == loan.principal && covered == loan.ipPrincipal
      }
    feeTotal = fund.cash.fees.reduce(0) { $0 + $1.fen }
    isLikeFirst = fund.actsLike(first)
  }

  /// Whether nothing random moves a figure of a trial.
  func isCertain(_ column: OutcomeColumn) -> Bool {
    switch column {
    case .defaults: hasNoDefaults
    case .returned: hasNoClaims || hasNoReturns
    case .fees: hasNoClaims || feeTotal == 0
    case .interest: hasNoClaims || hasNoInterest
    case .lossOutsideCover: hasNoDefaults || hasNoOutsideLoss
    case .exhaustionMonth, .compensation, .unpaid, .closing, .lowest, .neededCapital,
      .neededCapitalThrough, .loss:
      hasNoClaims
    }
  }

  /// What a figure of a trial cannot fall below, and what it cannot exceed, in fen.
  func limits(of column: OutcomeColumn) -> Limits {
    switch column {
    case .fees: Limits(low: 0, high: feeTotal)
    case .loss, .lossOutsideCover: Limits()
    default: Limits(low: 0)
    }
  }
}

extension OutcomeColumn {
  /// Which end of the figure is the bad one: the low end of what a fund has or gets back, the high
  /// end of what it, or another, loses, owes or needs.
  var worstEnd: WorstEnd {
    switch self {
    case .returned, .interest, .closing, .lowest: .low
    default: .high
    }
  }
}

extension FundPlan {
  /// Whether the fund does the same as another in every trial, whatever their names.
  public func actsLike(_ other: FundPlan) -> Bool {
    model == other.model && models == other.models && cash == other.cash && cover == other.cover
      && claims == other.claims && thresholds == other.thresholds
  }
}
