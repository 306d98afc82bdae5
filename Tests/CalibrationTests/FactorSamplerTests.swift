import Calibration
import RandomStreams
import Testing

/// Factors drawn given what was seen, against the exact filter, against quadrature and against closed forms.
struct `Factors that are drawn` {
  /// Draws of a chain are as good as a half of so many independent ones: 3.9 errors of a mean, one alarm in
  /// 10,000 seeds, are 3.9 · √(2/4096) standard deviations.
  private static let count = 4_096
  private static let reach = 3.9 * (2.0 / 4_096).squareRoot()

  private func law(
    _ correlations: [Double], between: Double = 0, persistence: Double = 0, periods: Int = 1
  ) -> LatentLaw {
    LatentLaw(
      correlations: correlations, sectorCorrelation: between, persistence: persistence,
      assessment: .yearly, periodCount: periods)
  }

  private func seen(_ period: Int, _ sector: Int, _ assessed: Int, _ defaults: Int)
    -> SeenDefaults
  {
    SeenDefaults(
      period: period, sector: sector, probability: 0.03, assessed: assessed, defaults: defaults)
  }

  private struct Moments {
    var mean = 0.0
    var deviation = 0.0

    init(_ values: [Double]) {
      mean = values.reduce(0, +) / Double(values.count)
      deviation =
        (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)).squareRoot()
    }

    /// Of a law on points.
    init(_ points: [(value: Double, weight: Double)]) {
      let sum = points.reduce(0) { $0 + $1.weight }
      mean = points.reduce(0) { $0 + $1.value * $1.weight } / sum
      deviation =
        (points.reduce(0) { $0 + ($1.value - mean) * ($1.value - mean) * $1.weight } / sum)
        .squareRoot()
    }
  }

  /// A deviation is known to within a factor of 1 ± 3.9 · √(1/4096).
  private func expectAlike(_ drawn: Moments, _ exact: Moments) {
    #expect(abs(drawn.mean - exact.mean) < Self.reach * exact.deviation, "\(drawn) \(exact)")
    #expect(abs(drawn.deviation / exact.deviation - 1) < 0.07, "\(drawn) \(exact)")
  }

  /// The factor of a place in the last period.
  private func last(_ paths: FactorPaths, _ law: LatentLaw, place: Int = 0) -> [Double] {
    let length = law.periodCount * law.placeCount
    return (0..<paths.factors.count / length).map {
      paths.factors[$0 * length + (law.periodCount - 1) * law.placeCount + place]
    }
  }

  @Test(arguments: [0, 0.6]) func `agree with the filter of one factor`(persistence: Double) {
    let law = law([0.2], persistence: persistence, periods: 3)
    let counts = [(400, 30), (500, 4), (450, 25)]
    let paths = FactorSampler(
      law,
      defaults: counts.enumerated().map { seen($0.offset, 0, $0.element.0, $0.element.1) },
      recoveries: []
    ).paths(Self.count, seed: 1, number: 0)
    let exact = DefaultHistory(
      grades: [""], firstYear: 0,
      cells: counts.map { [DefaultHistory.Cell(atRisk: Double($0.0), defaults: $0.1)] },
      assessment: .yearly
    ).currentFactor(
      FactorParameters(pds: [0.03], assetCorrelation: 0.2, persistence: persistence))
    let drawn = last(paths, law)
    expectAlike(
      Moments(drawn), Moments(zip(exact.factors, exact.weights).map { ($0, $1) }))
    // The worst courses come first: trials of unlucky words follow them.
    #expect(drawn == drawn.sorted())
  }

  /// Φ((Φ⁻¹(h) − √ρ x) / √(1 − ρ)).
  private func conditional(_ factor: Double, quantile: Double, _ correlation: Double) -> Double {
    normalCumulative(
      (quantile - correlation.squareRoot() * factor) / (1 - correlation).squareRoot())
  }

  private func likelihood(_ probability: Double, _ assessed: Int, _ defaults: Int) -> Double {
    let inside = min(max(probability, 1e-300), 1 - 1e-16)
    return exponential(
      Double(defaults) * logarithm(inside)
        + Double(assessed - defaults) * logarithm(onePlus: -inside) + 60)
  }

  /// Two sectors: X₁ = √c X₀ + √(1−c) Y₁. Quadrature over X₀ and both Y's product by product.
  @Test func `agree with quadrature for two sectors`() {
    let (between, correlations) = (0.5, [0.15, 0.3])
    let law = law(correlations, between: between)
    let seen = [seen(0, 0, 300, 20), seen(0, 1, 200, 3)]
    let paths = FactorSampler(law, defaults: seen, recoveries: [])
      .paths(Self.count, seed: 2, number: 0)
    let points = (0...120).map { Double($0) / 10 - 6 }
    let quantile = normalQuantile(0.03)
    let common = points.map { common -> (value: Double, weight: Double) in
      let parts = zip(correlations, seen).map { correlation, item in
        points.reduce(0.0) { sum, own in
          let factor = between.squareRoot() * common + (1 - between).squareRoot() * own
          return sum + normalDensity(own)
            * likelihood(
              conditional(factor, quantile: quantile, correlation), item.assessed, item.defaults)
        }
      }
      return (common, normalDensity(common) * parts[0] * parts[1])
    }
    expectAlike(Moments(last(paths, law)), Moments(common))
  }

  /// Student's t: quadrature over the factor and the normal score of the mixing variable.
  @Test func `agree with quadrature under Student's t`() throws {
    let degrees = 4.0
    var law = law([0.2])
    law.degrees = degrees
    let paths = FactorSampler(law, defaults: [seen(0, 0, 300, 25)], recoveries: [])
      .paths(Self.count, seed: 3, number: 0)
    let points = (0...150).map { Double($0) / 12.5 - 6 }
    let quantile = studentTQuantile(0.03, degreesOfFreedom: degrees)
    var factors = points.map { (value: $0, weight: 0.0) }
    var scales: [(value: Double, weight: Double)] = []
    for score in points {
      // W/ν is gamma with the shape ν/2 and the mean 1.
      let scale =
        (gammaQuantile(normalCumulative(score), shape: degrees / 2) / (degrees / 2)).squareRoot()
      var sum = 0.0
      for index in factors.indices {
        let probability = conditional(factors[index].value, quantile: quantile * scale, 0.2)
        let weight =
          normalDensity(score) * normalDensity(factors[index].value)
          * likelihood(probability, 300, 25)
        factors[index].weight += weight
        sum += weight
      }
      scales.append((scale, sum))
    }
    expectAlike(Moments(last(paths, law)), Moments(factors))
    expectAlike(Moments(paths.scales), Moments(scales))
    #expect(paths.scales.count == Self.count)
  }

  /// n recoveries with scores y and the loading q: normal with the precision 1 + n q / (1 − q) and the mean
  /// √q Σy / (1 − q) over it. An open one above a score far below says nothing.
  @Test func `know what loaded recoveries say`() {
    var law = law([0.1])
    law.recoveryLoading = 0.4
    let scores = [-1.2, -0.4, -0.9, 0.3, -1.5]
    let paths = FactorSampler(
      law, defaults: [],
      recoveries: scores.map { SeenRecovery(period: 0, sector: 0, score: $0, isOpen: false) }
        + [SeenRecovery(period: 0, sector: 0, score: -30, isOpen: true)]
    ).paths(Self.count, seed: 4, number: 0)
    let precision = 1 + 5 * 0.4 / 0.6
    var exact = Moments([(value: 0, weight: 1)])
    exact.mean = 0.4.squareRoot() * scores.reduce(0, +) / 0.6 / precision
    exact.deviation = (1 / precision).squareRoot()
    expectAlike(Moments(last(paths, law)), exact)
  }
}
