import DocumentReading
import FundCore

/// A date of a tape: a day, or a month alone.
struct TapeDate: Sendable {
  /// The day; the first one of a month alone.
  let day: CivilDate
  /// Whether the tape names no day.
  let isWholeMonth: Bool

  /// The months from this date to another, and the days beyond them; months alone where one of the
  /// two dates names no day.
  ///
  /// A day that a month does not have is its last: 29 August lies six months behind 29 February.
  func span(to other: TapeDate) -> DateSpan {
    var months = other.day.month.months(since: day.month)
    if isWholeMonth || other.isWholeMonth { return DateSpan(months: months, days: 0) }
    if day.advanced(byMonths: months) > other.day { months -= 1 }
    return DateSpan(
      months: months, days: other.day.dayNumber - day.advanced(byMonths: months).dayNumber)
  }
}

/// A time between two dates: whole months, and the days beyond them.
struct DateSpan {
  let months: Int
  let days: Int
}

extension TapeDateFormat {
  /// A date, or a month alone.
  func date(_ text: String) -> Result<TapeDate, ScalarProblem> {
    let date = day(text)
    guard case .failure = date else {
      return date.map { TapeDate(day: $0, isWholeMonth: false) }
    }
    return month(text).map { TapeDate(day: $0.firstDay, isWholeMonth: true) }
  }
}

/// The columns for how long a loan runs: the term in months, the day of maturity, or both.
///
/// From start to maturity, 15 days and more count as a month, fewer as none, and a term has a month
/// at least: from 2024-01-31 to 2025-01-30 are 12 months.
struct TapeTerm {
  /// The days that count as a month.
  private static let halfMonth = 15

  /// The terms that are no whole months.
  let rounding = RoundedTerms()
  private var term: JudgedColumn<Int>?
  private var maturity: JudgedColumn<TapeDate>?

  init(_ cells: TapeCells) {
    let unit = cells.columns[.term]?.unit
    term = cells.values(.term) { [rounding] text in termMonths(text, in: unit, rounding) }
    let format = cells.mapping.dateFormat
    maturity = cells.values(.maturity) { format.date($0) }
  }

  /// The term in months; `nil`, with a problem noted, if there is none.
  mutating func months(
    from start: TapeDate?, _ row: borrowing TableRow, _ problems: inout TapeProblems
  ) -> Int? {
    guard let column = maturity?.column, term == nil || !row.isMissing(column) else {
      return term?.value(row, &problems)
    }
    let end = maturity?.value(row, &problems)
    let stated = term.flatMap { row.isMissing($0.column) ? nil : $0.column }
    let months = stated == nil ? nil : term?.value(row, &problems)
    guard let start, let end, stated == nil || months != nil else { return nil }
    let span = start.span(to: end)
    if let problem = problem(of: span, from: start, stated: months, row, column) {
      note(problem, row, &problems)
      return nil
    }
    return months ?? max(1, span.months + (span.days >= Self.halfMonth ? 1 : 0))
  }

  private func problem(
    of span: DateSpan, from start: TapeDate, stated: Int?,
    _ row: borrowing TableRow, _ column: Int
  ) -> TapeRowProblem? {
    let written = quoted(row.text(column))
    guard span.months > 0 || (span.months == 0 && span.days > 0) else {
      return TapeRowProblem(
        ScalarProblem(
          "maturity-not-after-start",
          .init(
            en: "\(written) is no maturity of a loan that starts on \(start.day)",
            zh: "贷款于\(start.day)发放，\(written)不能作为到期日"),
          help: .init(en: "check both dates", zh: "核对这两个日期")),
        reason: .init(en: "maturity not after the start", zh: "到期日不晚于发放日"))
    }
    guard span.months < longestHorizon else {
      return TapeRowProblem(
        ScalarProblem(
          "out-of-range",
          .init(
            en: "\(written) lies more than 1200 months behind the start",
            zh: "\(written)距发放日超过1200个月"),
          help: .init(en: "check both dates", zh: "核对这两个日期")),
        of: TapeProperty.maturity.words)
    }
    guard let stated, stated != span.months, stated != span.months + (span.days > 0 ? 1 : 0) else {
      return nil
    }
    return TapeRowProblem(
      ScalarProblem(
        "contradictory-term",
        .init(
          en: """
            \(written) lies \(span.months) months and \(span.days) days behind the start, and the \
            term is \(stated) months
            """,
          zh: "\(written)距发放日\(span.months)个月又\(span.days)天，而期限为\(stated)个月"),
        help: .init(
          en: "correct one of the two, or leave one of the columns out",
          zh: "更正其中之一，或只用其中一列")),
      reason: .init(en: "term and maturity contradict each other", zh: "期限与到期日矛盾"))
  }

  private func note(
    _ problem: TapeRowProblem, _ row: borrowing TableRow, _ problems: inout TapeProblems
  ) {
    guard let maturity else { return }
    problems.note(problem, in: row, column: maturity.column, header: maturity.header)
  }
}

/// The term of a loan in months.
private func termMonths(
  _ text: String, in unit: ColumnUnit?, _ rounding: RoundedTerms
) -> Result<Int, ScalarProblem> {
  Scalar.term(text, in: unit).flatMap { term in
    guard term.months > 0 else {
      return .failure(
        ScalarProblem(
          "zero-term", .init(en: "\(quoted(text)) is no term", zh: "\(quoted(text))不能作为期限"),
          help: .init(en: "give the term in months, from 1 to 1200", zh: "填写期限月数，1至1200")))
    }
    if term.isRounded { rounding.note(text, term.months) }
    return .success(term.months)
  }
}

/// A time between two dates: whole months, and the days beyond them.
struct TapeSpan {
  let months: Int
  let days: Int
}

extension TapeDateFormat {
  /// The month of a date.
  func month(_ text: String) -> Result<CivilMonth, ScalarProblem> {
    let date = day(text)
    guard self == .auto, case .failure = date else { return date.map(\.month) }
    if case .success(let month) = Scalar.month(text) { return .success(month) }
    return date.map(\.month)
  }

  /// A date.
  func day(_ text: String) -> Result<CivilDate, ScalarProblem> {
    let date = Scalar.date(text, order: order)
    // A day of a workbook stands with its year first, whatever the texts beside it; it means one day only.
    if order != .yearMonthDay, case .failure = date, text.contains("-"),
      case .success(let day) = Scalar.date(text)
    {
      return .success(day)
    }
    guard self == .auto, case .failure = date else { return date }
    let parts = Scalar.normalised(text).prefix { $0 != " " }.split { "/-.".contains($0) }
    if parts.count == 3, parts[0].count <= 2, parts.allSatisfy({ Int($0) != nil }) {
      return .failure(
        ScalarProblem(
          "unclear-date",
          .init(en: "\(quoted(text)) does not start with the year", zh: "\(quoted(text))不是以年份开头"),
          help: .init(
            en: """
              say how dates are written: `dateFormat: dd/MM/yyyy` or \
              `dateFormat: MM/dd/yyyy`
              """,
            zh: "写明日期格式：`dateFormat: dd/MM/yyyy` 或 `dateFormat: MM/dd/yyyy`")))
    }
    return date
  }
}
