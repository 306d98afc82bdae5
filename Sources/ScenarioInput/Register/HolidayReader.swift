import DocumentReading
import FundCore

/// Reads the days that are no working days, and the days on which work is made up for: lines
/// `2024-02-10,holiday` and `2024-02-04,workday`, with or without a header.
///
/// - Returns: `nil` if the file cannot be used, which has been reported.
func readHolidays(
  path: String, displayName: String, problems: ProblemCollector
) -> WorkCalendar? {
  do throws(Diagnostics) {
    let table = try DelimitedTable(path: path, displayName: displayName)
    return readHolidays(table, problems: problems)
  } catch {
    problems.report(error)
    return nil
  }
}

/// Reads a table of holidays that is open.
func readHolidays(_ table: DelimitedTable, problems: ProblemCollector) -> WorkCalendar? {
  guard table.header.count == 2 else {
    problems.report(
      "wrong-columns",
      .init(
        en: "a file of holidays has two columns, and this one has \(table.header.count)",
        zh: "节假日文件应有两列，此文件有\(table.header.count)列"),
      help: .init(
        en: "write a row for each day, such as 2024-02-10,holiday", zh: "每天一行，如2024-02-10,holiday"
      ),
      at: table.place(line: 1))
    return nil
  }
  var reader = HolidayReader(problems: problems)
  reader.read(table.header[0], table.header[1])
  do {
    try table.forEachRow { row in
      reader.read(
        Written(row.text(0), at: row.location(0)), Written(row.text(1), at: row.location(1)))
    }
  } catch let error as Diagnostics {
    problems.report(error)
    return nil
  } catch {
    preconditionFailure("reading rows throws nothing but diagnostics, not \(error)")
  }
  return reader.isGood ? reader.calendar : nil
}

private struct HolidayReader {
  /// What a day is, against the day of the week.
  private enum Kind: String, CaseIterable, SpokenChoice {
    case holiday, workday

    var otherWords: [String] {
      self == .holiday ? ["放假", "节假日", "假日", "休"] : ["上班", "工作日", "调休上班", "班"]
    }
  }

  let problems: ProblemCollector
  var calendar = WorkCalendar()
  var isGood = true
  /// Whether the first day was met, or something that should be one; and the names of the columns above it.
  private var hasBegun = false
  private var hasNames = false

  init(problems: ProblemCollector) { self.problems = problems }

  mutating func read(_ day: Written<String>, _ kind: Written<String>) {
    guard begins(with: day, kind) else { return }
    let date = judged(Scalar.date(day.value), at: day.location)
    let kind = judged(Scalar.choice(kind.value, as: Kind.self), at: kind.location)
    guard let date, let kind else { return }
    guard !calendar.holidays.contains(date), !calendar.extraWorkdays.contains(date) else {
      isGood = false
      problems.report(
        "day-twice", .init(en: "\(date) stands twice", zh: "\(date)出现两次"),
        help: .init(en: "keep one of the two rows", zh: "两行只保留一行"), at: day.location)
      return
    }
    switch kind {
    case .holiday: calendar.holidays.insert(date)
    case .workday: calendar.extraWorkdays.insert(date)
    }
  }

  /// Whether a row is one of days: not a title above them, which fills one cell, nor the names of the columns,
  /// which have no digits.
  private mutating func begins(with day: Written<String>, _ kind: Written<String>) -> Bool {
    if hasBegun { return true }
    if case .success = Scalar.date(day.value) {
      hasBegun = true
    } else if kind.value.isEmpty {
      return false
    } else if !hasNames, !day.value.contains(where: \.isNumber) {
      hasNames = true
      return false
    } else {
      hasBegun = true
    }
    return true
  }

  private mutating func judged<Value>(
    _ result: Result<Value, ScalarProblem>, at location: SourceLocation
  ) -> Value? {
    switch result {
    case .success(let value): return value
    case .failure(let problem):
      isGood = false
      problems.report(problem.code, problem.message, help: problem.advice, at: location)
      return nil
    }
  }
}
