public import CompensationKernel
public import FundCore
import PolicyLibrary

// What claims and covered lending had come to by a state's day: told by the claims and loans that it keeps.
extension FundStanding {
  /// The book of a fund's clauses on many claims; `nil` where it has none.
  ///
  /// - Parameters:
  ///   - fund: The fund.
  ///   - loans: The loans of the state, in its order.
  ///   - opening: The day on which the fund opened.
  ///   - banks: Where the state's banks stand in the book.
  ///   - bankCount: How many banks the book has.
  public func aggregateBook(
    under fund: FundAgreement, loans: [RegisterLoan], opening: CivilDate, banks: [Int],
    bankCount: Int
  ) -> AggregateBook? {
    guard var book = fund.aggregateBook(bankCount: bankCount) else { return nil }
    var events: [(day: CivilDate, step: Int, count: (inout AggregateBook) -> Void)] = []
    for (loan, cover) in zip(loans, covers) where cover.decision.isCoveredByFund {
      let amount = loan.lentAtOpening(opening)
      let lent = lossBase(
        of: amount, covered: cover.decision.coveredPrincipal, principal: loan.schedule.principal)
      events.append(
        (max(loan.disbursedOn, opening), 0, { $0.lend(lent, bank: banks[loan.bank]) }))
    }
    for claim in claims {
      guard let settlement = claim.divided?.settlement else { continue }
      let bank = banks[loans[claim.loan].bank]
      events.append(
        (
          claim.on, 1,
          { $0.count(loss: settlement.lossBase, owed: settlement.owed, bank: bank) }
        ))
    }
    for event in events.sorted(by: { ($0.day, $0.step) < ($1.day, $1.step) }) {
      book.go(
        toYear: event.day.month.year, programmeYear: fund.programmeYear(on: event.day))
      event.count(&book)
    }
    return book
  }
}

extension RegisterLoan {
  /// What a loan counts as lent: its principal, or what is outstanding of it when the fund opens. What was
  /// overdue later was outstanding then, whatever the schedule says.
  func lentAtOpening(_ opening: CivilDate) -> Money {
    max(
      outstanding(in: max(opening.month, disbursedOn.month)),
      max(loss?.principal ?? .zero, loss?.overduePrincipal ?? .zero))
  }
}
