import FundCore
import ResultFacts

/// Numbers of statistics as facts, which keep them as digits.
extension InputValue {
  /// A probability or another proportion.
  static func proportion(_ value: Double) -> InputValue { .proportion(digits: "\(value)") }

  /// A number without a unit.
  static func number(_ value: Double) -> InputValue { .number(digits: "\(value)") }
}
