public import FundCore

/// Whether an amount may be below zero.
public enum AmountSign: Sendable {
  /// Zero or more.
  case notNegative
  /// Any amount, as for corrections and balances.
  case any
}

extension Scalar {
  /// An amount in yuan, exact to the fen: `1000万`, `1.2亿`, `1,000 万元`, `¥1200`, `12.34 yuan`.
  ///
  /// Its magnitude is at most `Money.largestInput`.
  public static func money(
    _ text: String, sign: AmountSign = .notNegative
  ) -> Result<Money, ScalarProblem> {
    let plain = normalised(text)
    if let problem = missingValue(plain, example: moneyExample) { return .failure(problem) }
    let (isNegative, unsigned) = signPrefix(plain[...])
    let (amount, currency) = withoutCurrency(unsigned)
    if let problem = foreignCurrency(currency, in: text) { return .failure(problem) }
    if unsigned.count < plain.count, let sign = amount.first, sign == "-" || sign == "+" {
      return .failure(noNumber(text, named: text, example: moneyExample))
    }
    return fen(of: amount, in: text).flatMap { magnitude, isInnerNegative in
      if magnitude > Int128(Money.largestInput.fen) {
        return .failure(
          ScalarProblem(
            "amount-too-large",
            .init(en: "\(quoted(text)) is more than a trillion yuan", zh: "\(quoted(text))超过一万亿元"),
            help: .init(
              en: "check the unit; an amount is at most 1万亿 (1,000,000,000,000 yuan)",
              zh: "核对单位；金额最多为1万亿（1,000,000,000,000元）")))
      }
      let money = Money(fen: Int64(magnitude) * (isNegative != isInnerNegative ? -1 : 1))
      if money < .zero, sign == .notNegative {
        return .failure(
          ScalarProblem(
            "negative-amount", .init(en: "\(quoted(text)) is below zero", zh: "\(quoted(text))为负数"),
            help: .init(en: "give an amount of 0 or more", zh: "金额应为0或以上"))
        )
      }
      return .success(money)
    }
  }

  private static let moneyExample = "1000万"

  /// The sum of the parts of an amount such as `1亿2000万`, in fen.
  private static func fen(
    of amount: Substring, in text: String
  ) -> Result<(Int128, isNegative: Bool), ScalarProblem> {
    var rest = amount
    var total: Int128 = 0
    var isNegative = false
    var lastPower: Int?
    repeat {
      let leading: LeadingNumber
      // Messages name the whole text, not what was left when the currency was taken off.
      switch leadingNumber(rest, named: text, example: moneyExample) {
      case .success(let number): leading = number
      case .failure(let problem): return .failure(problem)
      }
      let (power, behind) = multiplier(leading.rest)
      if let lastPower, power.map({ $0 >= lastPower }) ?? true {
        return .failure(unclearParts(text))
      }
      isNegative = isNegative || leading.number.isNegative
      guard let part = leading.number.scaled(by: (power ?? 0) + 2) else {
        return .failure(tooFine(text))
      }
      total += part
      let (next, currency) = withoutCurrency(behind)
      if let problem = foreignCurrency(currency, in: text)
        ?? unknownUnit(next, hasPower: power != nil, in: text)
      {
        return .failure(problem)
      }
      (rest, lastPower) = (next, power)
    } while !rest.isEmpty
    return .success((total, isNegative))
  }

  /// Digits are limited to `ExactDecimal.digitLimit`, so that only decimals can be the reason.
  private static func tooFine(_ text: String) -> ScalarProblem {
    ScalarProblem(
      "amount-too-fine",
      .init(en: "\(quoted(text)) has a fraction of a fen", zh: "\(quoted(text))不足一分的部分无法计入"),
      help: .init(en: "round the amount to 0.01 yuan", zh: "金额精确到0.01元"))
  }

  private static func unclearParts(_ text: String) -> ScalarProblem {
    ScalarProblem(
      "unclear-amount",
      .init(en: "\(quoted(text)) can be read in two ways", zh: "\(quoted(text))有两种读法"),
      help: .init(
        en: "write one number with one unit, such as 1.2万 or 12000", zh: "只写一个数和一个单位，如1.2万或12000"
      ))
  }
}
