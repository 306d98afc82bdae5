import CompensationKernel
import FundCore

/// Runs the months of one trial that is settled by totals where the balance may fall short.
///
/// No clause feeds the balance back into what is owed. A shortage hence changes what is paid and what
/// comes back of the claims it meets, and nothing else: they are found by paying the claims of a
/// month in which the balance falls short one by one, in portfolio order. All other months are paid
/// by their sum.
struct ShortMonths {
  private let terms: FundTerms
  private var hot: HotFund { terms.hot }
  private let interest: MonthlyInterest
  private let claims: UnsafeMutableBufferPointer<LoanClaim>
  private let plainClaims: UnsafeMutableBufferPointer<PlainClaim>
  /// What the claims of a month that falls short are paid from.
  private var purse: FundPurse

  init(_ terms: FundTerms) {
    self.terms = terms
    interest = MonthlyInterest(annualRate: terms.hot.interestRate)
    claims = terms.claims
    plainClaims = terms.plainClaims
    purse = FundPurse(FundAccount(paying: .zero), rule: terms.hot.accounts)
  }

  /// Runs the months of a trial up to the first one that falls short, and from there on to the end. In its
  /// row then stands what was paid and came back.
  ///
  /// - Parameter fallsShort: Hears of the first month that falls short, before anything in the row
  ///   changes.
  /// - Returns: `false` if a month falls short, and a ratio counts what is paid.
  mutating func run(
    _ row: TrialRow, defaults: TrialDefaults, cover: inout CoverWatch,
    trial: borrowing TrialContext, fallsShort: () -> Void
  ) -> Bool {
    var account = FundAccount(paying: Money(fen: hot.opening))
    var isShort = false
    var allowance = terms.fillUps?.allowances[0]
    terms.fillUps?.reset()
    var filled: Int64 = 0
    // Local sums, which the compiler keeps close.
    var (earned, injected, fees): (Int64, Int64, Int64) = (0, 0, 0)
    var lowest = hot.opening
    let interest = interest
    for month in 0..<hot.horizon {
      if month > 0 {
        let interest = interest.earned(on: account.paying).fen
        account.paying.fen &+= interest
        earned &+= interest
      }
      if terms.injections[month] > .zero {
        injected &+= terms.injections[month].fen
        account.inject(terms.injections[month], under: hot.accounts)
      }
      if hot.fillsUp { filled &+= fillUp(&account, &allowance, month: month) }
      account.paying.fen &+= row.inflow[month]
      if account.paying.fen < row.outflow[month] {
        guard !hot.comparesPayments else { return false }
        if !isShort { fallsShort() }
        isShort = true
        purse.account = account
        defaults.deal()
        payInOrder(month, defaults: defaults, row: row, cover: &cover, trial: trial)
        row.outflow[month] = (account.paying - purse.account.paying).fen
      }
      account.paying.fen &-= row.outflow[month]
      if terms.fees[month] > .zero { fees &+= takeFee(from: &account, row, month: month) }
      row.closing[month] = account.paying.fen
      lowest = min(lowest, account.paying.fen)
    }
    let outcome = row.outcome
    outcome.pointee.interest = earned
    outcome.pointee.injected = injected
    outcome.pointee.filledUp = filled
    outcome.pointee.fees = fees
    outcome.pointee.lowest = lowest
    outcome.pointee.closing = account.paying.fen
    return true
  }

  /// Takes a month's fee, as far as the balance goes; returns what was taken.
  private func takeFee(from account: inout FundAccount, _ row: TrialRow, month: Int) -> Int64 {
    let fee = account.takeFee(terms.fees[month]).fen
    if let cost = row.cost, let schedule = terms.coveredSchedule {
      cost.fees.pointee -= schedule.present(terms.fees[month].fen - fee, month: month)
    }
    return fee
  }

  /// Fills the account up, where a month begins that asks for it; returns what it was given.
  private func fillUp(
    _ account: inout FundAccount, _ allowance: inout FillUpAllowance?, month: Int
  ) -> Int64 {
    guard let fillUps = terms.fillUps, fillUps.isDue(month), var own = allowance else { return 0 }
    let given = fillUps.fill(&account, &own, month: month)
    allowance = own
    fillUps.note(given, month: month)
    return given
  }

  /// Pays a month's claims one by one, as far as the balance goes.
  @inline(never)
  private mutating func payInOrder(
    _ month: Int, defaults: TrialDefaults, row: TrialRow, cover: inout CoverWatch,
    trial: borrowing TrialContext
  ) {
    // What defaults after the last month that is covered owes nothing.
    guard month &- hot.delay <= hot.lastDefaultMonth else { return }
    defaults.order(month &- hot.delay)
    let sole = terms.sole
    for index in defaults.range(month &- hot.delay) {
      let event = defaults.ordered[index]
      if cover.lostCover.contains(event.loan) { continue }
      let claim = plainClaims[Int(event.loan)]
      if event.month <= claim.lastMonth, purse.account.paying.fen >= Int64(claim.owed) {
        purse.account.paying.fen &-= Int64(claim.owed)
      } else if event.month <= claim.lastMonth, let sole {
        payPart(of: event, claim, sole, row: row, trial: trial)
      } else {
        payPart(of: event, row: row, cover: &cover, trial: trial)
      }
    }
  }

  /// Pays what can be paid of a claim, and puts right what the sums hold of it: they took it as paid
  /// in full, and its recovery as divided accordingly.
  @inline(never)
  private mutating func payPart(
    of event: DefaultEvent, row: TrialRow, cover: inout CoverWatch, trial: borrowing TrialContext
  ) {
    guard terms.isInForce(event) else { return }
    let month = Int(event.month) &+ hot.delay
    let model = terms.ruleIndex(of: event.loan, month: month)
    let cap = terms.cap(
      of: event.loan, bank: Int(terms.loans[Int(event.loan)].bank), month: month)
    let full = settledInFull(event, model: model, cap: cap, cover: &cover)
    let base = full.lossBase
    guard base > .zero else { return }
    var log = NoLog()
    let actual = settle(
      loss: base, under: terms.rules[model].sharing, cap: cap, from: &purse, log: &log)
    guard actual != full else { return }
    let outcome = row.outcome
    outcome.pointee.noteShortage(actual.unpaid.fen, month: month)
    outcome.pointee.losses -= full.parts
    outcome.pointee.losses += actual.parts
    let arrival = month &+ Int(event.lag)
    guard arrival < hot.horizon else { return }
    let part = terms.recoveredPart(of: event, month: month, trial: trial)
    let recovered = Money(fen: roundedPart(part, of: base.fen))
    guard recovered > .zero else { return }
    let fullDivision = terms.division(recovered, of: full, model: model)
    let actualDivision = terms.division(recovered, of: actual, model: model)
    row.inflow[arrival] &+= (actualDivision.toFund - fullDivision.toFund).fen
    outcome.pointee.losses += fullDivision.parts
    outcome.pointee.losses -= actualDivision.parts
    outcome.pointee.recoveredNet &+= (actualDivision.parts.total - fullDivision.parts.total).fen
  }

  /// The same for a plain claim, which fund and bank share alone.
  @inline(never)
  private mutating func payPart(
    of event: DefaultEvent, _ claim: PlainClaim, _ sole: SoleFundRecovery, row: TrialRow,
    trial: borrowing TrialContext
  ) {
    let (owed, base) = (Money(fen: Int64(claim.owed)), Money(fen: Int64(claim.lossBase)))
    let paid = min(owed, purse.account.paying)
    purse.account.paying -= paid
    let month = Int(event.month) &+ hot.delay
    let outcome = row.outcome
    outcome.pointee.noteShortage((owed - paid).fen, month: month)
    outcome.pointee.losses[.fund] -= owed - paid
    outcome.pointee.losses[.bank] += owed - paid
    let arrival = month &+ Int(event.lag)
    guard arrival < hot.horizon else { return }
    let part = terms.recoveredPart(of: event, month: month, trial: trial)
    let recovered = Money(fen: roundedPart(part, of: base.fen))
    guard recovered > .zero else { return }
    let costs = terms.costs(of: recovered)
    let full = sole.divide(recovered, costs: costs, lossBase: base, paid: owed)
    let actual = sole.divide(recovered, costs: costs, lossBase: base, paid: paid)
    row.inflow[arrival] &+= (actual.fund - full.fund).fen
    outcome.pointee.losses[.fund] += full.fund - actual.fund
    outcome.pointee.losses[.bank] += full.bank - actual.bank
    outcome.pointee.recoveredNet &+= (actual.fund + actual.bank - full.fund - full.bank).fen
  }

  /// A claim as the sums hold it: settled beforehand, or now, with an unlimited purse.
  @inline(__always)
  private func settledInFull(
    _ event: DefaultEvent, model: Int, cap: Money, cover: inout CoverWatch
  ) -> Settlement {
    guard !claims[Int(event.loan)].isFixed else { return claims[Int(event.loan)].settled }
    let loan = terms.loans[Int(event.loan)]
    let base = Money(
      fen: hot.lossBase(
        of: terms.totalLoss(of: event.loan, defaultMonth: Int(event.month)),
        covered: terms.coveredPrincipal(event.loan, watch: &cover.watch), loan: loan))
    guard base > .zero else { return Settlement(lossBase: .zero) }
    return terms.settledInFull(base, cap: cap, model: model)
  }
}
