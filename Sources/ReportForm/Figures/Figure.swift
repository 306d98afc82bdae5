public import LossStatistics

/// A number with what is known of its precision: the only form in which an estimate enters a report.
///
/// A face turns it into text, with as many digits as the precision allows; a CSV file gets its parts.
public struct Figure: Sendable, Hashable {
  /// What a number counts, and so how it is written.
  public enum Unit: Sendable, Hashable {
    /// Yuan, shown in the unit of money of the report and the language.
    case yuan
    /// A probability or a share, 0 to 1, shown in per cent.
    case part
    /// A difference of probabilities, -1 to 1, shown in points of a per cent.
    case points
    /// Months.
    case months
    /// How many of something.
    case count
    /// A number without a unit.
    case plain
  }

  /// What is known of a difference beside its value.
  public enum Difference: Sendable, Hashable {
    /// It can be told from zero.
    case distinct
    /// It cannot be told from zero.
    case indistinct
    /// It is zero in every trial.
    case identical
  }

  /// The number, in its unit.
  public var value: Double
  /// What it counts.
  public var unit: Unit
  /// One standard error; `nil` where the trials do not show it, or where none is meant.
  public var standardError: Double?
  /// The 95 % interval; `nil` where none is known to hold.
  public var interval95: Interval?
  /// Whether the precision holds; what is not reliable is marked.
  public var isReliable: Bool
  /// Whether nothing random moves the number.
  public var isExact: Bool
  /// How many trials would show the precision; `nil` where these do.
  public var trialsNeeded: Int?
  /// Whether only whole numbers can occur: a quantile of counts.
  public var isWhole = false
  /// How a difference stands to zero; `nil` for what is no difference.
  public var difference: Difference?
  /// Whether the precision is shown. It is always written to files.
  public var showsPrecision = true

  /// Creates a figure from its parts.
  public init(
    _ value: Double, in unit: Unit, standardError: Double? = nil, interval95: Interval? = nil,
    isReliable: Bool = true
  ) {
    self.value = value
    self.unit = unit
    self.standardError = standardError
    self.interval95 = interval95
    self.isReliable = isReliable
    isExact = false
  }

  /// A mean, or what else was estimated.
  public init(_ estimate: Estimate, in unit: Unit) {
    self.init(
      estimate.value, in: unit, standardError: estimate.standardError,
      interval95: estimate.interval95, isReliable: estimate.isReliable)
    isExact = estimate.isExact
    trialsNeeded = estimate.trialsNeeded
  }

  /// A probability, with its interval.
  public init(_ proportion: Proportion) {
    self.init(proportion.value, in: .part, interval95: proportion.interval95)
    isExact = proportion.isExact
    trialsNeeded = proportion.trialsNeeded
  }

  /// A number that is known, and has no error.
  public static func exact(_ value: Double, in unit: Unit) -> Figure {
    var figure = Figure(value, in: unit)
    figure.isExact = true
    return figure
  }

  /// The figure without its precision, where it stands in full elsewhere.
  public var bare: Figure {
    var figure = self
    figure.showsPrecision = false
    return figure
  }
}
