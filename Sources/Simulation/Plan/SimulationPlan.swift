import CompensationKernel
public import FundCore

/// All a run needs, with nothing left to look up: flat arrays and compiled terms.
///
/// Everything that can be wrong was found when the plan was made; from here on the only failure
/// is a bug.
public struct SimulationPlan: Sendable {
  /// The most operating models of a run: as many as a word has bits.
  public static let mostModels = 64

  /// The seed of all draws.
  public var seed: UInt64
  /// The number of trials.
  public var trialCount: Int
  /// The number of months, `0 ..< horizon`.
  public let horizon: Int
  /// The calendar month of month 0.
  public let firstMonth: CivilMonth
  /// The loans.
  public let portfolio: PlannedPortfolio
  /// Which loans are assessed when, with which probability.
  public internal(set) var defaults: DefaultModel
  /// What is recovered, and when.
  public let recovery: RecoveryModel
  /// The funds that are settled on the same draws.
  public var funds: [FundPlan]
  /// For how many months from the start the needed capital is recorded too, ascending, each from 1
  /// to the horizon; empty for the horizon alone.
  public var capitalMonths: [Int] = []
  /// Whether the defaults of the run are held against what they should be. A screen of many variants
  /// leaves that to the run itself: it takes as long as thousands of trials.
  public var isChecked = true
  /// How many of the funds have figures, from the first; all if `nil`. Of the others only sums are asked.
  public var reportedFunds: Int?
  /// What is not known of the parameters; `nil` where they are taken as they stand.
  public var parameterDraws: ParameterDraws?
  /// What is asked of the years of the run.
  public var years = YearRequest()

  /// Creates a plan.
  ///
  /// - Parameters:
  ///   - run: Seed and number of trials.
  ///   - clock: The first calendar month and the number of months.
  ///   - portfolio: The loans.
  ///   - model: How loans default and what is recovered.
  ///   - funds: The funds.
  public init(
    run: Draws, clock: Clock, portfolio: PlannedPortfolio, model: Model, funds: [FundPlan]
  ) {
    seed = run.seed
    trialCount = run.trialCount
    firstMonth = clock.firstMonth
    horizon = clock.horizon
    self.portfolio = portfolio
    defaults = model.defaults
    recovery = model.recovery
    self.funds = funds
  }
}

/// One loan, compiled.
public struct PlannedLoan: Sendable, BitwiseCopyable {
  /// The principal at the start, in fen.
  public var principal: Int64
  /// The part of the principal that is pledged on intellectual property, in fen.
  public var ipPrincipal: Int64
  /// The annual interest rate in millionths.
  public var rate: Int32
  /// The position of the bank.
  public var bank: Int32
  /// The position of the enterprise.
  public var enterprise: Int32
  /// The month of the start, negative before the run.
  public var start: Int16
  /// The term in months.
  public var term: Int16
  /// Whether principal is repaid every month, and not at the end.
  public var isAmortizing: Bool
  /// The place of the loan's own operating model.
  public var model: UInt8
  /// Whether it is pledged on intellectual property, in whole or in part (I-39).
  public var isIPPledged: Bool
  /// The payment of an annuity, in fen; −1 where the instalments of principal are equal.
  public var levelPayment: Int64 = -1
  /// What is outstanding in `openingMonth` before its instalment, where that is known of a loan that
  /// was running then, in fen; −1 where the schedule tells it.
  public var opening: Int64 = -1
  /// The month of the run in which that is known.
  public var openingMonth: Int16 = 0

  /// Creates a loan.
  public init(
    principal: Int64, ipPrincipal: Int64, rate: Int32, parties: Parties, time: Time, model: UInt8
  ) {
    self.principal = principal
    self.ipPrincipal = ipPrincipal
    self.rate = rate
    (bank, enterprise) = (parties.bank, parties.enterprise)
    (start, term, isAmortizing) = (time.start, time.term, time.isAmortizing)
    self.model = model
    isIPPledged = ipPrincipal > 0
  }

  /// The principal outstanding in a month before that month's instalment, by schedule.
  public func outstanding(in month: Int) -> Int64 {
    LoanSchedule(
      principal: Money(fen: principal), termMonths: Int(term), isAmortizing: isAmortizing,
      level: levelPayment < 0
        ? nil
        : LevelPayment(
          annualRate: Ratio(millionths: Int64(rate)), amount: Money(fen: levelPayment)),
      known: opening < 0
        ? KnownBalance(month: 1, balance: Money(fen: principal))
        : KnownBalance(month: Int(openingMonth) - Int(start), balance: Money(fen: opening))
    ).outstanding(monthsAfterStart: month - Int(start)).fen
  }
}

/// The loans of a run, in portfolio order.
public struct PlannedPortfolio: Sendable {
  /// The loans.
  public let loans: [PlannedLoan]
  /// The names of the banks.
  public let banks: [String]
  /// The numbers by which the loans' draws are addressed, each once; shape `[loans]`.
  public let identities: [UInt64]
  /// The number of enterprises.
  public let enterpriseCount: Int
  /// The positions of an enterprise's loans: those from `enterpriseOffsets[e]` up to
  /// `enterpriseOffsets[e + 1]` in `loansByEnterprise`.
  let enterpriseOffsets: [Int32]
  let loansByEnterprise: [Int32]

  /// Creates a portfolio and its index of enterprises.
  ///
  /// - Parameter identities: What addresses the loans' draws; their positions if `nil`.
  public init(
    loans: [PlannedLoan], banks: [String], enterpriseCount: Int, identities: [UInt64]? = nil
  ) {
    self.loans = loans
    self.identities = identities ?? loans.indices.map { UInt64($0) }
    self.banks = banks
    self.enterpriseCount = enterpriseCount
    var offsets = [Int32](repeating: 0, count: enterpriseCount + 1)
    for loan in loans { offsets[Int(loan.enterprise) + 1] += 1 }
    for index in 0..<enterpriseCount { offsets[index + 1] += offsets[index] }
    var next = offsets
    var positions = [Int32](repeating: 0, count: loans.count)
    for (index, loan) in loans.enumerated() {
      positions[Int(next[Int(loan.enterprise)])] = Int32(index)
      next[Int(loan.enterprise)] += 1
    }
    enterpriseOffsets = offsets
    loansByEnterprise = positions
  }

  /// The positions of the loans of one enterprise, in portfolio order.
  func loans(of enterprise: Int32) -> ArraySlice<Int32> {
    loansByEnterprise[
      Int(enterpriseOffsets[Int(enterprise)])..<Int(enterpriseOffsets[Int(enterprise) + 1])]
  }

  /// What a bank has made of loans by each month, cumulated.
  ///
  /// - Parameters:
  ///   - horizon: The number of months.
  ///   - amount: What a loan counts when it is made. A loan that was running at the start
  ///     counts in month 0.
  /// - Returns: Shape `[bank × horizon + month]`, in fen.
  func cumulated(horizon: Int, amount: (Int, PlannedLoan) -> Int64) -> [Int64] {
    var totals = [Int64](repeating: 0, count: banks.count * horizon)
    for (index, loan) in loans.enumerated() where Int(loan.start) < horizon {
      totals[Int(loan.bank) * horizon + max(0, Int(loan.start))] += amount(index, loan)
    }
    for bank in 0..<banks.count {
      for month in 1..<max(1, horizon) {
        totals[bank * horizon + month] += totals[bank * horizon + month - 1]
      }
    }
    return totals
  }
}
