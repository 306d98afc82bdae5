import CompensationKernel
import FundCore

// Trials settled by totals in which claims lose their cover, or in which more has to be counted than
// what is owed.
//
// Which claims lose it does not depend on the balance. So the banks' ratios are followed claim by
// claim, in order, by the same watch that follows them when a trial is settled in order, and nothing
// else is: only banks that can reach a level at all, and no money moves. What the sums hold of a
// claim that turns out to have no cover is taken off again. Claims that were not settled beforehand
// are settled here, when their cover is known. The months then run on the sums as in any trial.
extension FundPath {
  /// Follows the banks' ratios claim by claim, and takes claims without cover off the sums.
  mutating func watchInOrder(
    _ defaults: inout TrialDefaults, trial: borrowing TrialContext
  ) {
    watch.forgetBreaches()
    guard findWatchedBanks() || repeatsMatter(in: trial) else { return }
    watch.reset()
    defaults.order()
    for month in 0..<hot.horizon {
      let claimMonth = month &- hot.delay
      let hasClaims =
        claimMonth >= hot.firstDefaultMonth && claimMonth <= hot.lastDefaultMonth
        && !defaults.range(claimMonth).isEmpty
      guard hasClaims || !watch.isQuiet(month, defaults: defaults) else { continue }
      watch.beginMonth(
        month, defaults: defaults, trial: trial, writeOffMonths: hot.writeOffMonths)
      if hasClaims {
        for index in defaults.range(claimMonth) {
          watchClaim(defaults.ordered[index], month: month, trial: trial)
        }
      }
      watch.endMonth(month)
    }
  }

  /// Whether an enterprise defaulted twice in a trial, and may have lost its cover by that.
  @inline(__always)
  func repeatsMatter(in trial: borrowing TrialContext) -> Bool {
    hot.earlierDefaultRemovesCover && trial.hasRepeatedDefaults
  }

  /// Finds the banks whose claims have to be followed.
  ///
  /// - Returns: `false` if no bank can reach a level.
  private mutating func findWatchedBanks() -> Bool {
    guard hot.hasThresholds else { return false }
    if hasUnfixedClaims || hot.watchesAllBanks {
      isWatched.update(repeating: true)
      return true
    }
    let suspects = watch.totals.findSuspects()
    isWatched.update(repeating: false)
    for suspect in suspects { isWatched[Int(watch.totals.suspects[suspect])] = true }
    return !suspects.isEmpty
  }

  /// Counts a claim, or takes it off the sums if its loan has lost its cover.
  @inline(__always)
  private mutating func watchClaim(
    _ event: DefaultEvent, month: Int, trial: borrowing TrialContext
  ) {
    let plain = plainClaims[Int(event.loan)]
    guard event.month <= plain.lastMonth, !hot.tracksReturns else {
      watchAnyClaim(event, month: month, trial: trial)
      return
    }
    let bank = Int(plain.bank)
    if isCovered(event, bank: bank, start: Int(plain.start), trial: trial) {
      guard isWatched[bank] else { return }
      watch.count(owed: Int64(plain.owed), paid: Int64(plain.owed), bank: bank, month: month)
    } else {
      takeOff(event, month: month, trial: trial)
    }
  }

  @inline(never)
  private mutating func watchAnyClaim(
    _ event: DefaultEvent, month: Int, trial: borrowing TrialContext
  ) {
    let index = Int(event.loan)
    if plainClaims[index].isUnfixed {
      let (bank, start) = (Int(loans[index].bank), Int(loans[index].start))
      let isCovered = isCovered(event, bank: bank, start: start, trial: trial)
      if !isCovered { noteLostCover(event.loan) }
      let owed = addClaimAnew(event, month: month, isCovered: isCovered, trial: trial)
      if owed > 0 { watch.count(owed: owed, paid: owed, bank: bank, month: month) }
      return
    }
    guard plainClaims[index].isFixed else { return }
    let bank = Int(claims[index].bank)
    guard isCovered(event, bank: bank, start: Int(claims[index].start), trial: trial) else {
      takeOff(event, month: month, trial: trial)
      return
    }
    guard isWatched[bank] else { return }
    let settled = claims[index].settled
    watch.count(owed: settled.owed.fen, paid: settled.owed.fen, bank: bank, month: month)
    let arrival = month &+ Int(event.lag)
    guard hot.tracksReturns, arrival < hot.horizon else { return }
    let part = hot.isLoaded ? loadedPart(of: event, month: month, trial: trial) : event.recovery
    let recovered = Money(fen: roundedPart(part, of: settled.lossBase.fen))
    guard recovered > .zero else { return }
    let division = division(recovered, of: settled, model: Int(claims[index].model))
    watch.expectReturn(division.toFund.fen, bank: bank, month: arrival)
  }

  /// Takes a claim that was settled beforehand off the sums: all of its loss is the bank's, outside
  /// cover.
  @inline(never)
  private mutating func takeOff(
    _ event: DefaultEvent, month: Int, trial: borrowing TrialContext
  ) {
    noteLostCover(event.loan)
    let (settled, total) = (claims[Int(event.loan)].settled, claims[Int(event.loan)].total)
    let outside = total &- settled.lossBase.fen
    outcome.outsideCover += settled.lossBase.fen
    if outside > 0 { outcome.outside.note(-outside, .beyondBase, loans: -1) }
    outcome.outside.note(total, reasonOfLostCover(event, trial: trial))
    outcome.losses -= settled.parts
    capital.outflow[month] &-= settled.owed.fen
    let arrival = month &+ Int(event.lag)
    guard arrival < hot.horizon else { return }
    let part = hot.isLoaded ? loadedPart(of: event, month: month, trial: trial) : event.recovery
    let recovered = Money(fen: roundedPart(part, of: settled.lossBase.fen))
    if recovered > .zero {
      let division = division(recovered, of: settled, model: Int(claims[Int(event.loan)].model))
      capital.inflow[arrival] &-= division.toPayingAccount.fen
      outcome.losses += division.parts
      outcome.recoveredNet &-= division.parts.total.fen
    }
    if outside > 0 { recoverOutside(roundedPart(part, of: outside), times: -1) }
    recoverOutside(roundedPart(part, of: total))
  }

  /// Marks a loan whose claim owes nothing in this trial.
  private mutating func noteLostCover(_ loan: Int32) {
    hasLostCover[Int(loan)] = true
    lostCover[lostCoverCount] = loan
    lostCoverCount &+= 1
  }

  /// Forgets whose claims lost their cover in the trial before.
  mutating func forgetLostCover() {
    for place in 0..<lostCoverCount { hasLostCover[Int(lostCover[place])] = false }
    lostCoverCount = 0
  }
}
