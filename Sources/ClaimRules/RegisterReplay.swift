import CompensationKernel
public import FundCore
import PolicyLibrary

// The order of what falls on the same day is that of `Step`: interest and new money first, then
// loans, then defaults, then money that comes back, then refunds and waiting claims, then claims,
// each in the order of the register, which its reader has put into that of identity. A loan is hence judged by the state before the day's claims.
// Refunds and waiting claims are paid on the 15th. Years and months close after all else.

/// Sends a register through the rules of a fund, day by day.
///
/// - Parameters:
///   - register: What happened. Its reader has found all that contradicts itself.
///   - agreement: The fund.
///   - opening: The month in which the fund opens. A loan that runs then counts as disbursed with
///     what is outstanding of it by schedule, and with what is lost of it later if that is more.
///   - calendar: Which days are working days, for duties that count them.
/// - Returns: The ledger with every movement of money, and what became of each loan.
/// - Complexity: O(n log n) in the events, and O(banks) for each month.
public func replay(
  _ register: ClaimRegister, under agreement: FundAgreement, opening: CivilMonth,
  calendar: WorkCalendar = WorkCalendar()
) -> Replay {
  var run = RegisterRun(register, agreement, opening: opening, calendar: calendar)
  run.run()
  return run.book.finished()
}

extension ClaimBook {
  /// The result, when everything has happened.
  consuming func finished() -> Replay {
    result.totals.closing = balance
    return result
  }
}

/// What happens on a day, in the order in which it does.
private enum Step: Int {
  case openMonth
  case disbursement
  case overdue
  case clearing
  case recovery
  case monthly
  case claim
  case closeMonth
}

/// An event of a register with its place in the order of the day.
private struct RegisterEvent {
  let day: Int
  let step: Step
  /// The loan, or the month's ordinal.
  let subject: Int
  /// Which recovery of the loan.
  var part = 0
}

/// The way of a register through a book.
private struct RegisterRun {
  var book: ClaimBook
  private let register: ClaimRegister
  private let agreement: FundAgreement
  private let opening: CivilMonth
  private let duties: DutyCalendar
  private var coverage: CoverageBook
  private var events: [RegisterEvent] = []

  init(
    _ register: ClaimRegister, _ agreement: FundAgreement, opening: CivilMonth,
    calendar: WorkCalendar
  ) {
    self.register = register
    self.agreement = agreement
    self.opening = opening
    book = ClaimBook(agreement, register: register, opening: opening)
    duties = DutyCalendar(agreement.programme.duties, calendar: calendar)
    coverage = CoverageBook(agreement, history: register.history)
    listEvents()
  }

  mutating func run() {
    decideCoverage()
    var today = opening.firstDay.dayNumber
    for event in events {
      if event.day != today {
        book.note(book.watch.endDay(CivilDate(dayNumber: today)))
        today = event.day
      }
      take(event)
    }
    book.note(book.watch.endDay(CivilDate(dayNumber: today)))
  }

  /// What the articles say of each loan by itself, in the order of starts.
  private mutating func decideCoverage() {
    let loans = register.loans
    for index in loans.indices.sorted(by: {
      (loans[$0].disbursedOn, $0) < (loans[$1].disbursedOn, $1)
    }) {
      let item = CoverageCase(loans[index])
      book.result.loans[index].earlierThisYear = coverage.admittedBefore(item)
      book.result.loans[index].cover = coverage.decide(on: item)
    }
  }

  // MARK: Events

  private mutating func listEvents() {
    let last = register.until
    guard last >= opening.firstDay else {
      book.result.eventsOutside = register.loans.count { $0.loss != nil }
      return
    }
    for ordinal in opening.ordinal...last.month.ordinal {
      let month = CivilMonth(ordinal: ordinal)
      add(.openMonth, on: month.firstDay, ordinal)
      if month.middle <= last { add(.monthly, on: month.middle, ordinal) }
      add(.closeMonth, on: min(month.lastDay, last), ordinal)
    }
    for (index, loan) in register.loans.enumerated() {
      if loan.disbursedOn <= last {
        add(.disbursement, on: max(loan.disbursedOn, opening.firstDay), index)
      }
      if let loss = loan.loss { addLoss(loss, of: index) }
    }
    events.sort { left, right in
      if left.day != right.day { return left.day < right.day }
      if left.step != right.step { return left.step.rawValue < right.step.rawValue }
      return (left.subject, left.part) < (right.subject, right.part)
    }
  }

  private mutating func add(_ step: Step, on date: CivilDate, _ subject: Int, part: Int = 0) {
    events.append(RegisterEvent(day: date.dayNumber, step: step, subject: subject, part: part))
  }

  private mutating func addLoss(_ loss: RegisterLoss, of index: Int) {
    guard loss.overdueOn >= opening.firstDay, loss.overdueOn <= register.until else {
      book.result.eventsOutside += 1
      return
    }
    add(.overdue, on: loss.overdueOn, index)
    let claim = claimDate(of: loss, under: agreement)
    let clearing = [loss.recoveries.first?.receivedOn, loss.writtenOffOn].compactMap(\.self).min()
    if let clearing, clearing <= register.until {
      add(.clearing, on: max(clearing, loss.overdueOn), index)
    }
    guard claim <= register.until else {
      book.result.eventsOutside += 1
      return
    }
    add(.claim, on: claim, index)
    for (part, recovery) in loss.recoveries.enumerated() {
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
    switch event.step {
    case .openMonth:
      book.addInterest(date.month)
      book.inject(date.month)
    case .disbursement: disburse(event.subject, on: date)
    case .overdue: noteOverdue(event.subject)
    case .clearing:
      if let loss = register.loans[event.subject].loss {
        book.watch.clearOverdue(event.subject, amount: loss.principal)
      }
    case .recovery: recover(event.subject, part: event.part, on: date)
    case .monthly:
      book.refundLater(date.month)
      if agreement.terms.fund.unpaidWaits.value { book.payWaiting(date.month) }
    case .claim: claim(event.subject, on: date)
    case .closeMonth: closeMonth(on: date)
    }
  }

  // MARK: What happens

  private mutating func disburse(_ index: Int, on date: CivilDate) {
    let loan = register.loans[index]
    var reasons: [CoverageRefusal] = []
    if let removes = agreement.terms.coverage.earlierDefaultRemovesCover, removes.value,
      let first = book.firstDefault[loan.enterprise], first < loan.disbursedOn.dayNumber
    {
      reasons.append(CoverageRefusal(condition: .earlierDefault, citation: removes.citation))
    }
    reasons += book.watch.refusals(of: index)
    var cover =
      book.result.loans[index].cover
      ?? CoverageDecision(coveredPrincipal: .zero, admitted: .zero, refusals: [])
    if !reasons.isEmpty {
      cover.coveredPrincipal = .zero
      cover.refusals += reasons
      book.result.loans[index].cover = cover
    }
    if !cover.refusals.isEmpty {
      book.note(
        .refusal(cover.refusals), on: date, cover.refusals.map(\.citation), loan: index)
    }
    // What was lost later was outstanding when the fund opened, whatever the schedule says.
    let amount = max(
      loan.outstanding(in: max(opening, loan.disbursedOn.month)), loan.loss?.principal ?? .zero)
    book.note(
      book.watch.disburse(index, amount: amount, isCovered: cover.isCovered, on: date))
  }

  private mutating func noteOverdue(_ index: Int) {
    let loan = register.loans[index]
    guard let loss = loan.loss else { return }
    let day = loss.overdueOn.dayNumber
    book.firstDefault[loan.enterprise] = min(book.firstDefault[loan.enterprise] ?? day, day)
    book.watch.addOverdue(index, amount: loss.principal)
  }

  private mutating func claim(_ index: Int, on date: CivilDate) {
    let loan = register.loans[index]
    book.settleClaim(index, on: date, duties: duties.missedForClaim(of: loan, index))
    // What came in before the claim was settled is divided with it.
    for (part, recovery) in (loan.loss?.recoveries ?? []).enumerated()
    where (recovery.returnedOn ?? recovery.receivedOn) <= date {
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
    book.takeFee(month)
    book.closeMonth(month)
  }
}

/// The day on which the claim for a loss is settled: when it has been overdue long enough, was
/// recognised and applied for, whichever comes last. Without an application, the programme's days
/// overdue or the agreed delay decide.
public func claimDate(of loss: RegisterLoss, under agreement: FundAgreement) -> CivilDate {
  if let settled = loss.settledOn { return settled }
  let days = agreement.terms.claim.afterOverdueDays
  let earliest = loss.overdueOn.advanced(byDays: days)
  let stated = [loss.recognisedOn, loss.appliedOn].compactMap(\.self).max()
  if let stated { return max(earliest, stated) }
  return days > 0 ? earliest : loss.overdueOn.advanced(byMonths: agreement.claimDelay)
}
