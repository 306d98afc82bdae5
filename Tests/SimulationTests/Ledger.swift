import CompensationKernel
import FundCore
import Simulation

/// One default of a trial: when, what part comes back, and how long after the claim.
struct LoanDefault {
  var month: Int
  var part: Double
  var lag: Int
}

/// What a ledger finds in one trial; amounts in fen.
struct LedgerOutcome: Equatable {
  var exhaustionMonth = -1
  var compensation = 0
  var unpaid = 0
  var returned = 0
  var fees = 0
  var interest = 0
  var closing = 0
  var lowest = 0
  /// The balance at the end of each year, the last one perhaps short.
  var yearEnds: [Int] = []
  var bankLoss = 0
  var outsideCover = 0
  /// The first month of breach, shape `[threshold][bank]`; −1 if none.
  var breaches: [[Int]] = []
  var defaults = 0
  /// Loans that suspended banks did not make, to how many enterprises, and how much.
  var stoppedLoans = 0
  var stoppedFirms = 0
  var stoppedCredit = 0
  /// What filling up gave, by calendar year of the run.
  var filledUp: [Int] = []
}

/// A second implementation of the month of MODEL.md §1, written from the text alone, loan by loan
/// and without regard to speed.
///
/// It knows a fund with one payer (beside the bank), one account or one for each bank, nominal
/// shares of recoveries gross of costs, and all thresholds.
struct Ledger {
  let draft: ScenarioDraft
  let fund: FundDraft
  private let share: Int
  private var defaults: [LoanDefault?] = []
  private var balances: [Int] = []
  private var claims: [LedgerClaim] = []
  private var covered: [Int] = []
  private var watch: LedgerWatch
  private var outcome = LedgerOutcome()
  private var unmade: [Int] = []
  private var givenInYear: [Int] = []
  private var given: [Int] = []

  init(_ draft: ScenarioDraft, _ fund: FundDraft) {
    self.draft = draft
    self.fund = fund
    share = Int(fund.payers[0].share.millionths)
    watch = LedgerWatch(draft, fund)
  }

  /// Runs one trial.
  ///
  /// - Parameter defaults: What each loan does, shape `[loans]`.
  mutating func run(_ defaults: [LoanDefault?]) -> LedgerOutcome {
    self.defaults = defaults
    outcome = LedgerOutcome()
    unmade = []
    claims = []
    covered = Array(repeating: 0, count: draft.loans.count)
    balances = split(Int(fund.opening.fen))
    outcome.lowest = balances.reduce(0, +)
    watch = LedgerWatch(draft, fund)
    for month in 0..<draft.horizon {
      addMoney(month)
      startLoans(month)
      watch.addOverdue(month, self.defaults)
      watch.compareAtVolume(month)
      takeRecoveries(month)
      payWaiting(month)
      settleClaims(month)
      watch.endMonth(month)
      takeFee(month)
      outcome.lowest = min(outcome.lowest, balances.reduce(0, +))
      if month % 12 == 11 || month == draft.horizon - 1 {
        outcome.yearEnds.append(balances.reduce(0, +))
      }
    }
    outcome.closing = balances.reduce(0, +)
    outcome.breaches = watch.breaches
    outcome.defaults = self.defaults.count { $0 != nil }
    outcome.stoppedLoans = unmade.count
    outcome.stoppedCredit = unmade.reduce(0) { $0 + Int(draft.loans[$1].principal) }
    outcome.stoppedFirms = Set(unmade.map { draft.loans[$0].enterprise ?? -1 - $0 }).count
    return outcome
  }

  private func split(_ amount: Int) -> [Int] {
    guard !fund.partition.isEmpty else { return [amount] }
    var parts = fund.partition.map { amount * Int($0.millionths) / 1_000_000 }
    parts[parts.count - 1] += amount - parts.reduce(0, +)
    return parts
  }

  private mutating func addMoney(_ month: Int) {
    for account in balances.indices where month > 0 {
      let interest = halfUp(balances[account] * Int(fund.interestRate.millionths), 12_000_000)
      balances[account] += interest
      outcome.interest += interest
    }
    for (account, part) in split(Int(fund.injections[month]?.fen ?? 0)).enumerated() {
      balances[account] += part
    }
    fillUp(month)
  }

  /// Each account is filled up to its part of the amount, within its part of the limits, but not when
  /// the fund opens.
  private mutating func fillUp(_ month: Int) {
    guard let rule = fund.fillUp else { return }
    let date = draft.firstMonth.advanced(by: month)
    if month == 0 || date.month == 1 {
      if outcome.filledUp.count < date.year - draft.firstMonth.year + 1 {
        outcome.filledUp.append(0)
      }
      givenInYear = balances.map { _ in 0 }
    }
    if month == 0 { given = givenInYear }
    let months = [FillUpTime.yearStart: 12, .quarterStart: 3, .month: 1][rule.time] ?? 1
    guard month > 0, (date.month - 1) % months == 0 else { return }
    let targets = split(Int(rule.amount.fen))
    for account in balances.indices {
      var amount = targets[account] - balances[account]
      if let limit = rule.atMostAYear {
        amount = min(amount, split(Int(limit.fen))[account] - givenInYear[account])
      }
      if let limit = rule.inAll {
        amount = min(amount, split(Int(limit.fen))[account] - given[account])
      }
      guard amount > 0 else { continue }
      balances[account] += amount
      givenInYear[account] += amount
      given[account] += amount
      outcome.filledUp[outcome.filledUp.count - 1] += amount
    }
  }

  /// Loans that start in the month: drawn in any case; cover as things stand.
  private mutating func startLoans(_ month: Int) {
    for (index, loan) in draft.loans.enumerated() where max(0, loan.start) == month {
      guard watch.lends(index) else {
        // Nobody has the loan: it cannot default, is not disbursed, and makes no customer.
        unmade.append(index)
        self.defaults[index] = nil
        continue
      }
      let principal = Int(fund.coveredPrincipal?[index] ?? loan.ipPrincipal ?? loan.principal)
      let isOpen = watch.isOpen(to: index) && !(fund.earlierDefaultRemovesCover && hasFailed(index))
      covered[index] = isOpen ? principal : 0
      watch.disburse(index, isCovered: covered[index] > 0)
    }
  }

  /// Whether a loan's enterprise had a default in a month before the loan's start.
  private func hasFailed(_ index: Int) -> Bool {
    draft.loans.indices.contains { other in
      guard let event = defaults[other], other != index else { return false }
      return draft.loans[other].enterprise != nil
        && draft.loans[other].enterprise == draft.loans[index].enterprise
        && event.month < draft.loans[index].start
    }
  }

  private mutating func takeRecoveries(_ month: Int) {
    for claim in claims where claim.recoveryMonth == month {
      let costs = halfUp(claim.recovered * Int(draft.recovery.costs.millionths), 1_000_000)
      let back = claim.paid > 0 ? halfUp(claim.recovered * share, 1_000_000) : 0
      balances[claim.account] += back
      outcome.returned += back
      outcome.bankLoss -= claim.recovered - back - costs
      let outside = halfUp(claim.outside * Int(draft.recovery.costs.millionths), 1_000_000)
      outcome.outsideCover -= claim.outside - outside
      watch.addReturn(back, bank: claim.bank)
    }
  }

  private mutating func payWaiting(_ month: Int) {
    guard fund.unpaidWaits else { return }
    for index in claims.indices where claims[index].owed > claims[index].paid {
      let claim = claims[index]
      let paid = min(claim.owed - claim.paid, balances[claim.account])
      guard paid > 0 else { continue }
      claims[index].paid += paid
      balances[claim.account] -= paid
      outcome.compensation += paid
      outcome.unpaid -= paid
      outcome.bankLoss -= paid
      watch.addPayment(paid, bank: claim.bank, month)
    }
  }

  private mutating func settleClaims(_ month: Int) {
    for (index, loan) in draft.loans.enumerated() {
      guard let event = defaults[index], event.month + fund.delay == month else { continue }
      let total = loss(of: loan, month: event.month)
      let isInForce = event.month <= fund.lastDefaultMonth
      let base = isInForce ? halfUp(total * covered[index], Int(loan.principal)) : 0
      var claim = LedgerClaim(
        bank: loan.bank, account: fund.partition.isEmpty ? 0 : loan.bank,
        recoveryMonth: month + event.lag)
      claim.owed = min(halfUp(base * share, 1_000_000), cap(loan.bank, month))
      claim.paid = min(claim.owed, balances[claim.account])
      claim.recovered = Int((event.part * Double(base) + 0.5).rounded(.down))
      claim.outside = Int((event.part * Double(total - base) + 0.5).rounded(.down))
      balances[claim.account] -= claim.paid
      outcome.compensation += claim.paid
      outcome.unpaid += claim.owed - claim.paid
      outcome.bankLoss += base - claim.paid
      outcome.outsideCover += total - base
      if claim.paid < claim.owed, outcome.exhaustionMonth < 0 { outcome.exhaustionMonth = month }
      claims.append(claim)
      if base > 0 { watch.addClaim(owed: claim.owed, paid: claim.paid, bank: loan.bank, month) }
    }
  }

  /// Principal outstanding, and simple interest on it for the delay in months of 30 days, where it
  /// counts (I-44).
  private func loss(of loan: LoanDraft, month: Int) -> Int {
    let principal = outstanding(loan, month)
    guard fund.countsInterest else { return principal }
    let rate = Int(fund.penaltyRate ?? Int64(loan.rate))
    return principal + halfUp(principal * rate * fund.delay, 12_000_000)
  }

  private func cap(_ bank: Int, _ month: Int) -> Int {
    guard fund.payers[0].isCapped, !fund.caps.isEmpty else { return .max }
    return Int(
      fund.caps.count == draft.horizon
        ? fund.caps[month] : fund.caps[bank * draft.horizon + month])
  }

  private mutating func takeFee(_ month: Int) {
    guard month % 12 == 11 else { return }
    for (account, part) in split(Int(fund.yearlyFee.fen)).enumerated() {
      let fee = min(part, balances[account])
      balances[account] -= fee
      outcome.fees += fee
    }
  }
}

/// A claim of a ledger; amounts in fen.
private struct LedgerClaim {
  let bank: Int
  let account: Int
  let recoveryMonth: Int
  var owed = 0
  var paid = 0
  var recovered = 0
  var outside = 0
}

/// A quotient, half up.
func halfUp(_ numerator: Int, _ denominator: Int) -> Int {
  (2 * numerator + denominator) / (2 * denominator)
}

/// The principal of a loan before a month's instalment: `term` equal instalments in whole fen at
/// the ends of the months after the start, the last one with the remainder.
func outstanding(_ loan: LoanDraft, _ month: Int) -> Int {
  guard loan.isAmortizing else { return Int(loan.principal) }
  var left = Int(loan.principal)
  for instalment in 1..<(loan.term + 1) where loan.start + instalment < month {
    left -= instalment == loan.term ? left : Int(loan.principal) / loan.term
  }
  return left
}
