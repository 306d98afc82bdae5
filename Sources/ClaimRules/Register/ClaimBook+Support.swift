import CompensationKernel
public import FundCore
import PolicyLibrary

// What a fund pays on the loans of one enterprise in a calendar year, where that is limited (I-51), and
// what becomes of its balance when the programme ends (I-47).
extension ClaimBook {
  /// What may still be owed on an enterprise's loans in the year of a claim; the largest amount where
  /// that is not limited.
  func supportLeft(of loan: RegisterLoan, on date: CivilDate) -> Money {
    guard let limit = agreement.compensationLimit else { return Money(fen: .max) }
    let before = support[SupportYear(enterprise: loan.enterprise, year: date.month.year)] ?? .zero
    return max(.zero, limit.value - before)
  }

  /// Notes what is owed on a loan of an enterprise.
  mutating func noteSupport(_ owed: Money, of loan: RegisterLoan, on date: CivilDate) {
    guard agreement.compensationLimit != nil else { return }
    support[SupportYear(enterprise: loan.enterprise, year: date.month.year), default: .zero] += owed
  }

  /// Where the limit of a claim comes from.
  func capSource(_ cap: Money, bank: Int, on date: CivilDate) -> Citation? {
    guard let limit = agreement.compensationLimit, cap < caps.limit(bank: bank, on: date) else {
      return caps.citation(bank: bank, on: date)
    }
    return limit.citation
  }

  /// Gives the balance back to the contributors. Nothing is paid from now on, and what comes in goes back
  /// too.
  mutating func windUp(on date: CivilDate) {
    isWoundUp = true
    giveBack(on: date)
  }

  /// Gives back what is there, once the fund is wound up.
  mutating func giveBack(on date: CivilDate) {
    let amount = balance
    guard isWoundUp, amount > .zero else { return }
    for index in purses.indices {
      purses[index].account = FundAccount(paying: .zero)
    }
    result.totals.givenBack += amount
    let source = agreement.terms.fund.returnsAtEnd?.citation
    note(.givenBack, on: date, source.map { [$0] } ?? [], amount: .zero - amount)
  }
}

/// An enterprise in a calendar year.
struct SupportYear: Hashable {
  let enterprise: Int
  let year: Int
}

extension FundAgreement {
  /// The most that is owed on an enterprise's loans in a calendar year; `nil` where principal is limited,
  /// or nothing (I-51).
  public var compensationLimit: Cited<Money>? {
    guard let limit = terms.coverage.perEnterpriseYear, limit.limits == .compensation else {
      return nil
    }
    return limit.atMost
  }

  /// The day at whose end the balance goes back to the contributors and nothing more is paid; `nil` if
  /// it stays for the run-off (I-47).
  public var windUpOn: CivilDate? {
    terms.fund.returnsAtEnd?.value == true ? dates.until : nil
  }
}
