public import CompensationKernel
public import FundCore

/// What really happened to the loans of a fund: disbursements, defaults, losses and recoveries, by
/// the day.
public struct ClaimRegister: Sendable {
  /// The loans, in the order of the register.
  public var loans: [RegisterLoan]
  /// The banks' names.
  public var banks: [String]
  /// The enterprises' names.
  public var enterprises: [String]
  /// The last day of which the register tells.
  public var until: CivilDate
  /// What happened before the register begins.
  public var history = EarlierHistory()

  /// Creates a register.
  public init(
    loans: [RegisterLoan], banks: [String], enterprises: [String], until: CivilDate
  ) {
    self.loans = loans
    self.banks = banks
    self.enterprises = enterprises
    self.until = until
  }
}

/// What happened before a register begins, as far as it changes what follows.
public struct EarlierHistory: Sendable {
  /// What an enterprise has had of its limit in a calendar year.
  public var admitted: [(enterprise: Int, year: Int, amount: Money)] = []
  /// Loans that the register does not hold, and that use up limits of their enterprises like those that it
  /// holds, in the order of their starts.
  public var loans: [CoverageCase] = []
  /// When an earlier loan of an enterprise first became overdue, by the enterprise's position.
  public var defaults: [Int: CivilDate] = [:]
  /// When the loan of `defaults` was repaid in full or cured, by the enterprise's position; nothing while
  /// it is in default (I-42).
  public var defaultsEnded: [Int: CivilDate] = [:]
  /// When a bank was told that its cover is suspended or paused.
  public var suspensions: [(bank: Int, noticedOn: CivilDate)] = []
  /// Earlier loans of banks to enterprises: when they were made, and when they mature.
  public var customers: [(enterprise: Int, bank: Int, since: CivilDate, until: CivilDate?)] = []

  /// What the banks' claims and covered lending had come to, where a clause looks at many claims: counted in the
  /// periods of the first claim.
  public var sums: [(bank: Int, lent: Money, losses: Money, owed: Money)] = []

  /// Nothing that would change anything.
  public init() {}
}

/// One loan of a register.
public struct RegisterLoan: Sendable {
  /// The loan's name.
  public var id: String
  /// The position of the bank.
  public var bank: Int
  /// The position of the enterprise.
  public var enterprise: Int
  /// The operating model under which it was made.
  public var model: OperatingModel
  /// The borrower's size.
  public var size: SizeClass
  /// The collateral.
  public var collateral: CollateralKind
  /// The schedule of its principal.
  public var schedule: LoanSchedule
  /// The part of the principal that is pledged on intellectual property.
  public var ipPrincipal: Money
  /// The annual interest rate.
  public var rate: Ratio
  /// The coverage facts that do not hold.
  public var missingFacts: Set<String>
  /// When it was disbursed.
  public var disbursedOn: CivilDate
  /// When it was filed with the fund; `nil` if the register does not say.
  public var filedOn: CivilDate?
  /// The default, if there was one.
  public var loss: RegisterLoss?

  /// Creates a loan with the least that a loan needs; the rest is set afterwards.
  public init(id: String, schedule: LoanSchedule, disbursedOn: CivilDate) {
    self.id = id
    self.schedule = schedule
    self.disbursedOn = disbursedOn
    bank = 0
    enterprise = 0
    model = .bank
    size = .small
    collateral = .patent
    ipPrincipal = schedule.principal
    rate = .zero
    missingFacts = []
  }

  /// Whether it is pledged on intellectual property, in whole or in part.
  public var isIPPledged: Bool { collateral != .other && ipPrincipal > .zero }

  /// When the last instalment is due.
  public var maturesOn: CivilDate { disbursedOn.advanced(byMonths: schedule.termMonths) }

  /// The principal outstanding by schedule in a month, before its instalment.
  public func outstanding(in month: CivilMonth) -> Money {
    schedule.outstanding(monthsAfterStart: month.months(since: disbursedOn.month))
  }

  /// The part of an amount of the loan that a ratio counts.
  public func counted(_ amount: Money, as measure: LoanMeasure) -> Money {
    measure.counted(amount, ipPrincipal: ipPrincipal, of: schedule.principal)
  }
}

/// The default of a loan, and what followed.
public struct RegisterLoss: Sendable {
  /// The first day overdue.
  public var overdueOn: CivilDate
  /// The principal that was unpaid on that day and is lost unless it comes in later; nothing if the loan
  /// is cured.
  public var principal: Money
  /// The principal that was outstanding on that day; `nil` for the larger of what the schedule says and
  /// `principal`.
  public var overduePrincipal: Money?
  /// The interest that was lost; `nil` to compute it by the loan's rate.
  public var interest: Money?
  /// The day to which interest was paid; `nil` for the first day overdue.
  public var interestPaidTo: CivilDate?
  /// When the borrower had made up for all instalments, and paid on; `nil` if it did not.
  public var curedOn: CivilDate?
  /// When the loss was recognised by the province or the manager; `nil` if nobody does.
  public var recognisedOn: CivilDate?
  /// When the province paid its part; `nil` if the register does not say (I-54).
  public var provincePaidOn: CivilDate?
  /// When the claim was made; `nil` if the register does not say.
  public var appliedOn: CivilDate?
  /// When the claim was settled, if that is not to be computed.
  public var settledOn: CivilDate?
  /// When what is overdue no longer counts as such.
  public var writtenOffOn: CivilDate?
  /// What was recovered, in the order of dates.
  public var recoveries: [RegisterRecovery]

  /// Creates a default without recoveries.
  public init(overdueOn: CivilDate, principal: Money) {
    self.overdueOn = overdueOn
    self.principal = principal
    recoveries = []
  }
}

/// Money recovered on a defaulted loan.
public struct RegisterRecovery: Sendable {
  /// What is recovered, before costs.
  public enum Amount: Sendable {
    /// So much on the whole loan; the covered part of the loss has its part of it.
    case onWholeLoan(Money)
    /// So much on the covered part, and so much on the rest.
    case split(covered: Money, rest: Money)
    /// What a function says of any part of the loss; a simulated trial states its recoveries so.
    case partOfLoss(@Sendable (Money) -> Money)
  }
  /// When it came in.
  public var receivedOn: CivilDate
  /// How much it was.
  public var amount: Amount
  /// The costs of recovering it.
  public var costs: Costs
  /// When the fund got its part; `nil` if the register does not say.
  public var returnedOn: CivilDate?

  /// The costs of a recovery.
  public enum Costs: Sendable {
    /// So much for the whole of it; the covered part bears its part.
    case amount(Money)
    /// A part of what was recovered, half up to the fen.
    case part(Ratio)
  }

  /// Creates a recovery without costs.
  public init(receivedOn: CivilDate, amount: Amount, costs: Costs = .amount(.zero)) {
    self.receivedOn = receivedOn
    self.amount = amount
    self.costs = costs
  }

  /// What came in on the whole loan; nothing where that hangs on the loss (a simulated trial).
  public var whole: Money {
    switch amount {
    case .onWholeLoan(let money): money
    case .split(let covered, let rest): covered + rest
    case .partOfLoss: .zero
    }
  }

  /// What an amount of it cost.
  func costs(of whole: Money) -> Money {
    switch costs {
    case .amount(let money): money
    case .part(let ratio): whole.multiplied(by: ratio, rounding: .halfUp)
    }
  }

  /// What was recovered on the covered part of a loss and on the rest, and what that cost.
  ///
  /// - Parameters:
  ///   - base: The part of the loss that the programme divides.
  ///   - total: The whole loss, above zero.
  public func split(base: Money, of total: Money) -> (covered: Share, rest: Share) {
    let whole: (covered: Money, rest: Money)
    switch amount {
    case .onWholeLoan(let money):
      let covered = money.multiplied(by: base.fen, over: total.fen, rounding: .halfUp)
      whole = (covered, money - covered)
    case .split(let covered, let rest): whole = (covered, rest)
    case .partOfLoss(let part): whole = (part(base), part(total - base))
    }
    switch costs {
    case .part(let ratio):
      return (
        Share(whole.covered, costs: whole.covered.multiplied(by: ratio, rounding: .halfUp)),
        Share(whole.rest, costs: whole.rest.multiplied(by: ratio, rounding: .halfUp))
      )
    case .amount(let money):
      let sum = whole.covered + whole.rest
      let covered =
        sum > .zero
        ? money.multiplied(by: whole.covered.fen, over: sum.fen, rounding: .halfUp) : .zero
      return (Share(whole.covered, costs: covered), Share(whole.rest, costs: money - covered))
    }
  }

  /// A part of a recovery with its costs.
  public struct Share: Hashable, Sendable {
    /// What was recovered.
    public let recovered: Money
    /// The costs.
    public let costs: Money

    init(_ recovered: Money, costs: Money) {
      self.recovered = recovered
      self.costs = costs
    }
  }
}
