import CompensationKernel
import FundCore

/// An account of a fund that has several.
public struct AccountName: Sendable, Hashable, Codable {
  /// The position of the bank whose account it is; `nil` where banks have none of their own.
  public let bank: Int?
  /// Whether it refunds the account that pays.
  public let isRefunding: Bool
}

extension FundSetup {
  /// The fund's accounts, in the order of their balances; empty where there is one.
  var accountNames: [AccountName] {
    var isRefunded = false
    if case .socialFirst = plan.cash.accounts { isRefunded = true }
    let partition = plan.cash.partition
    guard isRefunded || partition.count > 1 else { return [] }
    let banks: [Int?] = partition.count > 1 ? partition.indices.map { $0 } : [nil]
    return banks.flatMap { bank in
      [AccountName(bank: bank, isRefunding: false)]
        + (isRefunded ? [AccountName(bank: bank, isRefunding: true)] : [])
    }
  }
}

extension FundPath {
  /// Notes the balances of the accounts at the end of a month that ends a year of the run, or the run.
  mutating func noteAccounts(_ month: Int) {
    guard month % 12 == 11 || month == hot.horizon - 1 else { return }
    let width = capital.twoAccounts ? 2 : 1
    let first = month / 12 * hot.accountCount * width
    for index in purses.indices {
      yearEnds[first + index * width] = purses[index].account.paying.fen
      if width == 2 { yearEnds[first + index * width + 1] = purses[index].account.refunding.fen }
    }
  }
}
