import DocumentReading
import FundCore
import Testing

@Suite struct `A month, date or term` {
  @Test(arguments: [
    "2024-01", "2024/1", "2024年1月", "2024 年 1 月", "2024.01", "202401", "２０２４－０１", "2024-1",
  ])
  func `a month is understood as people write it`(text: String) throws {
    #expect(Scalar.month(text) == .success(try #require(CivilMonth(year: 2024, month: 1))))
  }

  private static let refusedMonths: [(text: String, outcome: String)] = [
    (
      "2024-13",
      "invalid-month: '2024-13' is not a month of the years 1900 … 2999 / "
        + "write a month from 01 to 12, such as 2024-01"
    ),
    ("Jan 2024", "invalid-month: 'Jan 2024' is not a month / write a month as 2024-01"),
    ("24-01", "invalid-month: '24-01' is not a month / write a month as 2024-01"),
    ("2024", "invalid-month: '2024' is not a month / write a month as 2024-01"),
    (
      "2024年3月31日",
      "invalid-month: '2024年3月31日' is a day, and a month is wanted / write 2024-03"
    ),
    (
      "2024.1",
      "invalid-month: '2024.1' can be January or October, if a zero was lost / "
        + "write the month as 2024-01 or 2024-10"
    ),
    ("", "missing-value: there is no value / write a value, such as 2024-01"),
  ]

  @Test(arguments: refusedMonths) func `a month that is not clear is refused`(
    text: String, expected: String
  ) {
    #expect(outcome(Scalar.month(text)) == expected)
  }

  @Test(arguments: [
    "2024-01-31", "2024/1/31", "2024年1月31日", "2024年01月31号", "20240131", "2024.1.31",
    "2024-01-31 00:00:00", "2024-01-31T00:00:00Z", "２０２４年１月３１日",
  ])
  func `a date is understood as people write it`(text: String) throws {
    let date = try #require(CivilDate(year: 2024, month: 1, day: 31))
    #expect(Scalar.date(text) == .success(date))
  }

  @Test func `a date is read in the order of other countries on request`() throws {
    let date = try #require(CivilDate(year: 2024, month: 3, day: 4))
    #expect(Scalar.date("04/03/2024", order: .dayMonthYear) == .success(date))
    #expect(Scalar.date("3/4/2024", order: .monthDayYear) == .success(date))
    #expect(
      outcome(Scalar.date("2024-03-04", order: .monthDayYear))
        == "invalid-date: '2024-03-04' is not a date / write a date as 01/31/2024")
  }

  private static let refusedDates: [(text: String, outcome: String)] = [
    (
      "2024-02-30",
      "invalid-date: '2024-02-30' is not a day of the years 1900 … 2999 / "
        + "write a day that the calendar has, such as 2024-01-31"
    ),
    ("31/01/2024", "invalid-date: '31/01/2024' is not a date / write a date as 2024-01-31"),
    ("24-1-1", "invalid-date: '24-1-1' is not a date / write a date as 2024-01-31"),
    (
      "45322",
      "invalid-date: '45322' is a spreadsheet's number of a day / "
        + "format the column as a date before saving, such as 2024-01-31"
    ),
    ("null", "missing-value: 'null' is no value / write a value, such as 2024-01-31"),
  ]

  @Test(arguments: refusedDates) func `a date that is not clear is refused`(
    text: String, expected: String
  ) {
    #expect(outcome(Scalar.date(text)) == expected)
  }

  @Test(arguments: [
    ("60", 60), ("60 months", 60), ("5 years", 60), ("60个月", 60), ("5年", 60), ("1年6个月", 18),
    ("1 year 6 months", 18), ("1.5 years", 18), ("６０", 60), ("0", 0),
  ])
  func `a term is understood as people write it`(text: String, months: Int) {
    #expect(Scalar.monthCount(text) == .success(months))
  }

  private static let refusedTerms: [(text: String, outcome: String)] = [
    (
      "90 days",
      "wrong-unit: '90 days' is neither in months nor in years / "
        + "write a number of months, such as 60, 60 months or 5 years"
    ),
    ("1.3 years", "not-whole: '1.3 years' is not a whole number of months / write whole months"),
    (
      "-3",
      "out-of-range: '-3' does not lie in 0 … 1200 months / give a value from 0 to 1200 months"
    ),
    (
      "1000000000000",
      "out-of-range: '1000000000000' does not lie in 0 … 1200 months / "
        + "give a value from 0 to 1200 months"
    ),
    (
      "一年", "not-a-number: '一年' is written in Chinese numerals / write digits, such as 60 months"
    ),
  ]

  @Test(arguments: refusedTerms) func `a term that is not clear is refused`(
    text: String, expected: String
  ) {
    #expect(outcome(Scalar.monthCount(text)) == expected)
  }
}
