import CompensationKernel
public import FundCore
import PolicyLibrary

/// Sends a register through the rules of a fund from a state on: what follows the state's day is what
/// a replay of the whole would have there, to the fen.
///
/// - Parameters:
///   - register: What happened. It holds all loans of the state, with what became of them.
///   - agreement: The fund.
///   - state: Where its funds stood.
///   - fund: The position of the fund in the state.
///   - calendar: Which days are working days.
/// - Returns: The ledger of the days after the state's, with the sums from the opening on; `nil` if the
///   register lacks a bank or a loan of the state, or the agreement a rule by which it stands.
public func replay(
  _ register: ClaimRegister, under agreement: FundAgreement, from state: RegisterState,
  fund: Int, calendar: WorkCalendar = .stateCouncil
) -> Replay? {
  guard var run = RegisterRun(register, agreement, from: state, fund: fund, calendar: calendar)
  else {
    return nil
  }
  run.run()
  return run.book.finished()
}

extension RegisterRun {
  /// Goes on from where a fund stood; `nil` if register or agreement lack something of the state.
  fileprivate init?(
    _ register: ClaimRegister, _ agreement: FundAgreement, from state: RegisterState, fund: Int,
    calendar: WorkCalendar
  ) {
    let standing = state.funds[fund]
    guard let places = StatePlaces(of: state, in: register), agreement.carries(standing) else {
      return nil
    }
    // What was due by the day and had not come is the first thing to come.
    var register = register
    let next = state.day.advanced(byDays: 1)
    let claimed = Set(standing.claims.map(\.loan))
    for (place, index) in places.loans.enumerated() where !claimed.contains(place) {
      guard let loss = register.loans[index].loss, loss.overdueOn <= state.day,
        claimDate(of: loss, under: agreement) <= state.day
      else { continue }
      register.loans[index].loss?.settledOn = next
    }
    self.init(register, agreement, opening: state.opening, calendar: calendar)
    doneOn = state.day
    book.restore(standing, places)
    book.isPastEnd = agreement.dates.until.map { $0 <= state.day } ?? false
    coverage.restore(standing, enterprises: places.enterprises)
  }
}

extension FundAgreement {
  /// Whether a standing can be one of this fund.
  fileprivate func carries(_ standing: FundStanding) -> Bool {
    let ids = terms.thresholds.map(\.value.id)
    return standing.accounts.count == openingPurses.count
      && standing.banks.allSatisfy { $0.thresholds.map(\.id) == ids }
      && standing.claims.allSatisfy { $0.divided.map { rules($0.model) != nil } ?? true }
  }
}
