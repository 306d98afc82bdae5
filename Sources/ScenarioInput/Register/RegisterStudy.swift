public import ClaimRules
public import FundCore
public import Simulation

/// A register with the funds through whose rules it goes: everything checked, nothing settled.
public struct RegisterStudy: Sendable {
  /// The title.
  public var title: String
  /// The terms file, as the analyst named it; `nil` where the options say everything.
  public var termsFile: String?
  /// The file of recoveries, if there is one.
  public var recoveriesFile: String?
  /// The day on which the funds open.
  public var opening: CivilDate
  /// Which days are working days.
  public var calendar: WorkCalendar
  /// What happened.
  public var register: ClaimRegister
  /// The funds.
  public var funds: [FundAgreement]
  /// The register's file, as the analyst named it.
  public var registerFile: String
  /// The loans as a tape, for what a report says of them.
  public var tape: LoanTape
  /// Whether a report tells where the funds stand on the last day, which is then the end of a month.
  public var keepsStandings = false
  /// The limits on indicators of which it is told how often they were passed.
  public var limits: [YearRequest.Limit] = []
  /// What was taken for granted.
  public var assumptions: [LocalizedText]
  /// What became of the rows of the recoveries.
  var recoveries: RecoveriesRead?
  /// The bytes that fix the results.
  var digestInput: [UInt8]
}

/// What the command line says of a register.
public struct ReplayRequest: Sendable {
  /// The register.
  public var register: String
  /// The terms file.
  public var terms: String?
  /// The programme: the only one of a terms file that is wanted, or that of the fund.
  public var programme: String?
  /// The file of recoveries, in place of that of the terms file.
  public var recoveries: String?
  /// The file of holidays, in place of that of the terms file.
  public var holidays: String?
  /// The day or month at whose end the replay stops, before or at that of the terms file.
  public var until: String?
  /// Whether the state of the funds is wanted: the last day must then be the end of a month.
  public var keepsState = false
  /// The fund, where there is no terms file: values by the name of their option.
  public var options: [Option: String] = [:]

  /// An option that stands in place of a key of a terms file.
  public enum Option: String, CaseIterable, Sendable {
    case model
    case fund
    case start
    case until
    case facts
    case claimDelay = "claim-delay"
    case interestRate = "interest-rate"
    case discountRate = "discount-rate"
    case penaltyRate = "penalty-rate"
    case limits
    case contributors
    case badRows = "bad-rows"
  }

  /// Asks for a register.
  public init(register: String) { self.register = register }
}
