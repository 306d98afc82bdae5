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

  /// A probability that a draw moves, with its score: many classes have it.
  private struct Annual: Hashable {
    let probability: Double
    let group: Int16
  }

  /// Classes of one unconditional probability: those of a kind differ by sector alone.
  private struct Kind: Hashable {
    /// The place of its annual probability.
    let annual: Int
    let stress: Double
    let months: Int16
  }

  private let annuals: [Annual]
  private let scores: [Double]
  private let kinds: [Kind]
  /// The unconditional probabilities of the plan, and their quantiles, by kind.
  private let probabilities: [Double]
  private let own: [Double]
  /// The kind and the sector of each class.
  private let classes: [(kind: Int, sector: Int)]
  /// Student's quantiles at even normal scores; empty for other laws.
  private let student: [Double]

  init(_ model: DefaultModel) {
    var annuals = Numbered<Annual>()
    var kinds = Numbered<Kind>()
    classes = model.classes.map { item in
      let annual = annuals.number(
        of: Annual(probability: item.annualProbability, group: item.group))
      let kind = kinds.number(
        of: Kind(annual: annual, stress: item.stress, months: item.months))
      return (kind, Int(item.sector))
    }
    self.annuals = annuals.items
    self.kinds = kinds.items
    scores = annuals.items.map { $0.probability > 0 ? normalQuantile($0.probability) : 0 }
    probabilities = kinds.items.map { kind in
      Self.probability(of: kind, annual: annuals.items[kind.annual].probability)
    }
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

  private static func probability(of kind: Kind, annual: Double) -> Double {
    termProbability(annual: min(annual * kind.stress, 0.999999), months: Int(kind.months))
  }

  /// The arguments of all classes: one probit an annual probability and one quantile a kind, whatever the number
  /// of classes.
  func all(under draw: ParameterDraws.Draw, _ factors: FactorModel) -> [Double] {
    let moved = zip(annuals, scores).map { annual, score in
      draw.moves.indices.contains(Int(annual.group))
        ? draw.moves[Int(annual.group)].moved(annual.probability, score: score)
        : annual.probability
    }
    let quantiles = kinds.indices.map { index in
      let probability = Self.probability(of: kinds[index], annual: moved[kinds[index].annual])
      return probability == probabilities[index]
        ? own[index] : quantile(probability, factors)
    }
    switch factors.dependence {
    case .gaussian, .studentT:
      let scales = factors.assetCorrelations.map { (1 - $0).squareRoot() }
      return classes.map { quantiles[$0.kind] / scales[$0.sector] }
    case .gamma, .independent: return classes.map { quantiles[$0.kind] }
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

/// Different items, numbered in the order in which they come.
private struct Numbered<Item: Hashable> {
  private(set) var items: [Item] = []
  private var numbers: [Item: Int] = [:]

  mutating func number(of item: Item) -> Int {
    if let number = numbers[item] { return number }
    numbers[item] = items.count
    items.append(item)
    return items.count - 1
  }
}
