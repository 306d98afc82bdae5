/// A figure of a fund that is divided among loans.
public enum ContributionFigure: String, CaseIterable, Sendable, Hashable, Codable {
  /// Mean compensation.
  case compensationMean
  /// Mean compensation of the trials beyond its 95 % quantile.
  case compensationBeyond95
  /// The same beyond the 99 % quantile.
  case compensationBeyond99
  /// Mean needed capital of the trials beyond its 95 % quantile.
  case capitalBeyond95
  /// The same beyond the 99 % quantile.
  case capitalBeyond99
  /// The probability of exhaustion.
  case exhaustion

  /// Whether it is a probability, and no amount.
  public var isProbability: Bool { self == .exhaustion }

  /// The level of its tail in per cent; `nil` for a figure of all trials.
  public var tailPercent: Int? {
    switch self {
    case .compensationMean, .exhaustion: nil
    case .compensationBeyond95, .capitalBeyond95: 95
    case .compensationBeyond99, .capitalBeyond99: 99
    }
  }

  var amount: SplitAmount {
    switch self {
    case .compensationMean, .compensationBeyond95, .compensationBeyond99: .compensation
    case .capitalBeyond95, .capitalBeyond99: .capital
    case .exhaustion: .exhaustion
    }
  }
}

/// A part of a figure, with what is known of its precision; in yuan, or as a probability.
public struct ContributionValue: Sendable, Hashable, Codable {
  /// The part.
  public let value: Double
  /// One standard error; `nil` where too few trials bear on the part, 0 where it is exact.
  public let standardError: Double?
  /// How many trials would show the error; `nil` where these do.
  public let trialsNeeded: Int?

  /// Creates a value.
  public init(_ value: Double, standardError: Double?, trialsNeeded: Int?) {
    self.value = value
    self.standardError = standardError
    self.trialsNeeded = trialsNeeded
  }
}

/// Who uses one fund up: its figures divided among loans by each trait.
public struct FundContributions: Sendable, Hashable, Codable {
  /// A group's parts.
  public struct Part: Sendable, Hashable, Codable {
    /// The group.
    public let group: LoanGrouping.Group
    /// Its part of each figure, in the order of `figures`.
    public let values: [ContributionValue]
  }

  /// The parts by one trait.
  public struct Division: Sendable, Hashable, Codable {
    /// The trait.
    public let by: LoanTrait
    /// The groups' parts.
    public let parts: [Part]
    /// What falls on no loan, in the order of `figures`: interest, fees and new money.
    public let rest: [ContributionValue]
  }

  /// A figure as a whole.
  public struct Whole: Sendable, Hashable, Codable {
    /// Which.
    public let figure: ContributionFigure
    /// Its value: the sum of all parts.
    public let value: Double
    /// How many trials bear on it.
    public let trials: Int
    /// How many of them were run again and divided.
    public let dividedTrials: Int

    /// Whether so few trials bear on it that nothing is said of parts.
    public var isTooFew: Bool { trials < FundContributions.fewestTrials }
  }

  /// On fewer trials no part rests.
  public static let fewestTrials = 10

  /// On how many trials everything rests: the first ones of the run.
  public let trialCount: Int
  /// The figures.
  public let figures: [Whole]
  /// The parts by each trait that has several groups.
  public let divisions: [Division]
  /// What lay outside cover, told closely, and what credit the thresholds cost.
  public let outside: OutsideContributions

  /// Whether it holds together: it comes from a file.
  public var isSound: Bool {
    trialCount > 0
      && divisions.allSatisfy { division in
        division.rest.count == figures.count
          && division.parts.allSatisfy { $0.values.count == figures.count }
      }
  }

  /// The position of a figure.
  public func place(of figure: ContributionFigure) -> Int? {
    figures.firstIndex { $0.figure == figure }
  }
}
