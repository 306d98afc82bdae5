public import CompensationKernel
public import FundCore

/// One fund of a run: programme × operating model × size × shares, compiled to flat numbers.
public struct FundPlan: Sendable {
  /// How claims of one operating model are settled.
  public struct ModelRules: Hashable, Sendable {
    /// Shares, recoveries and accounts.
    public let rules: ClaimRulesInForce
    /// Whether the loss base holds interest.
    public let countsInterest: Bool

    /// Creates the rules of one model.
    public init(rules: ClaimRulesInForce, countsInterest: Bool) {
      self.rules = rules
      self.countsInterest = countsInterest
    }
  }

  /// The cash flows that do not depend on claims.
  public struct Cash: Hashable, Sendable {
    /// The initial amount.
    public var opening: Money
    /// How the accounts work together.
    public var accounts: AccountRule
    /// The annual interest rate.
    public var interestRate: Ratio
    /// New money by month, shape `[horizon]`.
    public var injections: [Money]
    /// The management fee by month, shape `[horizon]`; zero except at year ends.
    public var fees: [Money]
    /// The share of each bank's own account (I-28), shape `[banks]`; empty for one balance.
    public var partition: [Ratio]
    /// Whether what cannot be paid waits for the next money in (I-11).
    public var unpaidWaits: Bool
    /// The month at whose end the balance goes back to the contributors, after which nothing is paid;
    /// `nil` if it stays (I-47).
    public var lastMonth: Int?
    /// How the fund is filled up; `nil` if it is not.
    public var fillUp: FillUpRule?
    /// Who has put in what until the end of the run; empty where nobody is named. It moves no payment.
    public var contributors: [Contributor] = []

    /// Creates the cash flows.
    public init(
      opening: Money, accounts: AccountRule, interestRate: Ratio, injections: [Money],
      fees: [Money], partition: [Ratio] = [], unpaidWaits: Bool = false
    ) {
      self.opening = opening
      self.accounts = accounts
      self.interestRate = interestRate
      self.injections = injections
      self.fees = fees
      self.partition = partition
      self.unpaidWaits = unpaidWaits
    }
  }

  /// Which losses are covered.
  public struct Cover: Hashable, Sendable {
    /// The covered principal of each loan, in fen; zero if the loan is not covered.
    public var principal: [Int64]
    /// The first month in which a covered loan may first become overdue.
    public var firstDefaultMonth = 0
    /// The last such month.
    public var lastDefaultMonth: Int
    /// Whether an earlier default of the enterprise removes cover from its later loans. A simulated case
    /// is closed by its one recovery, not repaid: the default lasts.
    public var earlierDefaultRemovesCover: Bool
    /// By which set of rules each loan's claim is settled, where some payers owe nothing on some
    /// loans (I-43), shares differ by size, or terms were amended; empty where all loans have the first.
    public var ruleSets: [UInt16] = []
    /// Enterprises whose limit of the year binds, where a pause can leave more of it (I-40).
    public var headroom: Headroom?
    /// How many times the balance the covered lending that is outstanding may come to; `nil` if nothing limits
    /// it.
    public var coverLimit: Int?

    /// What holds in place of `earlierDefaultRemovesCover` and `coverLimit` for loans that start later, by month.
    public var amended: [AmendedCover] = []

    /// By enterprise, loans that are not simulated and make it a customer of their banks (I-18).
    public var earlierLoans: [Int32: [EarlierLoan]] = [:]

    /// Loans that defaulted before a run that goes on from a day, by position.
    public var defaulted: [Int32] = []

    /// Creates a cover.
    public init(
      principal: [Int64], lastDefaultMonth: Int = .max, earlierDefaultRemovesCover: Bool = false
    ) {
      self.principal = principal
      self.lastDefaultMonth = lastDefaultMonth
      self.earlierDefaultRemovesCover = earlierDefaultRemovesCover
    }
  }

  /// What was amended of a cover, for loans that start in a month or later.
  public struct AmendedCover: Hashable, Sendable {
    /// The month of the run, negative before it.
    public let from: Int
    let earlierDefaultRemovesCover: Bool
    let coverLimit: Int?

    /// Creates an amendment.
    public init(from: Int, earlierDefaultRemovesCover: Bool, coverLimit: Int?) {
      self.from = from
      self.earlierDefaultRemovesCover = earlierDefaultRemovesCover
      self.coverLimit = coverLimit
    }
  }

  /// A loan that is not simulated.
  public struct EarlierLoan: Hashable, Sendable {
    let bank: Int32
    let start: Int
    let end: Int

    /// Creates a loan of a bank from its months of start and end, negative before the run.
    public init(bank: Int32, start: Int, end: Int) {
      (self.bank, self.start, self.end) = (bank, start, end)
    }
  }

  /// When and for how much claims are settled.
  public struct Claims: Hashable, Sendable {
    /// Months from the first overdue month to the claim.
    public var delay: Int
    /// Whether a claim waits until its recovery is in, and is for what is then lost (I-52).
    public var comesAfterRealisation = false
    /// The most that is owed on an enterprise's loans in a calendar year, in fen; `nil` if that is not
    /// limited (I-51).
    public var yearlyLimit: Int64?
    /// The penalty interest rate in place of the loan's own, in millionths.
    public var penaltyRate: Int64?
    /// How many months of 30 days of interest a loss holds, where its base does (I-44); `delay` if `nil`.
    public var interestMonths: Int?
    /// The limit per claim by bank and month, shape `[bank × horizon + month]`, or `[horizon]`
    /// where it is the same for all banks; empty if there is none.
    public var caps: [Int64]
    /// How many sets of rules have caps of their own: `caps` then begins with the place of the set. 1 where
    /// all have the same.
    public var capSetCount = 1
    /// The band of shares by month, where they differ by year of operation: shape `[horizon]`, or
    /// `[bank × horizon + month]` where banks count their own years; empty where all months have the first.
    public var bands: [UInt8] = []

    /// Creates the timing and the caps.
    public init(delay: Int, penaltyRate: Int64? = nil, caps: [Int64] = []) {
      self.delay = delay
      self.penaltyRate = penaltyRate
      self.caps = caps
    }
  }

  /// The fund's name in reports.
  public let name: String
  /// The rules by the place of an operating model, once for each set of rules, and all of these once for each
  /// band of shares; `nil` where no loan uses a model.
  public let models: [ModelRules?]
  /// The place of the model that replaces the loans' own; `nil` keeps theirs.
  public let model: Int?
  /// How many operating models there are; at most `SimulationPlan.mostModels`.
  public var modelCount = OperatingModel.shared.count
  /// Who stands at which place of a division.
  public var partyPlaces: Parties = .shared
  /// The cash flows.
  public var cash: Cash
  /// The cover.
  public var cover: Cover
  /// The claims.
  public var claims: Claims
  /// The thresholds, in the order of the programme file.
  public internal(set) var thresholds: [ThresholdTerms]
  /// What keeps each loan, or a part of it, outside cover from the start; empty where nobody says.
  public var causes: [LoanCause] = []
  /// What the fund brings into a run that goes on from a day; `nil` for a run from its opening. Its
  /// balance is then the opening amount of `cash`.
  public var carried: CarriedBook?
  /// By what its cost is reckoned beside the balance; `nil` if it is not.
  public var costs: CostTerms?
  /// Clauses that look at many claims together; `nil` where there are none.
  public var aggregates: PlannedAggregates?

  /// Creates a fund.
  public init(
    name: String, model: Int?, models: [ModelRules?], cash: Cash, cover: Cover,
    claims: Claims, thresholds: [ThresholdTerms] = []
  ) {
    self.name = name
    self.model = model
    self.models = models
    self.cash = cash
    self.cover = cover
    self.claims = claims
    self.thresholds = thresholds
  }

  /// The parties that can bear a part of a loss, the bank last.
  public var parties: [Party] {
    var present: Set<PartyPlace> = [.bank]
    for case let model? in models {
      for payer in model.rules.sharing.payers { present.insert(payer.party) }
      if case .socialFirst = model.rules.accounts { present.insert(.partner) }
    }
    return partyPlaces.all.filter { partyPlaces.place(of: $0).map(present.contains) ?? false }
  }

  /// Whether a suspended or paused bank would leave loans unmade (I-46).
  public var stopsLending: Bool {
    thresholds.contains { $0.effect != .warning && $0.afterSuspension != .lendsOn }
  }

  /// The place of a loan's rules, given that of its operating model.
  ///
  /// - Parameter band: The band of shares of the month of its claim.
  func ruleIndex(of loan: Int, model: Int, band: Int = 0) -> Int {
    let set = cover.ruleSets.isEmpty ? 0 : Int(cover.ruleSets[loan])
    return model + set * modelCount + band * (models.count / bandCount)
  }

  /// Whether what is owed on a claim hangs on others, or on the balance.
  var couplesClaims: Bool {
    claims.yearlyLimit != nil || aggregates != nil || cover.coverLimit != nil
      || thresholds.contains(where: \.isCoupled)
  }

  /// The distance between the caps of two sets of rules, 0 where they are the same.
  var capSetStride: Int {
    claims.capSetCount > 1 && !cover.ruleSets.isEmpty ? claims.caps.count / claims.capSetCount : 0
  }

  /// Whether shares differ by year; the distance between the rules of two bands, and between two banks' bands, 0
  /// where they are the same.
  func bandLayout(horizon: Int) -> (hasBands: Bool, rules: Int, banks: Int) {
    (
      !claims.bands.isEmpty, models.count / bandCount,
      claims.bands.count > horizon ? horizon : 0
    )
  }

  /// How many bands of shares there are.
  var bandCount: Int { Int(claims.bands.max() ?? 0) + 1 }

  /// The band of shares of a month.
  func band(bank: Int, month: Int, horizon: Int) -> Int {
    guard !claims.bands.isEmpty else { return 0 }
    return Int(claims.bands[(claims.bands.count > horizon ? bank * horizon : 0) + month])
  }

  /// What keeps a loan, or a part of it, outside cover from the start.
  func cause(of loan: Int, _ planned: PlannedLoan) -> LoanCause {
    causes.isEmpty
      ? LoanCause(
        whole: .conditionNotMet, limit: .singleLoanLimit, eligible: planned.ipPrincipal)
      : causes[loan]
  }

  /// Whether the fund itself has a part in a loss of a loan.
  func pays(on loan: Int, model: Int) -> Bool {
    guard cover.principal[loan] > 0 else { return false }
    guard !cover.ruleSets.isEmpty else { return true }
    return (0..<bandCount).contains { band in
      let payers = models[ruleIndex(of: loan, model: model, band: band)]?.rules.sharing.payers ?? []
      return payers.contains { $0.party == .fund && $0.share > .zero }
    }
  }

  /// The fund with another amount: the initial one, or, where it goes on from a day, what it held then and
  /// what is added to it in the first month of the run; it then has what it held at least.
  public func holding(_ amount: Money) -> FundPlan {
    var changed = self
    if carried != nil {
      if amount > cash.opening, !cash.injections.isEmpty {
        changed.cash.injections[0] += amount - cash.opening
      }
    } else {
      changed.cash.opening = amount
    }
    return changed
  }

  /// The accounts at the start: one, or one for each bank.
  var openingAccounts: [FundAccount] {
    if let carried { return carried.accounts }
    let amounts =
      cash.partition.isEmpty ? [cash.opening] : partitioned(cash.opening, by: cash.partition)
    return amounts.map { FundAccount(opening: $0, under: cash.accounts) }
  }
}
