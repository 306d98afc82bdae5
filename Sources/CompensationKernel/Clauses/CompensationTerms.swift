public import FundCore

/// What a programme document says, clause by clause, each clause with its source.
///
/// A value of this type holds numbers and choices only. What a choice means is code in this
/// target; which city chose it is the business of the programme files.
public struct CompensationTerms: Sendable {
  /// When the document is in force.
  public var inForce: ForcePeriod
  /// Which loans the dates in force cover (I-19, I-34).
  public var coverPeriod: Cited<CoverPeriodRule>
  /// What becomes of fractions of a fen (I-1).
  public var rounding: Cited<RoundingRule>
  /// The fund's money.
  public var fund: FundClauses
  /// The operating models that the programme allows.
  public var models: [OperatingModel: ModelClauses]
  /// Why the other operating models are not allowed, where the programme file says so.
  public var refusedModels: [OperatingModel: RefusedModel]
  /// When a claim is settled.
  public var claim: ClaimClauses
  /// How recoveries are divided.
  public var recovery: Cited<RecoveryTerms>
  /// The thresholds on a bank's ratio, in the order of the file.
  public var thresholds: [Cited<ThresholdTerms>]
  /// Which loans are covered.
  public var coverage: CoverageClauses

  /// Who stands at which place of a division.
  public var parties: Parties = .shared
  /// What money does that comes in before the claim; if the file does not say, it reduces the loss.
  public var moneyBeforeClaim: Cited<MoneyBeforeClaim>?
  /// How lost interest is counted that nobody states; by days if the file does not say.
  public var lostInterest: Cited<InterestCount>?
  /// What changes for loans made from a day on, in the order of the days.
  public var amendments: [Amendment] = []
  /// What looks at many claims together: limits, first losses, stop-losses, and what the claim rate counts.
  public var aggregates = AggregateClauses()

  /// Creates the terms of a document.
  public init(
    inForce: ForcePeriod, coverPeriod: Cited<CoverPeriodRule>, rounding: Cited<RoundingRule>,
    fund: FundClauses, models: [OperatingModel: ModelClauses],
    refusedModels: [OperatingModel: RefusedModel], claim: ClaimClauses,
    recovery: Cited<RecoveryTerms>, thresholds: [Cited<ThresholdTerms>],
    coverage: CoverageClauses
  ) {
    self.inForce = inForce
    self.coverPeriod = coverPeriod
    self.rounding = rounding
    self.fund = fund
    self.models = models
    self.refusedModels = refusedModels
    self.claim = claim
    self.recovery = recovery
    self.thresholds = thresholds
    self.coverage = coverage
  }
}

/// What money does that comes in between the first day overdue and the day of the claim (I-37).
public enum MoneyBeforeClaim: String, CaseIterable, Sendable {
  /// It reduces the loss before it is divided, principal first.
  case reducesLoss
  /// It is divided like a later recovery.
  case divided
}

/// How lost interest is counted that nobody states (I-44).
public enum InterestCount: String, CaseIterable, Sendable {
  /// Day by day on what is unpaid, from the first day overdue to the day of the claim.
  case days
  /// By the calendar months that the time touches.
  case calendarMonths
}

/// When a document is in force.
public struct ForcePeriod: Sendable {
  /// Where a period begins.
  public enum Start: Hashable, Sendable {
    /// On a day that the text names.
    case date(CivilDate)
    /// On a day that the text leaves to events (its issue); a scenario states the month.
    case scenario
    /// The text names no day, and none is needed.
    case open
  }
  /// Where a period ends.
  public enum End: Hashable, Sendable {
    /// On a day that the text names, that day included.
    case date(CivilDate)
    /// So many months after the start.
    case months(Int)
    /// Never.
    case open
  }
  /// The start.
  public let start: Start
  /// The end.
  public let end: End
  /// The article.
  public let citation: Citation

  /// Creates a period.
  public init(start: Start, end: End, citation: Citation) {
    self.start = start
    self.end = end
    self.citation = citation
  }
}

/// Which loans and losses the dates in force cover.
public enum CoverPeriodRule: String, CaseIterable, Sendable {
  /// Loans that start in force, until they have run off.
  case startsInForce
  /// Loans that start in force and first become overdue in force.
  case overdueInForce
  /// Loans that start in force and whose claim arises in force.
  case claimInForce
  /// Losses that first become overdue in force, on loans of whatever start before the end.
  case lossInForce
}

/// A share with the bounds that an agreement must keep.
public struct NegotiableShare: Hashable, Sendable {
  /// The share where a scenario agrees nothing else.
  public let value: Ratio
  /// The smallest share that can be agreed; equal to `value` where the share is fixed.
  public let atLeast: Ratio
  /// The largest share that can be agreed; equal to `value` where the share is fixed.
  public let atMost: Ratio

  /// Creates a share.
  public init(value: Ratio, atLeast: Ratio, atMost: Ratio) {
    self.value = value
    self.atLeast = atLeast
    self.atMost = atMost
  }

  /// Whether an agreement may set this share.
  public func allows(_ share: Ratio) -> Bool { share >= atLeast && share <= atMost }
}

/// The money of a fund.
public struct FundClauses: Sendable {
  /// What the text says of the initial amount.
  public enum Initial: Hashable, Sendable {
    /// Exactly so much.
    case exactly(Money)
    /// At least so much.
    case atLeast(Money)
    /// Nothing; a scenario states it.
    case scenario
  }
  /// How accounts are kept.
  public enum Accounts: Hashable, Sendable {
    /// One account.
    case single
    /// A social account that pays first, and a fiscal one that refunds it.
    case socialFirst(refundShare: NegotiableShare, lagMonths: Int, newMoney: NewMoneyRule)
    /// One account for each bank, out of reach for the others (I-28).
    case byBank
  }
  /// How new money is split between the accounts of a pool (I-41).
  public enum NewMoneyRule: String, CaseIterable, Sendable {
    /// In equal parts, as at the start.
    case equalParts
    /// As losses are.
    case agreedSplit

    /// The fiscal account's part, given its agreed part of losses.
    public func fiscalPart(agreed: Ratio) -> Ratio {
      self == .equalParts ? .percent(50) : agreed
    }
  }
  /// The initial amount.
  public let initial: Cited<Initial>
  /// The accounts.
  public let accounts: Cited<Accounts>
  /// Whether interest stays in the fund; `nil` where the text does not say.
  public let interestStays: Cited<Bool>?
  /// The manager's fee.
  public let fee: Cited<FeeClause>?
  /// What becomes of what a fund cannot pay (I-11): `true` if it waits for the next money in.
  public let unpaidWaits: Cited<Bool>
  /// Whether the balance goes back to the contributors at once when the programme ends, and nothing
  /// is paid after it; otherwise it stays for the run-off of covered loans (I-47).
  public var returnsAtEnd: Cited<Bool>?
  /// Whether the fund is filled up, and how (I-53); `nil` where the text does not say.
  public var fillUp: Cited<FillUpClause>?

  /// Creates the clauses.
  public init(
    initial: Cited<Initial>, accounts: Cited<Accounts>, interestStays: Cited<Bool>?,
    fee: Cited<FeeClause>?, unpaidWaits: Cited<Bool>
  ) {
    self.initial = initial
    self.accounts = accounts
    self.interestStays = interestStays
    self.fee = fee
    self.unpaidWaits = unpaidWaits
  }
}

/// The management fee.
public struct FeeClause: Hashable, Sendable {
  /// The rate and what an agreement may make of it.
  public let rate: NegotiableShare
  /// The amount that the rate is taken of; `nil` for the fund's initial amount.
  public let base: Money?
  /// Whether the rate is for a year, and not for the whole life of the programme (I-13).
  public let isYearly: Bool

  /// Creates a fee.
  public init(rate: NegotiableShare, base: Money?, isYearly: Bool) {
    self.rate = rate
    self.base = base
    self.isYearly = isYearly
  }
}

/// When a claim is settled.
public struct ClaimClauses: Sendable {
  /// Months from the first overdue month to the claim; `nil` if a scenario states it.
  public let delayMonths: Cited<Int?>
  /// Days overdue from which a real loan can be claimed.
  public let afterOverdueDays: Int
  /// Whether a claim that was applied for earlier is settled after the delay all the same, because
  /// the text sets a time for the application and none for the payment (I-45).
  public let waitsForDelay: Bool
  /// Whether the claim waits until the last recovery is in, and is for what is then lost (I-52).
  public var comesAfterRealisation = false
  /// Whether the fund pays only when the province has (I-54).
  public var awaitsProvince = false

  /// Creates the clauses.
  public init(delayMonths: Cited<Int?>, afterOverdueDays: Int, waitsForDelay: Bool = false) {
    self.delayMonths = delayMonths
    self.afterOverdueDays = afterOverdueDays
    self.waitsForDelay = waitsForDelay
  }
}

/// A change of a programme's terms for loans that are made from a day on.
public struct Amendment: Sendable {
  /// Its name in the programme file.
  public let id: String
  /// The first day: loans made on it or later stand under the changed terms until they have run off.
  public let from: CivilDate
  /// The terms as changed, with all amendments before.
  public let terms: CompensationTerms
  /// Where it comes from.
  public let citation: Citation

  /// Creates an amendment.
  public init(id: String, from: CivilDate, terms: CompensationTerms, citation: Citation) {
    (self.id, self.from, self.terms, self.citation) = (id, from, terms, citation)
  }
}

extension CompensationTerms {
  /// Under which version of the terms a loan stands: 0 as they were at first, else the number of
  /// amendments by its day.
  public func version(ofLoanMadeOn date: CivilDate) -> Int {
    amendments.count { $0.from <= date }
  }

  /// The terms in a version.
  public func version(_ number: Int) -> CompensationTerms {
    number == 0 ? self : amendments[number - 1].terms
  }

  /// The terms under which a loan stands.
  public func forLoan(madeOn date: CivilDate) -> CompensationTerms {
    version(version(ofLoanMadeOn: date))
  }

  /// What loans have to meet in a version. Terms are large, and a portfolio asks loan by loan.
  public func coverage(inVersion number: Int) -> CoverageClauses {
    number == 0 ? coverage : amendments[number - 1].terms.coverage
  }

  /// The clauses of the models in a version.
  public func models(inVersion number: Int) -> [OperatingModel: ModelClauses] {
    number == 0 ? models : amendments[number - 1].terms.models
  }
}
