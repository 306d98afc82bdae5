import CompensationKernel
import FundCore

// The short way through a trial: what is owed and returned is summed by month, in whatever order
// the defaults were found, and the months are then run on the sums.
//
// It holds as long as what a claim owes does not depend on the claims before it: no suspension or
// pause, no default of an enterprise that defaulted before where that removes cover. Whether this
// is so shows on the sums; if not, or if it cannot be told, the banks' ratios are followed claim by
// claim (`watchInOrder`), and claims that lose their cover are taken off the sums. A month whose
// claims exceed the balance is paid claim by claim (`runMonths`). The amounts are those of the
// kernel all the same: what a claim owes comes from `settle` with an unlimited purse, what comes
// back from `divideRecovery`.
extension FundPath {
  /// Settles a trial by totals.
  ///
  /// - Returns: `false` if what is owed may depend on what is paid; nothing counts then.
  mutating func settleByTotals(
    _ defaults: inout TrialDefaults, trial: borrowing TrialContext
  ) -> Bool {
    guard hot.canSettleByTotals else { return false }
    begin(defaultCount: defaults.count)
    watch.totals.reset()
    if let sole {
      addClaims(defaults, sole: sole, trial: trial)
    } else {
      let models =
        hot.model >= 0 && !hot.hasRuleSets ? hot.model..<hot.model + 1 : 0..<rules.count
      for model in models { addClaims(defaults, model: model, trial: trial) }
    }
    if repeatsMatter(in: trial) || hasUnfixedClaims || !findBreaches(defaults) {
      watchInOrder(&defaults, trial: trial)
    }
    return runMonths(&defaults, trial: trial)
  }

  /// Adds all claims where fund and bank share alone, with their recoveries.
  private mutating func addClaims(
    _ defaults: TrialDefaults, sole: SoleFundRecovery, trial: borrowing TrialContext
  ) {
    if hot.isLoaded { findLoadedParts(defaults, trial: trial) }
    let sums: PlainSums
    if hot.costs == .zero, let share = sole.fixedShare {
      sums = addPlainClaims(defaults, dividing: share)
    } else {
      sums = addPlainClaims(defaults, dividing: SoleDivision(sole: sole, costRate: hot.costs))
    }
    let owed = capital.outflow.reduce(0, &+)
    let fund = capital.inflow.reduce(0, &+)
    outcome.totalLoss = sums.lossBase
    outcome.recoveredNet = sums.net
    outcome.losses[.fund] = Money(fen: owed - fund)
    outcome.losses[.bank] = Money(fen: sums.lossBase - owed - (sums.net - fund))
    lateRecoveries = Int(sums.late)
    guard hasOthers else { return }
    for index in 0..<listOthers(defaults) {
      addClaim(defaults.event(at: Int(pending[index])), trial: trial)
    }
  }

  private func addPlainClaims(
    _ defaults: TrialDefaults, dividing division: some PlainDivision
  ) -> PlainSums {
    let pass = PlainClaims(division, hot: hot, stretchCount: watch.totals.rowLength)
    return pass.add(
      ClaimList(
        records: records, numbers: defaults.numbers, months: defaults.months, lags: defaults.lags,
        parts: hot.isLoaded ? loadedParts : defaults.parts), of: defaults, hot.arrivals,
      to: pass.row(
        outflow: capital.outflow, inflow: capital.inflow, byStretch: watch.totals.byStretch))
  }

  /// Finds the parts that are recovered in time where they are loaded on the factor.
  private func findLoadedParts(_ defaults: TrialDefaults, trial: borrowing TrialContext) {
    for place in 0..<defaults.places(ofPeriods: hot.arrivals.possible) {
      let month = Int(defaults.months[place]) &+ hot.delay
      loadedParts[place] =
        month &+ Int(defaults.lags[place]) < hot.horizon
        ? recovery.recoveredPart(
          of: defaults.event(at: place),
          factor: trial.factor(loan: defaults.loan(at: place), month), trial.recoveryPart, tables) : 0
    }
  }

  /// Lists the claims that are not plain in `pending`; returns their number.
  private func listOthers(_ defaults: TrialDefaults) -> Int {
    var count = 0
    for place in 0..<defaults.placeCount {
      pending[count] = Int32(truncatingIfNeeded: place)
      let claim = records[Int(defaults.numbers[place])]
      count &+= defaults.months[place] > claim.lastMonth ? 1 : 0
    }
    return count
  }

  /// Adds one claim with its recovery, whoever shares it.
  @inline(never)
  private mutating func addClaim(_ event: DefaultEvent, trial: borrowing TrialContext) {
    let month = Int(event.month) &+ hot.delay
    guard plainClaims[Int(event.loan)].isFixed, Int(event.month) <= hot.lastDefaultMonth,
      month < hot.horizon
    else {
      addUnfixedClaim(event, month: month, trial: trial)
      return
    }
    let item = claims[Int(event.loan)]
    let settled = item.settled
    outcome.totalLoss += item.total
    let outside = item.total - settled.lossBase.fen
    outcome.outsideCover += outside
    if outside > 0 { outcome.outside.note(outside, .beyondBase) }
    outcome.losses += settled.parts
    capital.owe(settled, account: 0, month: month)
    watch.totals.add(settled.owed.fen, bank: Int(item.bank), month: month)
    let arrival = month &+ Int(event.lag)
    guard arrival < hot.horizon else {
      lateRecoveries += 1
      return
    }
    let recovered = recoveredAmount(of: event, trial: trial)
    guard recovered > .zero else { return }
    let division = division(recovered, of: settled, model: Int(item.model))
    capital.giveBack(division, account: 0, month: arrival)
    outcome.losses -= division.parts
    outcome.recoveredNet += division.parts.total.fen
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
    var outsideCount: Int64 = 0
    let nobody = defaults.nobody
    for place in 0..<defaults.placeCount where defaults.numbers[place] != nobody {
      let event = defaults.event(at: place)
      let item = claims.baseAddress.unsafelyUnwrapped + Int(event.loan)
      let month = Int(event.month) &+ hot.delay
      guard Int(item.pointee.model) == model else { continue }
      guard item.pointee.isFixed, Int(event.month) <= hot.lastDefaultMonth, month < hot.horizon
      else {
        addUnfixedClaim(event, month: month, trial: trial)
        continue
      }
      let owed = item.pointee.settled.owed.fen
      total &+= item.pointee.total
      base &+= item.pointee.settled.lossBase.fen
      outsideCount &+= item.pointee.total > item.pointee.settled.lossBase.fen ? 1 : 0
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
    outcome.outside.note(total - base, .beyondBase, loans: outsideCount)
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
      let event = defaults.event(at: Int(pending[index]))
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
}
