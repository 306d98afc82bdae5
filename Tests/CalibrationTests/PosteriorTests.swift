import RandomStreams
import Testing

@testable import Calibration

struct `The posterior` {
  @Test func `is the same whenever it is computed, and its draws follow the seed`() throws {
    let first = try CalibrationResult(Samples.fiveYears)
    #expect(try CalibrationResult(Samples.fiveYears) == first)
    let other = try CalibrationResult(Samples.fiveYears, CalibrationSettings(seed: 2))
    #expect(other.best == first.best && other.draws != first.draws)
    #expect(abs(other.posterior[1].high / first.posterior[1].high - 1) < 0.005)
  }

  /// A thousand draws of equal weight stand for the whole: their quantiles are off by less than a
  /// percent of probability, where independent ones would be off by three.
  @Test(arguments: [Samples.fiveYears, Samples.sixteenYears, Samples.threeGrades])
  func `is told by 1,024 draws`(history: DefaultHistory) throws {
    let result = try CalibrationResult(history)
    #expect(result.draws.count == 1024)
    for summary in result.posterior {
      let values = result.draws.map(summary.parameter.value).sorted()
      let mean = values.reduce(0, +) / 1024
      #expect(abs(mean / summary.mean - 1) < 0.02)
      for (level, value) in [(0.05, summary.low), (0.5, summary.median), (0.95, summary.high)] {
        let share = Double(values.count { $0 < value }) / 1024
        #expect(abs(share - level) < 0.02, "\(summary.parameter) \(level)")
      }
    }
  }

  /// Two methods that share nothing but the likelihood. With about 12,000 effective points the
  /// 5 % quantile has a standard error of 0.2 % of probability.
  @Test func `is the same by weighted points as on the lattice`() {
    let settings = CalibrationSettings()
    let history = Samples.fiveYears
    let space = ParameterSpace(gradeCount: 1, settings: settings)
    func logDensity(_ place: [Double]) -> Double {
      history.logLikelihood(space.point(place)) + space.logPrior(place)
    }
    let climb = Maximiser(from: space.start(history)) { logDensity($0) }
    let cloud = ImportanceSampler(from: climb, settings).cloud(logDensity)
    guard case .importance(let points, let effective) = cloud.method else { return }
    #expect(points == 16_384 && effective > 10_000)
    let lattice = Posterior(history, settings)
    for number in [\FactorPoint.correlation, \FactorPoint.thresholds[0]] {
      let weighted = WeightedNumbers(
        cloud.places.map { space.point($0)[keyPath: number] }, weights: cloud.weights)
      let exact = lattice.summary { $0[keyPath: number] }
      for level in [0.05, 0.25, 0.5, 0.75, 0.95] {
        #expect(abs(weighted.share(below: exact.quantile(level)) - level) < 0.01)
      }
    }
  }

  /// Without correlation a grade's posterior under Jeffreys' prior is Beta(d + ½, n − d + ½).
  @Test func `without correlation is a Beta law, grade by grade`() throws {
    let settings = CalibrationSettings(correlation: .fixed(0))
    let result = try CalibrationResult(Samples.fiveYears, settings)
    #expect(result.posterior.map(\.parameter) == [.pd(grade: 0)])
    let (a, b) = (28.5, 972.5)
    #expect(abs(result.posterior[0].low / betaQuantile(0.05, a: a, b: b) - 1) < 0.001)
    #expect(abs(result.posterior[0].high / betaQuantile(0.95, a: a, b: b) - 1) < 0.001)
    #expect(abs(result.posterior[0].mean / (28.5 / 1001) - 1) < 0.0005)
    let grades = try CalibrationResult(Samples.threeGrades, settings).posterior
    for (summary, total) in zip(grades, [(4.0, 1500.0), (13, 1000), (23, 500)]) {
      let exact = betaQuantile(0.95, a: total.0 + 0.5, b: total.1 - total.0 + 0.5)
      #expect(abs(summary.high / exact - 1) < 0.005)
    }
  }

  /// Independent Beta laws of two grades, kept where they are in order: by a sum over both.
  @Test func `of ordered grades keeps their order`() throws {
    let history = DefaultHistory(
      grades: ["A", "B"], firstYear: 2020,
      cells: [[2, 1], [3, 2]].map { year in
        zip([200.0, 100], year).map { DefaultHistory.Cell(atRisk: $0, defaults: $1) }
      }, assessment: .yearly)
    let result = try CalibrationResult(
      history, CalibrationSettings(correlation: .fixed(0), hasOrderedGrades: true))
    #expect(result.draws.allSatisfy { $0.pds[0] <= $0.pds[1] })
    var (weight, first, second) = (0.0, 0.0, 0.0)
    let count = 1000
    let lower = (0..<count).map { betaQuantile((Double($0) + 0.5) / 1000, a: 5.5, b: 395.5) }
    let upper = (0..<count).map { betaQuantile((Double($0) + 0.5) / 1000, a: 3.5, b: 197.5) }
    for one in lower {
      for two in upper where one <= two {
        weight += 1
        first += one
        second += two
      }
    }
    #expect(abs(result.posterior[0].mean / (first / weight) - 1) < 0.003)
    #expect(abs(result.posterior[1].mean / (second / weight) - 1) < 0.003)
    // The rates are 1.25 and 1.5 %, in order already.
    #expect(abs(result.best.parameters.pds[0] - 0.0125) < 1e-6)
    #expect(abs(result.best.parameters.pds[1] - 0.015) < 1e-6)
  }

  @Test func `of grades whose rates are out of order has one best estimate for both`() {
    let history = DefaultHistory(
      grades: ["A", "B", "C"], firstYear: 2020,
      cells: [[0, 6, 1], [0, 2, 1]].map { year in
        zip([100.0, 200, 100], year).map { DefaultHistory.Cell(atRisk: $0, defaults: $1) }
      }, assessment: .yearly)
    let best = history.bestEstimate(
      CalibrationSettings(correlation: .fixed(0), hasOrderedGrades: true))
    // B and C together: 10 of 600. A had none, and is better than both.
    #expect(best.parameters.pds[0] == 0)
    #expect(abs(best.parameters.pds[1] - 10.0 / 600) < 1e-6)
    #expect(abs(best.parameters.pds[2] - 10.0 / 600) < 1e-6)
  }

  @Test func `moves other probabilities by the probit rule`() {
    #expect(movedPD(0.0123, from: 0.028, to: 0.028) == 0.0123)
    #expect(abs(movedPD(0.028, from: 0.028, to: 0.05) - 0.05) < 1e-12)
    let moved = normalQuantile(0.01) + normalQuantile(0.05) - normalQuantile(0.028)
    #expect(abs(movedPD(0.01, from: 0.028, to: 0.05) - normalCumulative(moved)) < 1e-15)
    #expect(movedPD(0, from: 0.028, to: 0.05) == 0)
  }

  /// Grades that are in order anyway, and grades whose rates are turned round: either way the law is
  /// that of independent grades, kept where they are in order.
  @Test(arguments: [[4, 13, 23], [12, 11, 10]]) func `of four coordinates keeps the order too`(
    defaults: [Int]
  ) throws {
    let half = defaults.map { DefaultHistory.Cell(atRisk: 300, defaults: $0 / 2) }
    let rest = defaults.map { DefaultHistory.Cell(atRisk: 300, defaults: $0 - $0 / 2) }
    let history = DefaultHistory(
      grades: ["A", "B", "C"], firstYear: 2020, cells: [half, rest, half, rest, half, rest],
      assessment: .yearly)
    let free = Posterior(history, CalibrationSettings(points: 16_384))
    let inOrder = zip(free.points, free.weights).filter { point, _ in
      point.thresholds[0] <= point.thresholds[1] && point.thresholds[1] <= point.thresholds[2]
    }
    let whole = inOrder.reduce(0) { $0 + $1.1 }
    let result = Posterior(history, CalibrationSettings(hasOrderedGrades: true))
    for grade in 0..<3 {
      let mean = inOrder.reduce(0) { $0 + $1.1 * $1.0.parameters.pds[grade] } / whole
      let found = result.summary { $0.parameters.pds[grade] }.mean
      #expect(abs(found / mean - 1) < 0.03, "\(grade)")
    }
    #expect(result.draws(100).allSatisfy { $0.thresholds[0] <= $0.thresholds[2] })
  }

  @Test func `takes a persistence that is given, and estimates one from eight years on`() throws {
    let fixed = try CalibrationResult(
      Samples.sixteenYears, CalibrationSettings(persistence: .fixed(0.5)))
    #expect(fixed.best.parameters.persistence == 0.5)
    #expect(fixed.draws.allSatisfy { $0.persistence == 0.5 })
    let free = try CalibrationResult(
      Samples.sixteenYears, CalibrationSettings(persistence: .uniform, points: 4096))
    #expect(free.best.logLikelihood > fixed.best.logLikelihood)
    #expect(free.posterior.map(\.parameter).last == .persistence)
    let best = free.best.parameters
    // A maximum: no neighbour is likelier.
    for (phi, rho) in [(0.01, 0.0), (-0.01, 0.0), (0, 0.005), (0, -0.005)] {
      let near = FactorParameters(
        pds: best.pds, assetCorrelation: best.assetCorrelation + rho,
        persistence: best.persistence + phi)
      #expect(Samples.sixteenYears.logLikelihood(near) < free.best.logLikelihood)
    }
    let short = Samples.fiveYears.problems(CalibrationSettings(persistence: .uniform))
    #expect(short == [.tooFewYearsForPersistence(5)])
  }

  @Test func `has a prior of ρ by its mean and standard deviation`() {
    #expect(CorrelationPrior(mean: 0.5, standardDeviation: 0.5) == nil)
    let prior = CorrelationPrior(mean: 0.1, standardDeviation: 0.05)
    // The size a + b is 0.1 · 0.9 / 0.05² − 1 = 35.
    guard case .beta(let first, let second)? = prior else {
      Issue.record("no Beta law")
      return
    }
    #expect(abs(first - 3.5) < 1e-12 && abs(second - 31.5) < 1e-12)
  }

  @Test func `fits each year between what it saw and what the others say`() throws {
    let years = try CalibrationResult(Samples.sixteenYears).years
    #expect(years.map(\.year) == Array(1998...2013))
    for year in years {
      let (low, median, high) = (year.low ?? 1, year.median ?? 1, year.high ?? 0)
      #expect(low < median && median < high)
      // With thousands at risk the band holds the rate that was seen.
      #expect(low < year.rate ?? 0 && year.rate ?? 1 < high, "\(year.year)")
    }
    let grades = try CalibrationResult(Samples.threeGrades, CalibrationSettings(points: 2048)).years
    #expect(grades.prefix(4).map(\.grade) == [nil, 0, 1, 2])
  }
}
