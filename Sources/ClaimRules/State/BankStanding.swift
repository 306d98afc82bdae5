public import CompensationKernel
public import FundCore

/// What a fund's thresholds know of one bank.
public struct BankStanding: Sendable {
  /// What one threshold knows of it.
  public struct Threshold: Hashable, Sendable {
    /// The threshold's name.
    public var id: String
    /// What the bank has disbursed so far, as the threshold counts it.
    public var disbursed: Money
    /// The covered part of it.
    public var covered: Money
    /// Principal that is overdue.
    public var overdue: Money
    /// Principal that ever became overdue.
    public var everOverdue: Money
    /// When the level was first reached; `nil` if never.
    public var reachedOn: CivilDate?

    /// A threshold of which nothing is known yet.
    public init(id: String) {
      self.id = id
      (disbursed, covered, overdue, everOverdue) = (.zero, .zero, .zero, .zero)
    }
  }

  /// A suspension or pause of the bank's cover.
  public struct Suspension: Hashable, Sendable {
    /// The position of the threshold in `thresholds`.
    public var threshold: Int
    /// The day of the notice: loans that are made later are concerned. It can lie ahead.
    public var from: CivilDate
    /// The day on which it was lifted; `nil` while it lasts.
    public var until: CivilDate?

    /// Notes a suspension.
    public init(threshold: Int, from: CivilDate, until: CivilDate? = nil) {
      (self.threshold, self.from, self.until) = (threshold, from, until)
    }
  }

  /// Compensation that the fund owed, paid and got back on the bank's claims.
  public var counters = BankCounters()
  /// The thresholds, in the order of the programme.
  public var thresholds: [Threshold] = []
  /// Its suspensions and pauses, those that were lifted too, in order.
  public var suspensions: [Suspension] = []

  /// A bank of which nothing is known yet.
  public init() {}
}
