public import FundCore

extension SimulationPlan {
  /// What addresses the draws.
  public struct Draws: Sendable {
    let seed: UInt64
    let trialCount: Int

    /// Names the seed and the number of trials.
    public init(seed: UInt64, trialCount: Int) {
      self.seed = seed
      self.trialCount = trialCount
    }
  }

  /// The months of a run.
  public struct Clock: Sendable {
    let firstMonth: CivilMonth
    let horizon: Int

    /// Names the first calendar month and the number of months.
    public init(_ firstMonth: CivilMonth, horizon: Int) {
      self.firstMonth = firstMonth
      self.horizon = horizon
    }
  }

  /// How loans default, and what is recovered.
  public struct Model: Sendable {
    let defaults: DefaultModel
    let recovery: RecoveryModel

    /// Joins the two.
    public init(_ defaults: DefaultModel, _ recovery: RecoveryModel) {
      self.defaults = defaults
      self.recovery = recovery
    }
  }
}

extension PlannedLoan {
  /// The positions of a loan's bank and enterprise.
  public struct Parties: Sendable {
    let bank: Int32
    let enterprise: Int32

    /// Names both.
    public init(bank: Int32, enterprise: Int32) {
      self.bank = bank
      self.enterprise = enterprise
    }
  }

  /// When a loan runs, and how it is repaid.
  public struct Time: Sendable {
    let start: Int16
    let term: Int16
    let isAmortizing: Bool

    /// Names the month of the start, the months of the term, and whether principal is repaid every month.
    public init(start: Int16, term: Int16, isAmortizing: Bool) {
      self.start = start
      self.term = term
      self.isAmortizing = isAmortizing
    }
  }
}
