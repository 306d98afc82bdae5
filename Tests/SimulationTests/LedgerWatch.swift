import CompensationKernel
import FundCore
import Simulation

/// The banks' ratios and what they cost new loans, for a `Ledger`.
struct LedgerWatch {
  private struct Bank {
    var disbursed = 0
    var owed = 0
    var paid = 0
    var returned = 0
    var overdueEver = 0
    var overdue = 0
    var covered = 0
    /// Whether the minimum volume has been reached.
    var isLarge = false
  }
  /// A time without cover for new customers, or for all: loans that start after `from`, up to
  /// and including `until`.
  private struct Suspension {
    let threshold: Int
    let bank: Int
    let from: Int
    var until = Int.max
  }

  let draft: ScenarioDraft
  let fund: FundDraft
  private var banks: [[Bank]]
  private var suspensions: [Suspension] = []
  /// Overdue principal by the month in which it clears.
  private var clearings: [(month: Int, bank: Int, amounts: [Int])] = []
  /// The loans that suspended banks did not make.
  private var unmade: Set<Int> = []
  /// The first month of breach, shape `[threshold][bank]`; −1 if none.
  private(set) var breaches: [[Int]]

  init(_ draft: ScenarioDraft, _ fund: FundDraft) {
    self.draft = draft
    self.fund = fund
    // Each threshold keeps books of its own, because each may measure loans differently.
    banks = fund.thresholds.map { _ in Array(repeating: Bank(), count: draft.bankCount) }
    breaches = fund.thresholds.map { _ in Array(repeating: -1, count: draft.bankCount) }
  }

  /// Whether a loan that starts now finds its bank open to it.
  func isOpen(to index: Int) -> Bool {
    let loan = draft.loans[index]
    return !suspensions.contains { suspension in
      guard suspension.bank == loan.bank, suspension.from < loan.start,
        loan.start <= suspension.until
      else { return false }
      guard let rule = fund.thresholds[suspension.threshold].customers else { return true }
      return !isCustomer(index, suspension, rule)
    }
  }

  private func isCustomer(_ index: Int, _ suspension: Suspension, _ rule: CustomerRule) -> Bool {
    let loan = draft.loans[index]
    return draft.loans.indices.contains { other in
      let earlier = draft.loans[other]
      guard other != index, earlier.enterprise != nil, earlier.enterprise == loan.enterprise,
        earlier.start <= suspension.from, counts(earlier, suspension.threshold),
        !unmade.contains(other)
      else { return false }
      let isSameLender = rule.lender == .programme || earlier.bank == loan.bank
      let counts = rule.earlierLoan == .any || earlier.start + earlier.term > suspension.from
      return isSameLender && counts
    }
  }

  /// Whether the bank of a loan that starts now makes it (I-46); one that it does not make is remembered.
  mutating func lends(_ index: Int) -> Bool {
    let loan = draft.loans[index]
    let isStopped = suspensions.contains { suspension in
      let terms = fund.thresholds[suspension.threshold]
      guard suspension.bank == loan.bank, suspension.from < loan.start,
        loan.start <= suspension.until, counts(loan, suspension.threshold)
      else { return false }
      // Who is a customer of a paused bank: whoever had a loan of its.
      let rule =
        terms.customers
        ?? CustomerRule(earlierLoan: .any, lender: .sameBank, noticeLagMonths: 0)
      return terms.afterSuspension == .stops
        || terms.afterSuspension == .newCustomersStop && !isCustomer(index, suspension, rule)
    }
    if isStopped { unmade.insert(index) }
    return !isStopped
  }

  /// Whether a ratio knows a loan at all: a loan without an IP pledge stands in none (I-39).
  private func counts(_ loan: LoanDraft, _ item: Int) -> Bool {
    let isPledged = loan.isPledged && (loan.ipPrincipal ?? loan.principal) > 0
    return isPledged || fund.thresholds[item].lending == .all
  }

  mutating func disburse(_ index: Int, isCovered: Bool) {
    let loan = draft.loans[index]
    for item in fund.thresholds.indices {
      let amount = measured(outstanding(loan, 0), loan, item)
      banks[item][loan.bank].disbursed += amount
      if isCovered { banks[item][loan.bank].covered += amount }
    }
  }

  private func measured(_ amount: Int, _ loan: LoanDraft, _ item: Int) -> Int {
    guard counts(loan, item) else { return 0 }
    guard fund.thresholds[item].measure == .ipPart else { return amount }
    return halfUp(amount * Int(loan.ipPrincipal ?? loan.principal), Int(loan.principal))
  }

  /// Loans that become overdue; then those whose recovery comes, or that are written off.
  mutating func addOverdue(_ month: Int, _ defaults: [LoanDefault?]) {
    for (index, loan) in draft.loans.enumerated() {
      guard let event = defaults[index], event.month == month else { continue }
      let amounts = fund.thresholds.indices.map { measured(outstanding(loan, month), loan, $0) }
      for item in fund.thresholds.indices {
        banks[item][loan.bank].overdueEver += amounts[item]
        banks[item][loan.bank].overdue += amounts[item]
      }
      let clears = min(
        month + fund.delay + event.lag, month + (draft.recovery.writeOffMonths ?? 1_000))
      clearings.append((clears, loan.bank, amounts))
    }
    for item in clearings where item.month == month {
      for threshold in fund.thresholds.indices {
        banks[threshold][item.bank].overdue -= item.amounts[threshold]
      }
    }
  }

  /// The moment when a bank's volume reaches the minimum.
  mutating func compareAtVolume(_ month: Int) {
    for (item, terms) in fund.thresholds.enumerated()
    where terms.watched == .claims && terms.numerator.countsCompensation {
      for bank in 0..<draft.bankCount where !banks[item][bank].isLarge {
        banks[item][bank].isLarge = banks[item][bank].disbursed >= Int(terms.minimumDisbursed.fen)
        if banks[item][bank].isLarge { compare(item, bank, month) }
      }
    }
  }

  mutating func addReturn(_ amount: Int, bank: Int) {
    for item in fund.thresholds.indices { banks[item][bank].returned += amount }
  }

  mutating func addPayment(_ amount: Int, bank: Int, _ month: Int) {
    addClaim(owed: 0, paid: amount, bank: bank, month)
  }

  mutating func addClaim(owed: Int, paid: Int, bank: Int, _ month: Int) {
    for item in fund.thresholds.indices {
      banks[item][bank].owed += owed
      banks[item][bank].paid += paid
    }
    for (item, terms) in fund.thresholds.enumerated()
    where terms.watched == .claims && terms.numerator.countsCompensation {
      compare(item, bank, month)
    }
  }

  private func ratio(_ item: Int, _ bank: Int, _ month: Int) -> (part: Int, whole: Int) {
    let books = banks[item][bank]
    let part =
      switch fund.thresholds[item].numerator {
      case .compensationOwed: books.owed
      case .compensationPaid: books.paid
      case .compensationNet: books.paid - books.returned
      case .overdueOutstanding: books.overdue
      case .overdueEver: books.overdueEver
      case .lendingOutstanding: running(item, bank, month)
      }
    switch fund.thresholds[item].denominator {
    case .disbursed: return (part, books.disbursed)
    case .covered: return (part, books.covered)
    case .outstanding: return (part, running(item, bank, month))
    case .balance, .yearOpening, .moneyPutIn:
      preconditionFailure("no draft measures a ratio against the fund's money")
    }
  }

  /// What is outstanding of a bank's loans at the end of a month: after its instalments.
  private func running(_ item: Int, _ bank: Int, _ month: Int) -> Int {
    let loans = draft.loans.enumerated().filter { index, loan in
      loan.bank == bank && loan.start <= month && month < loan.start + loan.term
        && !unmade.contains(index)
    }.map(\.element)
    return loans.reduce(0) { $0 + measured(outstanding($1, month + 1), $1, item) }
  }

  private func isReached(_ item: Int, _ bank: Int, _ month: Int) -> Bool {
    let (part, whole) = ratio(item, bank, month)
    return part > 0 && part * 1_000_000 >= whole * Int(fund.thresholds[item].level.millionths)
  }

  private mutating func compare(_ item: Int, _ bank: Int, _ month: Int) {
    let terms = fund.thresholds[item]
    guard banks[item][bank].disbursed >= Int(terms.minimumDisbursed.fen),
      isReached(item, bank, month)
    else { return }
    if breaches[item][bank] < 0 { breaches[item][bank] = month }
    let isActive = suspensions.contains {
      $0.threshold == item && $0.bank == bank && $0.until == .max
    }
    guard terms.effect != .warning, !isActive else { return }
    suspensions.append(
      Suspension(
        threshold: item, bank: bank, from: month + (terms.customers?.noticeLagMonths ?? 0)))
  }

  /// After the last claim: overdue ratios, ends of periods, and whether suspensions end.
  mutating func endMonth(_ month: Int) {
    for (item, terms) in fund.thresholds.enumerated() {
      let isDue =
        terms.watched == .claims
        ? !terms.numerator.countsCompensation
        : terms.watched.isDue(atEndOf: draft.firstMonth.advanced(by: month))
      guard isDue else { continue }
      for bank in 0..<draft.bankCount { compare(item, bank, month) }
    }
    for index in suspensions.indices where suspensions[index].until == .max {
      let suspension = suspensions[index]
      guard let wait = fund.thresholds[suspension.threshold].resumesAfterMonths else { continue }
      let isOver = month >= suspension.from + wait
      if isOver, !isReached(suspension.threshold, suspension.bank, month) {
        suspensions[index].until = month
      }
    }
  }
}
