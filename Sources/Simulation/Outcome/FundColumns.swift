import FundCore

/// The columns that the trials of a fund fill: its figures, and the first months of breach, one for each
/// threshold and watched bank and one for any bank.
struct FundColumns: Sendable {
  let figures: [OutcomeColumn]
  let breachCount: Int

  /// The columns of a fund of a plan.
  init(of fund: FundPlan, in plan: SimulationPlan) {
    figures = OutcomeColumn.all(
      parties: fund.parties, horizon: plan.horizon,
      clauses: RecordedClauses(of: fund, from: plan.firstMonth, horizon: plan.horizon),
      capitalMonths: plan.capitalMonths, costs: fund.costs)
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
    funds[fund].columns(horizon: horizon)
  }
}

extension SimulationPlan {
  /// The tables that so many trials fill, one a fund.
  func outcomeTables(trialCount: Int) -> [OutcomeTable] {
    funds.map { OutcomeTable(FundColumns(of: $0, in: self), trialCount: trialCount) }
  }

  /// What a trial's rows take, in bytes.
  private var rowBytes: Int { funds.reduce(0) { $0 + FundColumns(of: $1, in: self).bytesPerTrial } }

  /// What sorting a figure takes, in bytes a trial: the figure, and the same sorted.
  private static let sortingBytes = 2 * MemoryLayout<Int64>.size

  /// How much memory the recorded outcomes take, in bytes a trial, with the copies that sorting
  /// makes.
  public var bytesPerTrial: Double { Double(rowBytes + Self.sortingBytes) }

  /// The same of a run that forgets the order of its trials: at most half, as long as no amount needs
  /// more than 45 bits.
  public var unorderedBytesPerTrial: Double { Double(rowBytes / 2 + Self.sortingBytes) }

  /// Whether so many trials are better kept without their order, if nobody asks for it: their rows take
  /// more than 128 MB. Never where trials share draws of the parameters: errors then ask which do.
  public func isBetterUnordered(trialCount: Int) -> Bool {
    parameterDraws?.clusterCount == nil && trialCount * rowBytes > 1 << 27
  }

  /// Whether the figures of so many trials are kept as they come until the end: a million of three funds are.
  public func staysUnsorted(trialCount: Int) -> Bool { trialCount * (rowBytes / 2) <= 5 << 26 }

  /// How many bytes the figures of so many trials may take, in no order, before they are sorted and packed.
  func unsortedRoom(trialCount: Int) -> Int {
    staysUnsorted(trialCount: trialCount) ? trialCount * (rowBytes / 2) : 1 << 26
  }

  /// How many trials are run before their order is forgotten: their rows take 32 MB.
  var unorderedPieceCount: Int { max(1 << 12, (1 << 25) / max(1, rowBytes)) }
}
