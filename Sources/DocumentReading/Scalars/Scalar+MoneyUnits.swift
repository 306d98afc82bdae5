import FundCore

/// The words and signs around an amount of money.
extension Scalar {
  /// Takes a sign or name of the yuan off the start of an amount, or any other sign that is not a
  /// digit, so that it can be named.
  static func withoutCurrency(_ text: Substring) -> (amount: Substring, currency: String) {
    let prefix = text.prefix { !$0.isASCIIDigit && $0 != "-" && $0 != "+" && $0 != "." }
    let word = prefix.lowercased().filter { $0 != " " }
    if yuanNames.contains(word) || foreignNames.contains(word) {
      return (text.dropFirst(prefix.count), word)
    }
    return (text, "")
  }

  /// Refuses an amount in another currency.
  static func foreignCurrency(_ currency: String, in text: String) -> ScalarProblem? {
    guard foreignNames.contains(currency) else { return nil }
    return wrongUnit(currency, in: text)
  }

  /// The power of ten of the unit of counting that a text starts with, and what follows it.
  static func multiplier(_ text: Substring) -> (power: Int?, rest: Substring) {
    for (name, power) in multipliersByLength where text.lowercased().hasPrefix(name) {
      let rest = text.dropFirst(name.count)
      // `千` is a unit of counting, `千克` is not.
      return (power, rest.drop { $0 == " " })
    }
    return (nil, text)
  }

  /// Refuses what stands behind an amount, unless it is another part of it.
  static func unknownUnit(_ rest: Substring, hasPower: Bool, in text: String) -> ScalarProblem? {
    guard let first = rest.first else { return nil }
    if first.isASCIIDigit, hasPower { return nil }
    return wrongUnit(String(rest), in: text)
  }

  private static func wrongUnit(_ unit: String, in text: String) -> ScalarProblem {
    let isCurrency = foreignNames.contains(unit.lowercased())
    return ScalarProblem(
      "wrong-unit",
      isCurrency
        ? .init(
          en: "\(quoted(text)) is in \(quoted(unit)), not in yuan",
          zh: "\(quoted(text))的币种是\(quoted(unit))，不是人民币元")
        : .init(
          en: "\(quoted(text)) has \(quoted(unit)), which is not a unit of money here",
          zh: "\(quoted(text))中的\(quoted(unit))在此不是金额单位"),
      help: isCurrency
        ? .init(
          en: "convert the amount to yuan, and write it as 1000万 or 10000000",
          zh: "折算成人民币元，写成1000万或10000000")
        : .init(
          en: "write the amount in yuan, as 1000万 or 10000000", zh: "金额以元为单位，写成1000万或10000000"))
  }

  private static let yuanNames: Set<String> = [
    "¥", "元", "圆", "块", "块钱", "元整", "yuan", "cny", "rmb", "人民币", "人民币元", "元人民币", "cny¥",
    "rmb¥", "人民币¥", "cn¥", "cnh",
  ]

  private static let foreignNames = Set(foreignCurrencies).union([
    // Too short to be looked for in heads.
    "kr", "kr.", "zł", "kč", "ft", "fr", "fr.", "lei", "rm", "rp", "rs", "rs.",
  ])

  private static let multipliersByLength: [(String, Int)] =
    (chineseMultipliers.map { ($0.key, $0.value) }
    + [("thousand", 3), ("million", 6), ("billion", 9)])
    .sorted { $0.0.count > $1.0.count }
}
