public import CompensationKernel
public import FundCore

/// Where a fund's money lies when a day is over, and what had gone back to its contributors by then.
public struct FundHoldings: Sendable, Hashable {
  /// What a contributor has: its account, or its part of the balance and of what went back.
  public struct Holding: Sendable, Hashable {
    /// Who it is, with what it has put in by the day.
    public let contributor: Contributor
    /// What it has.
    public let amount: Money
  }

  /// The day.
  public let day: CivilDate
  /// How many months have begun since the opening, its own included.
  public let months: Int
  /// The accounts: one, or one for each bank.
  public let accounts: [FundAccount]
  /// What went back to the contributors (I-47).
  public let givenBack: Money

  /// All money of the fund.
  public var balance: Money { accounts.reduce(.zero) { $0 + $1.balance } }

  /// Whose the money is: by proportion to what each has put in, as a run divides it; of a fund with two accounts
  /// each side has its own. Empty where there is one account and nobody is named.
  ///
  /// Source: Baotou, trial measures, Art. 21 (存量余额按比例返还出资人); Chaoyang, Art. 9.
  ///
  /// - Parameter agreement: The fund's.
  /// - Returns: Holdings that add up to `balance` and, with one account, `givenBack`, to the fen.
  public func holdings(under agreement: FundAgreement) -> [Holding] {
    let contributors = agreement.contributors(through: months)
    guard let first = contributors.first else { return [] }
    guard first.isRefunding == nil else {
      return contributors.map { side in
        Holding(
          contributor: side,
          amount: accounts.reduce(.zero) {
            $0 + (side.isRefunding == true ? $1.refunding : $1.paying)
          })
      }
    }
    return zip(contributors, divided(balance + givenBack, among: contributors)).map {
      Holding(contributor: $0, amount: $1)
    }
  }
}

extension ClaimBook {
  /// What the fund holds when a day is over.
  func holdings(on day: CivilDate) -> FundHoldings {
    FundHoldings(
      day: day, months: day.month.months(since: opening.month) + 1,
      accounts: purses.map(\.account), givenBack: result.totals.givenBack)
  }

  /// Notes what the fund holds when the programme's last day is over, as soon as nothing more happens on it.
  ///
  /// - Parameter next: The next day on which anything does.
  mutating func noteProgrammeEnd(before next: CivilDate) {
    guard result.programmeEnd == nil, let end = agreement.dates.until, end >= opening, end < next
    else { return }
    result.programmeEnd = holdings(on: end)
  }
}
