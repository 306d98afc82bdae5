import CompensationKernel
import FundCore

// What ratios count, and what they are measured against.
extension BankWatch {
  /// A bank's ratio, or that of all banks together, as the threshold has it.
  func ratio(_ place: Int, bank: Int, on date: CivilDate) -> (part: Money, whole: Money) {
    let terms = thresholds[place].value
    let concerned = terms.scope == .fund ? Array(banks.indices) : [bank]
    let part = concerned.reduce(Money.zero) { $0 + counted(place, bank: $1, on: date) }
    if let measure = terms.denominator.fundMeasure { return (part, money[measure]) }
    return (part, concerned.reduce(.zero) { $0 + lent(place, bank: $1, on: date) })
  }

  /// What the ratio counts of a bank.
  private func counted(_ place: Int, bank: Int, on date: CivilDate) -> Money {
    let numerator = thresholds[place].value.numerator
    switch numerator {
    case .overdueOutstanding: return banks[bank].overdue[place]
    case .overdueEver: return banks[bank].everOverdue[place]
    case .lendingOutstanding: return outstanding(place, bank: bank, on: date)
    case .compensationOwed, .compensationPaid, .compensationNet:
      return Money(fen: banks[bank].counters.numerator(numerator))
    }
  }

  /// A bank's lending that it is measured against.
  private func lent(_ place: Int, bank: Int, on date: CivilDate) -> Money {
    switch thresholds[place].value.denominator {
    case .disbursed: banks[bank].disbursed[place]
    case .covered: banks[bank].covered[place]
    case .outstanding: outstanding(place, bank: bank, on: date)
    case .balance, .yearOpening, .moneyPutIn: .zero
    }
  }

  /// What is outstanding by schedule of a bank's loans at the end of a day's month.
  private func outstanding(_ place: Int, bank: Int, on date: CivilDate) -> Money {
    let next = date.month.advanced(by: 1)
    return banks[bank].loans.reduce(Money.zero) { sum, index in
      let loan = register.loans[index]
      return sum + counted(loan.outstanding(in: next), of: loan, place)
    }
  }
}
