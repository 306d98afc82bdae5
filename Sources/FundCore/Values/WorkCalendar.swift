extension CivilDate {
  /// Days since 0000-03-01 of the Gregorian calendar.
  ///
  /// Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms",
  /// <https://howardhinnant.github.io/date_algorithms.html>.
  public var dayNumber: Int {
    // The year begins in March, so that a leap day is its last day.
    let monthOfYear = (month.month + 9) % 12
    let year = month.month <= 2 ? month.year - 1 : month.year
    let dayOfYear = (153 * monthOfYear + 2) / 5 + day - 1
    return 365 * year + year / 4 - year / 100 + year / 400 + dayOfYear
  }

  /// The date with a count of days since 0000-03-01, from 0.
  public init(dayNumber: Int) {
    let era = dayNumber / 146_097
    let dayOfEra = dayNumber % 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthOfYear = (5 * dayOfYear + 2) / 153
    let year = era * 400 + yearOfEra + (monthOfYear >= 10 ? 1 : 0)
    let civilMonth = monthOfYear < 10 ? monthOfYear + 2 : monthOfYear - 10
    self.init(
      month: CivilMonth(ordinal: year * 12 + civilMonth),
      day: dayOfYear - (153 * monthOfYear + 2) / 5 + 1)
  }

  /// The date so many days later.
  public func advanced(byDays days: Int) -> CivilDate { CivilDate(dayNumber: dayNumber + days) }

  /// Days from `other` to this date.
  public func days(since other: CivilDate) -> Int { dayNumber - other.dayNumber }

  /// The same day of a later month; the month's last day where it has no such day.
  public func advanced(byMonths months: Int) -> CivilDate {
    let target = month.advanced(by: months)
    return CivilDate(
      month: target, day: min(day, CivilDate.dayCount(year: target.year, month: target.month)))
  }

  /// The last day of a time of so many months that begins on this day: the day before the same day of the
  /// later month, or that month's last where it has no such day.
  public func lastDay(ofMonths months: Int) -> CivilDate {
    let next = advanced(byMonths: months)
    return next.day < day ? next : next.advanced(byDays: -1)
  }

  /// The day of the week, 1 for Monday … 7 for Sunday.
  public var weekday: Int { (dayNumber + 2) % 7 + 1 }
}

extension CivilMonth {
  /// The first day of the month.
  public var firstDay: CivilDate { CivilDate(month: self, day: 1) }

  /// The last day of the month.
  public var lastDay: CivilDate {
    CivilDate(month: self, day: CivilDate.dayCount(year: year, month: month))
  }
}

/// Which days are working days: Monday to Friday, less holidays, with the days on which work is
/// made up for (调休).
public struct WorkCalendar: Hashable, Sendable {
  /// Days off, whatever the day of the week.
  public var holidays: Set<CivilDate>
  /// Working days, whatever the day of the week.
  public var extraWorkdays: Set<CivilDate>
  /// The years that it knows; `nil` for all. Others are taken as Monday to Friday.
  public internal(set) var knownYears: Set<Int>?
  /// Where the days come from, if it is built in.
  public internal(set) var sources: [String] = []

  /// Creates a calendar.
  public init(holidays: Set<CivilDate> = [], extraWorkdays: Set<CivilDate> = []) {
    self.holidays = holidays
    self.extraWorkdays = extraWorkdays
  }

  /// The years of some days that it does not know.
  public func unknownYears(from first: CivilDate, to last: CivilDate) -> Set<Int> {
    guard let knownYears, first <= last else { return [] }
    return Set(first.month.year...last.month.year).subtracting(knownYears)
  }

  /// Whether a day is a working day.
  public func isWorkingDay(_ date: CivilDate) -> Bool {
    if extraWorkdays.contains(date) { return true }
    return date.weekday <= 5 && !holidays.contains(date)
  }

  /// The `count`-th working day after a date. The date itself does not count.
  ///
  /// - Complexity: O(count + holidays).
  public func date(workingDays count: Int, after start: CivilDate) -> CivilDate {
    var date = start
    var left = count
    while left > 0 {
      date = date.advanced(byDays: 1)
      if isWorkingDay(date) { left -= 1 }
    }
    return date
  }
}
