public import CompensationKernel
public import FundCore
public import PolicyLibrary
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
  /// Whether every coverage fact counts as met, by the scenario's own words.
  public var assumesFacts: Bool
  /// How loans default.
  public var defaults: DefaultAssumptions
  /// What is recovered.
  public var recovery: RecoveryAssumptions
  /// The funds.
  public var funds: [ScenarioFund]
  /// The bytes that fix the results, for the digest of a run.
  public var digestInput: [UInt8]
}

/// How loans default.
public struct DefaultAssumptions: Sendable {
  /// When loans are assessed.
  public var timing: AssessmentTiming
  /// The factors; one asset correlation for each sector of the portfolio.
  public var factors: FactorModel
  /// The annual probability of default of each loan.
  public var annualPD: [Double]
  /// The multiplier of the annual probability by month, shape `[horizon]`.
  public var stress: [Double]
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

/// One fund of a scenario.
public struct ScenarioFund: Sendable {
  /// Its name in reports.
  public var name: String
  /// The programme as its file has it.
  public var original: PolicyDocument
  /// The programme under the readings and overrides that were chosen.
  public var programme: PolicyDocument
  /// The model that replaces the loans' own; `nil` keeps theirs.
  public var model: OperatingModel?
  /// The sharing of each model that is used.
  public var sharing: [OperatingModel: SharingTerms]
  /// The initial amount.
  public var initial: Money
  /// The month from which the programme counts.
  public var programmeStart: CivilMonth
  /// The last month in force; `nil` if it has no end.
  public var programmeEnd: CivilMonth?
  /// Months from the first overdue month to the claim.
  public var claimDelay: Int
  /// The annual interest rate on the balance.
  public var interestRate: Ratio
  /// The penalty rate in place of the loans' own.
  public var penaltyRate: Ratio?
  /// The management fee of a year.
  public var annualFee: Money
  /// How the accounts work together.
  public var accounts: AccountRule
  /// The share of each bank's own account, in the order of the banks; empty for one balance.
  public var partition: [Ratio]
  /// New money by month, shape `[horizon]`.
  public var injections: [Money]
  /// A lower cap per claim that a bank was given, by the bank's position.
  public var bankCaps: [Int: Money]
  /// The readings that were chosen.
  public var readings: [ReadingChoice]
  /// The parameters that were set against the text.
  public var overrides: [OverrideRequest]
}
