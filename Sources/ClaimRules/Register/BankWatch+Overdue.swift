import CompensationKernel
import FundCore

// Overdue principal, loan by loan and threshold by threshold.
extension BankWatch {
  /// What a ratio counts of an amount of a loan (I-39).
  func counted(_ amount: Money, of loan: RegisterLoan, _ place: Int) -> Money {
    let terms = thresholds[place].value
    guard terms.counts(isIPPledged: loan.isIPPledged) else { return .zero }
    return loan.counted(amount, as: terms.measure)
  }

  /// What a loan that becomes overdue counts before anything comes in (I-38).
  private func overdueAmount(_ loan: RegisterLoan, _ place: Int) -> Money {
    thresholds[place].value.overdueAmount == .outstanding
      ? loan.overduePrincipal : loan.loss?.principal ?? .zero
  }

  mutating func addOverdue(_ index: Int) {
    let loan = register.loans[index]
    overdueLoans[index] = Overdue()
    for place in thresholds.indices {
      let amount = counted(overdueAmount(loan, place), of: loan, place)
      banks[loan.bank].everOverdue[place] += amount
      banks[loan.bank].overdue[place] += amount
    }
    banks[loan.bank].isToCompareToday = true
  }

  /// Takes off what has come in on an overdue loan.
  mutating func receive(_ index: Int, _ amount: Money) {
    change(index) {
      $0.received += amount
      $0.hasReceived = true
    }
  }

  /// Takes off a loan that is cured or written off.
  mutating func close(_ index: Int) { change(index) { $0.isClosed = true } }

  private mutating func change(_ index: Int, _ body: (inout Overdue) -> Void) {
    guard let before = overdueLoans[index] else { return }
    var after = before
    body(&after)
    overdueLoans[index] = after
    let loan = register.loans[index]
    for place in thresholds.indices {
      banks[loan.bank].overdue[place] -=
        left(before, of: loan, place) - left(after, of: loan, place)
    }
  }

  /// What an overdue loan still counts.
  private func left(_ state: Overdue, of loan: RegisterLoan, _ place: Int) -> Money {
    let leavesAtOnce = thresholds[place].value.overdueEnd == .firstRecovery
    guard !state.isClosed, !(leavesAtOnce && state.hasReceived) else { return .zero }
    let whole = overdueAmount(loan, place)
    return counted(
      leavesAtOnce ? whole : max(.zero, whole - state.received), of: loan, place)
  }
}
