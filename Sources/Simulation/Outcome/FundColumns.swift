import FundCore

/// The columns that the trials of a fund fill: its figures, and the first months of breach, one for each
/// threshold and watched bank and one for any bank.
struct FundColumns: Sendable {
  let figures: [OutcomeColumn]
  let breachCount: Int

  /// The columns of a fund of a plan.
  init(of fund: FundPlan, in plan: SimulationPlan) {
    figures = OutcomeColumn.all(
      parties: fund.parties, horizon: plan.horizon, capitalMonths: plan.capitalMonths)
    let watchedCount = min(plan.portfolio.banks.count, FundSetup.largestSlotCount)
    breachCount = fund.thresholds.count * (watchedCount + 1)
  }

  /// What a trial takes of memory, in bytes.
  var bytesPerTrial: Int {
    figures.count * MemoryLayout<Int64>.size + breachCount * MemoryLayout<Int16>.size
  }
}

extension RunFrame {
  /// The figures of a fund, in the order in which trials record them.
  public func columns(fund: Int) -> [OutcomeColumn] {
    OutcomeColumn.all(parties: funds[fund].parties, horizon: horizon)
  }
}

extension SimulationPlan {
  /// The tables that so many trials fill, one a fund.
  func outcomeTables(trialCount: Int) -> [OutcomeTable] {
    funds.map { OutcomeTable(FundColumns(of: $0, in: self), trialCount: trialCount) }
  }

  /// How much memory the recorded outcomes take, in bytes a trial, with the copies that sorting
  /// makes.
  public var bytesPerTrial: Double {
    let recorded = funds.reduce(0) { $0 + FundColumns(of: $1, in: self).bytesPerTrial }
    return Double(recorded + 4 * 2 * MemoryLayout<Int64>.size)
  }
}
