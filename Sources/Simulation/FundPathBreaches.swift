import CompensationKernel
import FundCore

// The thresholds of a trial that is settled by totals.
extension FundPath {
  /// Finds the warnings of the trial.
  ///
  /// - Returns: `false` if a suspension or pause may come about, or a breach cannot be told from
  ///   the sums.
  mutating func findBreaches(_ defaults: inout TrialDefaults) -> Bool {
    guard hot.hasThresholds else { return true }
    var hasMonths = false
    for bank in 0..<watch.bankCount where watch.totals.mayReach(bank: bank) {
      guard !hasUnfixedClaims else { return false }
      if !hasMonths { sumByMonth(defaults) }
      hasMonths = true
      guard watch.totals.reaches(bank: bank) else { continue }
      defaults.deal()
      for index in watch.tables.thresholds.indices {
        guard let breach = firstBreach(of: index, bank: bank, defaults) else { continue }
        guard watch.tables.thresholds[index].isWarning else { return false }
        watch.noteBreach(index, bank: bank, month: breach.month, part: breach.part)
      }
    }
    return true
  }

  /// Sums what is owed by bank and month.
  private func sumByMonth(_ defaults: TrialDefaults) {
    let totals = watch.totals
    totals.clearMonths()
    for place in 0..<defaults.count {
      guard let claim = claim(of: defaults.events[place]) else { continue }
      totals.add(
        claim.owed, bank: claim.bank, inMonth: Int(defaults.events[place].month) &+ hot.delay)
    }
  }

  /// The bank of a covered default within the horizon, and what it is owed; `nil` for others.
  ///
  /// - Precondition: The claim was settled beforehand.
  @inline(__always)
  private func claim(of event: DefaultEvent) -> (bank: Int, owed: Int64)? {
    let plain = plainClaims[Int(event.loan)]
    if event.month <= plain.lastMonth { return (Int(plain.bank), Int64(plain.owed)) }
    let claim = claims[Int(event.loan)]
    guard claim.isFixed, claim.settled.lossBase > .zero,
      Int(event.month) <= hot.lastDefaultMonth, Int(event.month) + hot.delay < hot.horizon
    else { return nil }
    return (Int(claim.bank), claim.settled.owed.fen)
  }

  /// The first month in which a bank reaches a threshold, and the numerator at that moment: at a
  /// claim, when the minimum volume is reached, or at a period's end.
  private func firstBreach(
    of index: Int, bank: Int, _ defaults: TrialDefaults
  ) -> (month: Int, part: Int64)? {
    let watched = watch.tables.thresholds[index]
    var before: Int64 = 0
    for month in 0..<hot.horizon {
      let after = before + watch.totals.owed(bank: bank, month: month)
      defer { before = after }
      let cell = (index * watch.bankCount + bank) * hot.horizon + month
      let bound = watch.tables.bounds[cell]
      guard after >= bound else { continue }
      guard watched.isAtClaims else {
        if watch.tables.isPeriodEnd[index * hot.horizon + month] { return (month, after) }
        continue
      }
      if before >= bound, reachesMinimum(index, bank: bank, month: month) {
        return (month, before)
      }
      var part = before
      for owed in amountsOwed(bank: bank, month: month, defaults) {
        part += owed
        if part >= bound { return (month, part) }
      }
    }
    return nil
  }

  private func reachesMinimum(_ index: Int, bank: Int, month: Int) -> Bool {
    watch.tables.reaching(in: month, countsCompensation: true).contains {
      let item = watch.tables.reaching[$0]
      return Int(item.threshold) == index && Int(item.bank) == bank
    }
  }

  /// What is owed for each of a bank's claims in a month, in portfolio order.
  private func amountsOwed(bank: Int, month: Int, _ defaults: TrialDefaults) -> [Int64] {
    guard month >= hot.delay else { return [] }
    defaults.order(month - hot.delay)
    return defaults.ordered[defaults.range(month - hot.delay)].compactMap { event in
      guard let claim = claim(of: event), claim.bank == bank else { return nil }
      return claim.owed
    }
  }
}
