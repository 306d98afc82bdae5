import RandomStreams

/// The arguments of a model's classes under draws of its parameters.
///
/// Quantiles of Student's t take microseconds, and there are a thousand draws of dozens of classes. So those
/// of probabilities that a draw moves are interpolated: t⁻¹(Φ(z)) is smooth in z. By its fourth derivative,
/// cubic pieces of 1/32 are off by less than 3e-5 of it for one degree of freedom at z = −6, and by far less
/// for more degrees or nearer to the centre. The plan's own probabilities keep theirs, to the bit.
struct DrawnArguments {
  private static let reach = 8.0
  private static let density = 32.0

  private let classes: [AssessmentClass]
  /// The quantiles of the plan's own probabilities.
  private let own: [Double]
  private let probabilities: [Double]
  /// Student's quantiles at even normal scores; empty for other laws.
  private let student: [Double]

  init(_ model: DefaultModel) {
    classes = model.classes
    probabilities = classes.map(\.probability)
    var plain = model.factors
    plain.assetCorrelations = plain.assetCorrelations.map { _ in 0 }
    own = probabilities.map { plain.argument(of: $0, sector: 0) }
    guard case .studentT(let degrees) = model.factors.dependence else {
      student = []
      return
    }
    student = (0...Int(2 * Self.reach * Self.density)).map { place in
      let score = Double(place) / Self.density - Self.reach
      // In the lower tail, where probabilities keep their digits.
      let quantile = studentTQuantile(normalCumulative(-abs(score)), degreesOfFreedom: degrees)
      return score > 0 ? -quantile : quantile
    }
  }

  /// The arguments of all classes.
  func all(under draw: ParameterDraws.Draw, _ factors: FactorModel) -> [Double] {
    let scales = factors.assetCorrelations.map { (1 - $0).squareRoot() }
    let isNormal =
      switch factors.dependence {
      case .gaussian, .studentT: true
      case .gamma, .independent: false
      }
    return classes.indices.map { index in
      let probability = classes[index].probability(draw.moves)
      let quantile =
        probability == probabilities[index] ? own[index] : self.quantile(probability, factors)
      return isNormal ? quantile / scales[Int(classes[index].sector)] : quantile
    }
  }

  private func quantile(_ probability: Double, _ factors: FactorModel) -> Double {
    switch factors.dependence {
    case .gamma, .independent: return probability
    case .gaussian: return normalQuantile(probability)
    case .studentT(let degrees):
      let score = normalQuantile(probability)
      guard abs(score) < Self.reach - 1 else {
        return studentTQuantile(probability, degreesOfFreedom: degrees)
      }
      let place = (score + Self.reach) * Self.density
      let cell = Int(place)
      let part = place - Double(cell)
      let (before, left) = (student[cell - 1], student[cell])
      let (right, after) = (student[cell + 1], student[cell + 2])
      return left * (part + 1) * (part - 1) * (part - 2) / 2
        - right * (part + 1) * part * (part - 2) / 2
        - before * part * (part - 1) * (part - 2) / 6 + after * (part + 1) * part * (part - 1) / 6
    }
  }
}
