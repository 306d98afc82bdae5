import FundCore

/// Which clauses of a fund have figures of their own, that other funds do not record.
public struct RecordedClauses: Sendable, Hashable, Codable {
  /// Whether suspended or paused banks leave loans unmade (I-46).
  public let stopsLending: Bool
  /// The calendar years in which the fund can be filled up; empty if it never is.
  public let fillUpYears: [Int]
}

extension RecordedClauses {
  /// Those of a fund.
  init(of fund: FundPlan, from firstMonth: CivilMonth, horizon: Int) {
    stopsLending = fund.stopsLending
    let last = firstMonth.advanced(by: max(0, horizon - 1))
    fillUpYears = fund.cash.fillUp == nil ? [] : Array(firstMonth.year...last.year)
  }

  /// Whether the years are some that a run can have.
  var isSound: Bool {
    fillUpYears.count <= 10_000 / 12 + 2
      && zip(fillUpYears, fillUpYears.dropFirst()).allSatisfy { $0 < Int.max && $1 == $0 + 1 }
  }
}
