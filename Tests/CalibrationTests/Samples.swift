import Calibration
import Foundation
import RandomStreams

/// Histories that several tests use.
enum Samples {
  /// A yearly table of one grade.
  static func table(_ rows: [(atRisk: Double, defaults: Int)], firstYear: Int = 2020)
    -> DefaultHistory
  {
    DefaultHistory(
      grades: [""], firstYear: firstYear,
      cells: rows.map { [DefaultHistory.Cell(atRisk: $0.atRisk, defaults: $0.defaults)] },
      assessment: .yearly)
  }

  /// The table of HISTORY.md §1, 1998–2013.
  static let sixteenYears = table(
    [
      (5413, 3), (5991, 8), (6105, 18), (5948, 61), (5869, 42), (5004, 26), (5011, 5), (12113, 49),
      (15328, 413), (15915, 366), (13764, 582), (12557, 97), (11423, 52), (10718, 41), (6056, 28),
      (3449, 6),
    ], firstYear: 1998)

  /// 4, 7, 3, 9, 5 of 200.
  static let fiveYears = table([(200, 4), (200, 7), (200, 3), (200, 9), (200, 5)])

  /// Three grades over five years.
  static let threeGrades = DefaultHistory(
    grades: ["A", "B", "C"], firstYear: 2020,
    cells: [[2, 3, 5], [0, 1, 4], [1, 2, 9], [0, 6, 3], [1, 1, 2]].map { year in
      zip([300.0, 200, 100], year).map { DefaultHistory.Cell(atRisk: $0, defaults: $1) }
    }, assessment: .yearly)

  /// The same loans known month by month.
  static let monthly = DefaultHistory(
    grades: ["A", "B"], firstYear: 2020,
    cells: [[1, 5], [0, 9], [3, 2]].map { year in
      zip([400.0, 150.5], year).map { DefaultHistory.Cell(atRisk: $0, defaults: $1) }
    }, assessment: .monthly)

  static func parameters(_ pds: [Double], _ correlation: Double, _ persistence: Double = 0)
    -> FactorParameters
  {
    FactorParameters(pds: pds, assetCorrelation: correlation, persistence: persistence)
  }
}

/// Random histories, by addressed words: a history has the same numbers whenever it is drawn.
struct HistoryGenerator {
  private let words: DrawKey
  private var index: UInt64 = 0

  init(seed: UInt64, number: Int) {
    words = DrawKey(seed: seed, trial: UInt64(number), purpose: .portfolio)
  }

  mutating func unit() -> Double {
    defer { index += 1 }
    return UniformDraw.unit(from: words.word(at: index))
  }

  /// A binomial number, by inversion.
  mutating func binomial(_ trials: Int, _ probability: Double) -> Int {
    let unit = unit()
    var (low, high) = (-1, trials)
    while high - low > 1 {
      let middle = low + (high - low) / 2
      let above = regularizedIncompleteBeta(
        probability, a: Double(middle + 1), b: Double(trials - middle))
      if 1 - above >= unit { high = middle } else { low = middle }
    }
    return high
  }

  /// The defaults of years with a factor each.
  mutating func table(years: Int, atRisk: Int, _ parameters: FactorParameters) -> DefaultHistory {
    var factor = 0.0
    let rows = (0..<years).map { year in
      let fresh = normalQuantile(unit())
      let phi = parameters.persistence
      factor = year == 0 ? fresh : phi * factor + (1 - phi * phi).squareRoot() * fresh
      let chance = parameters.conditionalPD(ofGrade: 0, factor: factor)
      return (atRisk: Double(atRisk), defaults: binomial(atRisk, chance))
    }
    return Samples.table(rows)
  }
}

/// What chance allows; see SimulationTests.
enum Chance {
  /// The test runs with more histories where the environment asks for longer evidence.
  static func count(_ short: Int, long: Int) -> Int {
    ProcessInfo.processInfo.environment["FUNDSIM_LONG_TESTS"] == "1" ? long : short
  }

  /// How often uniform numbers lie as far from uniform: Kolmogorov's law, with the correction for
  /// small samples of M. Stephens, Journal of the Royal Statistical Society B 32(1), 1970.
  static func uniformity(_ values: [Double]) -> Double {
    let count = Double(values.count)
    let distance = values.sorted().enumerated().reduce(0.0) { largest, item in
      max(
        largest, Double(item.offset + 1) / count - item.element,
        item.element - Double(item.offset) / count)
    }
    let scaled = distance * (count.squareRoot() + 0.12 + 0.11 / count.squareRoot())
    var sum = 0.0
    for term in 1...100 {
      let power = -2 * Double(term * term) * scaled * scaled
      sum += term % 2 == 1 ? exp(power) : -exp(power)
    }
    return min(1, 2 * sum)
  }
}
