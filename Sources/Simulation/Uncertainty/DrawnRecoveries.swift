import RandomStreams

/// The law of recoveries under each draw that says something of it.
///
/// A Beta table takes milliseconds to make, and there are a thousand draws. So tables are made at some
/// even places of (logit of the mean, logit of the variance's share of its limit) that the draws lie
/// between, and at each probability a draw's quantile is the polynomial through theirs.
struct DrawnRecoveries {
  private let parts: [RecoveryModel.Part]

  /// - Parameters:
  ///   - draws: Those that the trials have.
  ///   - all: All draws of the plan: the tables lie between the ends of these, so that a draw has the same
  ///     law in every part of a run.
  /// - Returns: `nil` where no draw says anything of recoveries.
  init?(_ draws: [ParameterDraws.Draw], among all: [ParameterDraws.Draw], _ model: RecoveryModel) {
    let laws = draws.map(\.recovery)
    guard laws.contains(where: { $0 != nil }) else { return nil }
    let spread = Set(all.compactMap { $0.recovery.flatMap(RecoveryPlace.init) })
    let grid = RecoveryGrid(spread)
    parts = laws.map { law in
      guard let law else { return model.part }
      guard let place = RecoveryPlace(law), let table = grid.table(at: place) else {
        return .fixed(law.mean)
      }
      guard case .loadedBeta(_, let loading) = model.part else { return .beta(table) }
      return .loadedBeta(table, loading: loading)
    }
  }

  /// The law of a draw.
  func part(_ slot: Int) -> RecoveryModel.Part { parts[slot] }
}

/// A Beta law as a place on two even scales.
private struct RecoveryPlace: Hashable {
  var mean: Double
  var share: Double

  init(mean: Double, share: Double) {
    self.mean = mean
    self.share = share
  }

  /// - Returns: `nil` for a law that is no Beta: a fixed part.
  init?(_ law: ParameterDraws.RecoveryLaw) {
    let limit = law.mean * (1 - law.mean)
    let share = law.standardDeviation * law.standardDeviation / limit
    guard limit > 0, share >= 1e-6, share < 1 else { return nil }
    mean = logarithm(law.mean / (1 - law.mean))
    self.share = logarithm(share / (1 - share))
  }

  /// The table of the law.
  var table: QuantileTable? {
    let mean = 1 / (1 + exponential(-mean))
    let share = 1 / (1 + exponential(-share))
    return .beta(mean: mean, standardDeviation: (share * mean * (1 - mean)).squareRoot())
  }
}

/// Tables at even places, and what lies between them.
private struct RecoveryGrid {
  private let means: [Double]
  private let shares: [Double]
  /// Shape `[means × shares]`.
  private let tables: [QuantileTable?]

  init(_ places: Set<RecoveryPlace>) {
    let means = Self.nodes(places.map(\.mean))
    let shares = Self.nodes(places.map(\.share))
    (self.means, self.shares) = (means, shares)
    tables = means.flatMap { mean in
      shares.map { RecoveryPlace(mean: mean, share: $0).table }
    }
  }

  /// The law at a place: one of the tables, or the polynomial through all of them.
  func table(at place: RecoveryPlace) -> QuantileTable? {
    let weights = Self.weights(place.mean, means).flatMap { weight in
      Self.weights(place.share, shares).map { weight * $0 }
    }
    var parts: [WeightedQuantile] = []
    for (table, weight) in zip(tables, weights) where weight != 0 {
      guard let table else { return place.table }
      if weight == 1 { return table }
      parts.append(WeightedQuantile(table, weight: weight))
    }
    return parts.isEmpty ? nil : QuantileTable(weighted: parts)
  }

  /// One place where all are the same, else three to six, the wider apart the more.
  private static func nodes(_ numbers: [Double]) -> [Double] {
    guard let low = numbers.min(), let high = numbers.max() else { return [] }
    guard high > low else { return [low] }
    let count = min(6, 3 + Int((high - low) / 0.8))
    // Chebyshev's places: the error is even over the range.
    return (0..<count).map { number in
      let cosine = -cosineOfPi(times: (Double(number) + 0.5) / Double(count))
      return low + (high - low) * (1 + cosine / cosineOfPi(times: 0.5 / Double(count))) / 2
    }
  }

  /// Lagrange's weights of a number between nodes.
  private static func weights(_ number: Double, _ nodes: [Double]) -> [Double] {
    nodes.indices.map { index in
      nodes.indices.reduce(1.0) { product, other in
        other == index ? product : product * (number - nodes[other]) / (nodes[index] - nodes[other])
      }
    }
  }
}
