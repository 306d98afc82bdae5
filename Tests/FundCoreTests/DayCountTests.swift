import FundCore
import Testing

/// The calendar by the day.
@Suite struct `A day` {
  /// Days whose weekday anybody can look up: the first of the Gregorian era of the calendar here,
  /// Hinnant's own anchor (1970-01-01, a Thursday), moon landing, millennium, a 29 February that
  /// exists by the rule of 400, and the first holidays in the State Council's lists for 2021/2023.
  @Test(arguments: [
    ("1900-01-01", 1), ("1900-02-28", 3), ("1900-03-01", 4), ("1969-07-20", 7),
    ("1970-01-01", 4), ("2000-01-01", 6), ("2000-02-29", 2), ("2000-03-01", 3),
    ("2021-05-01", 6), ("2021-05-08", 6), ("2023-04-05", 3), ("2023-04-23", 7),
    ("2024-02-29", 4), ("2100-02-28", 7), ("2100-03-01", 1), ("2999-12-31", 2),
  ])
  func `has the day of the week that the almanac gives`(text: String, weekday: Int) throws {
    #expect(try day(text).weekday == weekday)
  }

  /// 1900 and 2100 have no 29 February, 2000 and 2024 have one.
  @Test(arguments: [
    ("1900-02-28", "1900-03-01", 1), ("2000-02-28", "2000-03-01", 2),
    ("2024-02-28", "2024-03-01", 2), ("2100-02-28", "2100-03-01", 1),
    ("2022-06-01", "2022-07-31", 60), ("2023-12-31", "2024-12-31", 366),
    ("1970-01-01", "2000-01-01", 10_957), ("2000-01-01", "2400-01-01", 146_097),
    ("2024-03-01", "2024-02-28", -2),
  ])
  func `is counted from another over leap days and centuries`(
    from: String, to: String, days: Int
  ) throws {
    #expect(try day(to).days(since: day(from)) == days)
    #expect(try day(from).advanced(byDays: days) == day(to))
  }

  @Test func `of March 1, 0000 is where the count begins`() throws {
    // Hinnant: 1970-01-01 is 719 468 days after 0000-03-01.
    #expect(try day("1970-01-01").dayNumber == 719_468)
  }

  /// Every day of the calendar, one after the other, against the lengths of months.
  @Test func `follows the day before, from 1900 to 2999`() throws {
    var date = try day("1900-01-01")
    var number = date.dayNumber
    var weekday = 1
    while date < (try day("2999-12-31")) {
      let isLast = date.day == CivilDate.dayCount(year: date.month.year, month: date.month.month)
      let next = isLast ? date.month.advanced(by: 1).firstDay : date.advanced(byDays: 1)
      number += 1
      weekday = weekday % 7 + 1
      guard next.dayNumber == number, CivilDate(dayNumber: number) == next, date < next,
        next.weekday == weekday, next.day == (isLast ? 1 : date.day + 1)
      else {
        Issue.record("\(next) does not follow \(date)")
        return
      }
      date = next
    }
    // 1100 years of 365 days with 267 leap years (1900, 2100 … 2900 less 2000, 2400, 2800).
    #expect(number - (try day("1900-01-01").dayNumber) == 1_100 * 365 + 267 - 1)
  }

  @Test(arguments: [
    ("2024-01-31", 1, "2024-02-29"), ("2023-01-31", 1, "2023-02-28"),
    ("2024-02-29", 12, "2025-02-28"), ("2024-02-29", 48, "2028-02-29"),
    ("2023-11-30", 3, "2024-02-29"), ("2023-12-31", 1, "2024-01-31"),
    ("2024-05-31", -3, "2024-02-29"), ("2024-05-15", 0, "2024-05-15"),
  ])
  func `moves by months and stops at their ends`(from: String, by: Int, to: String) throws {
    #expect(try day(from).advanced(byMonths: by) == day(to))
  }

  @Test func `is the first or the last of its month`() throws {
    let february = try day("2024-02-10").month
    #expect(try february.firstDay == day("2024-02-01"))
    #expect(try february.lastDay == day("2024-02-29"))
    #expect(try february.advanced(by: -12).lastDay == day("2023-02-28"))
  }
}

/// Working days, with the public holidays of 2021 and 2023 (国务院办公厅关于2021年、2023年部分节假日安排的通知).
@Suite struct `A work calendar` {
  @Test func `without holidays knows Monday to Friday`() throws {
    let calendar = WorkCalendar()
    // 2024-01-01 was a Monday.
    let week = try (1...7).map { calendar.isWorkingDay(try day("2024-01-0\($0)")) }
    #expect(week == [true, true, true, true, true, false, false])
  }

  @Test(arguments: [
    // From Friday to Monday, from Saturday to Monday, nothing to count.
    ("2024-01-05", 1, "2024-01-08"), ("2024-01-06", 1, "2024-01-08"),
    ("2024-01-05", 0, "2024-01-05"), ("2024-01-01", 5, "2024-01-08"),
    ("2024-01-01", 10, "2024-01-15"), ("2024-01-07", 15, "2024-01-26"),
  ])
  func `counts from the day after`(from: String, count: Int, due: String) throws {
    #expect(try WorkCalendar().date(workingDays: count, after: day(from)) == day(due))
  }

  /// 1 to 5 May 2021 off, Sunday 25 April and Saturday 8 May worked.
  @Test(arguments: [
    ("2021-04-26", 4, "2021-04-30"), ("2021-04-26", 5, "2021-05-06"),
    ("2021-04-26", 7, "2021-05-08"), ("2021-04-26", 8, "2021-05-10"),
    ("2021-04-26", 10, "2021-05-12"), ("2021-04-23", 1, "2021-04-25"),
  ])
  func `skips holidays and counts the days worked for them`(
    from: String, count: Int, due: String
  ) throws {
    let calendar = WorkCalendar(
      holidays: Set(try (1...5).map { try day("2021-05-0\($0)") }),
      extraWorkdays: [try day("2021-04-25"), try day("2021-05-08")])
    #expect(try calendar.date(workingDays: count, after: day(from)) == day(due))
    #expect(try calendar.isWorkingDay(day(due)))
  }

  /// Days made up for on weekends do not change a year's sum: its days less its weekends and the days off
  /// by statute (11 until 2024, 13 from 2025 on: 全国年节及纪念日放假办法). In 2020 the Spring Festival was
  /// extended by a Friday, and a Saturday that was to be worked was not.
  @Test(arguments: [
    (2018, 365 - 104 - 11), (2019, 365 - 104 - 11), (2020, 366 - 104 - 11 - 2),
    (2021, 365 - 104 - 11), (2022, 365 - 105 - 11), (2023, 365 - 105 - 11),
    (2024, 366 - 104 - 11), (2025, 365 - 104 - 13), (2026, 365 - 104 - 13),
  ])
  func `counts the working days of a year with a notice`(year: Int, count: Int) throws {
    let first = try day("\(year)-01-01").dayNumber
    let last = try day("\(year)-12-31").dayNumber
    let worked = (first...last).count {
      WorkCalendar.stateCouncil.isWorkingDay(CivilDate(dayNumber: $0))
    }
    #expect(worked == count)
  }

  /// Days of the notices as amended, one by one; a year without one is Monday to Friday.
  @Test(arguments: [
    ("2019-05-02", false), ("2019-05-05", true), ("2019-04-28", true), ("2020-01-31", false),
    ("2020-02-01", false), ("2020-02-03", true), ("2018-12-29", true), ("2018-12-31", false),
    ("2022-12-31", false), ("2023-01-02", false), ("2024-02-09", true), ("2024-02-18", true),
    ("2025-10-08", false), ("2025-10-11", true), ("2026-02-23", false), ("2026-02-28", true),
    ("2026-10-10", true), ("2027-10-01", true), ("2027-10-02", false), ("2017-10-02", true),
  ])
  func `knows the State Council's days`(date: String, isWorked: Bool) throws {
    #expect(try WorkCalendar.stateCouncil.isWorkingDay(day(date)) == isWorked)
  }

  @Test func `says which years it does not know`() throws {
    let years = try WorkCalendar.stateCouncil.unknownYears(
      from: day("2025-12-20"), to: day("2028-01-01"))
    #expect(years == [2027, 2028])
    #expect(try WorkCalendar().unknownYears(from: day("2025-12-20"), to: day("2028-01-01")) == [])
  }

  @Test func `lets a day that is both worked and off be worked`() throws {
    let both = try day("2023-04-23")
    #expect(WorkCalendar(holidays: [both], extraWorkdays: [both]).isWorkingDay(both))
  }
}

/// A date such as `2024-02-29`.
private func day(_ text: String) throws -> CivilDate {
  let parts = text.split(separator: "-").compactMap { Int($0) }
  try #require(parts.count == 3)
  return try #require(CivilDate(year: parts[0], month: parts[1], day: parts[2]))
}
