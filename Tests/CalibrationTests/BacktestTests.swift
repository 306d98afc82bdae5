import Calibration
import RandomStreams
import Testing

struct `A backtest` {
  /// HISTORY.md §4.
  @Test func `of the sixteen years breaks the bounds that it should`() {
    let backtest = Backtest(
      Samples.sixteenYears, from: 2001, settings: CalibrationSettings())
    #expect(backtest.years.map(\.year) == Array(2001...2013))
    #expect(backtest.broken(\.best, level: .q99).years == [2001, 2006])
    #expect(backtest.broken(\.best, level: .q95).years == [2001, 2006, 2007, 2008])
    #expect(backtest.broken(\.predictive, level: .q99).years == [])
    #expect(backtest.broken(\.predictive, level: .q95).years == [2006, 2008])
    // P(at least 4 of 13, each with 5 %) and P(at least 2 of 13, each with 1 %), by the binomial sum.
    #expect(abs(backtest.broken(\.best, level: .q95).chance - 0.003103) < 1e-5)
    #expect(abs(backtest.broken(\.best, level: .q99).chance - 0.007249) < 1e-5)
    #expect(backtest.broken(\.predictive, level: .q99).chance == 1)
    // The word that decides within an outcome's probability is the year's, not the run's.
    let later = Backtest(
      Samples.sixteenYears, from: 2010, settings: CalibrationSettings())
    #expect(later.years == Array(backtest.years.suffix(4)))
  }

  /// Parameters from the prior: then, and only then, a predictive forecast is right to the last
  /// digit. A right program fails once in a thousand seeds.
  @Test func `of tables from the prior has transforms that are uniform`() {
    let transforms = (0..<Chance.count(30, long: 500)).map { number in
      var generator = HistoryGenerator(seed: 41, number: number)
      let parameters = Samples.parameters(
        [betaQuantile(generator.unit(), a: 0.5, b: 0.5)],
        betaQuantile(generator.unit(), a: 1.2, b: 6))
      let table = generator.table(years: 6, atRisk: 300, parameters)
      let settings = CalibrationSettings(points: 4096, seed: UInt64(number))
      let backtest = Backtest(table, from: 2025, settings: settings)
      return backtest.years[0].predictive.pit
    }
    #expect(Chance.uniformity(transforms) > 0.001)
  }

  @Test func `begins in the fourth year, and needs one`() {
    #expect(
      Backtest(Samples.fiveYears, settings: CalibrationSettings()).years.map(\.year) == [
        2023, 2024,
      ])
    let short = Samples.table([(200, 4), (200, 5), (200, 6)])
    #expect(Backtest(short, settings: CalibrationSettings()).years.isEmpty)
    #expect(Backtest(short, from: 2050, settings: CalibrationSettings()).years.isEmpty)
  }

  @Test
  func `of years without a default forecasts none by its best estimate, and some by the other`() {
    let table = Samples.table([(200, 0), (200, 0), (200, 0), (200, 2)])
    let year = Backtest(table, settings: CalibrationSettings()).years[0]
    #expect(year.best.q99 == 0 && year.best.pit == 1)
    #expect(year.predictive.q99 > 2 && year.predictive.pit < 1)
  }
}

struct `A forecast` {
  /// By the binomial sum of 200 loans of 2.5 %: P(≤ 8) = 0.9344, P(≤ 9) = 0.9700.
  @Test func `without correlation is a binomial law`() {
    let forecast = DefaultForecast(
      after: Samples.fiveYears, parameters: [Samples.parameters([0.025], 0)], atRisk: [200])
    var (sum, term) = (0.0, 1.0)
    for _ in 0..<200 { term *= 0.975 }
    for count in 0...20 {
      sum += term
      term *= 0.025 / 0.975 * Double(200 - count) / Double(count + 1)
      #expect(abs(forecast.cumulative(count) - sum) < 1e-10, "\(count)")
    }
    #expect(forecast.quantile(0.95) == 9 && abs(forecast.mean - 5) < 1e-9)
    #expect(forecast.cumulative(-1) == 0 && forecast.cumulative(200) == 1)
  }

  /// MODEL.md §8 A: 1000 loans of 5 %, ρ 0.2: VaR 95/99/99.9 = 156 / 251 / 386; 100 loans of 2 %,
  /// ρ 0.1: P(0) = 0.2707168001.
  @Test func `with correlation has the quantiles of the one-factor portfolio`() {
    let large = DefaultForecast(
      after: Samples.fiveYears, parameters: [Samples.parameters([0.05], 0.2)], atRisk: [1000])
    #expect(large.quantile(0.95) == 156 && large.quantile(0.99) == 251)
    #expect(large.quantile(0.999) == 386 && abs(large.mean - 50) < 1e-6)
    let small = DefaultForecast(
      after: Samples.fiveYears, parameters: [Samples.parameters([0.02], 0.1)], atRisk: [100])
    #expect(abs(small.cumulative(0) - 0.2707168001) < 1e-5)
  }

  @Test func `of several grades has the mean of their sum, and of draws the mean of the draws`() {
    let forecast = DefaultForecast(
      after: Samples.threeGrades,
      parameters: [
        Samples.parameters([0.01, 0.02, 0.05], 0.1), Samples.parameters([0.02, 0.02, 0.03], 0.3),
      ], atRisk: [100, 50, 20])
    #expect(abs(forecast.mean - (3 + 3.6) / 2) < 1e-6)
  }

  @Test func `with persistence expects more after a bad year`() {
    func mean(_ last: Int) -> Double {
      DefaultForecast(
        after: Samples.table([(200, 5), (200, last)]),
        parameters: [Samples.parameters([0.025], 0.12, 0.7)], atRisk: [200]
      ).mean
    }
    #expect(mean(25) > 1.5 * mean(5))
  }
}
