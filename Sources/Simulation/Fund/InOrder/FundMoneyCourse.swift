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
  func money(balance: Int64, _ outcome: borrowing TrialOutcome) -> FundMoney {
    var money = FundMoney()
    money.balance = Money(fen: balance)
    money.yearOpening = yearOpening
    money.moneyPutIn = before.moneyPutIn + Money(fen: outcome.injected + outcome.filledUp)
    return money
  }
}

extension InOrderPath {
  /// The fund's money at the moment; nothing where no clause looks at it.
  var money: FundMoney {
    mutating get { moneyCourse?.money(balance: accounts.balance, outcome) ?? FundMoney() }
  }

  /// Lets the banks' ratios see the fund's money as it is.
  @inline(__always)
  mutating func showMoney() {
    if hot.looksAtFund { watch.money = money }
  }
}
