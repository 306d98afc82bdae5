public import FundCore

/// Which loans a fund covers, and why it does not cover the others.
public struct CoverageSummary: Sendable, Hashable, Codable {
  /// Loans that fail one condition.
  public struct LeftOut: Sendable, Hashable, Codable {
    /// The condition in words.
    public var condition: LocalizedText
    /// Its article.
    public var article: LocalizedText
    /// How many loans fail it. A loan can fail several.
    public var count: Int
    /// Their principal.
    public var amount: Money

    /// Creates an entry.
    public init(
      condition: LocalizedText, article: LocalizedText, count: Int, amount: Money
    ) {
      self.condition = condition
      self.article = article
      self.count = count
      self.amount = amount
    }
  }

  /// Covered loans that run on when the measures no longer cover losses.
  public struct Outliving: Sendable, Hashable, Codable {
    /// The last month in which a loan may become overdue and be covered.
    public var lastMonth: CivilMonth
    /// What says so.
    public var article: LocalizedText
    /// How many covered loans still run after it.
    public var count: Int
    /// What is covered of them when they outlive it.
    public var amount: Money

    /// Creates an entry.
    public init(lastMonth: CivilMonth, article: LocalizedText, count: Int, amount: Money) {
      self.lastMonth = lastMonth
      self.article = article
      self.count = count
      self.amount = amount
    }
  }

  /// How many loans are covered when they are made.
  public var coveredCount: Int
  /// Their covered principal.
  public var coveredAmount: Money
  /// The loans that are not, by every condition that they fail.
  public var leftOut: [LeftOut]
  /// Those of the covered loans whose cover ends before they do; `nil` where cover lasts through the run.
  public var outliving: Outliving?

  /// Creates a summary.
  public init(coveredCount: Int = 0, coveredAmount: Money = .zero, leftOut: [LeftOut] = []) {
    self.coveredCount = coveredCount
    self.coveredAmount = coveredAmount
    self.leftOut = leftOut
  }
}
