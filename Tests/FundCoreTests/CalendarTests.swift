import FundCore
import Testing

@Suite struct CalendarTests {
  @Test(arguments: [
    (2023, 3, 0, "2023-03"), (2023, 3, 9, "2023-12"), (2023, 3, 10, "2024-01"),
    (2023, 3, 50, "2027-05"), (2024, 1, -1, "2023-12"), (2024, 1, -13, "2022-12"),
  ])
  func `months are counted over the ends of years`(
    year: Int, month: Int, later: Int, expected: String
  ) throws {
    let start = try #require(CivilMonth(year: year, month: month))
    let moved = start.advanced(by: later)
    #expect(moved.description == expected)
    #expect(moved.months(since: start) == later)
  }

  @Test func `a month knows its year and its number`() throws {
    let month = try #require(CivilMonth(year: 2026, month: 12))
    #expect(month.year == 2026)
    #expect(month.month == 12)
    #expect(month < month.advanced(by: 1))
    #expect(month.middle.description == "2026-12-15")
  }

  @Test(arguments: [(1899, 12), (3000, 1), (2024, 0), (2024, 13)])
  func `a month that the calendar lacks is refused`(year: Int, month: Int) {
    #expect(CivilMonth(year: year, month: month) == nil)
  }

  @Test(arguments: [
    (2024, 2, 29, true), (2023, 2, 29, false), (1900, 2, 29, false), (2000, 2, 29, true),
    (2100, 2, 29, false), (2024, 4, 31, false), (2024, 12, 31, true), (2024, 1, 0, false),
    (2024, 6, 31, false), (2024, 9, 30, true), (2024, 11, 31, false), (2024, 13, 1, false),
  ])
  func `a day exists or is refused`(year: Int, month: Int, day: Int, exists: Bool) {
    #expect((CivilDate(year: year, month: month, day: day) != nil) == exists)
  }

  @Test func `the days of a common and of a leap year are 365 and 366`() {
    let days = { (year: Int) in
      (1...12).reduce(0) { $0 + CivilDate.dayCount(year: year, month: $1) }
    }
    #expect(days(2023) == 365)
    #expect(days(2024) == 366)
  }

  @Test func `days are ordered by month first`() throws {
    let first = try #require(CivilDate(year: 2024, month: 1, day: 31))
    let second = try #require(CivilDate(year: 2024, month: 2, day: 1))
    let third = try #require(CivilDate(year: 2024, month: 2, day: 2))
    #expect(first < second)
    #expect(second < third)
    #expect(second.description == "2024-02-01")
  }
}
