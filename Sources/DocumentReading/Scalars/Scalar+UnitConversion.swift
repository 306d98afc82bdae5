public import FundCore

/// Cells of columns that count in a unit of their own, converted exactly.
///
/// A cell that names a unit itself is held against its column: what differs is an error, because one of
/// the two is wrong.
extension Scalar {
  /// An amount in yuan of a column that counts in yuan times a power of ten.
  ///
  /// In a column of 元, 万 is a word of counting and no other unit: `300万` is 3,000,000 yuan.
  public static func money(
    _ text: String, inUnitsOf power: Int, sign: AmountSign = .notNegative
  ) -> Result<Money, ScalarProblem> {
    let plain = normalised(text)
    guard power > 0, missingValue(plain, example: "1") == nil else {
      return money(text, sign: sign)
    }
    let (isNegative, unsigned) = signPrefix(plain[...])
    let (amount, currency) = withoutCurrency(unsigned)
    guard case .success(let leading) = leadingNumber(amount, example: "1") else {
      return money(text, sign: sign)
    }
    let (own, behind) = multiplier(leading.rest)
    if own == nil, behind.isEmpty, currency.isEmpty {
      return scaled(leading.number, by: power, isNegative: isNegative, in: text).flatMap {
        $0 < .zero && sign == .notNegative ? money(text, sign: sign) : .success($0)
      }
    }
    return money(text, sign: sign).flatMap { value in
      let isSame = own == power && withoutCurrency(behind).amount.isEmpty
      return isSame ? .success(value) : .failure(contradiction(text))
    }
  }

  private static func scaled(
    _ number: ExactDecimal, by power: Int, isNegative: Bool, in text: String
  ) -> Result<Money, ScalarProblem> {
    guard let fen = number.scaled(by: power + 2) else {
      return .failure(
        ScalarProblem(
          "amount-too-fine",
          .init(en: "\(quoted(text)) has a fraction of a fen", zh: "\(quoted(text))不足一分的部分无法计入"),
          help: .init(en: "round the amount to 0.01 yuan", zh: "金额精确到0.01元")))
    }
    guard fen <= Int128(Money.largestInput.fen) else {
      return .failure(
        ScalarProblem(
          "amount-too-large",
          .init(
            en: "\(quoted(text)) in the unit of its column is more than a trillion yuan",
            zh: "\(quoted(text))按该列的单位超过一万亿元"),
          help: .init(
            en: "check the unit of the column, or state it under `units`",
            zh: "核对该列的单位，或在 `units` 下写明")))
    }
    return .success(Money(fen: Int64(fen) * (isNegative != number.isNegative ? -1 : 1)))
  }

  /// The problem of a cell with another unit than its column.
  static func contradiction(_ text: String) -> ScalarProblem {
    ScalarProblem(
      "unit-contradiction",
      .init(
        en: "\(quoted(text)) has another unit than its column", zh: "\(quoted(text))的单位与该列不同"),
      help: .init(
        en: """
          write the number alone, or with the unit of the column; if the column is named wrongly, state \
          its unit under `units`
          """,
        zh: "只写数，或用该列的单位；列名写错的，在 `units` 下写明该列的单位"))
  }

  // MARK: Terms

  /// A term in whole months.
  public struct Term: Hashable, Sendable {
    /// The months.
    public let months: Int
    /// Whether its days are the nearest number of months, and no whole one.
    public let isRounded: Bool
  }

  /// A term in months, of a column that counts in a unit of its own if `unit` is given.
  ///
  /// Days are m months if m months of the calendar, or m times 30 days, have so many: 365 are 12, 180 are
  /// 6, 90 are 3. Other numbers of days are the nearest number of months, at least one.
  public static func term(_ text: String, in unit: ColumnUnit?) -> Result<Term, ScalarProblem> {
    let range = -1_200...1_200
    let plain = normalised(text)
    let own: (number: ExactDecimal, unit: ColumnUnit?)?
    if case .success(let leading) = leadingNumber(plain, example: "60 months") {
      let word = String(leading.rest)
      own =
        word.isEmpty
        ? (leading.number, nil) : UnitQuantity.term.unit(word).map { (leading.number, $0) }
    } else {
      own = nil
    }
    if let own,
      own.unit == nil || own.unit == .days || own.unit == .months(3) || own.unit == .months(6)
    {
      if let unit, let said = own.unit, said != unit { return .failure(contradiction(text)) }
      return term(own.number, in: own.unit ?? unit ?? .months(1), text)
    }
    return monthCount(text, in: range).flatMap { months in
      guard let unit else { return .success(Term(months: months, isRounded: false)) }
      // `1年6个月` says its unit, too, and has none that a column can have.
      return own?.unit == unit
        ? .success(Term(months: months, isRounded: false)) : .failure(contradiction(text))
    }
  }

  private static func term(
    _ number: ExactDecimal, in unit: ColumnUnit, _ text: String
  ) -> Result<Term, ScalarProblem> {
    var count: Int128?
    if case .months(let months) = unit, number.digits < 1_000_000 {
      var (digits, decimals) = (number.digits * Int128(months), number.decimals)
      while decimals > 0, digits % 10 == 0 { (digits, decimals) = (digits / 10, decimals - 1) }
      count = decimals == 0 ? digits : nil
    } else if number.digits < 1_000_000 {
      count = number.scaled(by: 0)
    }
    guard let magnitude = count.flatMap({ Int(exactly: $0) }), magnitude <= 36_525 else {
      let isLarge = number.digits >= 1_000_000 || count != nil
      return .failure(
        isLarge
          ? outOfRange(
            text, from: .init(same: "1"), to: .init(en: "1200 months", zh: "1200个月"))
          : ScalarProblem(
            "not-whole",
            .init(en: "\(quoted(text)) is not a whole number of months", zh: "\(quoted(text))不是整月"),
            help: .init(en: "write whole months", zh: "写整月数")))
    }
    var term = Term(months: magnitude, isRounded: false)
    if unit == .days, magnitude > 0 { term = self.term(ofDays: magnitude) }
    guard term.months <= 1_200 else {
      return .failure(
        outOfRange(text, from: .init(same: "1"), to: .init(en: "1200 months", zh: "1200个月")))
    }
    return .success(
      number.isNegative ? Term(months: -term.months, isRounded: term.isRounded) : term)
  }

  /// The term of so many days.
  static func term(ofDays days: Int) -> Term {
    // In 400 years are 146,097 days and 4,800 months.
    let nearest = max(1, (days * 4_800 * 2 + 146_097) / (146_097 * 2))
    for months in [nearest - 1, nearest, nearest + 1] where months >= 1 {
      if calendarDays(ofMonths: months).contains(days) {
        return Term(months: months, isRounded: false)
      }
    }
    if days % 30 == 0 { return Term(months: days / 30, isRounded: false) }
    // 361 … 364 days lie between twelve months of 30 days and a year.
    for months in [nearest, nearest + 1] where months * 30 <= days {
      if days < calendarDays(ofMonths: months).lowerBound {
        return Term(months: months, isRounded: false)
      }
    }
    return Term(months: nearest, isRounded: true)
  }

  /// How many days so many months of the calendar can have, whenever they start.
  private static func calendarDays(ofMonths months: Int) -> ClosedRange<Int> {
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    let (years, rest) = months.quotientAndRemainder(dividingBy: 12)
    var (least, most) = (rest == 0 ? 0 : Int.max, 0)
    for start in 0..<12 where rest > 0 {
      let days = (start..<start + rest).reduce(0) { $0 + lengths[$1 % 12] }
      let hasFebruary = (start..<start + rest).contains { $0 % 12 == 1 }
      (least, most) = (min(least, days), max(most, days + (hasFebruary ? 1 : 0)))
    }
    return years * 365 + years / 5 + least...years * 365 + (years + 3) / 4 + most
  }
}
