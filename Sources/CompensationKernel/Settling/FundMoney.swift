public import FundCore

/// What clauses look at of a fund's money.
public struct FundMoney: Hashable, Sendable {
  /// Which of it.
  public enum Measure: String, CaseIterable, Sendable {
    /// What the fund holds at the moment: before a claim that a limit is asked about, after one that a
    /// ratio counts.
    case balance
    /// What it held when the calendar year began; in the year of its opening, what it opened with.
    case yearOpening
    /// All money put into it so far: the initial amount, new money, and what filling up has given.
    case moneyPutIn
  }

  /// What it holds.
  public var balance: Money
  /// What it held when the calendar year began.
  public var yearOpening: Money
  /// What was put into it so far.
  public var moneyPutIn: Money

  /// A fund that opens with an amount.
  public init(opening: Money = .zero) {
    (balance, yearOpening, moneyPutIn) = (opening, opening, opening)
  }

  /// One of the amounts.
  public subscript(measure: Measure) -> Money {
    switch measure {
    case .balance: balance
    case .yearOpening: yearOpening
    case .moneyPutIn: moneyPutIn
    }
  }
}
