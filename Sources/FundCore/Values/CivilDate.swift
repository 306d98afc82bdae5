/// A month of the civil calendar, counted from January of the year 0.
@frozen
public struct CivilMonth: Hashable, Comparable, Sendable, Codable {
  /// Months since 0000-01.
  public let ordinal: Int

  /// Creates a month from its count since 0000-01.
  @inlinable
  public init(ordinal: Int) { self.ordinal = ordinal }

  /// Creates a month.
  ///
  /// - Returns: `nil` unless the year lies in 1900 … 2999 and the month in 1 … 12.
  public init?(year: Int, month: Int) {
    guard (1900...2999).contains(year), (1...12).contains(month) else { return nil }
    ordinal = year * 12 + month - 1
  }

  /// The calendar year.
  public var year: Int { ordinal / 12 }

  /// The month of the year, 1 … 12.
  public var month: Int { ordinal % 12 + 1 }

  /// The month `months` later.
  @inlinable
  public func advanced(by months: Int) -> CivilMonth { CivilMonth(ordinal: ordinal + months) }

  /// Months from `other` to this month.
  @inlinable
  public func months(since other: CivilMonth) -> Int { ordinal - other.ordinal }

  /// The 15th of the month, on which the simulation dates its events (MODEL.md §1).
  public var middle: CivilDate { CivilDate(month: self, day: 15) }

  /// Whether a month is earlier.
  @inlinable
  public static func < (left: CivilMonth, right: CivilMonth) -> Bool {
    left.ordinal < right.ordinal
  }
}

extension CivilMonth: CustomStringConvertible {
  /// The month as `2024-01`.
  public var description: String { "\(year)-\(month < 10 ? "0" : "")\(month)" }
}

/// A day of the civil (Gregorian) calendar.
@frozen
public struct CivilDate: Hashable, Comparable, Sendable, Codable {
  /// The month that holds the day.
  public let month: CivilMonth
  /// The day of the month, from 1.
  public let day: Int

  init(month: CivilMonth, day: Int) {
    self.month = month
    self.day = day
  }

  /// Creates a date.
  ///
  /// - Returns: `nil` unless the date exists and its year lies in 1900 … 2999.
  public init?(year: Int, month: Int, day: Int) {
    guard let civilMonth = CivilMonth(year: year, month: month) else { return nil }
    guard day >= 1, day <= CivilDate.dayCount(year: year, month: month) else { return nil }
    self.init(month: civilMonth, day: day)
  }

  /// The number of days of a month.
  public static func dayCount(year: Int, month: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Whether a day is earlier.
  public static func < (left: CivilDate, right: CivilDate) -> Bool {
    left.month != right.month ? left.month < right.month : left.day < right.day
  }
}

extension CivilDate: CustomStringConvertible {
  /// The date as `2024-01-15`.
  public var description: String { "\(month)-\(day < 10 ? "0" : "")\(day)" }
}
