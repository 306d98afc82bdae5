public import CompensationKernel
public import FundCore

/// What a fund's claims add up to, where its programme has clauses that look at that, compiled to flat numbers.
///
/// Such clauses couple claims: what one owes hangs on those before it. Trials are then settled in order.
public struct PlannedAggregates: Hashable, Sendable {
  /// The years that a month lies in.
  public struct Years: Hashable, Sendable {
    /// The calendar year.
    public let calendar: Int
    /// The year of the programme when loans are made, on the 15th.
    public let ofLoans: Int
    /// The year of the programme when claims are settled, on the 16th.
    public let ofClaims: Int

    /// Creates the years of a month.
    public init(calendar: Int, ofLoans: Int, ofClaims: Int) {
      (self.calendar, self.ofLoans, self.ofClaims) = (calendar, ofLoans, ofClaims)
    }
  }

  /// The shares on each step of the claim rate, for the rules of one model.
  public struct Steps: Hashable, Sendable {
    /// The claim rates at which shares change, ascending.
    public let rates: [Ratio]
    /// Who pays which share, one more than there are rates.
    public let sharings: [SharingTerms]

    /// Creates steps.
    public init(rates: [Ratio], sharings: [SharingTerms]) {
      (self.rates, self.sharings) = (rates, sharings)
    }
  }

  /// What had been added up when the run begins.
  public var book: AggregateBook
  /// The years by month, shape `[horizon]`.
  public let years: [Years]
  /// The steps by the place of the rules, as `FundPlan.models`.
  public let steps: [Steps]
  /// The sets of rules in which the fund owes nothing.
  public let idleSets: Set<Int>

  /// Creates the clauses of a fund.
  public init(book: AggregateBook, years: [Years], steps: [Steps], idleSets: Set<Int>) {
    (self.book, self.years, self.steps, self.idleSets) = (book, years, steps, idleSets)
  }
}
