public import CompensationKernel
public import FundCore

/// What estimates need to know of a run beside what happened in it.
public struct RunFrame: Sendable, Hashable, Codable {
  /// A bank of the portfolio.
  public struct Bank: Sendable, Hashable, Codable {
    /// Its name.
    public let name: String
    /// What it lends within the horizon.
    public let lent: Money
  }

  /// The trials that were asked for.
  public internal(set) var plannedTrials: Int
  /// The number of months.
  public let horizon: Int
  /// The calendar month of month 0.
  public let firstMonth: CivilMonth
  /// The banks, in portfolio order.
  public let banks: [Bank]
  /// The expected defaults of each month; `nil` where they would take too long.
  public let expectedDefaults: ExpectedDefaults?
  /// The funds, in the order of the plan.
  public let funds: [FundFrame]
  /// How many draws of the parameters the trials share, trial k the draw k mod their number; `nil` where
  /// the parameters are taken as they stand.
  public let drawCount: Int?

  init(_ plan: SimulationPlan, setups: [FundSetup], claims: [LoanClaims]) {
    plannedTrials = plan.trialCount
    horizon = plan.horizon
    firstMonth = plan.firstMonth
    let volumes = plan.portfolio.lentByBank(horizon: plan.horizon)
    banks = zip(plan.portfolio.banks, volumes).map { Bank(name: $0, lent: Money(fen: $1)) }
    drawCount = plan.parameterDraws?.clusterCount
    let expected = ExpectedClaims(plan)
    expectedDefaults = expected.defaults
    let drawCount = drawCount
    funds = zip(setups, claims).enumerated().map { place, item in
      let (setup, claims) = item
      let isReported = place < plan.reportedFunds ?? .max
      return FundFrame(
        setup, certainty: FundCertainty(of: setup.plan, in: plan, beside: setups[0].plan),
        clauses: RecordedClauses(of: setup.plan, from: plan.firstMonth, horizon: plan.horizon),
        drawCount: drawCount,
        controls: isReported
          ? expected.controls(of: setup, claims: claims)
          : FundControls(controls: [], gap: .notAsked))
    }
  }
}

/// What estimates need to know of one fund.
public struct FundFrame: Sendable, Hashable, Codable {
  /// A threshold on a bank's ratio.
  public struct Threshold: Sendable, Hashable, Codable {
    /// Its name in the programme file.
    public let id: String
    /// The level.
    public let level: Ratio
    /// What reaching it does: `warning`, `suspendNewCustomers`, `pause`.
    public let effect: String
  }

  /// The fund's name.
  public let name: String
  /// The initial amount.
  public let opening: Money
  /// The parties that can bear a part of a loss, the bank last.
  public let parties: [Party]
  /// The thresholds, in the order of the plan.
  public let thresholds: [Threshold]
  /// The banks that have threshold figures of their own, as positions in the portfolio.
  public let watchedBanks: [Int]
  /// The accounts that a fund of several has, in the order of payment; empty for one account.
  public let accounts: [AccountName]
  /// Which clauses have figures of their own.
  public let clauses: RecordedClauses
  /// What the plan leaves to no chance.
  public let certainty: FundCertainty
  /// How many draws of the parameters the trials share, as in the run.
  public let drawCount: Int?
  /// By what the fund's cost is reckoned; `nil` if it is not.
  public let costs: CostTerms?
  /// By what its mean amounts are sharpened.
  public let controls: FundControls
  /// The width of a bin of the balances' histogram, in fen.
  let binWidth: Int64

  init(
    _ setup: FundSetup, certainty: FundCertainty, clauses: RecordedClauses, drawCount: Int?,
    controls: FundControls
  ) {
    self.controls = controls
    self.certainty = certainty
    self.clauses = clauses
    self.drawCount = drawCount
    costs = setup.plan.costs
    name = setup.plan.name
    opening = setup.plan.cash.opening
    parties = setup.parties
    thresholds = setup.plan.thresholds.map {
      Threshold(id: $0.id, level: $0.level, effect: $0.effect.rawValue)
    }
    watchedBanks = setup.bankOfSlot
    accounts = setup.accountNames
    binWidth = setup.binWidth
  }
}

extension PlannedPortfolio {
  /// What each bank lends within the horizon, running loans with what is outstanding, in fen.
  func lentByBank(horizon: Int) -> [Int64] {
    var totals = [Int64](repeating: 0, count: banks.count)
    for loan in loans where Int(loan.start) < horizon {
      totals[Int(loan.bank)] += loan.outstanding(in: 0)
    }
    return totals
  }
}
