import CompensationKernel
import FundCore

extension YearlyTrials {
  /// What each contributor of a fund has at the end of the run, trial by trial, in fen: its part of the balance and of
  /// what went back before; of a fund with two accounts, the account of its side. Empty where there is one account and
  /// nobody is named.
  ///
  /// - Returns: Shape `[contributors][trials]`.
  public func holdings(fund: Int) -> [[Int64]] {
    let (table, accounts, contributors) = (tables[fund], accounts[fund], contributors[fund])
    guard !contributors.isEmpty, let run = table.periods.firstIndex(where: { $0.kind == .run })
    else { return [] }
    var parts = [[Int64]](repeating: [], count: contributors.count)
    if contributors.contains(where: { $0.isRefunding != nil }) {
      let balances = accounts.indices.map { table.account($0, period: run) }
      for (place, contributor) in contributors.enumerated() {
        let own = accounts.indices.filter { accounts[$0].isRefunding == contributor.isRefunding }
        parts[place] = (0..<table.trialCount).map { trial in
          own.reduce(0) { $0 + balances[$1][trial] }
        }
      }
    } else {
      let left = zip(
        table.column(.closing, period: run), table.column(.givenBack, period: run)
      ).map(+)
      for amount in left {
        for (place, part) in divided(Money(fen: amount), among: contributors).enumerated() {
          parts[place].append(part.fen)
        }
      }
    }
    return parts
  }

  /// The balance of an account at the end of a time, trial by trial, in fen.
  public func account(_ account: Int, fund: Int, period: Int) -> [Int64] {
    tables[fund].account(account, period: period)
  }

  /// How many accounts of a fund have balances of their own; none where there is one.
  public func accountCount(fund: Int) -> Int { accounts[fund].count }
}
