public import FundCore

/// What a scenario asks of its years beside their figures.
public struct YearRequest: Sendable, Hashable, Codable {
  /// A limit on an indicator: a highest value, or a lowest where little is bad.
  public struct Limit: Sendable, Hashable, Codable {
    /// The indicator.
    public let indicator: LimitedIndicator
    /// The limit in millionths: passing it is being above it, or below it where little is bad.
    public let millionths: Int64

    /// Sets a limit.
    public init(_ indicator: LimitedIndicator, millionths: Int64) {
      self.indicator = indicator
      self.millionths = millionths
    }

    /// Whether a number of a table passes it. What is not defined passes none.
    public func isPassed(byBillionths value: Int64) -> Bool {
      if value == YearRatio.undefinedMark { return false }
      let bound = millionths * (YearRatio.unit / 1_000_000)
      return indicator.figure.worstEnd == .high ? value > bound : value < bound
    }
  }

  /// The balance that a year's budget keeps.
  public var floor: Money
  /// With which probability in millionths it does.
  public var confidence: Int
  /// On how many trials the years' figures rest at most, from the first one of the run.
  public var trials: Int
  /// The limits, in the order of the indicators.
  public var limits: [Limit]

  /// The trials on which the years' figures rest where nobody says otherwise.
  public static let usualTrials = 4_000

  /// Creates a request.
  public init(
    floor: Money = .zero, confidence: Int = 950_000, trials: Int = usualTrials, limits: [Limit] = []
  ) {
    self.floor = floor
    self.confidence = confidence
    self.trials = trials
    self.limits = limits
  }
}
