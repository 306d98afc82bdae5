import CompensationKernel
import FundCore

/// The thresholds of a trial that is settled by totals: its warnings, and which claims lose their cover.
///
/// What a claim owes depends on the claims before it only by a suspension or pause, or by an earlier
/// default of its enterprise. Whether that can be shows on the sums. If so, or if it cannot be told, the
/// banks' ratios are followed claim by claim, in order, by the same watch that follows them when a trial
/// is settled in order, and nothing else is: only banks that can reach a level at all, and no money
/// moves, because which claims lose their cover does not depend on the balance. What the sums hold of
/// a claim that turns out to have no cover is taken off again. Claims that were not settled beforehand
/// are settled here, when their cover is known.
struct CoverWatch {
  private let terms: FundTerms
  private var hot: HotFund { terms.hot }
  private let claims: UnsafeMutableBufferPointer<LoanClaim>
  private let plainClaims: UnsafeMutableBufferPointer<PlainClaim>
  var watch: ThresholdWatch
  /// What the banks' claims owe.
  let totals: OwedTotals
  private let search: BreachSearch
  /// The banks whose ratios are followed claim by claim.
  private let isWatched: UnsafeMutableBufferPointer<Bool>
  private(set) var lostCover: LostCover
  /// The loans of the month's claims.
  private let claimed: UnsafeMutableBufferPointer<LoanInBank>

  init(_ terms: FundTerms, watch: ThresholdWatch, in memory: WorkingMemory) {
    self.terms = terms
    self.watch = watch
    claims = terms.claims
    plainClaims = terms.plainClaims
    totals = OwedTotals(
      tables: watch.tables, bankCount: watch.bankCount, horizon: terms.hot.horizon, in: memory)
    search = BreachSearch(
      terms, tables: watch.tables, totals: totals, bankCount: watch.bankCount, in: memory)
    isWatched = memory.table(false, count: watch.bankCount)
    claimed = memory.room(count: terms.candidateCount)
    lostCover = LostCover(
      loanCount: terms.hot.canLoseCover || terms.hot.earlierDefaultRemovesCover
        ? terms.loans.count : 0,
      in: memory)
  }

  /// Forgets the trial before.
  mutating func begin() {
    watch.forgetBreaches()
    lostCover.forget()
  }

  /// Finds the warnings of a trial whose claims are in its row, and takes those off that have lost their
  /// cover.
  mutating func judge(
    _ defaults: TrialDefaults, sums: ClaimSums, row: TrialRow, trial: borrowing TrialContext
  ) {
    if terms.repeatsMatter(in: trial) || sums.leavesClaims
      || !search.findWarnings(defaults, row: row, watch: &watch)
    {
      follow(defaults, sums: sums, row: row, trial: trial)
    }
  }

  /// Follows the banks' ratios claim by claim, and takes claims without cover off the sums.
  private mutating func follow(
    _ defaults: TrialDefaults, sums: ClaimSums, row: TrialRow, trial: borrowing TrialContext
  ) {
    watch.forgetBreaches()
    let start = findWatchedBanks(sums, row)
    guard start < .max || terms.repeatsMatter(in: trial) else { return }
    watch.reset()
    defaults.deal(inOrder: true)
    for month in 0..<hot.horizon {
      let claimMonth = month &- hot.delay
      let hasClaims =
        claimMonth >= hot.firstDefaultMonth && claimMonth <= hot.lastDefaultMonth
        && !defaults.range(claimMonth).isEmpty
      guard hasClaims || !watch.isQuiet(month, defaults: defaults) else { continue }
      watch.beginMonth(
        month, defaults: defaults, trial: trial, writeOffMonths: hot.writeOffMonths)
      if hasClaims {
        // Before anybody may reach a level the order of a month's claims decides nothing.
        if month >= start { defaults.order(claimMonth) }
        let range = defaults.range(claimMonth)
        for index in range {
          claimed[index &- range.lowerBound] = terms.loanInBank(defaults.ordered[index])
        }
        for index in range {
          follow(
            defaults.ordered[index], of: claimed[index &- range.lowerBound], sums: sums, row: row,
            trial: trial)
        }
      }
      watch.endMonth(month)
    }
    if !watch.stopped.isEmpty { leaveOutStopped(defaults, sums: sums, row: row, trial: trial) }
  }

  /// Adds the claims of a trial anew where a loan that was not made is among the defaults: without it.
  private mutating func leaveOutStopped(
    _ defaults: TrialDefaults, sums: ClaimSums, row: TrialRow, trial: borrowing TrialContext
  ) {
    let events = defaults.ordered[0..<defaults.count]
    let count = events.count { watch.stopped.contains($0.loan) }
    if count > 0 {
      row.clear()
      row.outcome.pointee.defaults = Int64(defaults.count - count)
      for event in events {
        if watch.stopped.contains(event.loan) {
          lostCover.note(event.loan)
        } else {
          sums.addAgain(
            event, isCovered: !lostCover.contains(event.loan), to: row, watch: &watch, trial: trial)
        }
      }
    }
    watch.stopped.note(in: &row.outcome.pointee)
  }

  /// Finds the banks whose claims have to be followed.
  ///
  /// - Returns: The month from which on a bank may reach a level; one that never comes if none can.
  private func findWatchedBanks(_ sums: ClaimSums, _ row: TrialRow) -> Int {
    guard hot.hasThresholds else { return .max }
    if sums.leavesClaims || hot.watchesAllBanks {
      isWatched.update(repeating: true)
      return 0
    }
    let count = totals.findSuspects(in: row.byStretch)
    isWatched.update(repeating: false)
    for bank in totals.suspects[0..<count] { isWatched[Int(bank)] = true }
    return totals.suspects[0..<count].reduce(.max) {
      min($0, totals.firstMonth(of: Int($1), in: row.byStretch))
    }
  }

  /// Counts a claim, or takes it off the sums if its loan has lost its cover.
  @inline(__always)
  private mutating func follow(
    _ event: DefaultEvent, of loan: LoanInBank, sums: ClaimSums, row: TrialRow,
    trial: borrowing TrialContext
  ) {
    let plain = plainClaims[Int(event.loan)]
    if watch.stopped.contains(event.loan) { return }
    guard event.month <= plain.lastMonth, !hot.tracksReturns else {
      followAny(event, of: loan, sums: sums, row: row, trial: trial)
      return
    }
    if terms.isCovered(loan, watch: &watch, trial: trial) {
      guard isWatched[loan.bank] else { return }
      count(Int64(plain.owed), bank: loan.bank, of: event)
    } else {
      takeOff(event, row: row, trial: trial)
    }
  }

  @inline(never)
  private mutating func followAny(
    _ event: DefaultEvent, of loan: LoanInBank, sums: ClaimSums, row: TrialRow,
    trial: borrowing TrialContext
  ) {
    let index = Int(event.loan)
    guard !plainClaims[index].isUnfixed else {
      settle(event, of: loan, sums: sums, row: row, trial: trial)
      return
    }
    guard plainClaims[index].isFixed else { return }
    guard terms.isCovered(loan, watch: &watch, trial: trial) else {
      takeOff(event, row: row, trial: trial)
      return
    }
    guard isWatched[loan.bank] else { return }
    let settled = claims[index].settled
    count(settled.owed.fen, bank: loan.bank, of: event)
    let month = Int(event.month) &+ hot.delay
    let arrival = month &+ Int(event.lag)
    guard hot.tracksReturns, arrival < hot.horizon else { return }
    let part = terms.recoveredPart(of: event, month: month, trial: trial)
    let recovered = Money(fen: roundedPart(part, of: settled.lossBase.fen))
    guard recovered > .zero else { return }
    let division = terms.division(recovered, of: settled, model: Int(claims[index].model))
    watch.expectReturn(division.toFund.fen, bank: loan.bank, month: arrival)
  }

  /// Settles a claim that was not settled beforehand, now that its cover is known, and counts it.
  private mutating func settle(
    _ event: DefaultEvent, of loan: LoanInBank, sums: ClaimSums, row: TrialRow,
    trial: borrowing TrialContext
  ) {
    let isCovered = terms.isCovered(loan, watch: &watch, trial: trial)
    if !isCovered { lostCover.note(event.loan) }
    let claim = sums.addAnew(
      event, covered: isCovered ? terms.coveredPrincipal(event.loan, watch: &watch) : nil,
      to: row, trial: trial)
    if hot.tracksReturns, claim.recoveryMonth > 0 {
      watch.expectReturn(claim.returned, bank: loan.bank, month: claim.recoveryMonth)
    }
    if claim.owed > 0 { count(claim.owed, bank: loan.bank, of: event) }
  }

  @inline(__always)
  private mutating func count(_ owed: Int64, bank: Int, of event: DefaultEvent) {
    watch.count(owed: owed, paid: owed, bank: bank, month: Int(event.month) &+ hot.delay)
  }

  /// Takes a claim that was settled beforehand off the sums: all of its loss is the bank's, outside
  /// cover.
  @inline(never)
  private mutating func takeOff(
    _ event: DefaultEvent, row: TrialRow, trial: borrowing TrialContext
  ) {
    lostCover.note(event.loan)
    let (settled, total) = (claims[Int(event.loan)].settled, claims[Int(event.loan)].total)
    let outside = total &- settled.lossBase.fen
    let outcome = row.outcome
    outcome.pointee.outsideCover += settled.lossBase.fen
    if outside > 0 { outcome.pointee.outside.note(-outside, .beyondBase, loans: -1) }
    outcome.pointee.outside.note(total, terms.reasonOfLostCover(event, trial: trial))
    outcome.pointee.losses -= settled.parts
    let month = Int(event.month) &+ hot.delay
    row.outflow[month] &-= settled.owed.fen
    let arrival = month &+ Int(event.lag)
    guard arrival < hot.horizon else { return }
    let part = terms.recoveredPart(of: event, month: month, trial: trial)
    let recovered = Money(fen: roundedPart(part, of: settled.lossBase.fen))
    if recovered > .zero {
      let model = Int(claims[Int(event.loan)].model)
      let division = terms.division(recovered, of: settled, model: model)
      row.inflow[arrival] &-= division.toPayingAccount.fen
      outcome.pointee.losses += division.parts
      outcome.pointee.recoveredNet &-= division.parts.total.fen
    }
    if outside > 0 {
      terms.recoverOutside(roundedPart(part, of: outside), times: -1, in: &outcome.pointee)
    }
    terms.recoverOutside(roundedPart(part, of: total), in: &outcome.pointee)
  }
}
