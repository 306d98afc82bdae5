/// What is known of the asset correlation before the history is looked at.
public enum CorrelationPrior: Sendable, Hashable {
  /// A Beta law.
  case beta(Double, Double)
  /// A value that the history does not change.
  case fixed(Double)

  /// Beta(1.2, 6): mean 0.17, 90 % between 0.01 and 0.43.
  public static let standard = CorrelationPrior.beta(1.2, 6)

  /// The Beta law with a mean and a standard deviation; `nil` if there is none.
  public init?(mean: Double, standardDeviation: Double) {
    guard mean > 0, mean < 1, standardDeviation > 0 else { return nil }
    let size = mean * (1 - mean) / (standardDeviation * standardDeviation) - 1
    guard size > 0, size.isFinite else { return nil }
    self = .beta(mean * size, (1 - mean) * size)
  }
}

/// What is known of the persistence of the factor.
public enum PersistencePrior: Sendable, Hashable {
  /// A value that the history does not change.
  case fixed(Double)
  /// Estimated, from a uniform law on 0 … 1: for histories of at least eight years.
  case uniform
}

/// How a history is calibrated.
public struct CalibrationSettings: Sendable, Hashable {
  /// What is known of the asset correlation.
  public var correlation: CorrelationPrior

  /// What is known of the persistence.
  public var persistence: PersistencePrior

  /// Whether each grade is at least as risky as the better one before it.
  public var hasOrderedGrades: Bool

  /// How many draws of equal weight the posterior is given as.
  public var draws: Int

  /// How many weighted points the posterior is computed from.
  public var points: Int

  /// The seed.
  public var seed: UInt64

  /// Creates settings.
  public init(
    correlation: CorrelationPrior = .standard, persistence: PersistencePrior = .fixed(0),
    hasOrderedGrades: Bool = false, draws: Int = 1024, points: Int = 16_384, seed: UInt64 = 1
  ) {
    self.correlation = correlation
    self.persistence = persistence
    self.hasOrderedGrades = hasOrderedGrades
    self.draws = draws
    self.points = points
    self.seed = seed
  }

  /// The fewest years from which a persistence is estimated.
  public static let yearsForPersistence = 8
}
