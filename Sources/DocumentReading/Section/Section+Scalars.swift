public import FundCore

/// Readers of single values.
extension Section {
  /// A text. Numbers are texts too.
  public mutating func text(_ key: String, example: String = "…") -> Written<String>? {
    required(key, example) { Scalar.text($0) }
  }

  /// A text, if the key is there.
  public mutating func textIfPresent(_ key: String) -> Written<String>? {
    optional(key, "…") { Scalar.text($0) }
  }

  /// A whole number.
  public mutating func integer(
    _ key: String, in range: ClosedRange<Int> = Int.min...Int.max
  ) -> Written<Int>? {
    required(key, integerExample(range)) { Scalar.integer($0, in: range) }
  }

  /// A whole number, if the key is there.
  public mutating func integerIfPresent(
    _ key: String, in range: ClosedRange<Int> = Int.min...Int.max
  ) -> Written<Int>? {
    optional(key, integerExample(range)) { Scalar.integer($0, in: range) }
  }

  /// A number with decimals.
  public mutating func number(
    _ key: String, in range: ClosedRange<Double> = Scalar.anyNumber
  ) -> Written<Double>? {
    required(key, "0.15") { Scalar.number($0, in: range) }
  }

  /// A number with decimals, if the key is there.
  public mutating func numberIfPresent(
    _ key: String, in range: ClosedRange<Double> = Scalar.anyNumber
  ) -> Written<Double>? {
    optional(key, "0.15") { Scalar.number($0, in: range) }
  }

  /// A share, exact to the millionth.
  public mutating func ratio(
    _ key: String, in range: ClosedRange<Ratio> = .zero ... .one
  ) -> Written<Ratio>? {
    required(key, "45%") { Scalar.ratio($0, in: range) }
  }

  /// A share, exact to the millionth, if the key is there.
  public mutating func ratioIfPresent(
    _ key: String, in range: ClosedRange<Ratio> = .zero ... .one
  ) -> Written<Ratio>? {
    optional(key, "45%") { Scalar.ratio($0, in: range) }
  }

  /// A probability.
  public mutating func probability(
    _ key: String, in range: ProbabilityRange = .closed
  ) -> Written<Double>? {
    required(key, "2%") { Scalar.probability($0, in: range) }
  }

  /// A probability, if the key is there.
  public mutating func probabilityIfPresent(
    _ key: String, in range: ProbabilityRange = .closed
  ) -> Written<Double>? {
    optional(key, "2%") { Scalar.probability($0, in: range) }
  }

  /// An amount of money.
  public mutating func money(
    _ key: String, sign: AmountSign = .notNegative
  ) -> Written<Money>? {
    required(key, "1000万") { Scalar.money($0, sign: sign) }
  }

  /// An amount of money, if the key is there.
  public mutating func moneyIfPresent(
    _ key: String, sign: AmountSign = .notNegative
  ) -> Written<Money>? {
    optional(key, "1000万") { Scalar.money($0, sign: sign) }
  }

  /// A number of months.
  public mutating func monthCount(
    _ key: String, in range: ClosedRange<Int> = 0...1_200, example: String = "60 months"
  ) -> Written<Int>? {
    required(key, example) { Scalar.monthCount($0, in: range) }
  }

  /// A number of months, if the key is there.
  public mutating func monthCountIfPresent(
    _ key: String, in range: ClosedRange<Int> = 0...1_200
  ) -> Written<Int>? {
    optional(key, "60 months") { Scalar.monthCount($0, in: range) }
  }

  /// A month of the calendar.
  public mutating func month(_ key: String) -> Written<CivilMonth>? {
    required(key, "2024-01") { Scalar.month($0) }
  }

  /// A month of the calendar, if the key is there.
  public mutating func monthIfPresent(_ key: String) -> Written<CivilMonth>? {
    optional(key, "2024-01") { Scalar.month($0) }
  }

  /// A date.
  public mutating func date(_ key: String) -> Written<CivilDate>? {
    required(key, "2024-01-31") { Scalar.date($0) }
  }

  /// A date, if the key is there.
  public mutating func dateIfPresent(_ key: String) -> Written<CivilDate>? {
    optional(key, "2024-01-31") { Scalar.date($0) }
  }

  /// Yes or no.
  public mutating func flag(_ key: String) -> Written<Bool>? {
    required(key, "true") { Scalar.flag($0) }
  }

  /// Yes or no, if the key is there.
  public mutating func flagIfPresent(_ key: String) -> Written<Bool>? {
    optional(key, "true") { Scalar.flag($0) }
  }

  /// One of the words that a type allows.
  public mutating func choice<Choice>(
    _ key: String, as type: Choice.Type
  ) -> Written<Choice>?
  where Choice: RawRepresentable & CaseIterable & Sendable, Choice.RawValue == String {
    let words = Choice.allCases.map(\.rawValue).joined(separator: " | ")
    return required(key, words) { Scalar.choice($0, as: type) }
  }

  /// One of the words that a type allows, if the key is there.
  public mutating func choiceIfPresent<Choice>(
    _ key: String, as type: Choice.Type
  ) -> Written<Choice>?
  where Choice: RawRepresentable & CaseIterable & Sendable, Choice.RawValue == String {
    let words = Choice.allCases.map(\.rawValue).joined(separator: " | ")
    return optional(key, words) { Scalar.choice($0, as: type) }
  }

  private func integerExample(_ range: ClosedRange<Int>) -> String {
    "\(min(max(12, range.lowerBound), range.upperBound))"
  }
}
