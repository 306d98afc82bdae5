public import ClaimRules
import CompensationKernel
import DocumentReading
public import FundCore
public import Simulation

/// The checked model of a scenario: every value legal, every programme found, every source kept.
public struct Scenario: Sendable {
  /// The title.
  public var title: String
  /// The file, as the analyst named it.
  public var file: String
  /// The calendar month of month 0.
  public var start: CivilMonth
  /// The number of months.
  public var horizon: Int
  /// The number of trials.
  public var trials: Int
  /// The seed.
  public var seed: UInt64
  /// The loans.
  public var portfolio: LoanTape
  /// Where the loans come from.
  var source: PortfolioSource
  /// What the lending of a tape was multiplied by.
  var lendingFactor = 1.0
  /// Whether every coverage fact counts as met, by the scenario's own words.
  public var assumesFacts: Bool
  /// How loans default.
  public var defaults: DefaultAssumptions
  /// What is recovered.
  public var recovery: RecoveryAssumptions
  /// What is not known of the parameters; `nil` where they are taken as they stand.
  public var uncertainty: UncertaintyAssumptions?
  /// The funds.
  public var funds: [FundAgreement]
  /// The funds as the file has them, to be read again under other readings.
  var fundTrees: [DocumentNode]
  /// What the run goes on from; `nil` if it begins with the opening. Then `start` and `horizon` are those of
  /// what is left to come.
  public var resumed: ResumedRun?
  /// Levels of the analyst's own for quantiles and expected shortfall.
  public var levels: [Ratio]
  /// What is asked of the years of the run.
  public var years = YearRequest()
  /// What was set in place of the file's values, as `path=value`.
  public var settings: [String] = []
  /// The bytes that fix the results, for the digest of a run.
  public var digestInput: [UInt8]
  /// What the draws and the defaults depend on, as a text. Scenarios with the same text face the same
  /// defaults and recoveries, loan by loan, and their funds can be settled in one run.
  public var worldKey: String
}

extension Scenario {
  /// The month in which its funds open: months of new money count from it.
  var opening: CivilMonth { resumed?.opening ?? start }

  /// The operating models that its loans and funds can have, in the order of their places in a plan.
  var models: [OperatingModel] { KnownModels(of: funds).all }
}

/// Where the loans of a scenario come from.
enum PortfolioSource: Sendable {
  /// They were made as the scenario describes them.
  case generated(GeneratorDescription)
  /// They were read from a tape.
  case tape(TapeMapping)
}

/// How loans default.
public struct DefaultAssumptions: Sendable {
  /// When loans are assessed.
  public var timing: AssessmentTiming
  /// The factors; one asset correlation for each sector of the portfolio.
  public var factors: FactorModel
  /// The annual probability of default of each loan.
  public var annualPD: [Double]
  /// Whether one probability holds for all loans that have none of their own.
  public var hasOneProbability: Bool
  /// What multiplies the annual probability by month of the run and by age.
  public var course: ProbabilityCourse
}

/// What is recovered after a default.
public struct RecoveryAssumptions: Sendable {
  /// The mean part of the loss that is recovered.
  public var mean: Double
  /// Its standard deviation; zero for the same part of every loss.
  public var standardDeviation: Double
  /// The loading q on the systematic factor; zero for none.
  public var loading: Double
  /// Months from the claim to the recovery.
  public var lag: ClosedRange<Int>
  /// The costs as a part of what is recovered.
  public var costs: Ratio
  /// Months after which overdue principal is written off; `nil` for never.
  public var writeOffMonths: Int?
}
