public import CompensationKernel
public import FundCore

/// One trial of a run alone, the same to the bit, with what was drawn in it.
public struct TrialHistory: Sendable {
  /// A loan that defaulted.
  public struct Default: Sendable {
    /// The position of the loan in the portfolio.
    public let loan: Int
    /// The month in which it was first overdue.
    public let month: Int
    /// Months from the claim to the recovery.
    public let lagMonths: Int
    /// The part of the loss that is recovered, by fund: it can depend on the month of the claim.
    public let recoveredParts: [Double]
  }

  /// What the trial left behind for one fund.
  public struct Fund: Sendable {
    /// The figures of the trial's row.
    public let figures: [OutcomeColumn: Int64]
    /// Compensation, returns and closing balance by month, shape `[horizon]`, in fen.
    public let months: [(paid: Int64, returned: Int64, closing: Int64)]
    /// The first breaches of each threshold by each bank, in the order in which they were noticed.
    public let breaches: [(threshold: Int, bank: Int, month: Int, part: Money, whole: Money)]
    /// The positions of the loans that suspended or paused banks did not make (I-46).
    public let stoppedLoans: [Int]
    /// What became of the losses that the fund brought into a run that goes on from a day.
    public var carried = Carried()
  }

  /// The losses that a fund brought into a run.
  public struct Carried: Sendable {
    /// Each of them.
    public var losses: [CarriedLoss] = []
    /// What the parties had borne of them, inside cover.
    public var borne = PartyAmounts()
    /// What lay outside cover.
    public var outside: Money = .zero
    /// What waited for money.
    public var waiting: Money = .zero
  }

  /// A loss that a fund brought into a run.
  public struct CarriedLoss: Sendable {
    /// The position of the loan in the portfolio.
    public let loan: Int
    /// The month of its claim in the run; `nil` if it was claimed before.
    public let claimMonth: Int?
    /// The month in which more is recovered; `nil` if nothing is.
    public let recoveryMonth: Int?
    /// The part of the loss that is recovered in all, and what of it had come in before the run.
    public let part, received: Double
    /// The whole loss.
    public let total: Money
  }

  /// The number of the trial.
  public let trial: Int
  /// The systematic factors, shape `[periods][sectors]`; empty where there are no normal factors.
  public let factors: [[Double]]
  /// √(W/ν) for Student t and G for gamma, shape `[periods]`; empty otherwise.
  public let scales: [Double]
  /// The defaults, by month, and by portfolio order within a month.
  public let defaults: [Default]
  /// The funds, in the order of the plan.
  public let funds: [Fund]
}

/// Runs single trials of a plan, each the same to the bit as in the whole run.
///
/// - Parameters:
///   - plan: The plan of the run.
///   - trials: The numbers of the trials, from 0.
public func simulateTrials(_ plan: SimulationPlan, _ trials: [Int]) -> [TrialHistory] {
  let setups = plan.funds.map { FundSetup(plan: $0, simulation: plan) }
  let claims = LoanClaims.all(setups, simulation: plan)
  let tables = DrawTables(dependence: plan.defaults.factors.dependence)
  // Claim by claim, so that the order of the breaches is that of the claims.
  var worker = TrialWorker(
    plan: plan, setups: setups, claims: claims, tables: tables,
    options: SimulationOptions(alwaysExact: true, drawn: DrawnModel(plan, trials: trials)))
  return trials.map { trial in
    let outcomes = plan.outcomeTables(trialCount: 1)
    for table in outcomes { table.begin(rows: 0..<1) }
    worker.run(trials: trial, rows: 0..<1, into: outcomes)
    return worker.history(of: trial, plan: plan, outcomes: outcomes)
  }
}

/// What is recovered on an amount of a loss, half up to the fen, when a part of it is.
public func recoveredAmount(_ part: Double, of amount: Money) -> Money {
  Money(fen: roundedPart(part, of: amount.fen))
}

extension TrialContext {
  /// The factors of the trial, shape `[periods][sectors]`.
  func normalFactors(of plan: SimulationPlan) -> [[Double]] {
    switch plan.defaults.factors.dependence {
    case .independent, .gamma: return []
    case .gaussian, .studentT:
      return (0..<plan.defaults.periodCount).map { period in
        (0..<sectorCount).map { factors.normals[period * sectorCount + $0] }
      }
    }
  }

  /// What scales the factors in each period.
  func scales(of plan: SimulationPlan) -> [Double] {
    switch plan.defaults.factors.dependence {
    case .independent, .gaussian: return []
    case .gamma, .studentT: return (0..<plan.defaults.periodCount).map { factors.scales[$0] }
    }
  }
}
