import FundCore
import LossStatistics

/// Figures as text in one language and one unit of money: `18.42 ± 0.11` with a standard error;
/// `0.31 (0.17–0.62)` where the error is lopsided; `0 exact` where nothing random moves it; `0*` where
/// the trials do not tell.
struct FigureWords {
  let language: Language
  let money: MoneyScale

  /// The text of a figure; an amount stands without its unit's name.
  func text(_ figure: Figure) -> String {
    guard figure.difference != .identical else { return "=" }
    if let small = smallDifference(figure) { return small }
    let text = sign(of: figure) + plain(figure)
    return figure.difference == .indistinct ? text + "~" : text
  }

  /// A level: `99.9 %`.
  func level(_ level: Level) -> String {
    percent(NumberFormat.trimmed(Double(level.millionths) / 10_000, decimals: 4))
  }

  /// A number of a figure in the unit that is shown. A part is multiplied, because 0.235 ÷ 0.01 is
  /// less than 23.5.
  func shown(_ value: Double, of unit: Figure.Unit) -> Double {
    switch unit {
    case .yuan: value / money.unit(in: language).yuan
    case .part, .points: value * 100
    case .months, .count, .plain: value
    }
  }

  private func percent(_ digits: String) -> String {
    language == .chinese ? digits + "%" : digits + " %"
  }

  private func suffixed(_ digits: String, _ figure: Figure) -> String {
    figure.unit == .part ? percent(digits) : digits
  }

  private func plain(_ figure: Figure) -> String {
    let value = shown(figure.value, of: figure.unit)
    if figure.isExact {
      let text = suffixed(NumberFormat.trimmed(value, decimals: 4), figure)
      guard figure.showsPrecision else { return text }
      return LocalizedText(en: "\(text) exact", zh: "\(text)（确定）")[language]
    }
    if let error = figure.standardError {
      // No digit of an amount below a yuan.
      let least = figure.unit == .yuan ? max(error, 1) : error
      return withError(figure, value: value, error: shown(least, of: figure.unit))
    }
    let mark = figure.isReliable ? "" : "*"
    guard let interval = figure.interval95 else {
      return suffixed(NumberFormat.rough(value), figure) + mark
    }
    return withInterval(figure, value: value, interval: scaled(interval, figure)) + mark
  }

  private func withError(_ figure: Figure, value: Double, error: Double) -> String {
    let decimals = NumberFormat.decimals(standardError: error) ?? 0
    let text = NumberFormat.fixed(value, decimals: decimals)
    guard figure.showsPrecision else { return suffixed(text, figure) }
    return suffixed(text + " ± " + NumberFormat.fixed(error, decimals: decimals), figure)
  }

  private func withInterval(_ figure: Figure, value: Double, interval: Interval) -> String {
    guard let decimals = decimals(of: figure, interval) else {
      return suffixed(NumberFormat.trimmed(value, decimals: 4), figure)
    }
    let text = suffixed(NumberFormat.fixed(value, decimals: decimals), figure)
    guard figure.showsPrecision else { return text }
    let span = ends(interval, decimals: decimals)
    return LocalizedText(en: "\(text) (\(span))", zh: "\(text)（\(span)）")[language]
  }

  /// The ends of the interval alone; `nil` without one.
  func ends(of figure: Figure) -> String? {
    guard let interval = figure.interval95 else { return nil }
    let scaled = scaled(interval, figure)
    return ends(scaled, decimals: decimals(of: figure, scaled) ?? 4)
  }

  private func scaled(_ interval: Interval, _ figure: Figure) -> Interval {
    Interval(
      low: shown(interval.low, of: figure.unit), high: shown(interval.high, of: figure.unit))
  }

  private func decimals(of figure: Figure, _ interval: Interval) -> Int? {
    NumberFormat.decimals(interval: interval).map { figure.isWhole ? min($0, 0) : $0 }
  }

  private func ends(_ interval: Interval, decimals: Int) -> String {
    let low = NumberFormat.fixed(interval.low, decimals: decimals)
    let high = NumberFormat.fixed(interval.high, decimals: decimals)
    // A dash beside a minus sign reads badly.
    return low + (low.hasPrefix("-") ? " … " : "–") + high
  }

  /// A plus before a difference above zero.
  private func sign(of figure: Figure) -> String {
    figure.difference != nil && figure.value > 0 ? "+" : ""
  }

  /// A difference of amounts of which no yuan is left, with its error.
  private func smallDifference(_ figure: Figure) -> String? {
    guard let difference = figure.difference, figure.unit == .yuan, !figure.isExact else {
      return nil
    }
    let reach =
      figure.standardError.map { abs(figure.value) + 2 * $0 }
      ?? figure.interval95.map { max(abs($0.low), abs($0.high)) } ?? .infinity
    guard reach < 1 else { return nil }
    return LocalizedText(en: "< 1 yuan", zh: "< 1元")[language]
      + (difference == .indistinct ? "~" : "")
  }
}
