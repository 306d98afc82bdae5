public import FundCore

/// What a limit does to a loan above it (I-3, I-4).
public enum AboveLimit: String, CaseIterable, Sendable {
  /// The loan is not covered.
  case refused
  /// The loan is covered up to the limit.
  case coveredUpTo
}

/// Over which time a limit counts (I-50).
public enum LimitPeriod: String, CaseIterable, Sendable {
  /// The calendar year of the loan.
  case calendarYear
  /// The twelve months up to the day of the loan.
  case twelveMonths
}

/// What a limit limits (I-51).
public enum LimitMatter: String, CaseIterable, Sendable {
  /// The principal that is covered.
  case principal
  /// What the fund pays on the enterprise's loans in the calendar year of the payment.
  case compensation
}

/// A limit on the amount of a single loan, or of the loans of an enterprise.
public struct SingleLoanLimit: Sendable {
  /// The sizes of borrower that it concerns.
  public let sizes: Set<SizeClass>
  /// The limit.
  public let atMost: Cited<Money>
  /// Which amount of the loan is held against it (I-35).
  public let measure: LoanMeasure
  /// What happens above it.
  public let above: AboveLimit
  /// Of an enterprise's limit: over which time.
  public var period: LimitPeriod = .calendarYear
  /// Of an enterprise's limit: what it limits.
  public var limits: LimitMatter = .principal

  /// Creates a limit.
  public init(
    sizes: Set<SizeClass>, atMost: Cited<Money>, measure: LoanMeasure, above: AboveLimit
  ) {
    self.sizes = sizes
    self.atMost = atMost
    self.measure = measure
    self.above = above
  }
}
