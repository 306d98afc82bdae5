public import CompensationKernel
import FundCore
import LossStatistics

/// A figure that every trial records for a fund, with all that anybody has to know of it.
///
/// A further figure is an entry here and a place in `all`. What a trial writes, the memory that it
/// takes, checkpoints, parts and their merge, the columns of the files of trials, distributions in
/// `FundEstimates` and their keys in the summary follow from that.
public struct OutcomeColumn: Sendable {
  /// Of what it is one figure.
  public enum Scope: Hashable, Sendable {
    /// The whole run.
    case run
    /// Who bears a loss, by the name in results.
    case bearer(String)
    /// A year of the run, from 1.
    case year(Int)
    /// So many months from the start.
    case months(Int)
    /// What the fund costs, where that is reckoned.
    case cost
    /// A year of the calendar.
    case calendarYear(Int)
  }

  /// Where a trial that is over has it.
  enum Source: BitwiseCopyable {
    /// In its outcome, so many bytes from the start.
    case outcome(offset: Int)
    /// Among the losses of the fund's parties, counted from 0.
    case loss(Int)
    /// In the balance at the end of a month.
    case balance(month: Int)
    /// In what filling up has given by calendar year, counted from 0.
    case filledUp(Int)
    /// In the flows without a limit of so many months.
    case neededCapital(months: Int)
    /// Among the figures of the fund's cost, counted from 0.
    case cost(Int)
  }

  /// Its name in the files of trials, in parts of a run, and, if it is one of the whole run, in JSON.
  public let name: String
  /// What its numbers are.
  public let unit: FigureUnit
  /// Of what it is one figure.
  public let scope: Scope
  /// Which end of it is the bad one.
  let worstEnd: WorstEnd
  let source: Source
  /// Whether nothing random moves it.
  let isCertain: any KeyPath<FundCertainty, Bool> & Sendable
  /// What it cannot fall below, and what it cannot exceed.
  let limits: any KeyPath<FundCertainty, Limits> & Sendable

  /// What estimates ask about a figure.
  private struct Traits {
    var unit = FigureUnit.fen
    var worst = WorstEnd.high
    var certain: any KeyPath<FundCertainty, Bool> & Sendable = \.hasNoClaims
    var limits: any KeyPath<FundCertainty, Limits> & Sendable = \.notBelowNothing
  }

  private init(
    _ name: String, _ source: Source, of scope: Scope = .run, _ traits: Traits = Traits()
  ) {
    self.name = name
    self.scope = scope
    self.source = source
    (unit, worstEnd) = (traits.unit, traits.worst)
    (isCertain, limits) = (traits.certain, traits.limits)
  }
}

extension OutcomeColumn.Source {
  /// A stored property of a trial's outcome.
  fileprivate static func at(_ property: KeyPath<TrialOutcome, Int64>) -> Self {
    guard let offset = MemoryLayout<TrialOutcome>.offset(of: property) else {
      preconditionFailure("a figure of an outcome is stored")
    }
    return .outcome(offset: offset)
  }
}

extension OutcomeColumn {
  /// The first month in which an amount owed went unpaid for lack of balance; −1 if none.
  public static let exhaustionMonth = Self(
    "exhaustionMonth", .at(\.exhaustionMonth), .init(unit: .month))
  /// The number of defaults of the portfolio.
  public static let defaults = Self(
    "defaults", .at(\.defaults), .init(unit: .count, certain: \.hasNoDefaults))
  /// What the fund paid, in fen.
  public static let compensation = Self("compensation", .at(\.compensation))
  /// What it owed and did not pay, in fen.
  public static let unpaid = Self("unpaid", .at(\.unpaid))
  /// What came back to it, in fen. Results have called it `recovered` from the start.
  public static let returned = Self(
    "recovered", .at(\.returned), .init(worst: .low, certain: \.hasFixedReturns))
  /// Management fees, in fen.
  public static let fees = Self(
    "fees", .at(\.fees), .init(certain: \.hasFixedFees, limits: \.withinFees))
  /// Interest, in fen.
  public static let interest = Self(
    "interest", .at(\.interest), .init(worst: .low, certain: \.hasFixedInterest))
  /// The balance at the end, in fen.
  public static let closing = Self("closing", .at(\.closing), .init(worst: .low))
  /// The lowest balance at the end of a month (or at the start), in fen.
  public static let lowest = Self("lowest", .at(\.lowest), .init(worst: .low))
  /// The smallest initial amount that leaves nothing unpaid, in fen.
  public static let neededCapital = Self("neededCapital", .at(\.neededCapital))

  /// The balance at the end of a year of the run, in fen.
  ///
  /// - Parameters:
  ///   - year: The year, from 1.
  ///   - lastMonth: Its last month within the run, from 0; the last year may be cut short.
  public static func balance(endOfYear year: Int, lastMonth: Int) -> OutcomeColumn {
    Self(
      "balanceYear\(year)", .balance(month: lastMonth), of: .year(year), .init(worst: .low))
  }

  /// A party's loss on covered claims after recoveries, in fen. That of the id `re-guarantor` is
  /// called `lossReGuarantor`.
  ///
  /// - Parameters:
  ///   - party: The party.
  ///   - place: Its place among the parties of its fund, which only who records it has to know.
  public static func loss(_ party: Party, at place: Int = 0) -> OutcomeColumn {
    Self(
      "loss" + capitalised(party.name), .loss(place), of: .bearer(party.name),
      .init(limits: \.unlimited))
  }

  /// A name as it stands within another: `ReGuarantor`.
  static func capitalised(_ name: String) -> String {
    name.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }

  /// A figure of what the fund costs.
  static func cost(_ name: String, at place: Int) -> OutcomeColumn {
    Self(name, .cost(place), of: .cost, .init(certain: \.hasNoDefaults, limits: \.unlimited))
  }

  /// The banks' loss outside cover after recoveries, in fen.
  public static let lossOutsideCover = Self(
    "lossBankOutsideCover", .at(\.outsideCover), of: .bearer(PartyEstimates.outsideCover),
    .init(certain: \.hasFixedOutsideLoss, limits: \.unlimited))

  /// The smallest initial amount that leaves nothing unpaid in so many months from the start, in fen;
  /// recorded for the plan's `capitalMonths` only.
  public static func neededCapitalThrough(months: Int) -> OutcomeColumn {
    Self(
      "neededCapitalThrough\(months)", .neededCapital(months: months), of: .months(months))
  }

  /// What filling up has given the fund, in fen.
  public static let filledUp = Self("filledUp", .at(\.filledUp))

  /// What filling up has given it in a year of the calendar, in fen.
  ///
  /// - Parameters:
  ///   - year: The year.
  ///   - place: Its place among the run's, which only who records it has to know.
  public static func filledUp(inYear year: Int, at place: Int = 0) -> OutcomeColumn {
    Self("filledUp\(year)", .filledUp(place), of: .calendarYear(year))
  }

  /// Loans that suspended or paused banks did not make.
  public static let stoppedLoans = Self(
    "stoppedLoans", .at(\.stoppedLoans), .init(unit: .count, certain: \.hasNoDefaults))
  /// The enterprises to which they did not make them.
  public static let stoppedFirms = Self(
    "stoppedFirms", .at(\.stoppedFirms), .init(unit: .count, certain: \.hasNoDefaults))
  /// The principal of these loans, in fen.
  public static let stoppedCredit = Self(
    "stoppedCredit", .at(\.stoppedCredit), .init(certain: \.hasNoDefaults))

  /// All figures of a fund, in the order in which they are recorded and written.
  ///
  /// - Parameters:
  ///   - parties: Who can bear a part of a loss.
  ///   - horizon: The number of months.
  ///   - clauses: Which clauses have figures of their own.
  ///   - capitalMonths: For how many months the needed capital is recorded besides.
  ///   - costs: By what the fund's cost is reckoned; `nil` if it is not.
  static func all(
    parties: [Party], horizon: Int, clauses: RecordedClauses, capitalMonths: [Int] = [],
    costs: CostTerms? = nil
  ) -> [OutcomeColumn] {
    let years = stride(from: 0, to: horizon, by: 12).map {
      balance(endOfYear: $0 / 12 + 1, lastMonth: min($0 + 11, horizon - 1))
    }
    return [
      .exhaustionMonth, .defaults, .compensation, .unpaid, .returned, .fees, .interest, .closing,
      .lowest, .neededCapital,
    ] + years + parties.enumerated().map { .loss($1, at: $0) } + [.lossOutsideCover]
      + (clauses.fillUpYears.isEmpty ? [] : [.filledUp])
      + clauses.fillUpYears.enumerated().map { .filledUp(inYear: $1, at: $0) }
      + (clauses.stopsLending ? [.stoppedLoans, .stoppedFirms, .stoppedCredit] : [])
      + capitalMonths.map { .neededCapitalThrough(months: $0) }
      + (costs.map { Self.costs($0, parties: parties) } ?? [])
  }
}

extension OutcomeColumn: Hashable {
  /// Whether two columns are the same figure.
  public static func == (left: OutcomeColumn, right: OutcomeColumn) -> Bool {
    left.name == right.name
  }

  /// Feeds the name, by which figures are told apart.
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension OutcomeColumn: CustomStringConvertible {
  /// The name.
  public var description: String { name }
}
