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
    for model in models {
      if let sole = soles[model] {
        addClaims(defaults, model: model, sole: sole, trial: trial)
      } else {
        addClaims(defaults, model: model, trial: trial)
      }
    }
    let isCertain = runMonths() && findBreaches(defaults)
    watch.totals.reset()
    return isCertain
  }

  /// Adds the claims of one operating model where fund and bank share alone, with their recoveries.
  private mutating func addClaims(
    _ defaults: TrialDefaults, model: Int, sole: SoleFundRecovery, trial: borrowing TrialContext
  ) {
    if hot.costs == .zero, let plain = PlainFundRecovery(sole) {
      addClaims(defaults, model: model, trial: trial) { claim, recovered in
        (claim.owed > 0 ? plain.fundPart(of: Money(fen: recovered)).fen : 0, recovered)
      }
    } else {
      let rate = hot.costs
      addClaims(defaults, model: model, trial: trial) { claim, recovered in
        let whole = Money(fen: recovered)
        let costs = rate == .zero ? .zero : whole.multiplied(by: rate, rounding: .halfUp)
        let division = sole.divide(
          whole, costs: costs, lossBase: Money(fen: claim.lossBase), paid: Money(fen: claim.owed))
        return (division.fund.fen, division.fund.fen &+ division.bank.fen)
      }
    }
  }

  /// One pass over the defaults, compiled for each way to divide.
  ///
  /// Which recoveries come within the horizon cannot be predicted. The others are taken along as
  /// nothing, in the cell behind the last month: cheaper than a branch that is guessed. The bits are
  /// masked, because a compiler may make a branch of any choice.
  ///
  /// - Parameter divide: The fund's part of a recovery on a claim, and the recovery after costs.
  @inline(__always)
  private mutating func addClaims(
    _ defaults: TrialDefaults, model: Int, trial: borrowing TrialContext,
    divide: (ClaimSums, Int64) -> (fund: Int64, net: Int64)
  ) {
    // Local copies, which the compiler keeps close.
    let (horizon, delay, isLoaded) = (hot.horizon, hot.delay, hot.isLoaded)
    let (claimSums, totals) = (claimSums, watch.totals)
    let (outflow, inflow) = (capital.outflow, capital.inflow)
    let lastMonth = min(hot.lastDefaultMonth, horizon &- delay &- 1)
    var sums = SoleSums()
    for place in 0..<defaults.count {
      let event = defaults.events[place]
      let claim = claimSums[Int(event.loan)]
      let month = Int(event.month) &+ delay
      guard Int(claim.model) == model else { continue }
      guard claim.isFixed, Int(event.month) <= lastMonth else {
        addClaimAnew(event, month: month, trial: trial)
        continue
      }
      outflow[month] &+= claim.owed
      totals.add(claim.owed, bank: Int(claim.bank), month: month)
      let arrival = month &+ Int(event.lag)
      // All bits if the recovery comes in time, else none.
      let timely = Int64(truncatingIfNeeded: (arrival &- horizon) &>> 63)
      var part = event.recovery
      if isLoaded { part = timely == 0 ? 0 : loadedPart(of: event, month: month, trial: trial) }
      if claim.total > claim.lossBase, timely != 0 {
        recoverOutside(roundedPart(part, of: claim.total &- claim.lossBase))
      }
      let (fund, net) = divide(claim, roundedPart(part, of: claim.lossBase) & timely)
      inflow[min(arrival, horizon)] &+= fund
      sums.add(claim, recovered: (fund, net), lateCount: 1 &+ Int(timely))
    }
    outcome.add(sums)
    lateRecoveries += sums.lateCount
  }

  /// Adds the claims of one operating model where others than fund and bank may bear a part.
  private mutating func addClaims(
    _ defaults: TrialDefaults, model: Int, trial: borrowing TrialContext
  ) {
    var parties = PartyAmounts()
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
      parties += item.pointee.settled.parts
      capital.outflow[month] &+= owed
      watch.totals.add(owed, bank: Int(item.pointee.bank), month: month)
      // Without a branch: whether a recovery comes in time is anybody's guess.
      pending[pendingCount] = Int32(truncatingIfNeeded: place)
      pendingCount &+= month &+ Int(event.lag) < hot.horizon ? 1 : 0
      claimCount &+= 1
    }
    outcome.totalLoss += total
    outcome.outsideCover += total - base
    outcome.losses += parties
    lateRecoveries += claimCount - pendingCount
    addRecoveries(defaults, count: pendingCount, model: model, trial: trial)
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
    watch.totals.add(settled.owed.fen, bank: bank, month: month)
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
    // Local copies, which the compiler keeps close.
    var sums = outcome
    let interest = MonthlyInterest(annualRate: hot.interestRate)
    for month in 0..<hot.horizon {
      if month > 0 {
        let earned = interest.earned(on: account.paying)
        account.paying += earned
        sums.interest &+= earned.fen
      }
      if injections[month] > .zero {
        sums.injected &+= injections[month].fen
        account.inject(injections[month], under: hot.accounts)
      }
      let returned = capital.inflow[month]
      account.paying.fen &+= returned
      sums.returned &+= returned
      let owed = capital.outflow[month]
      guard account.paying.fen >= owed else { return false }
      account.paying.fen &-= owed
      sums.compensation &+= owed
      if fees[month] > .zero { sums.fees &+= account.takeFee(fees[month]).fen }
      let closing = account.balance.fen
      sums.lowest = min(sums.lowest, closing)
      months[month] = MonthFlows(paid: owed, returned: returned, closing: closing)
    }
    purses[0].account = account
    outcome = sums
    return true
  }
}

/// What the claims of a trial come to where fund and bank share alone.
struct SoleSums {
  var owed: Int64 = 0
  var lossBase: Int64 = 0
  var total: Int64 = 0
  /// What of the recoveries is the fund's, and all of them after costs.
  var recoveredByFund: Int64 = 0
  var recoveredNet: Int64 = 0
  var lateCount = 0

  /// Adds a claim with its recovery.
  @inline(__always)
  mutating func add(
    _ claim: ClaimSums, recovered: (fund: Int64, net: Int64), lateCount: Int
  ) {
    owed &+= claim.owed
    lossBase &+= claim.lossBase
    total &+= claim.total
    recoveredByFund &+= recovered.fund
    recoveredNet &+= recovered.net
    self.lateCount &+= lateCount
  }
}

extension TrialOutcome {
  /// Adds claims with their recoveries: the fund bears what it owes, the bank the rest.
  mutating func add(_ sums: SoleSums) {
    totalLoss += sums.total
    outsideCover += sums.total - sums.lossBase
    losses[.fund] += Money(fen: sums.owed - sums.recoveredByFund)
    losses[.bank] += Money(
      fen: sums.lossBase - sums.owed - (sums.recoveredNet - sums.recoveredByFund))
    recoveredNet += sums.recoveredNet
  }
}
