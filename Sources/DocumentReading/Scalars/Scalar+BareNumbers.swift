public import FundCore

/// Numbers without a unit that can be meant in two.
extension Scalar {
  /// Whether a text is a number without any unit.
  public static func isBareNumber(_ text: String) -> Bool {
    let plain = normalised(text)
    return plain.contains(where: \.isASCIIDigit)
      && plain.allSatisfy { $0.isASCIIDigit || "+-., ".contains($0) }
  }

  /// Refuses an amount without a unit that is too small to be meant in yuan alone: 1000 can be a
  /// thousand yuan, or the 1000万 of a table in 万元.
  ///
  /// - Parameters:
  ///   - limit: From where on an amount is taken for yuan.
  public static func unclearAmount(
    _ text: String, _ amount: Money, below limit: Money
  ) -> ScalarProblem? {
    guard isBareNumber(text), amount > .zero, amount < limit else { return nil }
    let number = normalised(text)
    return ScalarProblem(
      "unclear-unit",
      .init(
        en: "\(quoted(text)) has no unit: \(number) yuan, or \(number)万 (\(number) × 10,000 yuan)?",
        zh: "\(quoted(text))没有单位：是\(number)元，还是\(number)万（\(number) × 10,000元）？"),
      help: .init(
        en: "write \(number)万 or \(number)元", zh: "写\(number)万或\(number)元"))
  }

  /// Refuses a number of months without a unit that is more likely one of days.
  ///
  /// - Parameters:
  ///   - limit: Up to where a number is taken for months.
  public static func unclearMonths(_ text: String, above limit: Int) -> ScalarProblem? {
    guard isBareNumber(text), let number = Int(normalised(text)), number > limit else { return nil }
    return ScalarProblem(
      "unclear-unit",
      .init(
        en: "\(quoted(text)) has no unit: \(number) months, or \(number) days?",
        zh: "\(quoted(text))没有单位：是\(number)个月，还是\(number)天？"),
      help: .init(
        en: "write \(number) months, or days as whole months",
        zh: "写\(number)个月；天数请折成整月"))
  }

  /// Refuses a rate without a unit that can be a share or a number in per cent.
  public static func unclearRate(_ text: String, _ rate: Ratio) -> ScalarProblem? {
    guard isBareNumber(text), rate > .percent(24) else { return nil }
    let number = normalised(text)
    return ScalarProblem(
      "unclear-unit",
      .init(
        en: "\(quoted(text)) has no unit: \(rate) a year, or \(number)%?",
        zh: "\(quoted(text))没有单位：是年利率\(rate)，还是\(number)%？"),
      help: .init(en: "write \(rate) or \(number)%", zh: "写\(rate)或\(number)%"))
  }

  /// A number as people write it, without an exponent and without zeros at its end.
  public static func plainDigits(_ number: Double) -> String {
    let millionths = (number * 1e6).rounded()
    guard millionths.magnitude < 1e15 else { return "\(number)" }
    var digits = String(Int64(millionths.magnitude) % 1_000_000)
    digits = String(repeating: "0", count: 6 - digits.count) + digits
    while digits.last == "0" { digits.removeLast() }
    let whole = (millionths < 0 ? "-" : "") + String(Int64(millionths.magnitude) / 1_000_000)
    return digits.isEmpty ? whole : "\(whole).\(digits)"
  }
}

extension Section {
  /// From where on a bare number of yuan is the amount of a fund, and not one in 万元.
  public static var leastFundAmount: Money { .yuan(100_000) }

  /// From where on a bare number of yuan is the amount of a loan.
  public static var leastLoanAmount: Money { .yuan(10_000) }

  /// An amount that is not small: a bare number below a limit is refused with its two meanings.
  public mutating func largeMoney(_ key: String, from limit: Money) -> Written<Money>? {
    required(key, "1000万") { Self.largeMoney($0, from: limit) }
  }

  /// The same, if the key is there.
  public mutating func largeMoneyIfPresent(_ key: String, from limit: Money) -> Written<Money>? {
    optional(key, "1000万") { Self.largeMoney($0, from: limit) }
  }

  /// An interest rate: a bare number above 0.24 is refused with its two meanings.
  public mutating func interestRate(_ key: String) -> Written<Ratio>? {
    required(key, "4.35%") { Self.interestRate($0) }
  }

  /// The same, if the key is there.
  public mutating func interestRateIfPresent(_ key: String) -> Written<Ratio>? {
    optional(key, "4.35%") { Self.interestRate($0) }
  }

  private static func largeMoney(_ text: String, from limit: Money) -> Result<Money, ScalarProblem>
  {
    Scalar.money(text).flatMap { amount in
      Scalar.unclearAmount(text, amount, below: limit).map { .failure($0) } ?? .success(amount)
    }
  }

  /// A share is a rate a year. One that names its period is converted, and in ‰ or ‱ it has to name it:
  /// 3.625‰ is what banks write of a month.
  private static func interestRate(_ text: String) -> Result<Ratio, ScalarProblem> {
    let plain = Scalar.ratio(text)
    let isFine = ["‰", "‱", "bp"].contains { Scalar.normalised(text).contains($0) }
    if case .success(let rate) = plain, !isFine {
      return Scalar.unclearRate(text, rate).map { .failure($0) } ?? plain
    }
    if case .failure(let problem) = plain, problem.code != "wrong-unit" { return plain }
    return Scalar.yearlyRate(text, in: nil).mapError { problem in
      guard problem.code == "rate-period-unclear" else { return problem }
      return ScalarProblem(
        problem.code, problem.message,
        help: .init(
          en: """
            write the rate of a year, such as 4.35%, or name the period: 3.625‰/月, 1.2‱/日, 43.5‰/年
            """,
          zh: "写年利率，如4.35%；或写明周期：3.625‰/月、1.2‱/日、43.5‰/年"))
    }
  }
}
