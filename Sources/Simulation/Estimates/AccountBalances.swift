/// The mean balance of one account of a fund that has several. Sums alone are recorded: no error is known.
public struct AccountBalances: Sendable, Hashable {
  /// The bank whose account it is; `nil` where banks have none of their own.
  public let bank: String?
  /// Whether it refunds the account that pays.
  public let isRefunding: Bool
  /// The mean balances in yuan at the ends of the years of the run, the last at its end.
  public let yearEnds: [Double]

  static func all<Run>(_ fund: FundSample<Run>) -> [AccountBalances] {
    let accounts = fund.frame.accounts
    guard !accounts.isEmpty else { return [] }
    let sums = fund.sums.tally.accounts
    let divisor = 100 * Double(max(1, fund.trialCount))
    return accounts.enumerated().map { place, account in
      AccountBalances(
        bank: account.bank.map { fund.run.frame.banks[$0].name },
        isRefunding: account.isRefunding,
        yearEnds: stride(from: place, to: sums.count, by: accounts.count).map {
          Double(sums[$0]) / divisor
        })
    }
  }
}
