import CompensationKernel
import FundCore

// The months of a trial that is settled by totals, run on the sums of its claims.
//
// No clause feeds the balance back into what is owed. A shortage hence changes what is paid and what
// comes back of the claims it meets, and nothing else: they are found by paying the claims of a
// month in which the balance falls short one by one, in portfolio order. All other months are paid
// by their sum.
extension FundPath {
  /// Runs the months.
  ///
  /// - Returns: `false` if a month's claims exceed what there is to pay them, and a ratio counts what
  ///   is paid.
  mutating func runMonths(
    _ defaults: inout TrialDefaults, trial: borrowing TrialContext
  ) -> Bool {
    var account = openingPurses[0].account
    // Local sums, which the compiler keeps close.
    var (earned, returned, paid, fees): (Int64, Int64, Int64, Int64) = (0, 0, 0, 0)
    var lowest = outcome.lowest
    let interest = MonthlyInterest(annualRate: hot.interestRate)
    let (outflow, inflow) = (capital.outflow, capital.inflow)
    for month in 0..<hot.horizon {
      if month > 0 {
        let interest = interest.earned(on: account.paying).fen
        account.paying.fen &+= interest
        earned &+= interest
      }
      if injections[month] > .zero {
        outcome.injected &+= injections[month].fen
        account.inject(injections[month], under: hot.accounts)
      }
      var back = inflow[month]
      if hasExtras { back &+= extraToPaying[month] }
      account.paying.fen &+= back
      returned &+= back
      var owed = outflow[month]
      if account.paying.fen < owed {
        guard !hot.comparesPayments else { return false }
        purses[0].account = account
        defaults.deal()
        payInOrder(defaults, month: month, trial: trial)
        owed = (account.paying - purses[0].account.paying).fen
        account = purses[0].account
      } else {
        account.paying.fen &-= owed
      }
      paid &+= owed
      if self.fees[month] > .zero { fees &+= account.takeFee(self.fees[month]).fen }
      let closing = account.paying.fen
      lowest = min(lowest, closing)
      months[month] = MonthFlows(paid: owed, returned: back, closing: closing)
    }
    purses[0].account = account
    outcome.interest = earned
    outcome.returned = returned
    outcome.compensation = paid
    outcome.fees = fees
    outcome.lowest = lowest
    return true
  }

  /// Pays a month's claims one by one, as far as the balance goes.
  @inline(never)
  private mutating func payInOrder(
    _ defaults: TrialDefaults, month: Int, trial: borrowing TrialContext
  ) {
    // What defaults after the last month that is covered owes nothing.
    guard month &- hot.delay <= hot.lastDefaultMonth else { return }
    defaults.order(month &- hot.delay)
    for index in defaults.range(month &- hot.delay) {
      let event = defaults.ordered[index]
      if lostCoverCount > 0, hasLostCover[Int(event.loan)] { continue }
      let claim = plainClaims[Int(event.loan)]
      if event.month <= claim.lastMonth, purses[0].account.paying.fen >= Int64(claim.owed) {
        purses[0].account.paying.fen &-= Int64(claim.owed)
      } else {
        payPart(of: event, month: month, trial: trial)
      }
    }
  }

  /// Pays what can be paid of a claim, and puts right what the sums hold of it: they took it as paid
  /// in full, and its recovery as divided accordingly.
  @inline(never)
  private mutating func payPart(
    of event: DefaultEvent, month: Int, trial: borrowing TrialContext
  ) {
    guard isInForce(event) else { return }
    let loan = loans[Int(event.loan)]
    let model = ruleIndex(of: event.loan)
    let cap = Money(fen: caps[Int(loan.bank) &* hot.capStride &+ month])
    let full = settledInFull(event, loan, model: model, cap: cap)
    let base = full.lossBase
    guard base > .zero else { return }
    var log = NoLog()
    let actual = settle(
      loss: base, under: rules[model].sharing, cap: cap, from: &purses[0], log: &log)
    guard actual != full else { return }
    noteShortage(actual.unpaid.fen, month: month)
    outcome.losses -= full.parts
    outcome.losses += actual.parts
    let arrival = month &+ Int(event.lag)
    guard arrival < hot.horizon else { return }
    let part = hot.isLoaded ? loadedPart(of: event, month: month, trial: trial) : event.recovery
    let recovered = Money(fen: roundedPart(part, of: base.fen))
    guard recovered > .zero else { return }
    let fullDivision = division(recovered, of: full, model: model)
    let actualDivision = division(recovered, of: actual, model: model)
    hasExtras = true
    extraToPaying[arrival] &+= (actualDivision.toFund - fullDivision.toFund).fen
    outcome.losses += fullDivision.parts
    outcome.losses -= actualDivision.parts
    outcome.recoveredNet &+= (actualDivision.parts.total - fullDivision.parts.total).fen
  }

  /// A claim as the sums hold it: settled beforehand, or now, with an unlimited purse.
  @inline(__always)
  private mutating func settledInFull(
    _ event: DefaultEvent, _ loan: PlannedLoan, model: Int, cap: Money
  ) -> Settlement {
    guard !claims[Int(event.loan)].isFixed else { return claims[Int(event.loan)].settled }
    let base = Money(
      fen: hot.lossBase(
        of: hot.totalLoss(of: loan, defaultMonth: Int(event.month)),
        covered: coveredPrincipal(event.loan), loan: loan))
    guard base > .zero else { return Settlement(lossBase: .zero) }
    var log = NoLog()
    var unlimited = capital.purse
    return settle(
      loss: base, under: rules[model].sharing, cap: cap, from: &unlimited, log: &log)
  }
}
