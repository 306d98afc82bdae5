import FundCore
import LossStatistics
import Simulation
import ReportForm

/// Estimates as text, in one unit of money.
struct ReportFigures {
  let words: ReportWords
  /// How many yuan a unit is.
  let unit: Double
  /// Its name.
  let unitName: String

  /// Chooses the largest unit of which an amount has at least one.
  init(words: ReportWords, for amount: Double) {
    self.words = words
    let chosen = words.units.last { abs(amount) >= $0.yuan } ?? words.units.first
    unit = chosen?.yuan ?? 1
    unitName = chosen?.name ?? ""
  }

  /// A mean with its standard error: `18.42 ± 0.11`, or what else is known of it.
  func mean(_ estimate: Estimate, isMoney: Bool = true) -> String {
    number(estimate, unit: isMoney ? unit : 1)
  }

  /// An estimate in a unit with what is known of its error.
  func number(_ estimate: Estimate, unit: Double = 1) -> String {
    FigureText.text(estimate, unit: unit, language: words.language)
  }

  /// A mean with as many digits as its error allows, without the error.
  func bare(_ estimate: Estimate) -> String {
    FigureText.text(estimate, unit: unit, language: words.language, withError: false)
  }

  /// A quantile with its interval, marked if too few trials lie beyond it.
  func quantile(_ figure: QuantileFigure, isMoney: Bool = true, withInterval: Bool = true) -> String
  {
    let scale = isMoney ? unit : 1
    let interval = Interval(
      low: figure.interval95.low / scale, high: figure.interval95.high / scale)
    let value = figure.value / scale
    let mark = figure.isReliable ? "" : "*"
    guard var decimals = NumberFormat.decimals(interval: interval) else {
      return NumberFormat.trimmed(value, decimals: 4) + mark
    }
    if !isMoney { decimals = min(decimals, 0) }
    let text = NumberFormat.fixed(value, decimals: decimals)
    guard withInterval else { return text + mark }
    return words(
      .interval,
      [
        "value": text, "low": NumberFormat.fixed(interval.low, decimals: decimals),
        "high": NumberFormat.fixed(interval.high, decimals: decimals),
      ]) + mark
  }

  /// A standard deviation with as many digits as its own error allows.
  func deviation(_ amount: AmountEstimates, isMoney: Bool = true) -> String {
    let scale = isMoney ? unit : 1
    let value = amount.standardDeviation / scale
    guard value.isFinite else { return "–" }
    guard let error = amount.deviationError else {
      return NumberFormat.rough(value) + (amount.mean.isReliable ? "" : "*")
    }
    return NumberFormat.decimals(standardError: error / scale).map {
      NumberFormat.fixed(value, decimals: $0)
    } ?? NumberFormat.trimmed(value, decimals: 4)
  }

  /// A time with its interval.
  func months(_ quantile: TimeEstimates.Quantile) -> String {
    let mark = quantile.isReliable ? "" : "*"
    guard quantile.low < quantile.high else { return "\(quantile.months)" + mark }
    return words(
      .interval,
      ["value": "\(quantile.months)", "low": "\(quantile.low)", "high": "\(quantile.high)"])
      + mark
  }

  /// A probability in per cent with its interval: `3.1 % (2.8 – 3.5)`.
  func probability(_ proportion: Proportion, withInterval: Bool = true) -> String {
    let ends = proportion.interval95
    let interval = Interval(low: ends.low * 100, high: ends.high * 100)
    let decimals = NumberFormat.decimals(interval: interval) ?? 2
    let value = words(
      .decimalPercent, ["value": NumberFormat.fixed(proportion.value * 100, decimals: decimals)])
    guard withInterval else { return value }
    return words(
      .interval,
      [
        "value": value, "low": NumberFormat.fixed(interval.low, decimals: decimals),
        "high": NumberFormat.fixed(interval.high, decimals: decimals),
      ])
  }

  /// An amount of the balance, which is known to about a thousandth of the fund.
  func balance(_ yuan: Double) -> String {
    NumberFormat.significant(yuan / unit, digits: 3)
  }

  /// A level in per cent: `99.9 %`.
  func level(_ level: Level) -> String {
    words(
      .decimalPercent,
      ["value": NumberFormat.trimmed(Double(level.millionths) / 10_000, decimals: 4)])
  }

  /// An exact amount in its own best unit.
  static func amount(_ money: Money, words: ReportWords) -> String {
    let figures = ReportFigures(words: words, for: money.yuan)
    return NumberFormat.trimmed(money.yuan / figures.unit, decimals: 3) + " " + figures.unitName
  }
}
