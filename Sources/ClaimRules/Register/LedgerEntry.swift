public import CompensationKernel
public import FundCore

/// One line of a fund's ledger: a movement of money, or a notice that changes what follows.
public struct LedgerEntry: Sendable {
  /// What happened.
  public enum Event: Sendable {
    /// The fund opened with its initial amount.
    case opening
    /// A month's interest on the balance.
    case interest
    /// New money.
    case injection
    /// The fund was filled up.
    case fillUp
    /// The management fee.
    case fee
    /// The balance, or what came in after the end, went back to the contributors (I-47).
    case givenBack
    /// A claim was settled; what the fund paid left the account.
    case claim(ClaimSettled)
    /// More was paid on a claim that had waited for money.
    case latePayment
    /// The fiscal account refunded the social account: no money left the fund.
    case refund(Money)
    /// Money came back.
    case recovery(RecoveryDivided)
    /// An amount owed could not be paid for lack of balance.
    case unpaid(Money)
    /// A default on a loan that the fund does not cover.
    case uncoveredLoss(Money)
    /// Money came in before the claim, and reduced what can be claimed (I-37): how much of it, and the
    /// principal that is left.
    case repayment(Money, left: Money)
    /// Money was recovered on a loss that the fund does not cover: the bank's, less its costs.
    case uncoveredRecovery(Money)
    /// A loan was not covered, or not in full.
    case refusal([CoverageRefusal])
    /// A bank's ratio reached a level.
    case threshold(ThresholdCrossing)
    /// A suspension or pause ended.
    case resumption(threshold: String)
    /// A duty with a date was missed.
    case late(MissedDuty)
  }
  /// The day.
  public let date: CivilDate
  /// What happened.
  public let event: Event
  /// The position of the bank; `nil` if it concerns none.
  public let bank: Int?
  /// The position of the loan in the register; `nil` if it concerns none.
  public let loan: Int?
  /// What the entry adds to the fund's money; negative for payments, zero for notices.
  public let amount: Money
  /// All money of the fund after the entry.
  public let balance: Money
  /// The sources of the rules that were applied.
  public let citations: [Citation]
}

/// A whole loss as a programme counts it on the day of the claim.
public struct LossCounted: Hashable, Sendable {
  /// Days over which the same amount was unpaid.
  public struct Stretch: Hashable, Sendable {
    /// What was unpaid.
    public let unpaid: Money
    /// How many days.
    public let days: Int

    init(unpaid: Money, from: CivilDate, to: CivilDate) {
      self.unpaid = unpaid
      days = to.days(since: from)
    }
  }
  /// Interest that a loss holds beside the principal.
  public struct Interest: Hashable, Sendable {
    /// The interest that is left.
    public let amount: Money
    /// What had come in of it before the claim.
    public let paidBefore: Money
    /// The annual rate by which it was computed; `nil` if it was stated.
    public var rate: Ratio?
    /// How many calendar months it counts, where it counts months (I-44).
    public var months: Int?
    /// What was unpaid for how long, where it counts days.
    public var stretches: [Stretch] = []
  }
  /// The principal that is lost.
  public let principal: Money
  /// What had come in of the principal before the claim (I-37).
  public let paidBefore: Money
  /// The interest; `nil` where the programme counts none.
  public var interest: Interest?

  /// Principal and interest.
  public var total: Money { principal + (interest?.amount ?? .zero) }
}

/// A claim with what was divided, and how.
public struct ClaimSettled: Sendable {
  /// The whole loss: principal, and interest where the programme counts it.
  public let total: Money
  /// The accounts from which it was paid, as they stood before.
  public let before: FundAccount
  /// The division of the covered part.
  public let settlement: Settlement
  /// The limit per claim; `nil` if there is none.
  public let cap: Cited<Money>?
  /// What the kernel did, step by step.
  public let steps: StepLog
  /// By which of the fund's rules it was settled.
  public let choice: RuleChoice
  /// How its loss lies in layers; `nil` where no clause looks at many claims.
  public let layered: LayeredClaim?
}

/// A recovery with its division.
public struct RecoveryDivided: Sendable {
  /// What was recovered on the covered part of the loss.
  public let recovered: Money
  /// What had come back before.
  public let before: RecoveredBefore
  /// Its division.
  public let division: RecoveryDivision
  /// What was recovered on the rest, less its costs; the bank's.
  public let outside: Money
  /// What the kernel did, step by step.
  public let steps: StepLog
}

/// A ratio that reached its level.
public struct ThresholdCrossing: Sendable {
  /// The threshold's name.
  public let id: String
  /// The bank.
  public let bank: Int
  /// The day.
  public let date: CivilDate
  /// The numerator.
  public let part: Money
  /// The denominator.
  public let whole: Money
  /// The level.
  public let level: Ratio
  /// What reaching it does.
  public let effect: ThresholdEffect
  /// Where the rule comes from.
  public let citation: Citation
}

/// A duty that was fulfilled too late.
public struct MissedDuty: Sendable {
  /// The duty's name.
  public let id: String
  /// The loan.
  public let loan: Int
  /// The last day on which it was in time.
  public let dueOn: CivilDate
  /// When it was fulfilled.
  public let doneOn: CivilDate
  /// Whether the claim is forfeited (I-24).
  public let isForfeited: Bool
  /// The payers whose part is forfeited; `nil` for all (I-43).
  public let concerns: Set<Party>?
  /// Where the duty comes from.
  public let citation: Citation
}

/// What became of one loan of a register.
public struct LoanOutcome: Sendable {
  /// Whether it was covered when it was made, and why not.
  public var cover: CoverageDecision?
  /// What its enterprise had had of its limit of the calendar year, where there is one.
  public var earlierThisYear: Money = .zero
  /// The whole loss when it was claimed; `nil` if nothing was.
  public var loss: LossCounted?
  /// The day of that claim.
  public var claimedOn: CivilDate?
  /// The division of its claim as it stands at the end; `nil` if nothing was settled.
  public var settlement: Settlement?
  /// What came back to the fund.
  public var returned: Money = .zero

  /// The whole loss.
  public var total: Money { loss?.total ?? .zero }

  /// Notes the loss of a claim.
  mutating func note(_ loss: LossCounted, claimedOn date: CivilDate) {
    self.loss = loss
    claimedOn = date
  }
}

/// The sums of a ledger.
public struct LedgerTotals: Hashable, Sendable {
  /// The initial amount.
  public var opening: Money = .zero
  /// Interest on the balance.
  public var interest: Money = .zero
  /// New money.
  public var injected: Money = .zero
  /// What filling up has given.
  public var filledUp: Money = .zero
  /// Compensation paid.
  public var compensation: Money = .zero
  /// What came back to the fund.
  public var returned: Money = .zero
  /// Management fees.
  public var fees: Money = .zero
  /// What went back to the contributors when the programme ended, and after (I-47).
  public var givenBack: Money = .zero
  /// Owed and not paid.
  public var unpaid: Money = .zero
  /// All money at the end.
  public var closing: Money = .zero
  /// All losses, covered or not.
  public var totalLoss: Money = .zero
  /// The banks' losses outside cover, after recoveries.
  public var outsideCover: Money = .zero
  /// What was recovered, after costs.
  public var recoveredNet: Money = .zero
  /// Every party's part of the covered losses, after recoveries.
  public var losses = PartyAmounts()

  /// Nothing yet.
  public init() {}

  /// Whether opening balance + in − out is the closing balance.
  public var isBalanced: Bool {
    opening + interest + injected + filledUp + returned - compensation - fees - givenBack == closing
  }

  /// Whether the parts of all parties sum to the loss.
  public var isDivided: Bool { outsideCover + losses.total == totalLoss - recoveredNet }
}

/// The money of one month.
public struct LedgerMonth: Hashable, Sendable {
  /// The month.
  public let month: CivilMonth
  /// Compensation paid.
  public let paid: Money
  /// What came back.
  public let returned: Money
  /// All money at the end.
  public let closing: Money
  /// The accounts at the end: one, or one for each bank.
  public let accounts: [FundAccount]
}

/// A register that went through the rules of a fund.
public struct Replay: Sendable {
  /// The fund.
  public let agreement: FundAgreement
  /// The register.
  public let register: ClaimRegister
  /// The ledger, in the order of events.
  public var entries: [LedgerEntry] = []
  /// What became of each loan.
  public var loans: [LoanOutcome] = []
  /// The months.
  public var months: [LedgerMonth] = []
  /// The sums.
  public var totals = LedgerTotals()
  /// The first day on which an amount owed went unpaid.
  public var ranDryOn: CivilDate?
  /// Events of the register before the fund opened or after the last day: losses and recoveries,
  /// which count for nothing.
  public var eventsOutside = 0
  /// What the fund holds when the programme's last day is over; `nil` where that lies outside the replay.
  public var programmeEnd: FundHoldings?
  /// What the fund holds when the replay's last day is over; `nil` where that lies before the opening.
  public var lastDay: FundHoldings?
  /// Where the fund stands when the register tells no more; `nil` if nobody asked.
  public var standing: FundStanding?

  /// The crossings, in order.
  public var crossings: [ThresholdCrossing] {
    entries.compactMap { if case .threshold(let crossing) = $0.event { crossing } else { nil } }
  }

  /// The missed duties, in order.
  public var missedDuties: [MissedDuty] {
    entries.compactMap { if case .late(let duty) = $0.event { duty } else { nil } }
  }
}
