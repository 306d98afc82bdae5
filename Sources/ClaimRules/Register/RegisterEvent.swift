import CompensationKernel
public import FundCore

/// Sends a register through the rules of a fund that opens on the first day of a month.
public func replay(
  _ register: ClaimRegister, under agreement: FundAgreement, opening: CivilMonth,
  calendar: WorkCalendar = .stateCouncil
) -> Replay {
  replay(register, under: agreement, opening: opening.firstDay, calendar: calendar)
}

extension ClaimBook {
  /// The result, when everything has happened.
  consuming func finished() -> Replay {
    result.totals.closing = balance
    return result
  }
}

/// What happens on a day, in the order in which it does.
enum Step: Int {
  case openMonth
  case disbursement
  case overdue
  case receipt
  case clearing
  case recovery
  case monthly
  case claim
  case fee
  case closeMonth
  case windUp
}

/// An event of a register with its place in the order of the day.
struct RegisterEvent {
  let day: Int
  let step: Step
  /// The loan, or the month's ordinal.
  let subject: Int
  /// Which recovery of the loan.
  var part = 0
}
