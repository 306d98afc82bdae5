import CompensationKernel
public import FundCore
import PolicyLibrary

// The order of what falls on the same day is that of `Step`: interest and new money first, then
// loans, then defaults, then money that comes in, then refunds and waiting claims, then claims,
// each in the order of the register, which its reader has put into that of identity. A loan is hence
// judged by the state before the day's claims.
// Refunds and waiting claims are paid on the 15th. Years and months close after all else.

/// Sends a register through the rules of a fund, day by day.
///
/// - Parameters:
///   - register: What happened. Its reader has found all that contradicts itself.
///   - agreement: The fund.
///   - opening: The day on which the fund opens. A loan that runs then counts as disbursed with
///     what is outstanding of it by schedule, and with what is overdue of it later if that is more.
///   - calendar: Which days are working days, for duties that count them.
///   - keepsStanding: Whether to take down where the fund stands when the register's last day is over.
/// - Returns: The ledger with every movement of money, and what became of each loan.
/// - Complexity: O(n log n) in the events, and O(banks) for each month.
public func replay(
  _ register: ClaimRegister, under agreement: FundAgreement, opening: CivilDate,
  calendar: WorkCalendar = .stateCouncil, keepsStanding: Bool = false
) -> Replay {
  var run = RegisterRun(register, agreement, opening: opening, calendar: calendar)
  run.run(keepsStanding: keepsStanding)
  return run.book.finished()
}

/// The way of a register through a book.
struct RegisterRun {
  var book: ClaimBook
  var coverage: CoverageBook
  /// The last day of which the book tells already; `nil` from the opening on.
  var doneOn: CivilDate?
  private let register: ClaimRegister
  private let agreement: FundAgreement
  private let opening: CivilDate
  private let duties: DutyCalendar
  /// The loans in the order of their starts.
  private let starts: [Int]
  /// The loans of an enterprise that became overdue.
  private var defaultsOf: [Int: [Int]] = [:]
  private var events: [RegisterEvent] = []

  init(
    _ register: ClaimRegister, _ agreement: FundAgreement, opening: CivilDate,
    calendar: WorkCalendar
  ) {
    self.register = register
    self.agreement = agreement
    self.opening = opening
    book = ClaimBook(agreement, register: register, opening: opening)
    duties = DutyCalendar(agreement.programme.duties, calendar: calendar)
    coverage = CoverageBook(agreement, history: register.history)
    let loans = register.loans
    starts = loans.indices.sorted { (loans[$0].disbursedOn, $0) < (loans[$1].disbursedOn, $1) }
    for (index, loan) in loans.enumerated() where loan.loss != nil {
      defaultsOf[loan.enterprise, default: []].append(index)
    }
  }

  mutating func run(keepsStanding: Bool = false) {
    listEvents()
    var today = opening.dayNumber
    for event in events {
      if event.day != today {
        book.note(book.watch.endDay(CivilDate(dayNumber: today)))
        today = event.day
        book.noteProgrammeEnd(before: CivilDate(dayNumber: today))
      }
      take(event)
    }
    book.note(book.watch.endDay(CivilDate(dayNumber: today)))
    if register.until >= opening {
      book.noteProgrammeEnd(before: register.until.advanced(byDays: 1))
      book.result.lastDay = book.holdings(on: register.until)
    }
    if keepsStanding { book.result.standing = FundStanding(book, coverage) }
    // Loans after the last day are judged by their own terms.
    for index in starts where book.result.loans[index].cover == nil { decideCover(index) }
  }

  // MARK: Events

  private mutating func listEvents() {
    let last = register.until
    guard last >= opening else {
      book.result.eventsOutside = register.loans.count { $0.loss != nil }
      return
    }
    for ordinal in opening.month.ordinal...last.month.ordinal {
      let month = CivilMonth(ordinal: ordinal)
      add(.openMonth, on: max(month.firstDay, opening), ordinal)
      if month.middle <= last, month.middle >= opening { add(.monthly, on: month.middle, ordinal) }
      if let end = agreement.dates.endOfYear(in: month), end != month.lastDay, end <= last {
        add(.fee, on: max(end, opening), ordinal)
      }
      add(.closeMonth, on: min(month.lastDay, last), ordinal)
    }
    if let end = agreement.windUpOn, end >= opening, end <= last {
      add(.windUp, on: end, end.month.ordinal)
    }
    for (place, index) in starts.enumerated() where register.loans[index].disbursedOn <= last {
      add(.disbursement, on: max(register.loans[index].disbursedOn, opening), index, part: place)
    }
    for (index, loan) in register.loans.enumerated() {
      if let loss = loan.loss { addLoss(loss, of: index) }
    }
    if let done = doneOn?.dayNumber { events.removeAll { $0.day <= done } }
    events.sort { left, right in
      if left.day != right.day { return left.day < right.day }
      if left.step != right.step { return left.step.rawValue < right.step.rawValue }
      // Loans come in the order of their starts, all else in that of the register.
      return left.step == .disbursement
        ? left.part < right.part : (left.subject, left.part) < (right.subject, right.part)
    }
  }

  private mutating func add(_ step: Step, on date: CivilDate, _ subject: Int, part: Int = 0) {
    events.append(RegisterEvent(day: date.dayNumber, step: step, subject: subject, part: part))
  }

  private mutating func addLoss(_ loss: RegisterLoss, of index: Int) {
    guard loss.overdueOn >= opening, loss.overdueOn <= register.until else {
      book.result.eventsOutside += 1
      return
    }
    add(.overdue, on: loss.overdueOn, index)
    for (part, recovery) in loss.recoveries.enumerated() where recovery.receivedOn <= register.until
    {
      add(.receipt, on: max(recovery.receivedOn, loss.overdueOn), index, part: part)
    }
    let closing = [loss.curedOn, loss.writtenOffOn].compactMap(\.self).min()
    if let closing, closing <= register.until {
      add(.clearing, on: max(closing, loss.overdueOn), index)
    }
    // A cured loan has nothing to claim.
    guard loss.curedOn == nil else { return }
    let claim = claimDate(of: loss, under: agreement)
    guard claim <= register.until else {
      book.result.eventsOutside += 1
      return
    }
    add(.claim, on: claim, index)
    for (part, recovery) in loss.recoveries.enumerated()
    where !loss.comesBeforeClaim(recovery, under: agreement) {
      let date = recovery.returnedOn ?? recovery.receivedOn
      if date <= claim { continue }
      if date > register.until {
        book.result.eventsOutside += 1
      } else {
        add(.recovery, on: date, index, part: part)
      }
    }
  }

  private mutating func take(_ event: RegisterEvent) {
    let date = CivilDate(dayNumber: event.day)
    book.watch.money = book.money
    switch event.step {
    case .openMonth:
      book.beginMonth(date.month)
      book.inject(date.month)
      book.fillUp(date.month)
    case .windUp: book.windUp(on: date)
    case .disbursement: disburse(event.subject, on: date)
    case .overdue: noteOverdue(event.subject)
    case .receipt: receive(event.subject, part: event.part, on: date)
    case .clearing: book.watch.close(event.subject)
    case .recovery: recover(event.subject, part: event.part, on: date)
    case .monthly:
      book.refundLater(date.month)
      if agreement.terms.fund.unpaidWaits.value, !book.isWoundUp { book.payWaiting(date.month) }
    case .claim: claim(event.subject, on: date)
    case .fee: book.takeFee(on: date)
    case .closeMonth: closeMonth(on: date)
    }
    if book.isWoundUp { book.giveBack(on: date) }
  }

  // MARK: What happens

  /// Decides whether a loan is covered: what the articles say of it by itself, and what became of its
  /// enterprise and its bank before.
  private mutating func decideCover(_ index: Int, besides reasons: [CoverageRefusal] = []) {
    let item = CoverageCase(register.loans[index])
    book.result.loans[index].earlierThisYear = coverage.admittedBefore(item)
    book.result.loans[index].cover = coverage.decide(on: item, besides: reasons)
  }

  private mutating func disburse(_ index: Int, on date: CivilDate) {
    let loan = register.loans[index]
    var reasons: [CoverageRefusal] = []
    let clauses = agreement.coverage(ofLoanMadeOn: loan.disbursedOn)
    if let removes = clauses.earlierDefaultRemovesCover, removes.value,
      hasDefaulted(loan, index, lasts: clauses.earlierDefaultLasts)
    {
      reasons.append(CoverageRefusal(condition: .earlierDefault, citation: removes.citation))
    }
    reasons += book.watch.refusals(of: index)
    reasons += book.refusals(ofLent: index, deciding: coverage, besides: reasons, on: date)
    decideCover(index, besides: reasons)
    guard let cover = book.result.loans[index].cover else { return }
    if !cover.refusals.isEmpty {
      book.note(
        .refusal(cover.refusals), on: date, cover.refusals.map(\.citation), loan: index)
    }
    let amount = loan.lentAtOpening(opening)
    book.lend(index, amount: amount, on: date)
    book.note(
      book.watch.disburse(index, amount: amount, isCovered: cover.isCoveredByFund, on: date))
  }

  /// Whether an earlier loan of the borrower stands against this one: one that ever became overdue, or,
  /// where only that matters, one that still is (I-42).
  private func hasDefaulted(
    _ loan: RegisterLoan, _ index: Int, lasts: EarlierDefaultSpan
  ) -> Bool {
    if let first = register.history.defaults[loan.enterprise], first < loan.disbursedOn {
      let end = register.history.defaultsEnded[loan.enterprise]
      if lasts == .forGood
        || (end.map { $0 >= loan.disbursedOn } ?? true)
      {
        return true
      }
    }
    // A default from before the fund opened counts, too.
    return (defaultsOf[loan.enterprise] ?? []).contains { position in
      let other = register.loans[position]
      return position != index
        && (lasts == .forGood
          ? other.hasDefaulted(before: loan.disbursedOn)
          : other.isInDefault(before: loan.disbursedOn))
    }
  }

  private mutating func noteOverdue(_ index: Int) {
    let loan = register.loans[index]
    guard loan.loss != nil else { return }
    book.watch.addOverdue(index)
  }

  private mutating func receive(_ index: Int, part: Int, on date: CivilDate) {
    guard let loss = register.loans[index].loss else { return }
    book.watch.receive(index, loss.recoveries[part].whole)
    if loss.comesBeforeClaim(loss.recoveries[part], under: agreement) {
      book.repay(index, part: part, on: date)
    }
  }

  private mutating func claim(_ index: Int, on date: CivilDate) {
    let loan = register.loans[index]
    book.settleClaim(index, on: date, duties: duties.missedForClaim(of: loan, index))
    // What comes in on the very day is divided with it, and what came in before under another reading
    // (I-37).
    guard let loss = loan.loss else { return }
    for (part, recovery) in loss.recoveries.enumerated()
    where !loss.comesBeforeClaim(recovery, under: agreement)
      && (recovery.returnedOn ?? recovery.receivedOn) <= date
    {
      recover(index, part: part, on: date)
    }
  }

  private mutating func recover(_ index: Int, part: Int, on date: CivilDate) {
    guard let loss = register.loans[index].loss else { return }
    let recovery = loss.recoveries[part]
    book.recover(recovery, of: index, on: date)
    // Who was paid nothing has nothing to return in time.
    guard book.claimOfLoan[index] != nil else { return }
    let paid = claimDate(of: loss, under: agreement)
    for duty in duties.missed(by: recovery, compensatedOn: paid, index) {
      book.note(.late(duty), on: date, [duty.citation], loan: index)
    }
  }

  /// Closes a month on its last day, or on the last day of which the register tells: then it is
  /// not over, and nothing that falls due at its end does.
  private mutating func closeMonth(on date: CivilDate) {
    let month = date.month
    book.note(book.watch.endDay(date))
    guard date == month.lastDay else { return book.closeMonth(month) }
    let (crossings, lifted) = book.watch.endMonth(month)
    book.note(crossings)
    for (place, bank) in lifted {
      let cited = book.watch.threshold(place)
      book.note(
        .resumption(threshold: cited.value.id), on: date, bank: bank, cited.citation)
    }
    if agreement.dates.endOfYear(in: month) == date { book.takeFee(on: date) }
    // The month closes on what is left (I-47).
    if agreement.windUpOn == date { book.windUp(on: date) }
    book.closeMonth(month)
  }
}
