import FundCore
import LossStatistics
import Planning
import ReportForm

/// A figure with what is known of its precision as text: `18.42 ± 0.11`; `0.31 (0.17–0.62)` where
/// the error is lopsided; `0 exact` where nothing random moves it; `0*` where the trials do not tell.
enum FigureText {
  /// The figure in a unit, with its error or without.
  static func text(
    _ figure: FigureValue, unit: Double = 1, language: Language, withError: Bool = true
  ) -> String {
    let value = figure.value / unit
    if figure.isExact {
      let text = NumberFormat.trimmed(value, decimals: 4)
      return withError ? LocalizedText(en: "\(text) exact", zh: "\(text)（确定）")[language] : text
    }
    if let error = figure.standardError {
      let decimals = NumberFormat.decimals(standardError: error / unit) ?? 0
      let text = NumberFormat.fixed(value, decimals: decimals)
      guard withError else { return text }
      return text + " ± " + NumberFormat.fixed(error / unit, decimals: decimals)
    }
    let mark = figure.isReliable ? "" : "*"
    guard let interval = figure.interval95 else {
      return NumberFormat.rough(value) + mark
    }
    let scaled = Interval(low: interval.low / unit, high: interval.high / unit)
    return ranged(value, scaled, withInterval: withError) + mark
  }

  /// An estimate in a unit, with its error or without.
  static func text(
    _ estimate: Estimate, unit: Double = 1, language: Language, withError: Bool = true
  ) -> String {
    text(FigureValue(estimate), unit: unit, language: language, withError: withError)
  }

  /// A value with its interval, and only as many digits as the interval allows.
  static func ranged(
    _ value: Double, _ interval: Interval, sign: String = "", withInterval: Bool = true
  ) -> String {
    guard let decimals = NumberFormat.decimals(interval: interval) else {
      return NumberFormat.trimmed(value, decimals: 4) + sign
    }
    let text = NumberFormat.fixed(value, decimals: decimals) + sign
    guard withInterval else { return text }
    let low = NumberFormat.fixed(interval.low, decimals: decimals)
    // A dash beside a minus sign reads badly.
    let dash = low.hasPrefix("-") ? " … " : "–"
    return text + " (\(low)\(dash)\(NumberFormat.fixed(interval.high, decimals: decimals)))"
  }
}
