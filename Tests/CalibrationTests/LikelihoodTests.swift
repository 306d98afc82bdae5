import Calibration
import Foundation
import Testing

/// The likelihood against integrals that know nothing of modes, tables or filters: sums over dense
/// grids, with the error function of the C library.
struct `The likelihood` {
  /// ln of a year's probability at a factor.
  private func logYear(
    _ cells: [DefaultHistory.Cell], _ assessment: DefaultHistory.Assessment,
    scores: [Double], rho: Double, _ factor: Double
  ) -> Double {
    zip(cells, scores).reduce(0) { sum, item in
      let (cell, threshold) = item
      let score = (threshold - rho.squareRoot() * factor) / (1 - rho).squareRoot()
      let fails = erfc(-score / 2.0.squareRoot()) / 2
      let survives = erfc(score / 2.0.squareRoot()) / 2
      let defaults = Double(cell.defaults)
      switch assessment {
      case .yearly:
        let ways =
          lgamma(cell.atRisk + 1) - lgamma(defaults + 1) - lgamma(cell.atRisk - defaults + 1)
        let others = cell.atRisk - defaults
        return sum + ways + (defaults > 0 ? defaults * log(fails) : 0)
          + (others > 0 ? others * log(survives) : 0)
      case .monthly:
        let month = -expm1(log1p(-fails) / 12)
        return sum + (defaults > 0 ? defaults * log(month) : 0)
          + (12 * cell.atRisk - defaults) * log(survives) / 12
      }
    }
  }

  /// Φ⁻¹ by bisection.
  private func inverse(_ probability: Double) -> Double {
    var (low, high) = (-10.0, 10.0)
    for _ in 0..<80 {
      let middle = (low + high) / 2
      if erfc(-middle / 2.0.squareRoot()) / 2 < probability { low = middle } else { high = middle }
    }
    return low
  }

  /// The years on a grid of factors from minus a reach to the reach: relative to their tops, and the tops.
  private func grid(
    _ history: DefaultHistory, _ parameters: FactorParameters, points: Int, reach: Double = 8
  ) -> (factors: [Double], years: [[Double]], top: Double) {
    let factors = (0..<points).map { reach * (2 * Double($0) / Double(points - 1) - 1) }
    let scores = parameters.pds.map(inverse)
    let rho = parameters.assetCorrelation
    var top = 0.0
    let years = history.cells.map { cells in
      let logs = factors.map {
        max(logYear(cells, history.assessment, scores: scores, rho: rho, $0), -1e9)
      }
      let largest = logs.max() ?? 0
      top += largest
      return logs.map { exp($0 - largest) }
    }
    return (factors, years, top)
  }

  private func independent(_ history: DefaultHistory, _ parameters: FactorParameters) -> Double {
    let points = 40_001
    let (factors, years, top) = grid(history, parameters, points: points, reach: 20)
    let step = 40 / Double(points - 1)
    return years.reduce(top) { sum, year in
      sum
        + log(
          zip(factors, year).reduce(0) { $0 + exp(-$1.0 * $1.0 / 2) * $1.1 } * step
            / (2 * Double.pi).squareRoot())
    }
  }

  @Test(arguments: [
    (0.0089, 0.139), (0.0098, 0.156), (0.02, 0.02), (0.004, 0.4), (0.03, 0.7), (0.0089, 0.001),
  ]) func `of thousands at risk agrees with a dense sum to 1e-6`(pd: Double, rho: Double) {
    // Gauss–Hermite with 64 nodes was 6.8 off here.
    let parameters = Samples.parameters([pd], rho)
    let expected = independent(Samples.sixteenYears, parameters)
    #expect(abs(Samples.sixteenYears.logLikelihood(parameters) - expected) < 1e-6)
  }

  @Test func `of few loans, of years without defaults and with nothing but defaults`() {
    let table = Samples.table([(200, 0), (3, 3), (1, 0), (40.5, 2), (0, 0), (100_000, 0)])
    for (pd, rho) in [(0.01, 0.1), (0.2, 0.5), (0.0001, 0.9), (0.6, 0.05)] {
      let parameters = Samples.parameters([pd], rho)
      let difference = table.logLikelihood(parameters) - independent(table, parameters)
      #expect(abs(difference) < 1e-6, "\(pd) \(rho)")
    }
  }

  @Test func `of several grades has all of them inside each year's integral`() {
    for rho in [0.03, 0.12, 0.4] {
      let parameters = Samples.parameters([0.004, 0.015, 0.05], rho)
      let expected = independent(Samples.threeGrades, parameters)
      #expect(abs(Samples.threeGrades.logLikelihood(parameters) - expected) < 1e-6)
    }
  }

  @Test func `of loan-months has a twelfth of the year in each`() {
    for rho in [0.03, 0.12, 0.4] {
      let parameters = Samples.parameters([0.004, 0.03], rho)
      let expected = independent(Samples.monthly, parameters)
      #expect(abs(Samples.monthly.logLikelihood(parameters) - expected) < 1e-6)
    }
  }

  @Test func `without correlation is that of independent loans`() {
    let parameters = Samples.parameters([0.028], 0)
    let expected = Samples.fiveYears.cells.reduce(0.0) {
      $0 + logYear($1, .yearly, scores: [inverse(0.028)], rho: 0, 0)
    }
    #expect(abs(Samples.fiveYears.logLikelihood(parameters) - expected) < 1e-9)
    #expect(Samples.fiveYears.logLikelihood(Samples.parameters([0], 0.1)) == -.infinity)
  }

  /// Two and three years with persistence: every combination of factors on a grid.
  @Test(arguments: [0.2, 0.6, 0.95]) func `of three years is the threefold integral`(phi: Double) {
    let history = Samples.table([(200, 4), (2000, 90), (150, 0)])
    let parameters = Samples.parameters([0.02], 0.15, phi)
    let points = 161
    let (factors, years, top) = grid(history, parameters, points: points)
    let step = 16 / Double(points - 1)
    let spread = 1 - phi * phi
    func kernel(_ next: Double, _ last: Double) -> Double {
      exp(-(next - phi * last) * (next - phi * last) / (2 * spread))
        / (2 * Double.pi * spread).squareRoot()
    }
    let kernels = factors.map { next in factors.map { kernel(next, $0) } }
    var sum = 0.0
    for first in 0..<points {
      let start =
        exp(-factors[first] * factors[first] / 2) / (2 * Double.pi).squareRoot() * years[0][first]
      guard start > 1e-20 else { continue }
      for second in 0..<points where years[1][second] > 1e-20 {
        let both = start * kernels[second][first] * years[1][second]
        for third in 0..<points { sum += both * kernels[third][second] * years[2][third] }
      }
    }
    let expected = top + log(sum * step * step * step)
    #expect(abs(history.logLikelihood(parameters) - expected) < 1e-6)
  }

  /// The whole table with persistence, on one grid for all years, 1/75 apart.
  @Test(arguments: [(0.139, 0.3), (0.1, 0.8), (0.3, 0.6)])
  func `of sixteen years with persistence is a filter's on one dense grid`(
    rho: Double, phi: Double
  ) {
    let parameters = Samples.parameters([0.009], rho, phi)
    let points = 1201
    let (factors, years, top) = grid(Samples.sixteenYears, parameters, points: points)
    let step = 16 / Double(points - 1)
    let spread = (1 - phi * phi).squareRoot()
    var forward = zip(factors, years[0]).map {
      exp(-$0 * $0 / 2) / (2 * Double.pi).squareRoot() * $1
    }
    var sum = top
    for year in years.dropFirst() {
      let live = forward.indices.filter { forward[$0] > 1e-25 }
      forward = factors.indices.map { next in
        guard year[next] > 1e-25 else { return 0 }
        return year[next] * step / (spread * (2 * Double.pi).squareRoot())
          * live.reduce(0) { sum, last in
            let away = (factors[next] - phi * factors[last]) / spread
            return sum + forward[last] * exp(-away * away / 2)
          }
      }
      let largest = forward.max() ?? 1
      forward = forward.map { $0 / largest }
      sum += log(largest)
    }
    sum += log(forward.reduce(0, +) * step)
    #expect(abs(Samples.sixteenYears.logLikelihood(parameters) - sum) < 1e-6)
  }

  @Test func `hardly changes with the least persistence`() {
    let without = Samples.sixteenYears.logLikelihood(Samples.parameters([0.009], 0.14, 0))
    let least = Samples.sixteenYears.logLikelihood(Samples.parameters([0.009], 0.14, 1e-9))
    #expect(abs(without - least) < 1e-6)
  }
}

/// The law of the factor of a year that has begun.
struct `The filter` {
  /// By Bayes' rule on a grid, for a history of one year.
  @Test func `gives the factor of a single year by Bayes' rule`() {
    let parameters = Samples.parameters([0.025], 0.12, 0.5)
    let law = Samples.table([(200, 11)]).currentFactor(parameters)
    var (weight, sum, square) = (0.0, 0.0, 0.0)
    for index in -8000...8000 {
      let factor = Double(index) / 1000
      let chance = parameters.conditionalPD(ofGrade: 0, factor: factor)
      let density =
        exp(-factor * factor / 2) * pow(chance, 11) * pow(1 - chance, 189) * 1e12
      weight += density
      sum += density * factor
      square += density * factor * factor
    }
    let mean = sum / weight
    #expect(abs(law.mean - mean) < 1e-6)
    #expect(abs(law.standardDeviation - (square / weight - mean * mean).squareRoot()) < 1e-6)
    // A uniform number gives a draw: the middle one lies at the median.
    #expect(abs(law.quantile(0.5) - mean) < 0.05)
  }

  @Test func `carries a bad year into the next, and knows nothing without persistence`() {
    let bad = Samples.table([(200, 5), (200, 30), (0, 0)])
    let carried = bad.currentFactor(Samples.parameters([0.025], 0.12, 0.7))
    let last = Samples.table([(200, 5), (200, 30)])
      .currentFactor(Samples.parameters([0.025], 0.12, 0.7))
    // Low factors are bad. What is left of the bad year is φ times it.
    #expect(abs(carried.mean - 0.7 * last.mean) < 1e-6)
    #expect(abs(last.next(persistence: 0.7).mean - 0.7 * last.mean) < 1e-4)
    let fresh = bad.currentFactor(Samples.parameters([0.025], 0.12, 0))
    #expect(abs(fresh.mean) < 1e-9 && abs(fresh.standardDeviation - 1) < 1e-6)
  }

  @Test func `looks back from later years too`() {
    let parameters = Samples.parameters([0.025], 0.12, 0.8)
    let factors = Samples.table([(0, 0), (200, 30)]).factors(parameters)
    // Given the second year's factor the first one's mean is φ times it: the law is reversible.
    #expect(abs(factors[0].mean - 0.8 * factors[1].mean) < 1e-6)
  }
}
