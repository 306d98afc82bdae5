public import CompensationKernel
public import FundCore
public import PolicyLibrary

/// One fund as its parties agreed on it: a programme under chosen readings, the operating model,
/// the shares, the money and the dates.
///
/// The simulation compiles it to flat numbers; a register is replayed through it as it stands.
public struct FundAgreement: Sendable {
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
  /// When the programme is in force.
  public var dates: ForceDates
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
  /// New money by month, counted from the month in which the fund opens.
  public var injections: [Money]
  /// A lower cap per claim that a bank was given, by the bank's position.
  public var bankCaps: [Int: Money]
  /// The readings that were chosen.
  public var readings: [ReadingChoice]
  /// The parameters that were set against the text.
  public var overrides: [OverrideRequest]
  /// By what its cost is reckoned beside the balance; `nil` if it is not.
  public var costs: CostTerms?
  /// How the fund is filled up; `nil` if it is not.
  public var fillUp: FillUpRule?
  /// Where that comes from; `nil` where the scenario says so itself.
  public var fillUpSource: Citation?
  /// What banks do that are suspended or paused, where the scenario says so itself (I-46).
  public var afterSuspension: LendingAfterSuspension?
  /// Who has put in the initial amount; empty where nobody is named.
  public var contributors: [Contributor] = []
  /// New money that one contributor gives; it stands among `injections`, too.
  public var namedInjections: [NamedInjection] = []
  /// The shares that were agreed in place of the programme's.
  public var agreed: [Party: Ratio] = [:]

  /// Creates an agreement.
  public init(
    name: String, original: PolicyDocument, programme: PolicyDocument, model: OperatingModel?,
    sharing: [OperatingModel: SharingTerms], initial: Money, dates: ForceDates, claimDelay: Int,
    interestRate: Ratio, penaltyRate: Ratio?, annualFee: Money, accounts: AccountRule,
    partition: [Ratio], injections: [Money], bankCaps: [Int: Money], readings: [ReadingChoice],
    overrides: [OverrideRequest]
  ) {
    self.name = name
    self.original = original
    self.programme = programme
    self.model = model
    self.sharing = sharing
    self.initial = initial
    self.dates = dates
    self.claimDelay = claimDelay
    self.interestRate = interestRate
    self.penaltyRate = penaltyRate
    self.annualFee = annualFee
    self.accounts = accounts
    self.partition = partition
    self.injections = injections
    self.bankCaps = bankCaps
    self.readings = readings
    self.overrides = overrides
  }

  /// New money of one contributor.
  public struct NamedInjection: Sendable {
    /// The month, counted from the one in which the fund opens.
    public let month: Int
    /// Whose it is.
    public let contributor: String
    /// How much.
    public let amount: Money

    /// Notes new money.
    public init(month: Int, contributor: String, amount: Money) {
      (self.month, self.contributor, self.amount) = (month, contributor, amount)
    }
  }

  /// What the programme says. Lent, not copied: terms are large, and a portfolio asks loan by loan.
  public var terms: CompensationTerms { _read { yield programme.terms } }

  /// Who stands at which place of a division.
  public var parties: Parties { programme.terms.parties }

  /// The models that are used, in the order of reports.
  public var models: [OperatingModel] {
    OperatingModel.ordered(sharing.keys.sorted { $0.id < $1.id })
  }

  /// The model under which a loan's claim is settled.
  public func model(of own: OperatingModel) -> OperatingModel { model ?? own }

  /// How claims of one model are settled and their recoveries divided; `nil` if it is not used.
  public func rules(_ model: OperatingModel) -> ClaimRulesInForce? {
    sharing[model].map { shares in
      // What is paid on an enterprise's loans in a year limits a claim like a cap (I-51).
      let shares = isLimited ? shares.capped(.fund) : shares
      return ClaimRulesInForce(sharing: shares, recovery: terms.recovery.value, accounts: accounts)
    }
  }

  /// Whether the loss base of a model holds interest, in a version of the terms.
  public func countsInterest(_ model: OperatingModel, version: Int) -> Bool {
    terms.models(inVersion: version)[model]?.lossBase.value == .principalAndInterest
  }

  /// The same of a loan.
  public func countsInterest(_ model: OperatingModel, ofLoanMadeOn date: CivilDate) -> Bool {
    countsInterest(model, version: terms.version(ofLoanMadeOn: date))
  }

  /// What money does that comes in before the claim (I-37).
  public var moneyBeforeClaim: MoneyBeforeClaim {
    terms.moneyBeforeClaim?.value ?? .reducesLoss
  }

  /// How lost interest is counted that nobody states (I-44).
  public var interestCount: InterestCount { terms.lostInterest?.value ?? .days }

  /// How many months of 30 days of interest a simulated loss holds: those of the claim's delay, or the
  /// calendar months that they touch (I-44).
  public var interestMonths: Int { interestCount == .days ? claimDelay : claimDelay + 1 }

  /// The fee that falls due on a day: on the last one of each year of the programme, while it is in force.
  public func fee(on date: CivilDate) -> Money {
    guard dates.yearsFrom.day != 1 else {
      return date == date.month.lastDay ? fee(atEndOf: date.month) : .zero
    }
    let isInForce = dates.until.map { date <= $0 } ?? true
    return isInForce && dates.endOfYear(in: date.month) == date ? annualFee : .zero
  }

  /// The fee that falls due at the end of a month: once a year of the programme, while it is in
  /// force.
  public func fee(atEndOf month: CivilMonth) -> Money {
    let age = month.months(since: dates.firstMonth)
    let isInForce = age >= 0 && (dates.lastMonth.map { month <= $0 } ?? true)
    return isInForce && age % 12 == 11 ? annualFee : .zero
  }

  /// The accounts with their opening balances: one, or one for each bank.
  public var openingPurses: [FundPurse] {
    let amounts = partition.isEmpty ? [initial] : partitioned(initial, by: partition)
    return amounts.map { FundPurse(FundAccount(opening: $0, under: accounts), rule: accounts) }
  }
}

/// When a programme is in force, by the day and by the months of a simulation.
public struct ForceDates: Hashable, Sendable {
  /// The first day; `nil` if none is known.
  public var from: CivilDate?
  /// The last day; `nil` if there is none.
  public var until: CivilDate?
  /// The month from which years of operation count in a simulation.
  public var firstMonth: CivilMonth
  /// The day from which the years of the fee count in a register.
  public var yearsFrom: CivilDate

  /// Creates the dates.
  ///
  /// - Parameter yearsFrom: The day from which the years of the fee count; that of `firstMonth` if `nil`.
  public init(
    from: CivilDate?, until: CivilDate?, firstMonth: CivilMonth, yearsFrom: CivilDate? = nil
  ) {
    self.from = from
    self.until = until
    self.firstMonth = firstMonth
    self.yearsFrom = yearsFrom ?? firstMonth.firstDay
  }

  /// The last day of a year of the fee, if it falls into a month.
  func endOfYear(in month: CivilMonth) -> CivilDate? {
    guard yearsFrom.day != 1 else { return month.lastDay }
    let months = month.months(since: yearsFrom.month)
    return months > 0 && months % 12 == 0 ? yearsFrom.lastDay(ofMonths: months) : nil
  }

  /// The day from which years of operation count in a register.
  public var firstDay: CivilDate { from ?? yearsFrom }

  /// The last month whose 15th is in force, for that is when a simulation dates its events
  /// (MODEL.md §1).
  public var lastMonth: CivilMonth? {
    until.map { $0.day >= 15 ? $0.month : $0.month.advanced(by: -1) }
  }

  /// Whether a day is in force.
  public func contains(_ date: CivilDate) -> Bool {
    if let from, date < from { return false }
    if let until, date > until { return false }
    return true
  }
}

extension FundAgreement {
  /// Whether a loss that first became overdue on a day is covered, the loan being so (I-19, I-34). Day 60
  /// is 59 days after the first day overdue (I-29).
  public func coversLoss(overdueOn date: CivilDate) -> Bool {
    switch terms.coverPeriod.value {
    case .startsInForce: true
    case .overdueInForce: dates.until.map { date <= $0 } ?? true
    case .claimInForce: dates.until.map { date.advanced(byDays: 59) <= $0 } ?? true
    case .lossInForce: dates.contains(date)
    }
  }

  /// Whether a loan that was made on a day can be covered: in force, or before the end where only
  /// the loss must fall in force (I-19).
  public func admits(loanMadeOn date: CivilDate) -> Bool {
    guard terms.coverPeriod.value == .lossInForce else { return dates.contains(date) }
    return dates.until.map { date <= $0 } ?? true
  }
}
