public import FundCore

/// Shares, rates and probabilities of columns that count in a unit of their own.
extension Scalar {
  /// A part of a whole.
  ///
  /// - Parameter unit: The unit of the column, if it says one.
  public static func part(_ text: String, in unit: ColumnUnit?) -> Result<Ratio, ScalarProblem> {
    let plain = ratio(text)
    if unit == nil {
      guard case .failure(let problem) = plain, problem.code == "wrong-unit" else { return plain }
    }
    return converted(text, .part, unit).flatMap { millionths($0, in: text) }
  }

  /// An interest rate a year: monthly rates times 12, daily rates times 360, exact to the nearest
  /// millionth.
  ///
  /// - Parameter unit: The unit of the column, if it says one.
  public static func yearlyRate(
    _ text: String, in unit: ColumnUnit?
  ) -> Result<Ratio, ScalarProblem> {
    converted(text, .rate, unit).flatMap { millionths($0, in: text) }
  }

  /// A probability a year.
  ///
  /// - Parameter unit: The unit of the column, if it says one.
  public static func yearlyProbability(
    _ text: String, in unit: ColumnUnit?
  ) -> Result<Double, ScalarProblem> {
    let plain = probability(text, in: .belowOne)
    if unit == nil {
      guard case .failure(let problem) = plain, problem.code == "wrong-unit" else { return plain }
    }
    return converted(text, .probability, unit).flatMap { share in
      if share.unit.perYear ?? 1 != 1 {
        return .failure(
          ScalarProblem(
            "wrong-unit",
            .init(
              en: "\(quoted(text)) is a probability of less than a year",
              zh: "\(quoted(text))不是年违约概率"),
            help: .init(
              en: "give the probability of default within a year", zh: "填写一年内的违约概率")))
      }
      guard let power = share.unit.power else { return plain }
      let value = share.number.double(shift: power)
      return value >= 0 && value < 1
        ? .success(value)
        : .failure(
          ScalarProblem(
            "out-of-range",
            .init(
              en: "\(quoted(text)) is not a probability from 0% to below 100%",
              zh: "\(quoted(text))不是0%以上、小于100%的概率"),
            help: .init(en: "check the unit of the column", zh: "核对该列的单位")))
    }
  }

  // MARK: Units

  /// A number with what cell and column say of its unit.
  private struct Share {
    let number: ExactDecimal
    let unit: ShareUnit
  }

  private static func converted(
    _ text: String, _ quantity: UnitQuantity, _ unit: ColumnUnit?
  ) -> Result<Share, ScalarProblem> {
    var plain = normalised(text)[...]
    var own = ShareUnit()
    for (word, power) in [("百分之", 2), ("千分之", 3), ("万分之", 4)] where plain.hasPrefix(word) {
      own.power = power
      plain = plain.dropFirst(word.count).drop { $0 == " " }
    }
    let leading: LeadingNumber
    switch leadingNumber(plain, example: "45%") {
    case .success(let number): leading = number
    case .failure(let problem): return .failure(problem)
    }
    if !leading.rest.isEmpty {
      guard own.power == nil, case .share(let said)? = quantity.unit(String(leading.rest)) else {
        return .failure(wrongShare(text, String(leading.rest)))
      }
      own = said
    }
    guard case .share(let column) = unit ?? .share(ShareUnit()) else {
      return .failure(wrongShare(text, ""))
    }
    if let power = own.power, let other = column.power, power != other {
      return .failure(contradiction(text))
    }
    if let times = own.perYear, let other = column.perYear, times != other {
      return .failure(contradiction(text))
    }
    let whole = ShareUnit(power: own.power ?? column.power, perYear: own.perYear ?? column.perYear)
    return unclear(text, leading.number, whole, quantity).map { .failure($0) }
      ?? .success(Share(number: leading.number, unit: whole))
  }

  /// What has to be asked before a rate can be read.
  private static func unclear(
    _ text: String, _ number: ExactDecimal, _ unit: ShareUnit, _ quantity: UnitQuantity
  ) -> ScalarProblem? {
    if quantity == .rate, unit.perYear == nil, unit.power == 3 || unit.power == 4 {
      return ScalarProblem(
        "rate-period-unclear",
        .init(
          en:
            "\(quoted(text)): rates in ‰ or ‱ are mostly monthly or daily, and nothing says which",
          zh: "\(quoted(text))：‰、‱ 多用于月利率或日利率，而此处没有写明"),
        help: .init(
          en: "state it under `units`: `rate: 月‰` (times 12), `rate: 日‱` (times 360) or `rate: 年‰`",
          zh: "在 `units` 下写明：`rate: 月‰`（乘12）、`rate: 日‱`（乘360）或 `rate: 年‰`"))
    }
    guard unit.power == nil, number.double() > 1 else { return nil }
    guard quantity == .rate else {
      if case .failure(let problem) = ratio(text) { return problem }
      return nil
    }
    return ScalarProblem(
      "ratio-above-one",
      .init(
        en: "\(quoted(text)) has neither % nor ‰ and is above 1",
        zh: "\(quoted(text))大于1，却没有 % 或 ‰"),
      help: .init(
        en: """
          state the unit of the column under `units`: `rate: 年%` for a yearly rate in %, `rate: 月‰` for \
          a monthly one in ‰, and so on
          """,
        zh: "在 `units` 下写明该列的单位：年利率按 % 写 `rate: 年%`，月利率按 ‰ 写 `rate: 月‰`，余类推"))
  }

  private static func wrongShare(_ text: String, _ unit: String) -> ScalarProblem {
    ScalarProblem(
      "wrong-unit",
      unit.isEmpty
        ? .init(en: "\(quoted(text)) is in no unit of a share", zh: "\(quoted(text))的单位不是比例")
        : .init(
          en: "\(quoted(text)) ends in \(quoted(unit)), not in %",
          zh: "\(quoted(text))以\(quoted(unit))结尾，而不是 %"),
      help: .init(en: "write a share as 45% or 0.45", zh: "比例写成45%或0.45"))
  }

  /// A share to the millionth: exactly, or to the nearest where a rate was multiplied.
  private static func millionths(_ share: Share, in text: String) -> Result<Ratio, ScalarProblem> {
    let times = share.unit.perYear ?? 1
    let product = ExactDecimal(
      digits: share.number.digits * Int128(times), decimals: share.number.decimals,
      isNegative: false)
    let places = product.decimals + (share.unit.power ?? 0)
    var value: Int128
    if places <= 6 {
      value = product.digits
      for _ in 0..<(6 - places) where value <= 10_000_000 { value *= 10 }
    } else {
      let divisor = (0..<min(places - 6, 30)).reduce(Int128(1)) { power, _ in power * 10 }
      value = (product.digits + (times == 1 ? 0 : divisor / 2)) / divisor
      if times == 1, value * divisor != product.digits {
        return .failure(
          ScalarProblem(
            "ratio-too-fine",
            .init(
              en: "\(quoted(text)) is finer than a millionth", zh: "\(quoted(text))精确到了百万分之一以下"),
            help: .init(
              en: "round it to four decimals of a per cent, such as 33.3333%",
              zh: "按百分数保留四位小数，如33.3333%")))
      }
    }
    guard value <= 1_000_000, !share.number.isNegative else {
      return .failure(outOfRange(text, from: .init(same: "0%"), to: .init(same: "100%")))
    }
    return .success(Ratio(millionths: Int64(value)))
  }
}
