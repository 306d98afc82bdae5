public import FundCore

/// What crossing a threshold does.
public enum ThresholdEffect: String, CaseIterable, Sendable {
  /// A notice to be careful; cover goes on.
  case warning
  /// A notice to suspend: loans to new customers made after it are the bank's own risk.
  case suspendNewCustomers
  /// No new covered business until it is resumed; running loans stay covered.
  case pause
}

/// The numerator of a bank's ratio.
public enum RatioNumerator: String, CaseIterable, Sendable, BitwiseCopyable {
  /// Compensation that the fund owed, gross of what came back (I-25).
  case compensationOwed
  /// Compensation that the fund paid.
  case compensationPaid
  /// Compensation paid, less what came back to the fund.
  case compensationNet
  /// Principal overdue and neither repaid, nor cured or written off (I-10, I-38).
  case overdueOutstanding
  /// All principal that ever became overdue.
  case overdueEver
  /// Principal outstanding by schedule of the loans that were made, covered or not.
  case lendingOutstanding

  /// Whether the ratio counts compensation.
  public var countsCompensation: Bool { !countsOverdue && self != .lendingOutstanding }

  /// Whether it counts overdue loans.
  public var countsOverdue: Bool { self == .overdueOutstanding || self == .overdueEver }
}

/// The denominator of a bank's ratio.
public enum RatioDenominator: String, CaseIterable, Sendable {
  /// Everything that the bank has actually disbursed so far (I-17).
  case disbursed
  /// Disbursed loans that were covered when they were made.
  case covered
  /// Principal still outstanding by schedule.
  case outstanding
  /// What the fund holds.
  case balance
  /// What it held when the calendar year began.
  case yearOpening
  /// All money put into it so far.
  case moneyPutIn

  /// Which of the fund's money it is; `nil` if it is the banks' lending.
  public var fundMeasure: FundMoney.Measure? {
    switch self {
    case .disbursed, .covered, .outstanding: nil
    case .balance: .balance
    case .yearOpening: .yearOpening
    case .moneyPutIn: .moneyPutIn
    }
  }
}

/// Which amount of a loan a ratio or a limit counts.
public enum LoanMeasure: String, CaseIterable, Sendable {
  /// The part that is pledged on intellectual property.
  case ipPart
  /// The whole loan.
  case wholeLoan
}

/// Which loans of a bank a ratio counts, and which make a customer (I-39).
public enum RatioLending: String, CaseIterable, Sendable {
  /// Loans that are pledged on intellectual property, in whole or in part.
  case ipPledged
  /// All loans.
  case all
}

/// What a loan counts among the overdue ones, before anything comes back (I-38).
public enum OverdueAmount: String, CaseIterable, Sendable {
  /// The principal outstanding, lost in the end or not.
  case outstanding
  /// The principal that is lost.
  case lost
}

/// When an overdue loan that is neither cured nor written off leaves a ratio (I-38).
public enum OverdueEnd: String, CaseIterable, Sendable {
  /// Fen by fen as it is repaid.
  case repaid
  /// As a whole, with the first recovery.
  case firstRecovery
}

/// When a ratio is compared with its level (I-16).
public enum WatchTime: String, CaseIterable, Sendable {
  /// After every claim (compensation); on every day on which a loan becomes overdue, and at the ends of
  /// months (overdue; a simulation looks once a month).
  case claims
  /// At the end of every month.
  case monthEnds
  /// At the end of every calendar quarter.
  case quarterEnds
  /// At the end of every calendar year.
  case yearEnds

  /// Whether the end of a month is a time at which the ratio is watched.
  public func isDue(atEndOf month: CivilMonth) -> Bool {
    switch self {
    case .claims: false
    case .monthEnds: true
    case .quarterEnds: month.month % 3 == 0
    case .yearEnds: month.month == 12
    }
  }
}

/// Who stays covered after a suspension (I-18, I-26).
public struct CustomerRule: Hashable, Sendable {
  /// Which earlier loans make an enterprise an existing customer.
  public enum EarlierLoan: String, CaseIterable, Sendable {
    /// Any loan from before the notice.
    case any
    /// Only a loan that was running at the notice.
    case running
  }
  /// Whose customer the enterprise must be.
  public enum Lender: String, CaseIterable, Sendable {
    /// The suspended bank's.
    case sameBank
    /// Any bank's in the programme.
    case programme
  }
  /// Which earlier loans count.
  public let earlierLoan: EarlierLoan
  /// Whose loans count.
  public let lender: Lender
  /// Months from the breach to the notice.
  public let noticeLagMonths: Int

  /// Creates a rule.
  public init(earlierLoan: EarlierLoan, lender: Lender, noticeLagMonths: Int) {
    self.earlierLoan = earlierLoan
    self.lender = lender
    self.noticeLagMonths = noticeLagMonths
  }
}

/// One threshold on a bank's ratio, and what reaching it does.
public struct ThresholdTerms: Hashable, Sendable {
  /// The threshold's name in the programme file.
  public let id: String
  /// What is counted.
  public let numerator: RatioNumerator
  /// What it is measured against.
  public let denominator: RatioDenominator
  /// Which amount of a loan counts.
  public let measure: LoanMeasure
  /// The level; reached means ≥.
  public let level: Ratio
  /// What reaching it does.
  public var effect: ThresholdEffect
  /// When the ratio is watched.
  public let watched: WatchTime
  /// The disbursed amount from which on the ratio is watched.
  public let minimumDisbursed: Money
  /// Months after which a suspension or pause ends once the ratio is below the level; `nil` if
  /// it never ends (I-8, I-9).
  public let resumesAfterMonths: Int?
  /// Who stays covered after a suspension; `nil` for other effects.
  public let customers: CustomerRule?
  /// Where it says how long a suspension or pause lasts, and whom it spares.
  public let standingSources: [Citation]
  /// Which loans of the bank count.
  public var lending: RatioLending = .ipPledged
  /// What an overdue loan counts.
  public var overdueAmount: OverdueAmount = .outstanding
  /// When it leaves.
  public var overdueEnd: OverdueEnd = .repaid
  /// Whose ratio it is: each bank's own, or that of all banks together, which then concerns all of them.
  public var scope: AggregateScope = .bank
  /// What a bank does while it is suspended or paused by it.
  public var afterSuspension: LendingAfterSuspension = .lendsOn

  /// Creates a threshold.
  public init(
    id: String, ratio: Measured, level: Ratio, effect: ThresholdEffect, watch: Watch,
    resumesAfterMonths: Int? = nil, customers: CustomerRule? = nil,
    standingSources: [Citation] = []
  ) {
    self.id = id
    (numerator, denominator, measure) = (ratio.numerator, ratio.denominator, ratio.measure)
    self.level = level
    self.effect = effect
    watched = watch.time
    minimumDisbursed = watch.minimumDisbursed
    self.resumesAfterMonths = resumesAfterMonths
    self.customers = customers
    self.standingSources = standingSources
  }

  /// Whether the ratio looks at more than one bank's claims and lending: at the fund's money, or at the other
  /// banks.
  public var isCoupled: Bool {
    scope == .fund || denominator.fundMeasure != nil || numerator == .lendingOutstanding
  }

  /// The smallest numerator that reaches the level: `isReached` exactly from it on.
  ///
  /// - Returns: At least one fen; an amount above all others while the minimum volume is not
  ///   reached.
  public func smallestPart(reaching whole: Money, disbursed: Money) -> Money {
    guard disbursed >= minimumDisbursed else { return Money(fen: .max) }
    let product = Int128(max(0, whole.fen)) * Int128(level.millionths)
    return Money(fen: max(1, Int64((product + 999_999) / 1_000_000)))
  }

  /// Whether a ratio reaches the level, once the minimum volume is reached (达到: ≥).
  ///
  /// - Parameters:
  ///   - part: The numerator.
  ///   - whole: The denominator.
  ///   - disbursed: What the bank has disbursed so far, for the minimum volume.
  public func isReached(by part: Money, of whole: Money, disbursed: Money) -> Bool {
    disbursed >= minimumDisbursed && level.isReached(by: part, of: whole)
  }
}
