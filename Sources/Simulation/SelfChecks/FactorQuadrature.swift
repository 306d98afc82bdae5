import RandomStreams

/// The law of a period's factors as points with weights: a weighted sum over them is an expectation.
///
/// X on even points, the trapezoid rule, which for a normal weight converges faster than any power of
/// the step; W or G by a double exponential rule over its distribution function, which takes what is
/// not smooth at the ends of a panel. The cut of min(1, hG) lies at the end of a panel.
struct FactorQuadrature {
  /// The weight of each point; together 1.
  let weights: [Double]
  /// √ρ/√(1−ρ)·X of each point.
  private let shifts: [Double]
  /// √(W/ν) or G of each point, or 1.
  private let scales: [Double]
  /// How many points share a value of X.
  private let mixingCount: Int
  /// The weight of each mixing point.
  private let mixingWeights: [Double]
  /// From each value of X to each of the period before; empty where periods are independent.
  private let kernel: [Double]
  private let isNormal: Bool
  private let table: HazardTable
  private let factors: FactorModel
  /// The last probability that was asked for, and its argument: mostly the next as well.
  private var probability = -1.0
  private var argument = 0.0
  private let sector: Int

  /// - Parameter probabilities: The probabilities that are asked for later, where `gamma` cuts.
  init(_ factors: FactorModel, sector: Int, probabilities: [Double], table: HazardTable) {
    self.sector = sector
    self.table = table
    self.factors = factors
    var (normals, mixing) = ([PointWithWeight(1)], [PointWithWeight(1)])
    isNormal =
      switch factors.dependence {
      case .gaussian, .studentT: true
      case .independent, .gamma: false
      }
    if isNormal { normals = Self.normals(factors, sector: sector) }
    switch factors.dependence {
    case .independent, .gaussian: break
    case .studentT(let degrees):
      mixing = Self.panel(0...1, stepCount: 24) {
        (gammaQuantile($0, shape: degrees / 2) * 2 / degrees).squareRoot()
      }
    case .gamma(let variance):
      mixing = Self.gamma(variance: variance, cutFor: probabilities)
    }
    let correlation = isNormal ? factors.assetCorrelations[sector] : 0
    let loading = (correlation / (1 - correlation)).squareRoot()
    weights = normals.flatMap { normal in mixing.map { normal.weight * $0.weight } }
    shifts = normals.flatMap { normal in mixing.map { _ in loading * normal.place } }
    scales = normals.flatMap { _ in mixing.map(\.place) }
    mixingCount = mixing.count
    mixingWeights = mixing.map(\.weight)
    kernel =
      isNormal && factors.persistence > 0
      ? Self.kernel(normals.map(\.place), persistence: factors.persistence) : []
  }

  /// What going on to the next period costs, in products.
  var carryCost: Int { kernel.count + 2 * weights.count }

  /// The hazard of an assessment of a probability at each point.
  mutating func hazards(of probability: Double, certainty: Double) -> [Double] {
    guard probability > 0 else { return weights.map { _ in 0 } }
    if probability != self.probability {
      self.probability = probability
      argument = factors.argument(of: probability, sector: sector)
    }
    return weights.indices.map { point in
      let scaled = argument * scales[point]
      if isNormal { return table.hazard(at: scaled - shifts[point]) }
      return scaled >= 1 ? certainty : -logarithm(onePlus: -scaled)
    }
  }

  /// From what is left at each point at a period's end to what is left at its start, given the factors
  /// of the next. What is reversible looks the same backwards: the kernel is that of the course itself.
  func carry(_ state: inout [Double]) {
    guard !kernel.isEmpty else {
      let mean = zip(state, weights).reduce(0) { $0 + $1.0 * $1.1 }
      for point in state.indices { state[point] = mean }
      return
    }
    let count = state.count / mixingCount
    let before = (0..<count).map { normal in
      mixingWeights.indices.reduce(0) {
        $0 + mixingWeights[$1] * state[normal * mixingCount + $1]
      }
    }
    for normal in 0..<count {
      var sum = 0.0
      for other in 0..<count { sum += kernel[normal * count + other] * before[other] }
      for place in 0..<mixingCount { state[normal * mixingCount + place] = sum }
    }
  }

  // MARK: Points

  private struct PointWithWeight {
    var place: Double
    var weight: Double

    init(_ place: Double, weight: Double = 1) {
      self.place = place
      self.weight = weight
    }
  }

  /// Even points in ±8, as close as the conditional probability and the course ask for.
  private static func normals(_ factors: FactorModel, sector: Int) -> [PointWithWeight] {
    let correlation = factors.assetCorrelations[sector]
    let shock = (1 - factors.persistence * factors.persistence).squareRoot()
    var step = 0.2
    if correlation > 0 {
      step = min(step, max(0.02, 0.6 * ((1 - correlation) / correlation).squareRoot()))
    }
    if factors.persistence > 0 { step = min(step, max(0.02, shock)) }
    let count = Int((8 / step).rounded(.up))
    let points = (-count...count).map { Double($0) * 8 / Double(count) }
    let total = points.reduce(0) { $0 + normalDensity($1) }
    return points.map { PointWithWeight($0, weight: normalDensity($0) / total) }
  }

  /// The law of X of the period before, given X, on the same points.
  private static func kernel(_ points: [Double], persistence: Double) -> [Double] {
    let shock = (1 - persistence * persistence).squareRoot()
    return points.flatMap { point in
      let row = points.map { normalDensity(($0 - persistence * point) / shock) }
      let total = row.reduce(0, +)
      // A course that hardly moves stays where it is.
      guard total > 0 else { return points.map { $0 == point ? 1.0 : 0.0 } }
      return row.map { $0 / total }
    }
  }

  /// G, with a panel on either side of each cut 1/h; beyond the last cut all fail for certain. What has
  /// no probability, under a stress of 0, is never cut.
  private static func gamma(variance: Double, cutFor probabilities: [Double]) -> [PointWithWeight] {
    let shape = 1 / variance
    let cuts = probabilities.filter { $0 > 0 }
      .map { regularizedIncompleteGamma(shape, shape / $0) }.sorted()
    var start = 0.0
    var points: [PointWithWeight] = []
    for cut in cuts where cut - start > 1e-14 {
      points += panel(start...cut, stepCount: 24) { gammaQuantile($0, shape: shape) * variance }
      start = cut
    }
    return points + [PointWithWeight(.infinity, weight: 1 - start)]
  }

  /// The double exponential rule on a part of (0, 1).
  private static func panel(
    _ part: ClosedRange<Double>, stepCount: Int, _ quantile: (Double) -> Double
  ) -> [PointWithWeight] {
    let width = part.upperBound - part.lowerBound
    var points = (-stepCount...stepCount).map { number in
      let time = 2.9 * Double(number) / Double(stepCount)
      let (rising, falling) = (exponential(time), exponential(-time))
      let odds = exponential(-.pi * (rising - falling) / 2)
      return PointWithWeight(
        quantile(part.lowerBound + width / (1 + odds)),
        weight: (rising + falling) * odds / ((1 + odds) * (1 + odds)))
    }
    let total = points.reduce(0) { $0 + $1.weight }
    for index in points.indices { points[index].weight *= width / total }
    return points
  }
}

/// E[min(1, hG)] of a gamma variable of mean 1: h·P(α+1, α/h) + Q(α, α/h), α = 1/σ².
func expectedCut(_ probability: Double, variance: Double) -> Double {
  guard probability > 0 else { return 0 }
  let shape = 1 / variance
  let cut = shape / probability
  return probability * regularizedIncompleteGamma(shape + 1, cut)
    + (1 - regularizedIncompleteGamma(shape, cut))
}
