import RandomStreams

/// What was forecast for a year, and where its outcome lay.
public struct YearForecast: Sendable, Hashable {
  /// The mean.
  public let mean: Double
  /// The quantiles of the forecast number of defaults.
  public let q50: Int
  /// As `q50`, at 95 %.
  public let q95: Int
  /// As `q50`, at 99 %.
  public let q99: Int
  /// The randomized probability integral transform of the outcome: uniform under a right forecast.
  public let pit: Double

  init(_ forecast: DefaultForecast, seen: Int, unit: Double) {
    mean = forecast.mean
    q50 = forecast.quantile(0.5)
    q95 = forecast.quantile(0.95)
    q99 = forecast.quantile(0.99)
    pit = forecast.probabilityTransform(of: seen, unit: unit)
  }
}

/// What was forecast of a year's losses before recoveries, and where their outcome lay.
public struct YearLossForecast: Sendable, Hashable {
  /// The mean.
  public let mean: Double
  /// The quantiles of the forecast losses.
  public let q50: Double
  /// As `q50`, at 95 %.
  public let q95: Double
  /// As `q50`, at 99 %.
  public let q99: Double
  /// The probability integral transform of the outcome, as ``YearForecast/pit``.
  public let pit: Double

  init(_ forecast: LossForecast, seen: Double, unit: Double) {
    mean = forecast.mean
    q50 = forecast.quantile(0.5)
    q95 = forecast.quantile(0.95)
    q99 = forecast.quantile(0.99)
    pit = forecast.probabilityTransform(of: seen, unit: unit)
  }
}

/// The losses of one year looked back at.
public struct BacktestLosses: Sendable, Hashable {
  /// What was lost of the year's defaults, before recoveries.
  public let seen: Double
  /// The forecast by the best estimate, and as if the mean loss of the years before were the true one.
  public let best: YearLossForecast
  /// The forecast that carries what was not known of the parameters and of the mean loss.
  public let predictive: YearLossForecast
}

/// One year looked back at.
public struct BacktestYear: Sendable, Hashable {
  /// The year.
  public let year: Int
  /// Its loan-years at risk, which the forecast was told.
  public let atRisk: Double
  /// Its defaults, which the forecast was not told.
  public let seen: Int
  /// The estimate from the years before.
  public let estimate: BestEstimate
  /// Draws of what was not known of it.
  public let draws: [FactorParameters]
  /// The forecast by the best estimate.
  public let best: YearForecast
  /// The forecast that carries what was not known of the parameters.
  public let predictive: YearForecast
  /// The losses; `nil` where those of the year, or of the years before, are not known.
  public let losses: BacktestLosses?
}

/// How often a bound was broken.
public struct BrokenBounds: Sendable, Hashable {
  /// The years whose defaults exceeded the bound.
  public let years: [Int]
  /// How many bounds there were.
  public let of: Int
  /// How many a right forecast breaks on average, at most.
  public let expected: Double
  /// How often a right forecast would break as many or more.
  ///
  /// Each is broken with at most one minus its level, independently of the others.
  public let chance: Double

  /// Counts bounds of a level that were broken.
  public init(years: [Int], of count: Int, level: Double) {
    self.years = years
    of = count
    expected = Double(count) * (1 - level)
    chance =
      years.isEmpty
      ? 1
      : regularizedIncompleteBeta(
        1 - level, a: Double(years.count), b: Double(count - years.count + 1))
  }
}

/// Was it right? Each year forecast from the years before it alone (rolling origin).
public struct Backtest: Sendable, Hashable {
  /// The years, in order.
  public let years: [BacktestYear]

  /// The bounds broken of the forecasts by best estimate, or of the predictive ones.
  public func broken(_ forecast: KeyPath<BacktestYear, YearForecast>, level: Bound) -> BrokenBounds
  {
    BrokenBounds(
      years: years.filter { $0.seen > $0[keyPath: forecast].bound(level) }.map(\.year),
      of: years.count, level: level == .q95 ? 0.95 : 0.99)
  }

  /// The years whose losses are known.
  public var yearsWithLosses: [BacktestYear] { years.filter { $0.losses != nil } }

  /// The bounds of losses broken.
  public func brokenLosses(
    _ forecast: KeyPath<BacktestLosses, YearLossForecast>, level: Bound
  ) -> BrokenBounds {
    let known = yearsWithLosses
    return BrokenBounds(
      years: known.filter { year in
        year.losses.map { $0.seen > $0[keyPath: forecast].bound(level) } ?? false
      }.map(\.year), of: known.count, level: level == .q95 ? 0.95 : 0.99)
  }

  /// A bound that is watched.
  public enum Bound: Sendable, CaseIterable {
    /// The 95 % quantile.
    case q95
    /// The 99 % quantile.
    case q99
  }

  /// The fewest years from which another one is forecast.
  public static let fewestYears = 3

  /// Goes through the years of a history.
  ///
  /// - Parameters:
  ///   - history: The history.
  ///   - firstTarget: The first year to forecast; at the earliest, and by default, the fourth.
  ///   - settings: How each part of the history is calibrated; a persistence to be estimated is
  ///     taken for 0 while there are fewer than eight years.
  ///   - losses: What is known of the years' losses.
  public init(
    _ history: DefaultHistory, from firstTarget: Int? = nil, settings: CalibrationSettings,
    losses: [YearlyLosses] = []
  ) {
    let earliest = history.firstYear + Self.fewestYears
    let first = max(earliest, firstTarget ?? earliest)
    years = history.years.filter { $0 >= first }.compactMap { year in
      Self.year(year, of: history, settings, losses)
    }
  }

  private static func year(
    _ year: Int, of history: DefaultHistory, _ settings: CalibrationSettings,
    _ losses: [YearlyLosses]
  ) -> BacktestYear? {
    let known = history.before(year)
    let index = year - history.firstYear
    let total = history.total(ofYear: index)
    guard total.atRisk > 0,
      known.cells.indices.contains(where: { known.total(ofYear: $0).atRisk > 0 })
    else { return nil }
    var settings = settings
    if settings.persistence == .uniform, known.cells.count < CalibrationSettings.yearsForPersistence
    {
      settings.persistence = .fixed(0)
    }
    let estimate = known.bestEstimate(settings)
    let draws = Posterior(known, settings).draws(settings.draws).map(\.parameters)
    let atRisk = history.cells[index].map(\.atRisk)
    let best = DefaultForecast(after: known, parameters: [estimate.parameters], atRisk: atRisk)
    let predictive = DefaultForecast(after: known, parameters: draws, atRisk: atRisk)
    let key = DrawKey(
      seed: settings.seed, trial: 1 << 34 + UInt64(bitPattern: Int64(year)), purpose: .calibration)
    let unit = UniformDraw.unit(from: key.word(at: 0))
    return BacktestYear(
      year: year, atRisk: total.atRisk, seen: total.defaults, estimate: estimate, draws: draws,
      best: YearForecast(best, seen: total.defaults, unit: unit),
      predictive: YearForecast(predictive, seen: total.defaults, unit: unit),
      losses: Self.losses(
        in: year, losses, seen: total.defaults,
        LossLaws(best: best, predictive: predictive, unit: unit)))
  }
}

extension Backtest {
  /// What a year's losses are forecast from: its defaults, and the word that decides where nothing is lost.
  private struct LossLaws {
    let best: DefaultForecast
    let predictive: DefaultForecast
    let unit: Double
  }

  /// Looks back at the losses of a year; `nil` where they, or those of the years before, are not known.
  private static func losses(
    in year: Int, _ losses: [YearlyLosses], seen defaults: Int, _ laws: LossLaws
  ) -> BacktestLosses? {
    guard let target = losses.first(where: { $0.year == year }), target.count == defaults,
      let severity = LossSeverity(losses.filter { $0.year < year }, exposure: target.exposure)
    else { return nil }
    return BacktestLosses(
      seen: target.sum,
      best: YearLossForecast(
        LossForecast(laws.best, severity.withCertainMean), seen: target.sum, unit: laws.unit),
      predictive: YearLossForecast(
        LossForecast(laws.predictive, severity), seen: target.sum, unit: laws.unit))
  }
}

extension YearLossForecast {
  /// The losses at a bound.
  public func bound(_ bound: Backtest.Bound) -> Double { bound == .q95 ? q95 : q99 }
}

extension YearForecast {
  /// The number of defaults at a bound.
  public func bound(_ bound: Backtest.Bound) -> Int { bound == .q95 ? q95 : q99 }
}
