import CompensationKernel
import FundCore

// The short way through a trial: what is owed and returned is summed by month, in whatever order
// the defaults were found, and the months are then run on the sums.
//
// It holds as long as no claim depends on the claims before it: no shortage, no suspension or
// pause, no default of an enterprise that defaulted before where that removes cover. Whether this
// is so shows on the sums; if not, or if it cannot be told, the trial is settled again claim by
// claim. The amounts are those of the kernel all the same: what a claim owes comes from `settle`
// with an unlimited purse, what comes back from `divideRecovery`.
extension FundPath {
  /// Settles a trial by totals.
  ///
  /// - Returns: `false` if the order of claims may matter; nothing counts then.
  mutating func settleByTotals(
    _ defaults: TrialDefaults, trial: borrowing TrialContext
  ) -> Bool {
    guard hot.canSettleByTotals, !(hot.earlierDefaultRemovesCover && trial.hasRepeatedDefaults)
    else { return false }
    begin(defaultCount: defaults.count)
    let models = hot.model >= 0 ? hot.model..<hot.model + 1 : 0..<rules.count
    for model in models { addClaims(defaults, model: model, trial: trial) }
    // The sums by bank are cleared on the way: both are always asked.
    let keepsCover = findBreaches(defaults)
    return runMonths() && keepsCover
  }

  /// Adds the claims of one operating model.
  private mutating func addClaims(
    _ defaults: TrialDefaults, model: Int, trial: borrowing TrialContext
  ) {
    let hasOthers = hasOthers(rules[model])
    var sums = PartySums()
    var total: Int64 = 0
    var base: Int64 = 0
    var pendingCount = 0
    var claimCount = 0
    for place in 0..<defaults.count {
      let event = defaults.events[place]
      let item = claims.baseAddress.unsafelyUnwrapped + Int(event.loan)
      let month = Int(event.month) &+ hot.delay
      guard Int(item.pointee.model) == model else { continue }
      guard item.pointee.isFixed, Int(event.month) <= hot.lastDefaultMonth, month < hot.horizon
      else {
        addClaimAnew(event, month: month, trial: trial)
        continue
      }
      let owed = item.pointee.settled.owed.fen
      total &+= item.pointee.total
      base &+= item.pointee.settled.lossBase.fen
      sums.add(item.pointee.settled.parts, hasOthers)
      capital.outflow[month] &+= owed
      let bank = Int(item.pointee.bank)
      watch.owedByMonth[bank &* hot.horizon &+ month] &+= owed
      watch.owedByBank[bank] &+= owed
      // Without a branch: whether a recovery comes in time is anybody's guess.
      pending[pendingCount] = Int32(truncatingIfNeeded: place)
      pendingCount &+= month &+ Int(event.lag) < hot.horizon ? 1 : 0
      claimCount &+= 1
    }
    outcome.totalLoss += total
    outcome.outsideCover += total - base
    outcome.losses += sums.all
    lateRecoveries += claimCount - pendingCount
    if let sole = SoleFundRecovery(rules[model]) {
      addRecoveries(defaults, count: pendingCount, sole: sole, trial: trial)
    } else {
      addRecoveries(defaults, count: pendingCount, model: model, trial: trial)
    }
  }

  /// Adds the recoveries of the claims that `pending` lists, where fund and bank share alone.
  private mutating func addRecoveries(
    _ defaults: TrialDefaults, count: Int, sole: SoleFundRecovery,
    trial: borrowing TrialContext
  ) {
    var fund: Int64 = 0
    var bank: Int64 = 0
    for index in 0..<count {
      let event = defaults.events[Int(pending[index])]
      let recovered = recoveredAmount(of: event, trial: trial)
      guard recovered > .zero else { continue }
      let settled = claims.baseAddress.unsafelyUnwrapped + Int(event.loan)
      let division = sole.divide(
        recovered, costs: costs(of: recovered), lossBase: settled.pointee.settled.lossBase,
        paid: settled.pointee.settled.paid)
      let month = Int(event.month) &+ hot.delay &+ Int(event.lag)
      capital.inflow[month] &+= division.fund.fen
      fund &+= division.fund.fen
      bank &+= division.bank.fen
    }
    outcome.losses[.fund] -= Money(fen: fund)
    outcome.losses[.bank] -= Money(fen: bank)
    outcome.recoveredNet += fund + bank
  }

  /// Adds the recoveries of the claims that `pending` lists.
  private mutating func addRecoveries(
    _ defaults: TrialDefaults, count: Int, model: Int, trial: borrowing TrialContext
  ) {
    let rules = rules[model]
    var log = NoLog()
    for index in 0..<count {
      let event = defaults.events[Int(pending[index])]
      let recovered = recoveredAmount(of: event, trial: trial)
      guard recovered > .zero else { continue }
      let division = divideRecovery(
        recovered, costs: costs(of: recovered), of: claims[Int(event.loan)].settled,
        under: rules, log: &log)
      let month = Int(event.month) &+ hot.delay &+ Int(event.lag)
      capital.inflow[month] &+= division.toPayingAccount.fen
      outcome.losses -= division.parts
      outcome.recoveredNet &+= division.parts.total.fen
    }
  }

  /// What is recovered on the covered part of a loan. Notes what is recovered on the rest.
  @inline(__always)
  private mutating func recoveredAmount(
    of event: DefaultEvent, trial: borrowing TrialContext
  ) -> Money {
    let item = claims.baseAddress.unsafelyUnwrapped + Int(event.loan)
    let month = Int(event.month) &+ hot.delay
    let part =
      hot.isLoaded ? loadedPart(of: event, month: month, trial: trial) : event.recovery
    let base = item.pointee.settled.lossBase.fen
    if item.pointee.total > base {
      recoverOutside(roundedPart(part, of: item.pointee.total &- base))
    }
    return Money(fen: roundedPart(part, of: base))
  }

  /// Whether anybody but fund and bank can bear a part.
  private func hasOthers(_ rules: ClaimRulesInForce) -> Bool {
    rules.sharing.payerCount > 1 || rules.sharing[0].party != .fund
  }

  /// The parts of many divisions. Mostly fund and bank alone have any.
  private struct PartySums {
    private var fund: Int64 = 0
    private var bank: Int64 = 0
    private var others = PartyAmounts()

    @inline(__always)
    mutating func add(_ parts: PartyAmounts, _ hasOthers: Bool) {
      if hasOthers { others += parts }
      fund &+= parts[.fund].fen
      bank &+= parts[.bank].fen
    }

    var all: PartyAmounts {
      var all = others
      all[.fund] = Money(fen: fund)
      all[.bank] = Money(fen: bank)
      return all
    }
  }

  /// Adds a claim that was not settled beforehand, or counts it if it falls after the horizon.
  @inline(never)
  private mutating func addClaimAnew(
    _ event: DefaultEvent, month: Int, trial: borrowing TrialContext
  ) {
    guard month < hot.horizon else {
      lateClaims += 1
      return
    }
    let loan = loans[Int(event.loan)]
    let rules = rules[hot.modelPosition(of: loan)]
    let total = hot.totalLoss(of: loan, defaultMonth: Int(event.month))
    let isCovered = Int(event.month) <= hot.lastDefaultMonth
    let base = hot.lossBase(
      of: total, covered: isCovered ? covered[Int(event.loan)] : 0, loan: loan)
    let recoveryMonth = month + Int(event.lag)
    var part = 0.0
    outcome.totalLoss += total
    outcome.outsideCover += total - base
    if recoveryMonth < hot.horizon {
      part = hot.isLoaded ? loadedPart(of: event, month: month, trial: trial) : event.recovery
      if total > base { recoverOutside(roundedPart(part, of: total - base)) }
    } else {
      lateRecoveries += 1
    }
    guard base > 0 else { return }
    hasUnfixedClaims = true
    var purse = capital.purse
    var log = NoLog()
    let bank = Int(loan.bank)
    let settled = settle(
      loss: Money(fen: base), under: rules.sharing,
      cap: Money(fen: caps[bank * hot.capStride + month]), from: &purse, log: &log)
    outcome.losses += settled.parts
    capital.owe(settled, account: 0, month: month)
    watch.owedByMonth[bank * hot.horizon + month] += settled.owed.fen
    watch.owedByBank[bank] += settled.owed.fen
    let recovered =
      recoveryMonth < hot.horizon ? Money(fen: roundedPart(part, of: base)) : .zero
    guard recovered > .zero else { return }
    let division = divideRecovery(
      recovered, costs: costs(of: recovered), of: settled, under: rules, log: &log)
    capital.giveBack(division, account: 0, month: recoveryMonth)
    outcome.losses -= division.parts
    outcome.recoveredNet += division.parts.total.fen
  }

  /// Runs the months on the sums.
  ///
  /// - Returns: `false` if a month's claims exceed what there is to pay them.
  private mutating func runMonths() -> Bool {
    var account = openingPurses[0].account
    for month in 0..<hot.horizon {
      if month > 0, hot.interestRate > .zero {
        outcome.interest &+= account.addMonthlyInterest(annualRate: hot.interestRate).fen
      }
      if injections[month] > .zero {
        outcome.injected &+= injections[month].fen
        account.inject(injections[month], under: hot.accounts)
      }
      let returned = capital.inflow[month]
      account.paying.fen &+= returned
      outcome.returned &+= returned
      let owed = capital.outflow[month]
      guard account.paying.fen >= owed else { return false }
      account.paying.fen &-= owed
      outcome.compensation &+= owed
      if fees[month] > .zero { outcome.fees &+= account.takeFee(fees[month]).fen }
      let closing = account.balance.fen
      outcome.lowest = min(outcome.lowest, closing)
      months[month] = MonthFlows(paid: owed, returned: returned, closing: closing)
    }
    purses[0].account = account
    return true
  }
}
