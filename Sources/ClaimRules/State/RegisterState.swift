public import FundCore

/// Where the funds of a register stand at the end of a month: all that a replay, or a run, needs to go
/// on from there.
///
/// It holds what was known on its day and nothing later: loans that were made by then, each with what
/// had become of it. Banks, enterprises and loans are named by their positions in the lists here.
public struct RegisterState: Sendable {
  /// A loan with what only forecasts ask of it.
  public struct Loan: Sendable {
    /// The loan, with what was known of it on the day.
    public var loan: RegisterLoan
    /// Its grade; `nil` if the register has none.
    public var grade: String?
    /// Its sector; `nil` if the register has none.
    public var sector: String?
    /// Its own annual probability of default; `nil` if the register has none.
    public var annualPD: Double?

    /// Keeps a loan.
    public init(_ loan: RegisterLoan) { self.loan = loan }
  }

  /// The register's name.
  public var register: String
  /// The digest of all that was read to replay it, in hexadecimal digits.
  public var digest: String
  /// The day on which the funds opened.
  public var opening: CivilDate
  /// The day at whose end they stand so: the last of a month.
  public var day: CivilDate
  /// The banks' names.
  public var banks: [String]
  /// The enterprises' names.
  public var enterprises: [String]
  /// The loans that were made by the day, in the order of the register.
  public var loans: [Loan]
  /// What happened before the register begins, as far as it still matters: customers and defaults.
  public var history = EarlierHistory()
  /// The funds.
  public var funds: [FundStanding]

  /// The month after the day: the first of a run that goes on from here.
  public var nextMonth: CivilMonth { day.month.advanced(by: 1) }

  /// How many months have gone by since the opening, with that of the opening.
  public var monthsGone: Int { nextMonth.months(since: opening.month) }

  /// How many months of the running factor year have gone by: factor years count from the opening.
  public var monthsOfFactorYear: Int { monthsGone % 12 }
}
