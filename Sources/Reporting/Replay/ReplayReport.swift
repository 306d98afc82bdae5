public import ClaimRules
public import FundCore
public import ReportForm
public import ResultFacts
public import Simulation

/// What a report of a replayed register says, without any format.
public struct ReplayReport: Sendable {
  /// The funds through whose rules the register went.
  public let replays: [Replay]
  /// The funds in words, in the same order.
  public let funds: [FundDescription]
  /// Where the figures come from.
  public let provenance: Provenance
  /// The month in which the funds open.
  public let opening: CivilDate
  /// Where they stand when the last day is over; `nil` if nobody asked.
  public var state: RegisterState?

  /// The limits on indicators of which it tells whether they were passed.
  public var limits: [YearRequest.Limit] = []

  /// How the register's loans are told apart.
  public var groupings: [LoanGrouping] = []

  /// Composes a report.
  ///
  /// - Precondition: One description a replay, and at least one replay.
  public init(
    _ replays: [Replay], funds: [FundDescription], provenance: Provenance, opening: CivilDate
  ) {
    precondition(replays.count == funds.count && !funds.isEmpty, "every fund has a description")
    self.replays = replays
    self.funds = funds
    self.provenance = provenance
    self.opening = opening
  }

  /// The report in both languages, for every face.
  public var report: Report { ReplayComposer(source: self).report }

  /// The report for programs: one JSON object, as `Schemas/replay.schema.json` describes it.
  public func json() -> String { ReplayJSON(report: self).value.text }

  /// The names of the files of ledgers, in the order of the funds.
  public var ledgerFileNames: [String] {
    guard funds.count > 1 else { return ["ledger.csv"] }
    return funds.enumerated().map { "ledger-\($0.offset + 1)-\($0.element.safeProgramme).csv" }
  }
}

extension FundDescription {
  /// The id of the programme, fit for the name of a file.
  fileprivate var safeProgramme: String {
    let safe = programme.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    return safe.isEmpty ? "fund" : String(safe.prefix(40))
  }
}
