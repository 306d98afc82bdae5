import FundCore
import LossStatistics
import RandomStreams

/// What the program comes to.
enum Finding: Sendable {
  /// A value without chance.
  case value(CheckValue)
  /// An estimate with its standard error.
  case estimate(Double, error: Double)
  /// So many of so many trials.
  case count(Int, of: Int)
  /// A sample, of which a quantile is asked.
  case quantile(LossSample, Level)

  /// A number without chance.
  static func number(_ value: Double) -> Finding { .value(.number(value)) }

  /// A word.
  static func word(_ text: String) -> Finding { .value(.word(text)) }

  /// An estimate of a run.
  ///
  /// - Throws: Where it has no standard error, so that nothing can be said of it.
  static func estimate(_ value: Double, error: Double?) throws -> Finding {
    guard let error else { throw UnknownError() }
    return .estimate(value, error: error)
  }

  /// The value as it is told.
  var value: CheckValue {
    switch self {
    case .value(let value): value
    case .estimate(let value, _): .number(value)
    case .count(let count, let trials): .number(Double(count) / Double(trials))
    case .quantile(let sample, let level): .number(Double(sample.quantile(level).value))
    }
  }

  /// How many standard errors lie between it and what is expected; `nil` where there is no chance in it.
  func deviation(from expected: CheckValue) -> Double? {
    guard let expected = expected.number else { return nil }
    switch self {
    case .value: return nil
    case .estimate(let value, let error):
      return value == expected ? 0 : (value - expected) / error
    case .count(let count, let trials):
      return Self.deviation(of: count, trials, probability: expected)
    case .quantile(let sample, let level):
      // α lies between P(X < q) and P(X ≤ q).
      let count = Double(sample.count)
      let error = (level.value * (1 - level.value) / count).squareRoot()
      let below = Double(sample.sorted.count { Double($0) < expected }) / count
      let upTo = Double(sample.sorted.count { Double($0) <= expected }) / count
      if below > level.value { return (level.value - below) / error }
      return upTo < level.value ? (level.value - upTo) / error : 0
    }
  }

  /// The normal score of the tail of the binomial law on the side of the count: P(X ≤ k) and P(X ≥ k) by the
  /// incomplete beta function.
  private static func deviation(of count: Int, _ trials: Int, probability: Double) -> Double {
    let (successes, failures) = (Double(count), Double(trials - count))
    if successes < Double(trials) * probability {
      let tail = regularizedIncompleteBeta(1 - probability, a: failures, b: successes + 1)
      return min(0, normalQuantile(tail))
    }
    guard count > 0 else { return 0 }
    let tail = regularizedIncompleteBeta(probability, a: successes, b: failures + 1)
    return max(0, -normalQuantile(tail))
  }

  /// A value that is wrong enough for what was found to tell.
  func spoiled(_ expected: CheckValue, _ allowance: Check.Allowance) -> CheckValue {
    switch expected {
    case .words(let text): return .words(text + .init(en: ", spoiled", zh: "（改错）"))
    case .amounts(var amounts):
      guard let last = amounts.popLast() else { return expected }
      // One fen.
      let wrong = CheckValue.Amount(last.key, last.name, last.money + .init(fen: 1))
      return .amounts(amounts + [wrong])
    case .number(let value):
      if let largest = allowance.largest(of: value) {
        guard value.isFinite else { return .number(0) }
        return .number(largest == 0 ? value.nextUp : value + 2.5 * largest)
      }
      return .number(spoiled(value))
    }
  }

  private func spoiled(_ value: Double) -> Double {
    switch self {
    case .value: return value.nextUp
    case .estimate(_, let error): return value + 12 * max(error, value.ulp)
    case .count(_, let trials):
      let count = Double(trials)
      let far = 12 * (value * (1 - value) / count).squareRoot() + 40 / count
      return value + far < 1 ? value + far : value - far
    case .quantile(let sample, _): return Double(sample.sorted.first ?? 0) - 1
    }
  }
}

/// An estimate that does not know its own error.
struct UnknownError: Error, CustomStringConvertible {
  let description = "the estimate has no standard error"
}
