import CompensationKernel
import FundCore

/// How much a year needs at its start.
///
/// What has happened before the year stands; in it everything that is owed is paid, and comes back
/// accordingly. What is owed stands as the trial had it, also where a limit on covered lending hangs on the
/// balance; so the flows are those without limit, but for what comes back on claims from before that were not
/// paid in full.
struct YearNeed {
  private let capital: CapitalFlows
  private let cash: FundPlan.Cash
  private let start: MonthNotes.YearStart
  private let horizon: Int
  private let months: Range<Int>
  private let hasCarried: Bool

  init(
    _ capital: CapitalFlows, _ terms: FundTerms, _ start: MonthNotes.YearStart, _ period: YearPeriod
  ) {
    self.capital = capital
    self.start = start
    cash = terms.setup.plan.cash
    horizon = terms.hot.horizon
    hasCarried = terms.setup.plan.carried != nil
    // After the end of the programme nothing is paid, and nothing is kept.
    let end = terms.inForce(period.lastMonth + 1)
    months = period.firstMonth..<max(period.firstMonth, end)
  }

  /// The smallest amount with which all that is owed in the year is paid, and the balance at the end of each of
  /// its months is a floor at least.
  func amount(floor: Int64) -> Int64 {
    months.isEmpty ? 0 : capital.smallestAmount { suffices($0, floor: floor) }
  }

  private func suffices(_ amount: Int64, floor: Int64) -> Bool {
    var accounts = start.accounts
    for month in months {
      let isFirst = month == months.lowerBound
      if month > 0 || hasCarried {
        for place in accounts.indices {
          _ = accounts[place].addMonthlyInterest(annualRate: cash.interestRate)
        }
      }
      let injection = cash.injections[month] + (isFirst ? Money(fen: amount) : .zero)
      if injection > .zero { inject(injection, into: &accounts) }
      for place in accounts.indices { receive(month, account: place, into: &accounts[place]) }
      guard pay(month, waiting: isFirst ? start.waiting : 0, from: &accounts) else { return false }
      takeFee(cash.fees[month], from: &accounts)
      if floor > 0, accounts.reduce(0, { $0 + $1.balance.fen }) < floor { return false }
    }
    return true
  }

  private func inject(_ amount: Money, into accounts: inout [FundAccount]) {
    guard accounts.count > 1 else { return accounts[0].inject(amount, under: cash.accounts) }
    for (place, part) in partitioned(amount, by: cash.partition).enumerated() {
      accounts[place].inject(part, under: cash.accounts)
    }
  }

  private func receive(_ month: Int, account: Int, into purse: inout FundAccount) {
    let cell = account * horizon + month
    purse.paying.fen += capital.inflow[cell]
    if !start.extraToPaying.isEmpty { purse.paying.fen += start.extraToPaying[cell] }
    guard capital.twoAccounts else { return }
    purse.refunding.fen += capital.fiscalInflow[cell]
    if !start.extraToRefunding.isEmpty { purse.refunding.fen += start.extraToRefunding[cell] }
  }

  /// Pays what is owed in a month; `false` if something is left.
  private func pay(_ month: Int, waiting: Int64, from accounts: inout [FundAccount]) -> Bool {
    guard capital.twoAccounts else {
      for place in accounts.indices {
        accounts[place].paying.fen -= capital.outflow[place * horizon + month]
        if place == 0 { accounts[place].paying.fen -= waiting }
        if accounts[place].paying < .zero { return false }
      }
      return true
    }
    if accounts[0].refunding.fen < capital.refunds[month] { return false }
    accounts[0].refunding.fen -= capital.refunds[month]
    if capital.refundLag > 0 { accounts[0].paying.fen += capital.refunds[month] }
    accounts[0].paying.fen -= waiting
    if accounts[0].paying.fen < capital.required[month] { return false }
    accounts[0].paying.fen -= capital.outflow[month]
    return true
  }

  private func takeFee(_ fee: Money, from accounts: inout [FundAccount]) {
    guard fee > .zero else { return }
    guard accounts.count > 1 else {
      _ = accounts[0].takeFee(fee)
      return
    }
    for (place, part) in partitioned(fee, by: cash.partition).enumerated() {
      _ = accounts[place].takeFee(part)
    }
  }
}
