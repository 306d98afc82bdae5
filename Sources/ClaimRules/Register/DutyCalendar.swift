public import FundCore
import PolicyLibrary

/// Holds what a register says of dates against the duties of a programme (I-24).
///
/// A duty whose dates the register does not state counts as fulfilled.
struct DutyCalendar {
  private let duties: [DutyClause]
  private let calendar: WorkCalendar

  init(_ duties: [DutyClause], calendar: WorkCalendar) {
    self.duties = duties
    self.calendar = calendar
  }

  /// The duties that were missed on the way to a loan's claim.
  func missedForClaim(of loan: RegisterLoan, _ index: Int) -> [MissedDuty] {
    duties.compactMap { duty in
      let dates = Self.dates(of: duty, loan)
      return missed(duty, from: dates.from, done: dates.done, index)
    }
  }

  /// When the time for a duty began to run and when it was fulfilled, as far as a loan tells;
  /// nothing for duties that follow a recovery.
  static func dates(
    of duty: DutyClause, _ loan: RegisterLoan
  ) -> (from: CivilDate?, done: CivilDate?) {
    switch duty.after {
    case .disbursement: (loan.disbursedOn, loan.filedOn)
    case .overdue: (loan.loss?.overdueOn, loan.loss?.appliedOn)
    case .recognition: (loan.loss?.recognisedOn, loan.loss?.appliedOn)
    case .recovery: (nil, nil)
    }
  }

  /// The duties that were missed with a recovery. Their time begins with the compensation: before
  /// it there is nobody to return anything to.
  func missed(
    by recovery: RegisterRecovery, compensatedOn paid: CivilDate, _ index: Int
  ) -> [MissedDuty] {
    duties.filter { $0.after == .recovery }.compactMap {
      missed($0, from: max(recovery.receivedOn, paid), done: recovery.returnedOn, index)
    }
  }

  private func missed(
    _ duty: DutyClause, from start: CivilDate?, done: CivilDate?, _ loan: Int
  ) -> MissedDuty? {
    guard let start, let done else { return nil }
    let due =
      duty.countsWorkingDays
      ? calendar.date(workingDays: duty.days, after: start) : start.advanced(byDays: duty.days)
    guard done > due else { return nil }
    return MissedDuty(
      id: duty.id, loan: loan, dueOn: due, doneOn: done,
      isForfeited: duty.lateness == .forfeit && duty.after != .recovery,
      concerns: duty.concerns, citation: duty.citation)
  }
}

/// The years in which a programme's duties count working days that a calendar does not know.
public func yearsWithoutNotice(
  in register: ClaimRegister, under agreement: FundAgreement, calendar: WorkCalendar
) -> Set<Int> {
  let duties = agreement.programme.duties.filter(\.countsWorkingDays)
  var years: Set<Int> = []
  guard !duties.isEmpty, calendar.knownYears != nil else { return years }
  for loan in register.loans {
    guard let loss = loan.loss else { continue }
    let claim = claimDate(of: loss, under: agreement)
    for duty in duties {
      var spans = [DutyCalendar.dates(of: duty, loan)]
      if duty.after == .recovery {
        spans = loss.recoveries.map { (max($0.receivedOn, claim), $0.returnedOn) }
      }
      for case (let from?, let done?) in spans {
        let due = calendar.date(workingDays: duty.days, after: from)
        years.formUnion(calendar.unknownYears(from: from, to: max(from, min(done, due))))
      }
    }
  }
  return years
}
