import ClaimRules
import CompensationKernel
import FundCore
import Simulation

// The loans of a state in a plan: as the register has them, and not as a tape would round them.
extension Scenario {
  /// Puts what the state says of its loans in the place of what the portfolio does.
  func takeRegistered(into loans: inout [PlannedLoan]) {
    for (loan, position) in registered {
      let known = loan.schedule.known
      loans[position].principal = loan.schedule.principal.fen
      loans[position].ipPrincipal = loan.ipPrincipal.fen
      loans[position].isIPPledged = loan.isIPPledged
      loans[position].levelPayment = loan.schedule.level?.amount.fen ?? -1
      loans[position].opening = known.balance.fen
      loans[position].openingMonth = Int16(
        clamping: Int(loans[position].start) + known.month)
    }
  }

  /// The positions of loans that have defaulted by the state's day, and do not default again.
  var positionsInDefault: [Int] {
    registered.filter { $0.loan.loss.map { $0.curedOn == nil } ?? false }.map(\.position)
  }

  /// Bank and day of every loan that was made or will be: caps can count from a bank's first.
  var loanDates: [(bank: Int, start: CivilDate)] {
    let lending = portfolio.loans.map { (bank: Int($0.bank), start: $0.start.middle) }
    guard let resumed else { return lending }
    let banks = resumed.bankPlaces(in: portfolio)
    return lending.filter { $0.start >= start.firstDay }
      + resumed.state.loans.map { (bank: banks[$0.loan.bank], start: $0.loan.disbursedOn) }
  }

  /// The loans of the state that stand in the portfolio.
  var registered: [(loan: RegisterLoan, position: Int)] {
    guard let resumed else { return [] }
    return zip(resumed.state.loans, resumed.positions).compactMap { item, position in
      position.map { (item.loan, $0) }
    }
  }
}
