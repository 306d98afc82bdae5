import RandomStreams

/// The parameters of the one-factor model of MODEL.md §3, `dependence: gaussian`.
public struct FactorParameters: Sendable, Hashable {
  /// The annual probability of default of each grade, best first.
  public var pds: [Double]

  /// The asset correlation ρ.
  public var assetCorrelation: Double

  /// The persistence φ of the factor from one year to the next.
  public var persistence: Double

  /// Creates parameters.
  public init(pds: [Double], assetCorrelation: Double, persistence: Double) {
    self.pds = pds
    self.assetCorrelation = assetCorrelation
    self.persistence = persistence
  }

  /// The probability of default of a grade in a year whose factor is given.
  public func conditionalPD(ofGrade grade: Int, factor: Double) -> Double {
    let point = FactorPoint(self)
    return normalCumulative(point.score(ofGrade: grade, factor: factor))
  }
}

/// A probability of default moved as far as a history's estimate moves from a reference: by
/// Φ⁻¹(estimate) − Φ⁻¹(reference) (HISTORY.md §2).
///
/// At the reference it stays as it is, to the last bit.
public func movedPD(_ pd: Double, from reference: Double, to estimate: Double) -> Double {
  guard estimate != reference, pd > 0, pd < 1 else { return pd }
  return normalCumulative(normalQuantile(pd) + normalScore(estimate) - normalScore(reference))
}

/// Φ⁻¹ of a probability, of 1 a score beyond which nothing survives: draws of a posterior that hardly
/// knows a grade can round to 1.
func normalScore(_ probability: Double) -> Double {
  probability < 1 ? normalQuantile(probability) : 37
}

/// The same parameters as the likelihood wants them: normal scores in place of probabilities.
struct FactorPoint {
  /// Φ⁻¹(p) of each grade; −∞ for a grade that cannot default.
  var thresholds: [Double]
  var correlation: Double
  var persistence: Double

  init(thresholds: [Double], correlation: Double, persistence: Double) {
    self.thresholds = thresholds
    self.correlation = correlation
    self.persistence = persistence
  }

  init(_ parameters: FactorParameters) {
    self.init(
      thresholds: parameters.pds.map(normalScore),
      correlation: parameters.assetCorrelation, persistence: parameters.persistence)
  }

  var parameters: FactorParameters {
    FactorParameters(
      pds: thresholds.map(normalCumulative), assetCorrelation: correlation,
      persistence: persistence)
  }

  /// √(ρ / (1 − ρ)): how far the factor moves a score.
  var loading: Double { (correlation / (1 - correlation)).squareRoot() }

  /// 1 / √(1 − ρ): how far the threshold does.
  var stretch: Double { 1 / (1 - correlation).squareRoot() }

  /// Φ⁻¹ of the conditional probability of a grade.
  func score(ofGrade grade: Int, factor: Double) -> Double {
    thresholds[grade] * stretch - loading * factor
  }
}
