public import FundCore

/// The order of the parts of a date in a file of other people.
public enum DateOrder: String, CaseIterable, Sendable {
  /// 2024-01-31
  case yearMonthDay = "year-month-day"
  /// 31/01/2024
  case dayMonthYear = "day-month-year"
  /// 01/31/2024
  case monthDayYear = "month-day-year"
}

extension Scalar {
  /// A month, `2024-01`, `2024/1`, `2024年1月`, `2024.01` or `202401`.
  public static func month(_ text: String) -> Result<CivilMonth, ScalarProblem> {
    let plain = normalised(text)
    if let problem = missingValue(plain, example: "2024-01") { return .failure(problem) }
    var parts = calendarParts(plain)
    if parts?.count == 1, let digits = parts?[0], digits.count == 6 {
      parts = [digits.prefix(4), digits.dropFirst(4)]
    }
    guard let parts, parts.count == 2, parts[0].count == 4, let year = Int(parts[0]),
      let month = Int(parts[1])
    else { return .failure(invalidMonth(text)) }
    // A spreadsheet shows the number 2024.10 as 2024.1.
    if plain.contains("."), parts[1].count == 1 {
      return .failure(
        ScalarProblem(
          "invalid-month",
          .init(
            en: "\(quoted(text)) can be January or October, if a zero was lost",
            zh: "\(quoted(text))可能是1月，也可能是丢了零的10月"),
          help: .init(en: "write the month as 2024-01 or 2024-10", zh: "写成2024-01或2024-10")))
    }
    guard let result = CivilMonth(year: year, month: month) else {
      return .failure(
        ScalarProblem(
          "invalid-month",
          .init(
            en: "\(quoted(text)) is not a month of the years 1900 … 2999",
            zh: "\(quoted(text))不是1900至2999年间的月份"),
          help: .init(
            en: "write a month from 01 to 12, such as 2024-01", zh: "月份取01至12，如2024-01")))
    }
    return .success(result)
  }

  /// A date, `2024-01-31`, `2024/1/31`, `2024年1月31日` or `20240131`. A time behind it is dropped.
  public static func date(
    _ text: String, order: DateOrder = .yearMonthDay
  ) -> Result<CivilDate, ScalarProblem> {
    let plain = normalised(text)
    let example = example(order)
    if let problem = missingValue(plain, example: example) { return .failure(problem) }
    var parts = calendarParts(withoutTime(plain))
    if parts?.count == 1, let digits = parts?[0], digits.count == 8 {
      parts =
        order == .yearMonthDay
        ? [digits.prefix(4), digits.dropFirst(4).prefix(2), digits.suffix(2)]
        : [digits.prefix(2), digits.dropFirst(2).prefix(2), digits.suffix(4)]
    }
    guard let parts, parts.count == 3 else { return .failure(invalidDate(text, parts, example)) }
    let (year, month, day) =
      switch order {
      case .yearMonthDay: (parts[0], parts[1], parts[2])
      case .dayMonthYear: (parts[2], parts[1], parts[0])
      case .monthDayYear: (parts[2], parts[0], parts[1])
      }
    guard year.count == 4, month.count <= 2, day.count <= 2, let year = Int(year),
      let month = Int(month), let day = Int(day)
    else { return .failure(invalidDate(text, parts, example)) }
    guard let result = CivilDate(year: year, month: month, day: day) else {
      return .failure(
        ScalarProblem(
          "invalid-date",
          .init(
            en: "\(quoted(text)) is not a day of the years 1900 … 2999",
            zh: "\(quoted(text))不是1900至2999年间的日期"),
          help: .init(
            en: "write a day that the calendar has, such as \(example)", zh: "写日历上有的日期，如\(example)"
          )))
    }
    return .success(result)
  }

  /// The numbers of a date, divided by one kind of sign, or by 年 月 日; `nil` if it is none.
  private static func calendarParts(_ text: String) -> [Substring]? {
    let isChinese = text.contains("年")
    let signs: [String] = isChinese ? ["年月日号"] : ["-", "/", "."]
    for sign in signs where text.contains(where: { sign.contains($0) }) {
      var parts = text.split(omittingEmptySubsequences: false) { sign.contains($0) }
      if isChinese, parts.last?.isEmpty ?? false { parts.removeLast() }
      let trimmed = parts.map { part in part.filter { $0 != " " }[...] }
      return trimmed.allSatisfy(isCalendarNumber) ? trimmed : nil
    }
    return isCalendarNumber(text[...]) ? [text[...]] : nil
  }

  private static func isCalendarNumber(_ part: Substring) -> Bool {
    (1...8).contains(part.utf8.count) && part.allSatisfy(\.isASCIIDigit)
  }

  /// The text without a time of day, `T00:00:00` or ` 0:00`.
  private static func withoutTime(_ text: String) -> String {
    guard let mark = text.firstIndex(where: { $0 == "T" || $0 == " " }) else { return text }
    let time = text[text.index(after: mark)...]
    let isTime = time.contains(":") && time.allSatisfy { $0.isASCIIDigit || ":.Z+".contains($0) }
    return isTime ? String(text[..<mark]) : text
  }

  private static func example(_ order: DateOrder) -> String {
    switch order {
    case .yearMonthDay: "2024-01-31"
    case .dayMonthYear: "31/01/2024"
    case .monthDayYear: "01/31/2024"
    }
  }

  private static func invalidMonth(_ text: String) -> ScalarProblem {
    if case .success(let date) = date(text) {
      return ScalarProblem(
        "invalid-month",
        .init(
          en: "\(quoted(text)) is a day, and a month is wanted", zh: "\(quoted(text))是日期，此处应为月份"),
        help: .init(en: "write \(date.month)", zh: "写成\(date.month)"))
    }
    return ScalarProblem(
      "invalid-month", .init(en: "\(quoted(text)) is not a month", zh: "\(quoted(text))不是月份"),
      help: .init(en: "write a month as 2024-01", zh: "月份写成2024-01"))
  }

  private static func invalidDate(
    _ text: String, _ parts: [Substring]?, _ example: String
  ) -> ScalarProblem {
    let isDayNumber = parts?.count == 1 && parts?[0].count == 5
    return ScalarProblem(
      "invalid-date",
      isDayNumber
        ? .init(
          en: "\(quoted(text)) is a spreadsheet's number of a day",
          zh: "\(quoted(text))是电子表格内部的日期序号")
        : .init(en: "\(quoted(text)) is not a date", zh: "\(quoted(text))不是日期"),
      help: isDayNumber
        ? .init(
          en: "format the column as a date before saving, such as \(example)",
          zh: "保存前把该列设为日期格式，如\(example)")
        : .init(en: "write a date as \(example)", zh: "日期写成\(example)"))
  }
}
