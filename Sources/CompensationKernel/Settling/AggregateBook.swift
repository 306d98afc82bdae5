public import FundCore

/// What the claims and the covered lending of a fund add up to on one path, by bank and in all, by period.
///
/// The simulation and the replay of registers keep the same book.
public struct AggregateBook: Hashable, Sendable {
  /// The sums of a bank, or of all, over one period.
  struct Sums: Hashable, Sendable {
    var losses: Int64 = 0
    var owed: Int64 = 0
    var lent: Int64 = 0
  }

  /// The clauses.
  public private(set) var rules: AggregateRules
  private let bankCount: Int
  /// The sums by period, and by bank with all of them at the end, shape `[3 × (banks + 1)]`.
  private var sums: [Sums]
  /// What is outstanding of the covered lending, by bank and in all at the end.
  private var outstanding: [Int64]
  /// The fund's money at the moment of a claim, where a clause looks at it.
  public var money = FundMoney()
  private var calendarYear = Int.min
  private var programmeYear = Int.min

  /// Opens a book in which nothing has happened.
  public init(_ rules: AggregateRules, bankCount: Int) {
    self.rules = rules
    self.bankCount = bankCount
    sums = Array(repeating: Sums(), count: AggregatePeriod.allCases.count * (bankCount + 1))
    outstanding = Array(repeating: 0, count: bankCount + 1)
  }

  /// The same book under other clauses.
  public func under(_ rules: AggregateRules) -> AggregateBook {
    var book = self
    book.rules = rules
    return book
  }

  /// Goes on to a day: what is counted by the year begins again with a new one.
  public mutating func go(toYear year: Int, programmeYear: Int) {
    if year != calendarYear { clear(.calendarYear) }
    if programmeYear != self.programmeYear { clear(.programmeYear) }
    (calendarYear, self.programmeYear) = (year, programmeYear)
  }

  private mutating func clear(_ period: AggregatePeriod) {
    let first = place(period, 0)
    for index in first...first + bankCount { sums[index] = Sums() }
  }

  private func place(_ period: AggregatePeriod, _ bank: Int) -> Int {
    let row =
      switch period {
      case .calendarYear: 0
      case .programmeYear: 1
      case .programme: 2
      }
    return row * (bankCount + 1) + bank
  }

  private mutating func change(_ bank: Int, _ body: (inout Sums) -> Void) {
    for period in AggregatePeriod.allCases {
      body(&sums[place(period, bank)])
      body(&sums[place(period, bankCount)])
    }
  }

  /// Counts what was lent under cover.
  public mutating func lend(_ amount: Money, bank: Int) {
    change(bank) { $0.lent += amount.fen }
  }

  /// Notes what is outstanding of the covered lending of each bank.
  public mutating func set(outstanding amounts: [Money]) {
    for (bank, amount) in amounts.enumerated() { outstanding[bank] = amount.fen }
    outstanding[bankCount] = amounts.reduce(0) { $0 + $1.fen }
  }

  /// Counts a settled claim.
  public mutating func count(loss: Money, owed: Money, bank: Int) {
    change(bank) {
      $0.losses += loss.fen
      $0.owed += owed.fen
    }
  }

  private func sums(_ scope: AggregateScope, _ period: AggregatePeriod, bank: Int) -> Sums {
    sums[place(period, scope == .bank ? bank : bankCount)]
  }

  /// The covered lending that a clause is measured against.
  public func lending(
    _ measure: LendingMeasure, _ scope: AggregateScope, _ period: AggregatePeriod, bank: Int
  ) -> Money {
    switch measure {
    case .madeInPeriod: Money(fen: sums(scope, period, bank: bank).lent)
    case .madeSoFar: Money(fen: sums(scope, .programme, bank: bank).lent)
    case .outstanding: Money(fen: outstanding[scope == .bank ? bank : bankCount])
    }
  }

  /// The amount that a clause sets for a bank's claims as things stand.
  public func level(of terms: AggregateTerms, bank: Int) -> Money {
    switch terms.level {
    case .amount(let amount): amount
    case .part(let part, let measure):
      lending(measure, terms.scope, terms.period, bank: bank).multiplied(by: part, rounding: .down)
    case .partOfFund(let part, let measure):
      money[measure].multiplied(by: part, rounding: .down)
    }
  }

  /// What the fund has owed so far under a limit.
  public func owed(under terms: AggregateTerms, bank: Int) -> Money {
    Money(fen: sums(terms.scope, terms.period, bank: bank).owed)
  }

  /// The covered losses so far that a clause counts.
  public func losses(under terms: AggregateTerms, bank: Int) -> Money {
    Money(fen: sums(terms.scope, terms.period, bank: bank).losses)
  }

  /// What a bank's claim rate has counted so far, and the lending that it is measured against; `nil` where no
  /// share hangs on it.
  public func claimRate(bank: Int) -> (counted: Money, lending: Money)? {
    guard let terms = rules.claimRate else { return nil }
    let sums = sums(terms.scope, terms.period, bank: bank)
    return (
      Money(fen: terms.numerator == .losses ? sums.losses : sums.owed),
      lending(terms.denominator, terms.scope, terms.period, bank: bank)
    )
  }
}
