import CompensationKernel
import FundCore

/// What clauses look at of a fund's money, from month to month of one path.
struct FundMoneyCourse {
  private let before: FundMoney
  private let firstMonth: CivilMonth
  private var yearOpening: Money

  /// `nil` if no clause looks at it.
  init?(_ terms: FundTerms) {
    guard terms.hot.looksAtFund else { return nil }
    let plan = terms.setup.plan
    before = plan.carried?.money ?? FundMoney(opening: plan.cash.opening)
    firstMonth = terms.firstMonth
    yearOpening = before.yearOpening
  }

  /// Forgets the trial before.
  mutating func reset() { yearOpening = before.yearOpening }

  /// Begins a month, before anything moves.
  mutating func begin(_ month: Int, balance: Int64) {
    if firstMonth.advanced(by: month).month == 1 { yearOpening = Money(fen: balance) }
  }

  /// The money at the moment.
  ///
  /// - Parameter putIn: New money so far, with what filling up has given.
  func money(balance: Int64, putIn: Int64) -> FundMoney {
    var money = FundMoney()
    money.balance = Money(fen: balance)
    money.yearOpening = yearOpening
    money.moneyPutIn = before.moneyPutIn + Money(fen: putIn)
    return money
  }
}
