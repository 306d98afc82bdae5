/// The law of the factors of a run (MODEL.md §3) where a filter on a grid does not reach: several sectors whose
/// factors hang together, a mixing variable, recoveries that are loaded on the factor.
public struct LatentLaw: Sendable {
  /// The asset correlation of each sector.
  public var correlations: [Double]
  /// The correlation between the factors of two sectors.
  public var sectorCorrelation: Double
  /// The autocorrelation of every factor from period to period.
  public var persistence: Double
  /// The degrees of freedom of the mixing variable; `nil` for Gaussian factors.
  public var degrees: Double?
  /// How loans are assessed.
  public var assessment: DefaultHistory.Assessment
  /// The part of a recovery's score that the factor explains.
  public var recoveryLoading = 0.0
  /// How many periods, from the opening on.
  public var periodCount: Int

  /// Creates a law.
  public init(
    correlations: [Double], sectorCorrelation: Double, persistence: Double,
    assessment: DefaultHistory.Assessment, periodCount: Int
  ) {
    self.correlations = correlations
    self.sectorCorrelation = sectorCorrelation
    self.persistence = persistence
    self.assessment = assessment
    self.periodCount = periodCount
  }

  /// How many factors a period has: X₀, and where there are several sectors the Y of each.
  public var placeCount: Int { correlations.count == 1 ? 1 : correlations.count + 1 }
}

/// Assessments of one probability in one period and sector.
public struct SeenDefaults: Sendable {
  /// The period, from the opening on.
  public var period: Int
  /// The sector's position.
  public var sector: Int
  /// The unconditional probability: of the whole term, or annual.
  public var probability: Double
  /// How many assessments there were.
  public var assessed: Int
  /// How many of them failed.
  public var defaults: Int

  /// Counts assessments.
  public init(period: Int, sector: Int, probability: Double, assessed: Int, defaults: Int) {
    (self.period, self.sector, self.probability) = (period, sector, probability)
    (self.assessed, self.defaults) = (assessed, defaults)
  }
}

/// What came back of one loss, as a normal score: that of its probability under the unconditional law.
public struct SeenRecovery: Sendable {
  /// The period of the claim.
  public var period: Int
  /// The sector's position.
  public var sector: Int
  /// The score.
  public var score: Double
  /// Whether more can come: then the score of what will have come in all lies above this one.
  public var isOpen: Bool

  /// Notes a recovery.
  public init(period: Int, sector: Int, score: Double, isOpen: Bool) {
    (self.period, self.sector, self.score, self.isOpen) = (period, sector, score, isOpen)
  }
}

/// Factors of all periods so far, drawn given what was seen.
public struct FactorPaths: Hashable, Sendable {
  /// The factors, shape `[paths][periods][places]`, from the worst course of the last period to the best one.
  public let factors: [Double]
  /// √(W/ν) of each period, shape `[paths][periods]`; empty for Gaussian factors.
  public let scales: [Double]
}
