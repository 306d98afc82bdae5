import CompensationKernel
import FundCore

/// A fund while a register goes through it: its money, its banks' standing, its open claims.
///
/// All money moves through the kernel: `settle`, `divideRecovery` and the purses' own methods. What
/// happens on which day, and in which order, is decided by `replay`.
struct ClaimBook {
  /// A claim that was settled, with what has become of it.
  struct Claim {
    let loan: Int
    let purse: Int
    let model: OperatingModel
    /// The payers that owe nothing on it.
    let idle: Set<PartyPlace>
    let rules: ClaimRulesInForce
    var settlement: Settlement
    var before = RecoveredBefore()
  }

  let agreement: FundAgreement
  let register: ClaimRegister
  /// The day on which the fund opens.
  let opening: CivilDate
  let caps: CapSchedule
  var purses: [FundPurse]
  /// What the fund held when the calendar year began; at first, what it opened with.
  var yearOpening: Money
  var result: Replay
  var claims: [Claim] = []
  /// The position of each loan's claim in `claims`.
  var claimOfLoan: [Int: Int] = [:]
  /// What was owed on the loans of each enterprise in a calendar year, where that is limited (I-51).
  var support: [SupportYear: Money] = [:]
  /// What claims and lending add up to, where a clause looks at that.
  var aggregates: AggregateBook?
  /// The loans that were made under cover, where a clause looks at them.
  var lent: [Int] = []
  /// What had come to before, until it is counted.
  var earlierSums: [(bank: Int, lent: Money, losses: Money, owed: Money)] = []
  /// Whether the balance went back to the contributors (I-47).
  var isWoundUp = false
  /// Claims that still wait for money, oldest first.
  var waiting: [Int] = []
  /// Claims whose refund falls due in a later month (I-12).
  var refundsDue: [CivilMonth: [Int]] = [:]
  var watch: BankWatch
  /// What filling up can still give each account; nothing where the fund is not filled up.
  var allowances: [FillUpAllowance]
  private var paidThisMonth = Money.zero
  private var returnedThisMonth = Money.zero

  init(_ agreement: FundAgreement, register: ClaimRegister, opening: CivilDate) {
    self.agreement = agreement
    self.register = register
    self.opening = opening
    caps = CapSchedule(
      agreement, dated: register.loans.lazy.map { ($0.bank, $0.disbursedOn) })
    purses = agreement.openingPurses
    yearOpening = agreement.initial
    aggregates = agreement.aggregateBook(bankCount: register.banks.count)
    earlierSums = register.history.sums
    watch = BankWatch(agreement, register: register)
    allowances =
      agreement.fillUp?.allowances(
        under: agreement.accounts, partition: agreement.partition) ?? []
    result = Replay(agreement: agreement, register: register)
    result.loans = Array(repeating: LoanOutcome(), count: register.loans.count)
    result.totals.opening = agreement.initial
    watch.money = money
    note(.opening, on: opening, [agreement.terms.fund.initial.citation])
  }

  /// All money of the fund.
  var balance: Money { purses.reduce(.zero) { $0 + $1.account.balance } }

  /// What clauses look at of it at the moment.
  var money: FundMoney {
    var money = FundMoney()
    (money.balance, money.yearOpening) = (balance, yearOpening)
    money.moneyPutIn = result.totals.opening + result.totals.injected + result.totals.filledUp
    return money
  }

  /// Writes an entry of the ledger.
  mutating func note(
    _ event: LedgerEntry.Event, on date: CivilDate, _ citations: [Citation],
    loan: Int? = nil, amount: Money = .zero
  ) {
    result.entries.append(
      LedgerEntry(
        date: date, event: event, bank: loan.map { register.loans[$0].bank }, loan: loan,
        amount: amount, balance: balance, citations: citations))
  }

  /// Writes an entry about a bank as a whole.
  mutating func note(
    _ event: LedgerEntry.Event, on date: CivilDate, bank: Int, _ citation: Citation
  ) {
    result.entries.append(
      LedgerEntry(
        date: date, event: event, bank: bank, loan: nil, amount: .zero, balance: balance,
        citations: [citation]))
  }

  // MARK: Money that does not depend on claims

  /// Begins a month, before anything moves.
  mutating func beginMonth(_ month: CivilMonth) {
    if month.month == 1 { yearOpening = balance }
    addInterest(month)
  }

  private mutating func addInterest(_ month: CivilMonth) {
    guard month > opening.month, agreement.interestRate > .zero else { return }
    var sum = Money.zero
    for index in purses.indices {
      sum += purses[index].account.addMonthlyInterest(annualRate: agreement.interestRate)
    }
    result.totals.interest += sum
    let source = agreement.terms.fund.interestStays?.citation
    note(.interest, on: month.firstDay, source.map { [$0] } ?? [], amount: sum)
  }

  mutating func inject(_ month: CivilMonth) {
    let index = month.months(since: opening.month)
    guard agreement.injections.indices.contains(index) else { return }
    let amount = agreement.injections[index]
    guard amount > .zero else { return }
    for (index, part) in split(amount).enumerated() {
      purses[index].account.inject(part, under: agreement.accounts)
    }
    result.totals.injected += amount
    note(
      .injection, on: max(month.firstDay, opening), [agreement.terms.fund.initial.citation],
      amount: amount)
  }

  mutating func takeFee(on date: CivilDate) {
    let due = agreement.fee(on: date)
    guard due > .zero, let citation = agreement.terms.fund.fee?.citation else { return }
    var taken = Money.zero
    for (index, part) in split(due).enumerated() {
      taken += purses[index].account.takeFee(part)
    }
    result.totals.fees += taken
    note(.fee, on: date, [citation], amount: .zero - taken)
  }

  /// An amount split over the accounts.
  private func split(_ amount: Money) -> [Money] {
    agreement.partition.isEmpty ? [amount] : partitioned(amount, by: agreement.partition)
  }

  /// Notes the sums of a month that is over, or of which the register tells no more.
  mutating func closeMonth(_ month: CivilMonth) {
    result.months.append(
      LedgerMonth(
        month: month, paid: paidThisMonth, returned: returnedThisMonth, closing: balance,
        accounts: purses.map(\.account)))
    paidThisMonth = .zero
    returnedThisMonth = .zero
  }

  // MARK: Sums

  mutating func countPaid(_ amount: Money) {
    result.totals.compensation += amount
    paidThisMonth += amount
  }

  mutating func countReturned(_ amount: Money) {
    result.totals.returned += amount
    returnedThisMonth += amount
  }

  /// Notes an amount that was owed and could not be paid for lack of balance.
  mutating func noteShortage(_ unpaid: Money, on date: CivilDate, loan: Int) {
    guard unpaid > .zero else { return }
    result.totals.unpaid += unpaid
    if result.ranDryOn == nil { result.ranDryOn = date }
    note(.unpaid(unpaid), on: date, [agreement.terms.fund.unpaidWaits.citation], loan: loan)
  }
}
