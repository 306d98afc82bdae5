import DocumentReading
import FundCore
import RandomStreams

/// A parameter as an analyst says how well it is known: its median, and the ends of 90 %.
///
/// Each side is its own normal law of the log-odds, since all parameters lie between 0 and 1.
struct ParameterByHand {
  let parameter: UncertainParameter
  let place: SourceLocation
  let median: Double
  let low: Double
  let high: Double

  /// Φ⁻¹(0.95).
  private static let point95 = 1.644_853_626_951_472_7

  /// Reads `{value, low, high}`.
  ///
  /// - Returns: `nil`, with problems reported, if anything is wrong.
  init?(_ parameter: UncertainParameter, _ opened: Section, _ place: SourceLocation) {
    var section = opened
    let value = section.value("value", example: "3%") { parameter.value($0) }
    let low = section.value("low", example: "1.5%") { parameter.value($0) }
    let high = section.value("high", example: "6%") { parameter.value($0) }
    section.finish()
    guard let value, let low, let high else { return nil }
    guard low.value <= value.value, value.value <= high.value else {
      section.problems.report(
        "range-in-wrong-order",
        .init(
          en: "\(parameter.name): low \(low.value), value \(value.value), high \(high.value)",
          zh: "\(parameter.name)：`low` 为\(low.value)，`value` 为\(value.value)，`high` 为\(high.value)"),
        help: .init(
          en: "'low' and 'high' are the ends of 90 %, 'value' the median between them",
          zh: "`low` 与 `high` 是90%区间的两端，`value` 是其间的中位数"),
        at: low.value > value.value ? low.location : high.location)
      return nil
    }
    for end in [low, value, high] where end.value <= 0 || end.value >= 1 {
      guard low.value < high.value else { continue }
      section.problems.report(
        "range-at-bound",
        .init(
          en: "\(parameter.name): \(end.value) lies at the end of what can be",
          zh: "\(parameter.name)：\(end.value)处于可能取值的边界"),
        help: .init(
          en: "give a number above 0 and below 1, such as 0.1% for next to nothing",
          zh: "请给大于0、小于1的数，如0.1%"), at: end.location)
      return nil
    }
    (self.parameter, self.place) = (parameter, place)
    (median, self.low, self.high) = (value.value, low.value, high.value)
  }

  /// So many draws, one from each of as many equally likely parts of the law, in an order that is
  /// the parameter's own.
  func draws(_ count: Int) -> [Double] {
    let key = DrawKey(seed: identityHash(of: parameter.name), trial: 0, purpose: .calibration)
    let order = (0..<count).sorted { left, right in
      let words = (key.word(at: UInt64(left)), key.word(at: UInt64(right)))
      return words.0 == words.1 ? left < right : words.0 < words.1
    }
    return order.map { value(at: (Double($0) + 0.5) / Double(count)) }
  }

  /// The quantile at a probability; the numbers that were given, where a side is certain.
  private func value(at probability: Double) -> Double {
    let score = normalQuantile(probability) / Self.point95
    let end = score < 0 ? low : high
    guard end != median else { return median }
    let middle = Self.logOdds(median)
    let odds = exponential(middle + abs(score) * (Self.logOdds(end) - middle))
    return min(odds / (1 + odds), 0.999)
  }

  private static func logOdds(_ number: Double) -> Double { logarithm(number / (1 - number)) }
}
