import CompensationKernel
import FundCore

/// Claims whose payments are not final when they are settled: unpaid rests wait for money (I-11),
/// or refunds follow later (I-12). Recoveries are then divided in the month in which they arrive,
/// by what has been paid until then.
struct DeferredFlows {
  /// A claim with what has become of it.
  struct Record {
    let claim: FundPath.Claim
    var settlement: Settlement
    /// The next record of the same month's recoveries or refunds; −1 at the end.
    var nextRecovery: Int32
    var nextRefund: Int32
  }

  var records: [Record] = []
  /// Records that still wait for money, oldest first.
  var waiting: [Int32] = []
  var firstRecovery: [Int32]
  var firstRefund: [Int32]
  /// The last record of each month's refunds, which are made in the order of the claims.
  private var lastRefund: [Int32]

  init(horizon: Int) {
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

  mutating func add(_ claim: FundPath.Claim, _ settlement: Settlement, accounts: AccountRule) {
    let index = Int32(records.count)
    var record = Record(claim: claim, settlement: settlement, nextRecovery: -1, nextRefund: -1)
    if claim.recovered > .zero {
      record.nextRecovery = firstRecovery[claim.recoveryMonth]
      firstRecovery[claim.recoveryMonth] = index
    }
    if settlement.isRefundLater, case .socialFirst(_, let lag, _) = accounts,
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

extension FundPath {
  /// Recoveries, refunds and waiting claims of a month, in this order; returns what came back.
  mutating func takeDeferred(_ month: Int) -> Int64 {
    var log = NoLog()
    var returned: Int64 = 0
    var index = deferred.firstRecovery[month]
    while index >= 0 {
      let record = deferred.records[Int(index)]
      let recovered = record.claim.recovered
      let division = divideRecovery(
        recovered, costs: costs(of: recovered), of: record.settlement,
        under: rules[record.claim.model], log: &log)
      purses[record.claim.account].receive(division)
      returned += division.toFund.fen
      outcome.losses -= division.parts
      outcome.recoveredNet += division.parts.total.fen
      watch.noteReturn(division.toFund.fen, bank: record.claim.bank)
      index = record.nextRecovery
    }
    refundLater(month)
    if setup.plan.cash.unpaidWaits, month <= hot.lastMonth { payWaiting(month) }
    return returned
  }

  private mutating func refundLater(_ month: Int) {
    var index = deferred.firstRefund[month]
    while index >= 0 {
      let record = deferred.records[Int(index)]
      // Waiting payments were refunded as they were made.
      let owed = record.settlement.refundOwed - record.settlement.refunded
      let refunded = purses[record.claim.account].refund(owed)
      let short = owed - refunded
      var after = record.settlement
      after.refunded += refunded
      after.parts[.fund] -= short
      after.parts[.partner] += short
      deferred.records[Int(index)].settlement = after
      if short > .zero {
        noteShortage(short.fen, month: month)
        outcome.losses[.fund] -= short
        outcome.losses[.partner] += short
      }
      index = record.nextRefund
    }
  }

  /// Pays what waits, oldest first, as far as the money goes. The bank's loss shrinks by it.
  private mutating func payWaiting(_ month: Int) {
    var left: [Int32] = []
    for index in deferred.waiting {
      let record = deferred.records[Int(index)]
      var after = record.settlement
      let (paid, short) = purses[record.claim.account].payWaiting(&after)
      if after.paid < after.owed { left.append(index) }
      guard paid > .zero else { continue }
      deferred.records[Int(index)].settlement = after
      outcome.compensation += paid.fen
      outcome.unpaid -= paid.fen
      if short > .zero { noteShortage(short.fen, month: month) }
      outcome.losses += after.parts
      outcome.losses -= record.settlement.parts
      watch.notePayment(paid.fen, bank: record.claim.bank, month: month)
    }
    deferred.waiting = left
  }
}
