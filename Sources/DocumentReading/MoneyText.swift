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
      return .failure(noNumber(text, example: moneyExample))
    }
    return fen(of: amount, in: text).flatMap { magnitude, isInnerNegative in
      if magnitude > Int128(Money.largestInput.fen) {
        return .failure(
          ScalarProblem(
            "amount-too-large", "\(quoted(text)) is more than a trillion yuan",
            help: "check the unit; an amount is at most 1万亿 (1,000,000,000,000 yuan)"))
      }
      let money = Money(fen: Int64(magnitude) * (isNegative != isInnerNegative ? -1 : 1))
      if money < .zero, sign == .notNegative {
        return .failure(
          ScalarProblem(
            "negative-amount", "\(quoted(text)) is below zero", help: "give an amount of 0 or more")
        )
      }
      return .success(money)
    }
  }

  private static let moneyExample = "1000万 or 10000000"

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
      switch leadingNumber(rest, example: moneyExample) {
      case .success(let number): leading = number
      case .failure(let problem): return .failure(renamed(problem, amount: rest, text: text))
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
      "amount-too-fine", "\(quoted(text)) has a fraction of a fen",
      help: "round the amount to 0.01 yuan")
  }

  private static func unclearParts(_ text: String) -> ScalarProblem {
    ScalarProblem(
      "unclear-amount", "\(quoted(text)) can be read in two ways",
      help: "write one number with one unit, such as 1.2万 or 12000")
  }

  /// Messages name the whole text, not what was left when the currency was taken off.
  private static func renamed(
    _ problem: ScalarProblem, amount: Substring, text: String
  ) -> ScalarProblem {
    let (old, new) = (quoted(String(amount)), quoted(text))
    guard problem.message.hasPrefix(old) else { return problem }
    return ScalarProblem(
      problem.code, new + problem.message.dropFirst(old.count), help: problem.advice)
  }
}
