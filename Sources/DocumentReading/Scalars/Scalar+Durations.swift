import FundCore

extension Scalar {
  /// A number of months, `60`, `60 months`, `5 years`, `60个月`, `5年` or `1年6个月`.
  public static func monthCount(
    _ text: String, in range: ClosedRange<Int> = 0...1_200
  ) -> Result<Int, ScalarProblem> {
    var total: Int128 = 0
    var rest = Substring(normalised(text))
    var isFirst = true
    repeat {
      let leading: LeadingNumber
      switch leadingNumber(rest, example: "60 months") {
      case .success(let number): leading = number
      case .failure(let problem): return .failure(problem)
      }
      let (unit, behind) = splitUnit(leading.rest)
      guard let months = monthsPerUnit(unit), isFirst || months == 1, !(unit.isEmpty && !isFirst)
      else {
        return .failure(
          ScalarProblem(
            "wrong-unit",
            .init(
              en: "\(quoted(text)) is neither in months nor in years",
              zh: "\(quoted(text))既不是月数，也不是年数"),
            help: .init(
              en: "write a number of months, such as 60, 60 months or 5 years",
              zh: "写月数，如60、60个月或5年")))
      }
      guard leading.number.digits < 1_000_000,
        let part = ExactDecimal(
          digits: leading.number.digits * months, decimals: leading.number.decimals,
          isNegative: false
        ).wholeValue
      else {
        return .failure(notWholeMonths(text, isLarge: leading.number.digits >= 1_000_000, range))
      }
      total += leading.number.isNegative ? -part : part
      (rest, isFirst) = (behind, false)
    } while !rest.isEmpty
    guard let count = Int(exactly: total), range.contains(count) else {
      return .failure(
        outOfRange(
          text, from: .init(same: "\(range.lowerBound)"),
          to: .init(en: "\(range.upperBound) months", zh: "\(range.upperBound)个月")))
    }
    return .success(count)
  }

  private static func notWholeMonths(
    _ text: String, isLarge: Bool, _ range: ClosedRange<Int>
  ) -> ScalarProblem {
    isLarge
      ? outOfRange(
        text, from: .init(same: "\(range.lowerBound)"),
        to: .init(en: "\(range.upperBound) months", zh: "\(range.upperBound)个月"))
      : ScalarProblem(
        "not-whole",
        .init(en: "\(quoted(text)) is not a whole number of months", zh: "\(quoted(text))不是整月"),
        help: .init(en: "write whole months", zh: "写整月数"))
  }

  private static func splitUnit(_ text: Substring) -> (unit: String, rest: Substring) {
    let unit = text.prefix { !$0.isASCIIDigit }
    return (unit.lowercased().filter { $0 != " " }, text.dropFirst(unit.count))
  }

  private static func monthsPerUnit(_ unit: String) -> Int128? {
    switch unit {
    case "", "month", "months", "mo", "个月", "月": 1
    case "year", "years", "yr", "yrs", "年": 12
    default: nil
    }
  }
}

extension ExactDecimal {
  /// The number, if it has no decimals other than zeros.
  fileprivate var wholeValue: Int128? {
    var (value, left) = (digits, decimals)
    while left > 0 {
      guard value % 10 == 0 else { return nil }
      (value, left) = (value / 10, left - 1)
    }
    return value
  }
}
