import FundCore

/// What was owed on each enterprise's loans in a calendar year, where that is limited (I-51).
struct YearlySupport {
  private struct EnterpriseYear: Hashable {
    let enterprise: Int32
    let year: Int
  }

  private let limit: Int64
  /// The calendar month in which the run begins.
  private let firstMonth: CivilMonth
  private var owed: [EnterpriseYear: Int64] = [:]
  /// What was owed before the run.
  private let before: [EnterpriseYear: Int64]

  /// `nil` if nothing is limited.
  init?(_ terms: FundTerms) {
    guard let limit = terms.setup.plan.claims.yearlyLimit else { return nil }
    self.limit = limit
    firstMonth = terms.firstMonth
    before = Dictionary(
      (terms.setup.plan.carried?.support ?? []).map {
        (EnterpriseYear(enterprise: $0.enterprise, year: $0.year), $0.owed)
      }, uniquingKeysWith: +)
  }

  mutating func reset() {
    if before.isEmpty { owed.removeAll(keepingCapacity: true) } else { owed = before }
  }

  /// What may still be owed on an enterprise's loans in the calendar year of a month.
  func left(_ enterprise: Int32, month: Int) -> Money {
    Money(fen: max(0, limit - (owed[key(enterprise, month)] ?? 0)))
  }

  /// Notes what is owed on a loan of an enterprise.
  mutating func note(_ amount: Money, enterprise: Int32, month: Int) {
    owed[key(enterprise, month), default: 0] += amount.fen
  }

  private func key(_ enterprise: Int32, _ month: Int) -> EnterpriseYear {
    EnterpriseYear(enterprise: enterprise, year: firstMonth.advanced(by: month).year)
  }
}
