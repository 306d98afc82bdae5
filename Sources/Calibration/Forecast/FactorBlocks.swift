import RandomStreams

/// The likelihood of what was seen as a function of the factors: a sum over periods and sectors, each of which
/// hangs on one factor and, under Student's t, on its period's mixing score.
struct FactorBlocks {
  /// So many probabilities are told apart in a period and sector; of more, neighbours are taken together.
  private static let mostTerms = 64

  private struct Term {
    /// The quantile of the unconditional probability, over √(1 − ρ).
    var threshold: Double
    var defaults: Double
    var survived: Double
  }

  private struct Block {
    var terms: [Term] = []
    var recoveries: [SeenRecovery] = []
  }

  let law: LatentLaw
  /// Shape `[periods × sectors]`.
  private var blocks: [Block]
  private let loadings: [Double]
  private let failure: LogProbabilityTable
  private let mixing: QuantileTable?

  init(_ law: LatentLaw, _ defaults: [SeenDefaults], _ recoveries: [SeenRecovery]) {
    self.law = law
    loadings = law.correlations.map { ($0 / (1 - $0)).squareRoot() }
    failure = law.assessment == .yearly ? .normal : .monthly
    mixing = law.degrees.flatMap { QuantileTable.chiSquareOverDegrees($0) }
    blocks = Array(repeating: Block(), count: law.periodCount * law.correlations.count)
    for item in defaults where item.assessed > 0 && item.probability > 0 {
      let term = Term(
        threshold: Self.threshold(item, law), defaults: Double(item.defaults),
        survived: Double(item.assessed - item.defaults)
          / (law.assessment == .monthly ? 12 : 1))
      blocks[item.period * law.correlations.count + item.sector].terms.append(term)
    }
    for item in recoveries where law.recoveryLoading > 0 {
      blocks[item.period * law.correlations.count + item.sector].recoveries.append(item)
    }
    for index in blocks.indices {
      blocks[index].terms = Self.together(blocks[index].terms)
    }
  }

  private static func threshold(_ item: SeenDefaults, _ law: LatentLaw) -> Double {
    let probability = min(item.probability, 0.999_999)
    let quantile =
      law.degrees.map { studentTQuantile(probability, degreesOfFreedom: $0) }
      ?? normalQuantile(probability)
    return quantile / (1 - law.correlations[item.sector]).squareRoot()
  }

  /// Terms of like thresholds taken together, in equal numbers.
  private static func together(_ terms: [Term]) -> [Term] {
    guard terms.count > mostTerms else { return terms }
    let sorted = terms.sorted { $0.threshold < $1.threshold }
    return (0..<mostTerms).map { part in
      let group = sorted[part * sorted.count / mostTerms..<(part + 1) * sorted.count / mostTerms]
      let weight = group.reduce(0) { $0 + $1.defaults + $1.survived }
      let sum = group.reduce(0) { $0 + $1.threshold * ($1.defaults + $1.survived) }
      return Term(
        threshold: sum / weight, defaults: group.reduce(0) { $0 + $1.defaults },
        survived: group.reduce(0) { $0 + $1.survived })
    }
  }

  /// √(W/ν) at a normal score of its probability; 1 for Gaussian factors.
  func scale(_ score: Double) -> Double {
    mixing?.value(at: min(max(normalCumulative(score), 1e-300), 1 - 0x1p-53)).squareRoot() ?? 1
  }

  /// Whether nothing was seen in a period and sector.
  func isEmpty(_ index: Int) -> Bool {
    blocks[index].terms.isEmpty && blocks[index].recoveries.isEmpty
  }

  /// The log-likelihood of a period and sector, up to a constant.
  func value(_ index: Int, factor: Double, scale: Double) -> Double {
    let shift = loadings[index % law.correlations.count] * factor
    var sum = 0.0
    for term in blocks[index].terms {
      let score = term.threshold * scale - shift
      if term.defaults > 0 { sum += term.defaults * failure.value(score) }
      if term.survived > 0 { sum += term.survived * LogProbabilityTable.normal.value(-score) }
    }
    guard !blocks[index].recoveries.isEmpty else { return sum }
    let (root, own) = (
      law.recoveryLoading.squareRoot(), (1 - law.recoveryLoading).squareRoot()
    )
    for item in blocks[index].recoveries {
      let score = (item.score - root * factor) / own
      sum += item.isOpen ? LogProbabilityTable.normal.value(-score) : -0.5 * score * score
    }
    return sum
  }
}
