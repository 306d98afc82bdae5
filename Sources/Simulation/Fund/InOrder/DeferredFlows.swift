import CompensationKernel
import FundCore

/// Claims whose payments are not final when they are settled: unpaid rests wait for money (I-11),
/// or refunds follow later (I-12). Recoveries are then divided in the month in which they arrive,
/// by what has been paid until then.
struct DeferredFlows {
  /// A claim with what has become of it.
  private struct Record {
    let claim: InOrderClaim
    var settlement: Settlement
    /// What had come back before a run that goes on from a day.
    var before = RecoveredBefore()
    /// The next record of the same month's recoveries or refunds; −1 at the end.
    var nextRecovery: Int32
    var nextRefund: Int32
  }

  private let terms: FundTerms
  /// Takes what is paid later; `nil` if nobody asks.
  private let journal: ClaimJournal?
  private var records: [Record] = []
  /// Records that still wait for money, oldest first.
  private var waiting: [Int32] = []
  private var firstRecovery: [Int32]
  private var firstRefund: [Int32]
  /// The last record of each month's refunds, which are made in the order of the claims.
  private var lastRefund: [Int32]

  init(_ terms: FundTerms, journal: ClaimJournal?) {
    self.terms = terms
    self.journal = journal
    let horizon = terms.hot.isDeferred ? terms.hot.horizon : 0
    firstRecovery = Array(repeating: -1, count: horizon)
    firstRefund = firstRecovery
    lastRefund = firstRecovery
  }

  mutating func reset() {
    records.removeAll(keepingCapacity: true)
    waiting.removeAll(keepingCapacity: true)
    for month in firstRecovery.indices {
      firstRecovery[month] = -1
      firstRefund[month] = -1
    }
  }

  mutating func add(_ claim: InOrderClaim, _ settlement: Settlement) {
    let index = Int32(records.count)
    var record = Record(claim: claim, settlement: settlement, nextRecovery: -1, nextRefund: -1)
    if claim.loss.recovered > .zero {
      record.nextRecovery = firstRecovery[claim.loss.recoveryMonth]
      firstRecovery[claim.loss.recoveryMonth] = index
    }
    if settlement.isRefundLater, case .socialFirst(_, let lag, _) = terms.hot.accounts,
      claim.month + lag < firstRefund.count
    {
      let due = claim.month + lag
      if firstRefund[due] < 0 {
        firstRefund[due] = index
      } else {
        records[Int(lastRefund[due])].nextRefund = index
      }
      lastRefund[due] = index
    }
    records.append(record)
    if settlement.paid < settlement.owed { waiting.append(index) }
  }
}

extension DeferredFlows {
  /// What waits for money in all, in fen.
  var waitingAmount: Int64 {
    waiting.reduce(0) { sum, index in
      let settlement = records[Int(index)].settlement
      return sum + (settlement.owed - settlement.paid).fen
    }
  }
}

// What was settled before a run that goes on from a day.
extension DeferredFlows {
  /// Brings in a claim; returns its number.
  mutating func bringIn(
    _ claim: InOrderClaim, _ settlement: Settlement, before: RecoveredBefore
  ) -> Int32 {
    let index = Int32(records.count)
    var record = Record(
      claim: claim, settlement: settlement, before: before, nextRecovery: -1, nextRefund: -1)
    if claim.loss.recovered > .zero {
      record.nextRecovery = firstRecovery[claim.loss.recoveryMonth]
      firstRecovery[claim.loss.recoveryMonth] = index
    }
    records.append(record)
    return index
  }

  /// Lets a claim wait for money, after those before it.
  mutating func wait(_ index: Int32) { waiting.append(index) }

  /// Lets the refund for a claim fall due in a month, after those before it.
  mutating func expectRefund(of index: Int32, month: Int) {
    guard firstRefund.indices.contains(month) else { return }
    if firstRefund[month] < 0 {
      firstRefund[month] = index
    } else {
      records[Int(lastRefund[month])].nextRefund = index
    }
    lastRefund[month] = index
  }
}

extension DeferredFlows {
  /// Recoveries, refunds and waiting claims of a month, in this order; returns what came back.
  mutating func take(
    _ month: Int, accounts: FundAccounts, outcome: inout TrialOutcome, watch: inout ThresholdWatch
  ) -> Int64 {
    let returned = takeRecoveries(month, accounts: accounts, outcome: &outcome, watch: &watch)
    refund(month, accounts: accounts, outcome: &outcome)
    if terms.setup.plan.cash.unpaidWaits, month <= terms.hot.lastMonth {
      payWaiting(month, accounts: accounts, outcome: &outcome, watch: &watch)
    }
    return returned
  }

  private mutating func takeRecoveries(
    _ month: Int, accounts: FundAccounts, outcome: inout TrialOutcome, watch: inout ThresholdWatch
  ) -> Int64 {
    var log = NoLog()
    var returned: Int64 = 0
    var index = firstRecovery[month]
    while index >= 0 {
      let record = records[Int(index)]
      let recovered = record.claim.loss.recovered
      let division = divideRecovery(
        recovered, costs: terms.costs(of: recovered), of: record.settlement,
        under: terms.rules[record.claim.model], before: record.before, log: &log)
      accounts.purses[record.claim.account].receive(division)
      returned += division.toFund.fen
      outcome.noteReturn(division.parts)
      watch.noteReturn(division.toFund.fen, bank: record.claim.bank)
      index = record.nextRecovery
    }
    return returned
  }

  private mutating func refund(
    _ month: Int, accounts: FundAccounts, outcome: inout TrialOutcome
  ) {
    var index = firstRefund[month]
    while index >= 0 {
      let record = records[Int(index)]
      // Waiting payments were refunded as they were made.
      let owed = record.settlement.refundOwed - record.settlement.refunded
      let refunded = accounts.purses[record.claim.account].refund(owed)
      let short = owed - refunded
      var after = record.settlement
      after.refunded += refunded
      after.parts[.fund] -= short
      after.parts[.partner] += short
      records[Int(index)].settlement = after
      if short > .zero {
        outcome.noteShortage(short.fen, month: month)
        outcome.losses[.fund] -= short
        outcome.losses[.partner] += short
      }
      index = record.nextRefund
    }
  }

  /// Pays what waits, oldest first, as far as the money goes. The bank's loss shrinks by it.
  private mutating func payWaiting(
    _ month: Int, accounts: FundAccounts, outcome: inout TrialOutcome, watch: inout ThresholdWatch
  ) {
    var left: [Int32] = []
    for index in waiting {
      let record = records[Int(index)]
      var after = record.settlement
      let (paid, short) = accounts.purses[record.claim.account].payWaiting(&after)
      if after.paid < after.owed { left.append(index) }
      guard paid > .zero else { continue }
      records[Int(index)].settlement = after
      outcome.compensation += paid.fen
      outcome.unpaid -= paid.fen
      if short > .zero { outcome.noteShortage(short.fen, month: month) }
      outcome.losses += after.parts
      outcome.losses -= record.settlement.parts
      journal?.note(.paid, paid.fen, loan: record.claim.loan, month: month)
      if terms.hot.looksAtFund {
        watch.money.balance.fen = accounts.purses.reduce(0) { $0 + $1.account.balance.fen }
      }
      watch.notePayment(paid.fen, bank: record.claim.bank, month: month)
    }
    waiting = left
  }
}
