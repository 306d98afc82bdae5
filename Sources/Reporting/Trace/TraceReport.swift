public import ClaimRules
public import FundCore
public import ReportForm
public import ResultFacts
public import Simulation

/// The story of one trial of a run, for one fund: what a report says, without any format.
public struct TraceReport: Sendable {
  /// What was drawn for one month.
  public struct Month: Sendable {
    /// The systematic factors of the month's period, by sector; empty where there are none.
    public let factors: [Double]
    /// The loans of the portfolio that defaulted.
    public let defaultCount: Int
    /// What was outstanding of them.
    public let overdue: Money

    /// Creates what was drawn for a month.
    public init(factors: [Double], defaultCount: Int, overdue: Money) {
      self.factors = factors
      self.defaultCount = defaultCount
      self.overdue = overdue
    }
  }

  /// A loan that a suspended or paused bank did not make (I-46).
  public struct NotMade: Sendable {
    /// Its id.
    public let loan: String
    /// Its principal.
    public let principal: Money

    /// Notes a loan.
    public init(loan: String, principal: Money) { (self.loan, self.principal) = (loan, principal) }
  }

  /// How the trial was chosen.
  public struct Choice: Sendable {
    /// The number of the trial, from 0.
    public let trial: Int
    /// Why this one, in words; `nil` if it was asked for by its number.
    public let rank: LocalizedText?

    /// Creates a choice.
    public init(trial: Int, rank: LocalizedText?) {
      self.trial = trial
      self.rank = rank
    }
  }

  /// How the trial was chosen.
  public let choice: Choice
  /// The trial, replayed day by day.
  public let replay: Replay
  /// The fund in words.
  public let fund: FundDescription
  /// What was drawn, by month of the run.
  public let months: [Month]
  /// The names of the sectors, where there are several factors.
  public let sectors: [String]
  /// Where the figures come from.
  public let provenance: Provenance
  /// Every figure in which the replay differs from the simulation, in words: none, unless there
  /// is a bug.
  public let differences: [LocalizedText]
  /// The loans that suspended or paused banks did not make.
  public var notMade: [NotMade] = []
  /// How the loans are told apart.
  public var groupings: [LoanGrouping] = []
  /// Whether the months are told as a table alone.
  public var isBrief = false

  /// Creates a story.
  public init(
    choice: Choice, replay: Replay, fund: FundDescription, months: [Month], sectors: [String],
    provenance: Provenance, differences: [LocalizedText]
  ) {
    self.choice = choice
    self.replay = replay
    self.fund = fund
    self.months = months
    self.sectors = sectors
    self.provenance = provenance
    self.differences = differences
  }

  /// The report in both languages, for every face.
  public var report: Report { TraceComposer(source: self).report }

  /// The story for programs: one JSON object, as `Schemas/trace.schema.json` describes it.
  public func json() -> String { TraceJSON(report: self).value.text }
}
