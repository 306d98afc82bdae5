public import FundCore

/// A time of which a run tells the money and the indicators: a year, or the whole run.
public struct YearPeriod: Sendable, Hashable, Codable {
  /// What kind of time it is.
  public enum Kind: String, Sendable, Hashable, Codable {
    /// A calendar year, or what of it lies in the run.
    case calendar
    /// Twelve months of the run, the last year perhaps short.
    case programme
    /// All months.
    case run
  }

  /// What kind of time it is.
  public let kind: Kind
  /// The calendar year, or the year of the run from 1; 0 for the whole run.
  public let number: Int
  /// Its first month in the run, from 0.
  public let firstMonth: Int
  /// Its last month in the run.
  public let lastMonth: Int

  /// Its months in the run.
  public var months: Range<Int> { firstMonth..<lastMonth + 1 }

  /// Whether the months lie in a run of so many.
  func isSound(horizon: Int) -> Bool {
    (0...lastMonth).contains(firstMonth) && lastMonth < horizon
  }

  /// The times of a run: all of it, its calendar years, and its own years where those are others.
  ///
  /// - Parameters:
  ///   - firstMonth: The calendar month of month 0.
  ///   - horizon: The number of months.
  public static func all(from firstMonth: CivilMonth, horizon: Int) -> [YearPeriod] {
    var periods = [YearPeriod(kind: .run, number: 0, firstMonth: 0, lastMonth: horizon - 1)]
    let offset = firstMonth.month - 1
    for year in 0...(offset + horizon - 1) / 12 {
      periods.append(
        YearPeriod(
          kind: .calendar, number: firstMonth.year + year, firstMonth: max(0, 12 * year - offset),
          lastMonth: min(horizon, 12 * (year + 1) - offset) - 1))
    }
    guard offset > 0 else { return periods }
    for year in 0...(horizon - 1) / 12 {
      periods.append(
        YearPeriod(
          kind: .programme, number: year + 1, firstMonth: 12 * year,
          lastMonth: min(horizon, 12 * (year + 1)) - 1))
    }
    return periods
  }
}
