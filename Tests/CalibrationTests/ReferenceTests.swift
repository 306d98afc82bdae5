import Calibration
import Testing

/// The values of HISTORY.md §1, which were computed twice, independently of this program.
struct `The reference values` {
  private func isNear(_ value: Double, _ expected: Double, within share: Double) -> Bool {
    abs(value - expected) <= share * expected
  }

  @Test func `of sixteen years are met`() throws {
    let result = try CalibrationResult(Samples.sixteenYears)
    let best = result.best.parameters
    #expect(abs(best.pds[0] - 0.0089) <= 0.0001 && abs(best.assetCorrelation - 0.139) <= 0.002)
    #expect(!result.best.correlationIsAtBound)
    let (pd, rho) = (result.posterior[0], result.posterior[1])
    #expect(isNear(pd.low, 0.0060, within: 0.03) && isNear(pd.median, 0.0098, within: 0.03))
    #expect(isNear(pd.high, 0.0178, within: 0.03))
    #expect(isNear(rho.low, 0.094, within: 0.03) && isNear(rho.median, 0.156, within: 0.03))
    #expect(isNear(rho.high, 0.259, within: 0.03))
  }

  @Test func `of five years are met, and the maximum is not to be told from 0`() throws {
    let result = try CalibrationResult(Samples.fiveYears)
    #expect(abs(result.best.parameters.pds[0] - 0.028) < 1e-5)
    #expect(result.best.parameters.assetCorrelation == 0 && result.best.correlationIsAtBound)
    let (pd, rho) = (result.posterior[0], result.posterior[1])
    #expect(isNear(pd.low, 0.0189, within: 0.01) && isNear(pd.median, 0.0309, within: 0.01))
    #expect(isNear(pd.high, 0.0579, within: 0.01))
    // Told to one digit: 0.0054.
    #expect(rho.low >= 0.0045 && rho.low < 0.0055)
    #expect(isNear(rho.median, 0.049, within: 0.02) && isNear(rho.high, 0.203, within: 0.01))
  }

  /// Beta(1.2, 6): mean 1.2 / 7.2. Jeffreys' law is the arc sine's: quantiles sin²(π q / 2).
  @Test func `of the priors are those of their laws`() throws {
    let prior = try CalibrationResult(Samples.fiveYears).prior
    #expect(abs(prior[0].mean - 0.5) < 1e-6 && abs(prior[0].median - 0.5) < 1e-12)
    #expect(abs(prior[0].low - 0.006155829702431) < 1e-12)
    #expect(abs(prior[1].mean - 1.2 / 7.2) < 1e-5)
  }

  /// The bounds of Pluto and Tasche in per cent at 50, 75, 90, 95, 99 and 99.9 %.
  @Test(arguments: [
    ([0, 0, 0], 0, 0.0, [0.0866, 0.1731, 0.2874, 0.3738, 0.5740, 0.8598]),
    ([0, 0, 0], 2, 0.0, [0.2308, 0.4610, 0.7646, 0.9936, 1.5233, 2.2763]),
    ([0, 2, 1], 0, 0.0, [0.4588, 0.6378, 0.8332, 0.9663, 1.2501, 1.6225]),
    ([0, 2, 1], 1, 0.0, [0.5243, 0.7288, 0.9519, 1.1039, 1.4278, 1.8527]),
    ([0, 0, 0], 0, 0.12, [0.1535, 0.4027, 0.8643, 1.3103, 2.6563, 5.2930]),
    ([0, 2, 1], 0, 0.12, [0.7106, 1.4149, 2.4910, 3.4121, 5.8758, 10.0754]),
  ]) func `of the most prudent bounds are met to the last digit`(
    defaults: [Int], grade: Int, rho: Double, expected: [Double]
  ) throws {
    let history = DefaultHistory(
      grades: ["A", "B", "C"], firstYear: 2020,
      cells: [
        zip([100.0, 400, 300], defaults).map { DefaultHistory.Cell(atRisk: $0, defaults: $1) }
      ], assessment: .yearly)
    for (level, value) in zip(LowDefaultBound.levels, expected) {
      let bound = try #require(
        history.lowDefaultBound(grade: grade, level: level, assetCorrelation: rho))
      #expect(abs(100 * bound.bound - value) <= 1e-4, "\(level)")
    }
  }

  /// Without a default in two years the chance is the product of the years'; by the median of one
  /// year at the square root of the level.
  @Test func `of one year become those of two`() throws {
    let year = [DefaultHistory.Cell(atRisk: 150, defaults: 0)]
    func bound(_ years: Int, _ level: Double) throws -> Double {
      let history = DefaultHistory(
        grades: [""], firstYear: 2020, cells: Array(repeating: year, count: years),
        assessment: .yearly)
      return try #require(
        history.lowDefaultBound(grade: 0, level: level, assetCorrelation: 0.12)
      ).bound
    }
    // (1 − 0.64) = (1 − 0.4)².
    #expect(abs(try bound(2, 0.64) - bound(1, 0.4)) < 1e-9)
  }

  @Test func `of a bound with too many defaults are none`() {
    #expect(Samples.sixteenYears.lowDefaultBound(grade: 0, level: 0.9, assetCorrelation: 0) == nil)
    let all = Samples.table([(3, 3)])
    #expect(all.lowDefaultBound(grade: 0, level: 0.9, assetCorrelation: 0.1)?.bound == 1)
  }
}
