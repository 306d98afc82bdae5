import CompensationKernel
import FundCore

// What a claim loses, and what of it lies outside cover.
extension FundTerms {
  /// Finds the loss of a default whose claim is settled only now, and notes in the outcome what of it lies
  /// outside cover, with what is recovered of that.
  ///
  /// - Parameter covered: What is covered of the loan; `nil` if it has no cover.
  func loss(
    of event: DefaultEvent, month: Int, covered: Int64?, in outcome: inout TrialOutcome,
    trial: borrowing TrialContext
  ) -> ClaimLoss {
    let total = totalLoss(of: event.loan, defaultMonth: Int(event.month))
    let base = lossBase(of: total, event, covered: covered, in: &outcome, trial: trial)
    return recover(
      LossParts(total: total, base: base), of: event, month: month, in: &outcome, trial: trial)
  }

  /// Finds what of a loss is divided, and notes in the outcome what of it lies outside cover.
  ///
  /// - Parameter covered: What is covered of the loan; `nil` if it has no cover.
  @inline(__always)
  func lossBase(
    of total: Int64, _ event: DefaultEvent, covered: Int64?, in outcome: inout TrialOutcome,
    trial: borrowing TrialContext
  ) -> Int64 {
    let base = hot.lossBase(of: total, covered: covered ?? 0, loan: loans[Int(event.loan)])
    outcome.noteLoss(total, base: base) {
      reasonOutside(base: base, of: event, isCovered: covered != nil, trial: trial)
    }
    return base
  }

  /// Finds what is recovered of a loss, and notes in the outcome what of it lies outside cover.
  @inline(__always)
  func recover(
    _ loss: LossParts, of event: DefaultEvent, month: Int, in outcome: inout TrialOutcome,
    trial: borrowing TrialContext
  ) -> ClaimLoss {
    let recoveryMonth = month &+ Int(event.lag)
    guard recoveryMonth < hot.horizon else {
      outcome.lateRecoveries &+= 1
      return ClaimLoss(
        base: Money(fen: loss.base), recoveryMonth: recoveryMonth, recovered: .zero)
    }
    let part = recoveredPart(of: event, month: month, trial: trial)
    if loss.total > loss.base {
      recoverOutside(roundedPart(part, of: loss.total &- loss.base), in: &outcome)
    }
    return ClaimLoss(
      base: Money(fen: loss.base), recoveryMonth: recoveryMonth,
      recovered: Money(fen: roundedPart(part, of: loss.base)))
  }

  /// What is recovered on the part of a loan that no programme covers is the bank's, less costs.
  ///
  /// - Parameter times: −1 takes it back.
  func recoverOutside(_ recovered: Int64, times: Int64 = 1, in outcome: inout TrialOutcome) {
    guard recovered > 0 else { return }
    let net = times * (recovered - costs(of: Money(fen: recovered)).fen)
    outcome.outsideCover -= net
    outcome.recoveredNet += net
  }

  /// A claim settled with a purse that pays whatever is owed.
  ///
  /// - Parameter layers: The layers of its loss; none where that is in one piece.
  func settledInFull(_ claim: InOrderClaim, in layers: [SharedLayer]) -> Settlement {
    guard !layers.isEmpty else {
      return settledInFull(claim.loss.base, cap: claim.cap, model: claim.model)
    }
    var purse = unlimitedPurse
    var log = NoLog()
    return settle(layers: layers, cap: claim.cap, from: &purse, log: &log)
  }
}
