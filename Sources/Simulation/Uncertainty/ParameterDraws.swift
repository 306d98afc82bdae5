import RandomStreams

/// What is not known of a model's parameters, as draws of equal weight: trial k runs under draw k mod
/// their number.
///
/// Trials stay addressed: a trial is the same in any part of a run, and a run with more trials begins
/// with the same ones.
public struct ParameterDraws: Sendable, Hashable {
  /// One set of parameters. What is `nil` stays as the plan has it.
  public struct Draw: Sendable, Hashable {
    /// What becomes of the annual probabilities, one entry a group of loans (`LoanRisk.group`).
    public var moves: [ProbabilityMove]
    /// The asset correlation of every sector.
    public var assetCorrelation: Double?
    /// The autocorrelation of the factors from period to period.
    public var persistence: Double?
    /// Mean and standard deviation of the part that is recovered.
    public var recovery: RecoveryLaw?
    /// What is known of the factors of a period that began before the run, under these parameters.
    public var known: KnownPeriod?

    /// Creates a draw.
    public init(
      moves: [ProbabilityMove], assetCorrelation: Double? = nil, persistence: Double? = nil,
      recovery: RecoveryLaw? = nil
    ) {
      self.moves = moves
      self.assetCorrelation = assetCorrelation
      self.persistence = persistence
      self.recovery = recovery
    }
  }

  /// The law of the part that is recovered: Beta with these moments, fixed without a deviation.
  public struct RecoveryLaw: Sendable, Hashable {
    /// The mean part.
    public var mean: Double
    /// Its standard deviation.
    public var standardDeviation: Double

    /// Creates a law.
    public init(mean: Double, standardDeviation: Double) {
      self.mean = mean
      self.standardDeviation = standardDeviation
    }
  }

  /// The draws, at least one.
  public let draws: [Draw]
  /// The best estimate, which no trial of a run has; `nil` where it is the plan's own parameters.
  public let best: Draw?

  /// Creates draws.
  ///
  /// - Precondition: At least one.
  public init(_ draws: [Draw], best: Draw? = nil) {
    precondition(!draws.isEmpty, "a trial needs parameters")
    self.draws = draws
    self.best = best
  }

  /// How many draws there are.
  public var count: Int { draws.count }

  /// The position of the draw of a trial.
  public func place(ofTrial trial: Int) -> Int { trial % draws.count }

  /// How many groups of trials depend on each other by sharing parameters; `nil` where all draws are
  /// the same, and nothing is left to be known.
  var clusterCount: Int? { draws.allSatisfy { $0 == draws[0] } ? nil : draws.count }
}

/// What a draw makes of the annual probability of default of a group of loans.
public enum ProbabilityMove: Sendable, Hashable {
  /// The annual probability that a draw makes of a plan's: that itself, to the bit, where nothing moves it.
  public func moved(_ probability: Double) -> Double {
    moved(probability, score: probability > 0 ? normalQuantile(probability) : 0)
  }

  /// The same where the probability's normal score is known.
  func moved(_ probability: Double, score: Double) -> Double {
    switch self {
    case .replaced(let other): other
    case .shifted(0): probability
    case .shifted(let shift):
      probability > 0 ? min(normalCumulative(score + shift), 0.999999) : probability
    }
  }

  /// Φ⁻¹ of the probability moves by so much.
  case shifted(Double)
  /// Another probability takes its place.
  case replaced(Double)
}
