import CompensationKernel
import FundCore

// A fund that is filled up: what it is given depends on the balance, so that its months are followed
// forwards, and the smallest amount is found by bisection, to the fen. Each account is filled up by itself:
// where it holds more, it never falls behind (`FillUpRule`).
extension CapitalFlows {
  /// The smallest amount, given that of the same fund without filling up, which is enough.
  ///
  /// - Parameter added: Whether the amount is added in the first month to what the accounts hold.
  func neededFilled(_ fillUps: FillUps, _ months: Int, enough: Int64) -> Int64 {
    leastAmount(from: 0, to: enough) { amount in
      lasts(months, with: openingAccounts(Money(fen: amount)), fillUps)
    }
  }

  private func openingAccounts(_ amount: Money) -> [FundAccount] {
    guard held.isEmpty else {
      var accounts = held
      for (index, part) in parts(of: amount).enumerated() {
        accounts[index].inject(part, under: cash.accounts)
      }
      return accounts
    }
    return parts(of: amount).map { FundAccount(opening: $0, under: cash.accounts) }
  }

  private func parts(of amount: Money) -> [Money] {
    cash.partition.isEmpty ? [amount] : partitioned(amount, by: cash.partition)
  }

  private func lasts(_ months: Int, with opening: [FundAccount], _ fillUps: FillUps) -> Bool {
    var accounts = opening
    var allowances = fillUps.allowances
    for month in 0..<months {
      let injected = cash.injections[month] > .zero ? parts(of: cash.injections[month]) : []
      let fees = cash.fees[month] > .zero ? parts(of: cash.fees[month]) : []
      for index in accounts.indices {
        if month > 0 { _ = accounts[index].addMonthlyInterest(annualRate: cash.interestRate) }
        if !injected.isEmpty { accounts[index].inject(injected[index], under: cash.accounts) }
        _ = fillUps.fill(&accounts[index], &allowances[index], month: month)
        guard pays(&accounts[index], account: index, month: month) else { return false }
        if !fees.isEmpty { _ = accounts[index].takeFee(fees[index]) }
      }
    }
    return true
  }
}
