import CompensationKernel
import FundCore

/// The flows of one path without a limit on payment, and the smallest initial balance that would
/// leave nothing unpaid on it.
///
/// No clause of a programme feeds the balance back into what is owed, so the flows do not depend
/// on the balance, and the needed capital can be found after the path has been run. What filling up gives
/// does depend on it: `CapitalFlows+FillUps.swift`.
struct CapitalFlows {
  let cash: FundPlan.Cash
  private let accountCount: Int
  private let horizon: Int
  let twoAccounts: Bool
  let refundLag: Int
  /// Money out of the paying account, shape `[account × horizon + month]`; of two accounts, net
  /// of the refunds of the same month.
  let outflow: UnsafeMutableBufferPointer<Int64>
  /// Money back into the paying account, and of two into the fiscal one, same shape.
  let inflow: UnsafeMutableBufferPointer<Int64>
  let fiscalInflow: UnsafeMutableBufferPointer<Int64>
  /// Two accounts: what the paying one must hold before the month's claims, and refunds out of
  /// the fiscal account, shape `[horizon]`.
  let required: UnsafeMutableBufferPointer<Int64>
  let refunds: UnsafeMutableBufferPointer<Int64>
  /// One account: injections and fees by month.
  private let injections: UnsafeMutableBufferPointer<Int64>
  private let fees: UnsafeMutableBufferPointer<Int64>
  private let step: CapitalStep
  /// What the accounts of a run that goes on from a day hold in its first month, with the month's interest,
  /// and what they held on the day in all; nothing in a run from the opening.
  let held: [FundAccount]
  private let heldBefore: Int64
  /// How the fund is filled up; `nil` if it is not.
  private let fillUps: FillUps?

  init(_ terms: FundTerms, in memory: WorkingMemory) {
    cash = terms.setup.plan.cash
    accountCount = terms.hot.accountCount
    horizon = terms.hot.horizon
    if case .socialFirst(_, let lagMonths, _) = cash.accounts {
      twoAccounts = true
      refundLag = lagMonths
    } else {
      twoAccounts = false
      refundLag = 0
    }
    outflow = memory.table(0, count: accountCount * horizon)
    inflow = memory.table(0, count: accountCount * horizon)
    fiscalInflow = memory.table(0, count: twoAccounts ? accountCount * horizon : 0)
    required = memory.table(0, count: twoAccounts ? horizon : 0)
    refunds = memory.table(0, count: twoAccounts ? horizon : 0)
    injections = memory.table(of: cash.injections.map(\.fen))
    fees = memory.table(of: cash.fees.map(\.fen))
    step = CapitalStep(annualRate: cash.interestRate)
    let carried = terms.setup.plan.carried
    held = (carried?.accounts ?? []).map { account in
      var account = account
      _ = account.addMonthlyInterest(annualRate: terms.hot.interestRate)
      return account
    }
    heldBefore = carried?.balance ?? 0
    fillUps = terms.fillUps
  }

  func reset() {
    outflow.update(repeating: 0)
    inflow.update(repeating: 0)
    guard twoAccounts else { return }
    fiscalInflow.update(repeating: 0)
    required.update(repeating: 0)
    refunds.update(repeating: 0)
  }

  /// Adds what is owed on a claim of a fund with one account.
  @inline(__always)
  func owe(_ fen: Int64, month: Int) { outflow[month] &+= fen }

  /// Adds what comes back on a claim of a fund with one account.
  @inline(__always)
  func giveBack(_ fen: Int64, month: Int) { inflow[month] &+= fen }

  /// Adds a refund out of the fiscal account that falls due later.
  func expectRefund(_ amount: Money, month: Int) {
    if twoAccounts, month < horizon { refunds[month] += amount.fen }
  }

  /// Adds a claim, settled without limit.
  @inline(__always)
  func owe(_ settlement: Settlement, account: Int, month: Int) {
    owe(
      settlement.owed.fen, refund: settlement.refundOwed.fen, account: account, month: month)
  }

  /// Adds what is owed on a claim, with what two accounts refund for it.
  @inline(__always)
  func owe(_ fen: Int64, refund: Int64, account: Int, month: Int) {
    guard twoAccounts else {
      outflow[account &* horizon &+ month] &+= fen
      return
    }
    required[month] = max(required[month], outflow[month] &+ fen)
    if refundLag == 0 {
      outflow[month] &+= fen &- refund
      refunds[month] &+= refund
    } else {
      outflow[month] &+= fen
      if month + refundLag < horizon { refunds[month + refundLag] &+= refund }
    }
  }

  /// Adds what comes back on a claim that was settled without limit.
  @inline(__always)
  func giveBack(_ division: RecoveryDivision, account: Int, month: Int) {
    giveBack(
      division.toPayingAccount.fen, fiscal: (division.toFund - division.toPayingAccount).fen,
      account: account, month: month)
  }

  /// Adds what comes back into the paying account, and of two into the fiscal one.
  @inline(__always)
  func giveBack(_ fen: Int64, fiscal: Int64, account: Int, month: Int) {
    let cell = account &* horizon &+ month
    inflow[cell] &+= fen
    if twoAccounts { fiscalInflow[cell] &+= fiscal }
  }

  /// The smallest initial amount that leaves nothing unpaid in so many months from the start.
  ///
  /// A run that goes on from a day: what the fund held then, and the smallest amount that does so if it is
  /// added in the first month, like new money.
  func needed(through months: Int) -> Int64 {
    guard let fillUps else { return heldBefore + neededUnfilled(months) }
    return heldBefore + neededFilled(fillUps, months, enough: neededUnfilled(months))
  }

  private func neededUnfilled(_ months: Int) -> Int64 {
    guard held.isEmpty else { return neededOnTop(months) }
    if twoAccounts { return neededByPool(months) }
    if accountCount == 1 {
      return neededBackwards(months, account: 0, injections: injections, fees: fees)
    }
    return neededByPartition(months)
  }

  /// Backwards from nothing at the end of the last of these months, through each month's flows in
  /// reverse.
  private func neededBackwards(
    _ months: Int, account: Int, injections: UnsafeMutableBufferPointer<Int64>,
    fees: UnsafeMutableBufferPointer<Int64>
  ) -> Int64 {
    var needed: Int64 = 0
    var month = months
    while month > 0 {
      month &-= 1
      let cell = account &* horizon &+ month
      needed = step.before(
        month, after: needed + (needed > 0 ? fees[month] : 0),
        flow: outflow[cell] - inflow[cell] - injections[month])
    }
    return needed
  }

  /// One account for each bank: the smallest whole whose every share suffices.
  private func neededByPartition(_ months: Int) -> Int64 {
    let injections = cash.injections.map { $0 > .zero ? split($0) : [] }
    let fees = cash.fees.map { $0 > .zero ? split($0) : [] }
    let byAccount = (0..<accountCount).map { account in
      var moneyIn = injections.map { $0.isEmpty ? 0 : $0[account].fen }
      var moneyOut = fees.map { $0.isEmpty ? 0 : $0[account].fen }
      return moneyIn.withUnsafeMutableBufferPointer { moneyIn in
        moneyOut.withUnsafeMutableBufferPointer { moneyOut in
          neededBackwards(months, account: account, injections: moneyIn, fees: moneyOut)
        }
      }
    }
    guard byAccount.contains(where: { $0 > 0 }) else { return 0 }
    return smallestAmount { amount in
      zip(split(Money(fen: amount)), byAccount.enumerated()).allSatisfy { part, needed in
        part.fen + (held.isEmpty ? 0 : held[needed.offset].paying.fen) >= needed.element
      }
    }
  }

  /// What has to be added to the accounts of a run that goes on from a day.
  private func neededOnTop(_ months: Int) -> Int64 {
    if twoAccounts {
      let whole = held.reduce(into: FundAccount(paying: .zero)) {
        $0.paying += $1.paying
        $0.refunding += $1.refunding
      }
      return smallestAmount { amount in
        var account = whole
        account.inject(Money(fen: amount), under: cash.accounts)
        return lasts(months, with: account)
      }
    }
    guard accountCount == 1 else { return neededByPartition(months) }
    let needed = neededBackwards(months, account: 0, injections: injections, fees: fees)
    return max(0, needed - held[0].paying.fen)
  }

  private func split(_ amount: Money) -> [Money] { partitioned(amount, by: cash.partition) }

  /// Two accounts: what one lacks the other does not lend. Each is followed backwards by itself,
  /// unless a fee could be taken from either; the whole is then found by bisection.
  private func neededByPool(_ months: Int) -> Int64 {
    guard accountCount == 1, !fees[0..<months].contains(where: { $0 > 0 }) else {
      return smallestAmount { amount in
        lasts(months, with: FundAccount(opening: Money(fen: amount), under: cash.accounts))
      }
    }
    var needed = FundAccount(paying: .zero)
    var month = months
    while month > 0 {
      month &-= 1
      needed.refunding.fen = needed.refunding.fen + refunds[month] - fiscalInflow[month]
      // The paying account must hold enough at every claim, and afterwards what it needs then.
      needed.paying.fen =
        max(required[month], needed.paying.fen + outflow[month]) - inflow[month]
        - (refundLag > 0 ? refunds[month] : 0)
      if injections[month] > 0 {
        var injected = FundAccount(paying: .zero)
        injected.inject(Money(fen: injections[month]), under: cash.accounts)
        needed.paying -= injected.paying
        needed.refunding -= injected.refunding
      }
      needed.paying = step.beforeInterest(max(.zero, needed.paying), month: month)
      needed.refunding = step.beforeInterest(max(.zero, needed.refunding), month: month)
    }
    // At the start both hold a half; of an odd amount the fiscal account has the fen more.
    return max(0, 2 * needed.paying.fen, 2 * needed.refunding.fen - 1)
  }

  private func lasts(_ months: Int, with opening: FundAccount) -> Bool {
    var account = opening
    for month in 0..<months {
      if month > 0 { _ = account.addMonthlyInterest(annualRate: cash.interestRate) }
      account.inject(cash.injections[month], under: cash.accounts)
      guard pays(&account, account: 0, month: month) else { return false }
      _ = account.takeFee(cash.fees[month])
    }
    return true
  }

  /// Moves the claims and recoveries of a month; returns whether an account could pay all that it owed.
  func pays(_ balances: inout FundAccount, account: Int, month: Int) -> Bool {
    let place = account * horizon + month
    balances.paying.fen += inflow[place]
    guard twoAccounts else {
      balances.paying.fen -= outflow[place]
      return balances.paying >= .zero
    }
    for cell in stride(from: month, to: fiscalInflow.count, by: horizon) {
      balances.refunding.fen += fiscalInflow[cell]
    }
    if balances.refunding.fen < refunds[month] { return false }
    balances.refunding.fen -= refunds[month]
    if refundLag > 0 { balances.paying.fen += refunds[month] }
    if balances.paying.fen < required[month] { return false }
    balances.paying.fen -= outflow[month]
    return true
  }

  /// The smallest amount that passes a test which every larger amount passes too.
  func smallestAmount(_ suffices: (Int64) -> Bool) -> Int64 {
    if suffices(0) { return 0 }
    var low: Int64 = 0
    var high: Int64 = 1 << 20
    // New money that never reaches the account that lacks it never suffices.
    while high < 1 << 55, !suffices(high) {
      low = high
      high *= 2
    }
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if suffices(middle) { high = middle } else { low = middle }
    }
    return high
  }
}
