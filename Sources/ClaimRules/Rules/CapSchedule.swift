public import CompensationKernel
public import FundCore
import PolicyLibrary

/// The limit per claim of one fund, by bank and by month or day (I-33).
public struct CapSchedule: Sendable {
  /// The payers that have caps, by version of the terms.
  private let payers: [PayerClause?]
  private let agreement: FundAgreement
  private let firstLoans: [Int: CivilDate]

  /// Creates the schedule of a simulation, whose loans start on the 15th.
  ///
  /// - Parameters:
  ///   - agreement: The fund.
  ///   - loans: Bank and month of every loan, for caps that count a bank's own years.
  public init(
    _ agreement: FundAgreement, loans: some Sequence<(bank: Int, start: CivilMonth)>
  ) {
    self.init(agreement, dated: loans.lazy.map { ($0.bank, $0.start.middle) })
  }

  /// Creates the schedule of a register.
  ///
  /// - Parameters:
  ///   - agreement: The fund.
  ///   - loans: Bank and day of every loan, for caps that count a bank's own years.
  public init(
    _ agreement: FundAgreement, dated loans: some Sequence<(bank: Int, start: CivilDate)>
  ) {
    self.agreement = agreement
    let models = agreement.models
    let versions = [agreement.terms] + agreement.terms.amendments.map(\.terms)
    payers = versions.map { terms in
      models.flatMap { terms.models[$0]?.payers ?? [] }.first { !$0.caps.isEmpty }
    }
    var first: [Int: CivilDate] = [:]
    if versions.contains(where: { terms in
      models.contains { terms.models[$0]?.payers.contains { $0.capYears == .bank } ?? false }
    }) {
      for loan in loans where loan.start >= agreement.dates.firstDay {
        first[loan.bank] = min(first[loan.bank] ?? loan.start, loan.start)
      }
    }
    firstLoans = first
  }

  /// Whether there is any limit.
  public var hasCap: Bool { payers.contains { $0 != nil } }

  /// Whether limits differ from bank to bank.
  public var differsByBank: Bool {
    payers.contains { $0?.capYears == .bank } || !agreement.bankCaps.isEmpty
  }

  /// The limit for a claim that a simulation pays in a month, on its 15th.
  public func limit(bank: Int, in month: CivilMonth, version: Int = 0) -> Money {
    limit(bank: bank, on: month.middle, version: version)
  }

  /// The limit for a claim that is paid on a day; the largest amount where there is none.
  public func limit(bank: Int, on date: CivilDate, version: Int = 0) -> Money {
    guard let cap = clause(bank: bank, on: date, version) else { return Money(fen: .max) }
    // A bank's own cap is the outcome of its assessment after the first year.
    return year(of: payers[version]?.capYears, bank: bank, on: date) > 1
      ? min(cap.value, agreement.bankCaps[bank] ?? cap.value) : cap.value
  }

  /// Where the limit of a day comes from.
  public func citation(bank: Int, on date: CivilDate, version: Int = 0) -> Citation? {
    clause(bank: bank, on: date, version)?.citation
  }

  /// The year of operation that limits per claim count on a day; `nil` where they do not differ by year.
  public func capYear(bank: Int, on date: CivilDate, version: Int = 0) -> Int? {
    guard let payer = payers[version], payer.caps.count > 1 else { return nil }
    return year(of: payer.capYears, bank: bank, on: date)
  }

  /// The year of operation from which a model's shares hold on a day: the last of those from which they
  /// change, or 1.
  public func shareYear(
    of model: OperatingModel, version: Int, bank: Int, on date: CivilDate
  ) -> Int {
    guard let clauses = agreement.terms.version(version).models[model] else { return 1 }
    let changes = clauses.shareYears
    guard !changes.isEmpty else { return 1 }
    let year = operationYear(bank: bank, on: date)
    return changes.last { $0 <= year } ?? 1
  }

  /// Whose years shares that differ by year count, the same for all models and versions.
  private var shareYearsCounted: CapYears {
    let versions = [agreement.terms] + agreement.terms.amendments.map(\.terms)
    return versions.flatMap { terms in agreement.models.compactMap { terms.models[$0] } }
      .first { !$0.shareYears.isEmpty }?.shareYearsCounted ?? .programme
  }

  /// Whether shares count the years of each bank.
  public var countsBankYears: Bool { shareYearsCounted == .bank }

  /// The year of operation of a day, as shares count it.
  public func operationYear(bank: Int, on date: CivilDate) -> Int {
    year(of: shareYearsCounted, bank: bank, on: date)
  }

  private func clause(bank: Int, on date: CivilDate, _ version: Int) -> Cited<Money>? {
    let payer = payers[version]
    let year = year(of: payer?.capYears, bank: bank, on: date)
    return payer?.caps.last { $0.fromYear <= year }?.perClaim
  }

  private func year(of kind: CapYears?, bank: Int, on date: CivilDate) -> Int {
    let start = agreement.dates.firstDay
    switch kind {
    case .calendar: return date.month.year - start.month.year + 1
    case .bank: return (firstLoans[bank] ?? start).wholeYears(until: date) + 1
    case .programme, nil: return start.wholeYears(until: date) + 1
    }
  }
}

extension CivilDate {
  /// Whole years to a later day; none to an earlier one.
  func wholeYears(until date: CivilDate) -> Int {
    let months = date.month.months(since: month) - (date.day < day ? 1 : 0)
    return max(0, months) / 12
  }
}
