import Calibration
import Foundation
import RandomStreams
import Testing

struct `The loss of a default` {
  private func year(
    _ year: Int, _ count: Int, _ sum: Double, _ squares: Double? = nil, exposure: Double? = nil
  ) -> YearlyLosses {
    YearlyLosses(year: year, count: count, sum: sum, squares: squares, exposure: exposure)
  }

  /// Losses of 1, 2, 3 and 6: mean 3, deviations 2, 1, 0, 3.
  @Test func `of single losses has their mean and variance`() throws {
    let severity = try #require(
      LossSeverity([year(2020, 2, 3, 5), year(2021, 2, 9, 45)], exposure: nil))
    #expect(abs(severity.mean - 3) < 1e-12 && abs(severity.variance - 14.0 / 3) < 1e-12)
    #expect(abs(severity.varianceOfMean - 14.0 / 12) < 1e-12)
  }

  /// Four of 2 on average, four of 4: each mean lies 1 from 3, which four losses with a variance of 8 do on
  /// average with one degree of freedom.
  @Test func `of yearly sums has the spread that the years' means show`() throws {
    let severity = try #require(
      LossSeverity([year(2020, 4, 8), year(2021, 0, 0), year(2022, 4, 16)], exposure: nil))
    #expect(abs(severity.mean - 3) < 1e-12 && abs(severity.variance - 8) < 1e-12)
    #expect(abs(severity.varianceOfMean - 1) < 1e-12)
  }

  /// A fifth of the mean amount at risk in both years: loans that doubled are no spread.
  @Test func `counts in parts of the amounts at risk where they are known`() throws {
    let years = [year(2020, 4, 80, exposure: 100), year(2021, 4, 160, exposure: 200)]
    let severity = try #require(LossSeverity(years, exposure: 50))
    #expect(abs(severity.mean - 10) < 1e-12 && severity.variance < 1e-12)
    #expect(try #require(LossSeverity(years, exposure: nil)).variance > 100)
  }

  @Test func `is not told from too little`() {
    #expect(LossSeverity([year(2020, 2, 3, 5)], exposure: nil) == nil)
    #expect(LossSeverity([year(2020, 9, 30)], exposure: nil) == nil)
    #expect(LossSeverity([], exposure: 5) == nil)
  }

  @Test func `stands in a register and in a table`() throws {
    var first = HistoricalLoan(start: 24_000, term: 12, overdue: 24_002, lastObserved: 24_040)
    first.loss = 5
    var second = HistoricalLoan(start: 24_010, term: 12, overdue: 24_013, lastObserved: 24_040)
    second.loss = 7
    let loans = LoanHistory(loans: [first, second])
    let losses = HistoryRecord.loans(loans, recoveries: RecoveryHistory([])).losses
    #expect(losses == [year(2000, 1, 5, 25), year(2001, 1, 7, 49)])
    second.loss = nil
    let half = LoanHistory(loans: [first, second])
    #expect(
      HistoryRecord.loans(half, recoveries: RecoveryHistory([])).losses == [year(2000, 1, 5, 25)])
    let table = YearlyHistory(rows: [
      .init(year: 2020, grade: nil, atRisk: 10, defaults: 2, exposure: 500, loss: 60),
      .init(year: 2021, grade: nil, atRisk: 10, defaults: 2),
    ])
    #expect(HistoryRecord.table(table).losses == [year(2020, 2, 60, exposure: 50)])
  }
}

struct `A forecast of losses` {
  private let defaults = DefaultForecast(
    after: Samples.fiveYears, parameters: [Samples.parameters([0.025], 0.12)], atRisk: [200])

  @Test func `of certain losses is that of the defaults`() {
    let forecast = LossForecast(
      defaults, LossSeverity(mean: 10, variance: 0, varianceOfMean: 0))
    for count in [0, 1, 5, 17, 60] {
      #expect(
        abs(forecast.cumulative(10 * Double(count) + 0.1) - defaults.cumulative(count)) < 1e-8)
    }
    #expect(abs(forecast.mean - 50) < 1e-5)
    #expect(abs(forecast.quantile(0.99) - 10 * Double(defaults.quantile(0.99))) < 1e-5)
    #expect(forecast.quantile(forecast.chanceOfNone / 2) == 0)
    #expect(forecast.cumulative(-1) == 0)
    #expect(forecast.probabilityTransform(of: 0, unit: 0.5) == forecast.chanceOfNone / 2)
  }

  /// n exponential losses sum to Erlang's law, 1 − e⁻ˣ Σ xᵏ / k! over k below n, which is a gamma law itself.
  @Test func `of exponential losses is the sum of Erlang's laws`() {
    let forecast = LossForecast(
      defaults, LossSeverity(mean: 1, variance: 1, varianceOfMean: 0))
    for amount in [0.3, 2, 5, 11, 30] {
      var (sum, tail, term) = (defaults.cumulative(0), 0.0, exp(-amount))
      for count in 1...100 {
        tail += term
        term *= amount / Double(count)
        sum += (defaults.cumulative(count) - defaults.cumulative(count - 1)) * (1 - tail)
      }
      #expect(abs(forecast.cumulative(amount) - sum) < 1e-8, "\(amount)")
    }
  }

  /// With the mean uncertain the law is wider, and its mean the same.
  @Test func `is wider where the mean loss is an estimate`() {
    let sure = LossForecast(defaults, LossSeverity(mean: 10, variance: 50, varianceOfMean: 0))
    let unsure = LossForecast(defaults, LossSeverity(mean: 10, variance: 50, varianceOfMean: 9))
    #expect(abs(sure.mean - unsure.mean) < 1e-6)
    #expect(unsure.quantile(0.99) > sure.quantile(0.99))
  }

  /// Tables from the prior, exponential losses one by one: a right program fails once in a thousand seeds.
  @Test func `of histories from the prior has transforms that are uniform`() {
    let transforms = (0..<Chance.count(25, long: 500)).compactMap { number -> Double? in
      var generator = HistoryGenerator(seed: 43, number: number)
      let parameters = Samples.parameters(
        [betaQuantile(generator.unit(), a: 0.5, b: 0.5)],
        betaQuantile(generator.unit(), a: 1.2, b: 6))
      let table = generator.table(years: 6, atRisk: 300, parameters)
      let losses = table.years.map { year -> YearlyLosses in
        let singles = (0..<table.cells[year - table.firstYear][0].defaults).map { _ in
          -log(1 - generator.unit())
        }
        return YearlyLosses(
          year: year, count: singles.count, sum: singles.reduce(0, +),
          squares: singles.reduce(0) { $0 + $1 * $1 }, exposure: nil)
      }
      let backtest = Backtest(
        table, from: 2025, settings: CalibrationSettings(points: 4096, seed: UInt64(number)),
        losses: losses)
      return backtest.years[0].losses?.predictive.pit
    }
    #expect(transforms.count > 20)
    #expect(Chance.uniformity(transforms) > 0.001)
  }
}

struct `A backtest of losses` {
  private func losses(_ sums: [Double]) -> [YearlyLosses] {
    sums.enumerated().map {
      YearlyLosses(
        year: 2020 + $0, count: [4, 7, 3, 9, 5][$0], sum: $1, squares: nil, exposure: nil)
    }
  }

  @Test func `compares the years whose losses are known, and counts what was broken`() {
    let settings = CalibrationSettings(points: 4096)
    let backtest = Backtest(
      Samples.fiveYears, settings: settings, losses: losses([40, 77, 27, 900, 45]))
    #expect(backtest.years.map { $0.losses?.seen } == [900, 45])
    // Nine defaults of ten each would have been 90.
    #expect(backtest.brokenLosses(\.predictive, level: .q99).years == [2023])
    #expect(backtest.brokenLosses(\.best, level: .q95).of == 2)
    // The defaults are forecast as without losses.
    #expect(
      Backtest(Samples.fiveYears, settings: settings).years.map(\.predictive)
        == backtest.years.map(\.predictive))
    #expect(Backtest(Samples.fiveYears, settings: settings).years.allSatisfy { $0.losses == nil })
    let gap = Backtest(
      Samples.fiveYears, settings: settings, losses: losses([40, 77, 27, 90]))
    #expect(gap.yearsWithLosses.map(\.year) == [2023])
  }
}
