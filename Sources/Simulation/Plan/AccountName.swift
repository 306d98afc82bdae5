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
