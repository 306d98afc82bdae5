public import CompensationKernel
import FundCore

/// What a fund brings into a run that goes on from a day: its accounts, what its banks' ratios count,
/// and the losses that are still open.
///
/// Months are those of the run, whose month 0 is the first after the day; months before it are negative.
public struct CarriedBook: Equatable, Sendable {
  /// What one threshold has counted of one bank.
  public struct Threshold: Equatable, Sendable {
    /// Disbursed so far, in fen.
    public var disbursed: Int64
    /// The covered part of it.
    public var covered: Int64
    /// Whether the level was ever reached.
    public var wasReached: Bool

    /// Creates a count.
    public init(disbursed: Int64 = 0, covered: Int64 = 0, wasReached: Bool = false) {
      (self.disbursed, self.covered, self.wasReached) = (disbursed, covered, wasReached)
    }
  }

  /// A suspension or pause of a bank's cover, which may have been lifted.
  public struct Suspension: Equatable, Sendable {
    /// The position of the bank.
    public var bank: Int
    /// Which loans it concerns, by the month of their start.
    public var cover: CoverSuspension
    /// The month of the notice, from which the time to its end counts.
    public var notice: Int

    /// Creates a suspension.
    public init(bank: Int, cover: CoverSuspension, notice: Int) {
      (self.bank, self.cover, self.notice) = (bank, cover, notice)
    }
  }

  /// A refund that the fiscal account owes, and that falls due in the run (I-12).
  public struct Refund: Equatable, Sendable {
    /// The month in which it falls due.
    public var month: Int
    /// The position of the loss in `cases`.
    public var place: Int

    /// Notes a refund.
    public init(month: Int, place: Int) { (self.month, self.place) = (month, place) }
  }

  /// What the programme had come to by the day, in fen: with it indicators count from the opening.
  public struct SoFar: Equatable, Sendable {
    /// Compensation paid.
    public var paid: Int64 = 0
    /// What came back to the fund.
    public var returned: Int64 = 0
    /// All money put in: the opening amount, new money and what filling up gave.
    public var putIn: Int64 = 0
    /// Covered principal of all loans that were made.
    public var covered: Int64 = 0

    /// Nothing.
    public init() {}
  }

  /// What filling up has given one account.
  public struct FillUpGiven: Hashable, Sendable {
    /// In the calendar year of the day.
    public var inYear: FundAccount
    /// In all.
    public var inAll: FundAccount

    /// Notes what it has given.
    public init(inYear: FundAccount, inAll: FundAccount) {
      (self.inYear, self.inAll) = (inYear, inAll)
    }
  }

  /// What was owed on an enterprise's loans in a calendar year, where that is limited (I-51).
  public struct Support: Equatable, Sendable {
    /// The position of the enterprise.
    public var enterprise: Int32
    /// The calendar year.
    public var year: Int
    /// In fen.
    public var owed: Int64

    /// Notes what was owed.
    public init(enterprise: Int32, year: Int, owed: Int64) {
      (self.enterprise, self.year, self.owed) = (enterprise, year, owed)
    }
  }

  /// The accounts: one, or one for each bank.
  public var accounts: [FundAccount]
  /// What the banks' ratios have counted of claims and overdue principal, shape `[banks]`.
  public var counters: [BankCounters]
  /// What each threshold has counted, shape `[thresholds][banks]`.
  public var thresholds: [[Threshold]]
  /// The banks' suspensions and pauses, in the order in which they came.
  public var suspensions: [Suspension] = []
  /// The losses on which something can still happen, in the order of their claims, those to be claimed
  /// last.
  public var cases: [CarriedCase] = []
  /// The claims that wait for money, by position in `cases`, oldest first (I-11).
  public var waiting: [Int] = []
  /// Refunds that fall due in the run, in the order in which they are made.
  public var refunds: [Refund] = []
  /// What was owed by enterprise and calendar year, where that is limited.
  public var support: [Support] = []

  /// What the programme had come to by the day.
  public var soFar = SoFar()

  /// What filling up has given each account, in the calendar year of the day and in all; empty if nothing.
  public var fillUps: [FillUpGiven] = []

  /// What clauses look at of the fund's money: what it held when the calendar year began, and what was put in.
  public var money: FundMoney

  /// Creates a book in which nothing is open.
  public init(accounts: [FundAccount], counters: [BankCounters], thresholds: [[Threshold]]) {
    (self.accounts, self.counters, self.thresholds) = (accounts, counters, thresholds)
    money = FundMoney(opening: accounts.reduce(.zero) { $0 + $1.balance })
  }

  /// All money of the fund, in fen.
  public var balance: Int64 { accounts.reduce(0) { $0 + $1.balance.fen } }
}

/// A loss that a fund brings into a run, and on which something can still happen.
public struct CarriedCase: Equatable, Sendable {
  /// How far it has come.
  public enum Stage: Equatable, Sendable {
    /// Its claim falls due in the run; whether its loss falls into the months that are covered.
    case overdue(isInForce: Bool)
    /// Its claim waits until the recovery is in (I-52).
    case realising(isInForce: Bool)
    /// It was claimed, and nothing of it is covered.
    case uncovered
    /// It was claimed and divided.
    case settled(Settlement, before: RecoveredBefore)
  }

  /// The position of the loan.
  public var loan: Int32
  /// How far it has come.
  public var stage: Stage
  /// The whole loss, in fen.
  public var total: Int64
  /// The month in which it became overdue.
  public var overdueMonth: Int
  /// The month of its claim, or from which it waits for its recovery.
  public var claimMonth: Int
  /// The place of the rules by which its recovery is divided.
  public var rule = 0
  /// The position of the account from which it is paid.
  public var account = 0
  /// Months from `claimMonth` to its recovery, given that it has not come so far; `nil` if nothing comes.
  public var lag: ClosedRange<Int>?
  /// The part of the loss that has come in so far, where more can come.
  public var received = 0.0
  /// The probability that no more than `received` is recovered in all.
  public var passed = 0.0
  /// What it counts as overdue, in fen.
  public var overdue: Int64 = 0

  /// Creates a case.
  public init(loan: Int32, stage: Stage, total: Int64, overdueMonth: Int, claimMonth: Int) {
    self.loan = loan
    self.stage = stage
    self.total = total
    self.overdueMonth = overdueMonth
    self.claimMonth = claimMonth
  }
}
