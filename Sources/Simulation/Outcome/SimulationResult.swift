public import CompensationKernel
public import FundCore
public import LossStatistics

/// What happened on every path, in whole fen and whole months.
public struct SimulationResult: Sendable {
  /// What was run.
  public let plan: SimulationPlan
  /// How many trials were run; fewer than planned if the run was stopped.
  public let trialCount: Int
  /// The number of the first trial; 0 unless a part of the trials was run.
  public let firstTrial: Int
  /// What estimates need to know of the plan.
  public let frame: RunFrame
  /// One entry a fund, in the order of the plan.
  public let funds: [FundResult]

  init(
    plan: SimulationPlan, trials: Range<Int>, setups: [FundSetup], record: RunRecord,
    claims: [LoanClaims]
  ) {
    self.plan = plan
    firstTrial = trials.lowerBound
    trialCount = trials.count
    let trialCount = trials.count
    frame = RunFrame(plan, setups: setups, claims: claims)
    let groups = frame.drawCount.map { TrialGroups(count: $0, firstTrial: trials.lowerBound) }
    funds = zip(setups, zip(record.tables, record.tallies)).map { setup, data in
      FundResult(
        setup: setup, table: data.0, tally: data.1, trialCount: trialCount, groups: groups)
    }
  }

  /// Which trials share a draw of the parameters; `nil` where these are taken as they stand.
  public var groups: TrialGroups? {
    frame.drawCount.map { TrialGroups(count: $0, firstTrial: firstTrial) }
  }
}

/// What happened to one fund on every path.
public struct FundResult: Sendable {
  let setup: FundSetup
  let table: OutcomeTable
  let tally: FundTally
  /// The number of trials.
  public let trialCount: Int
  /// Which trials share a draw of the parameters; `nil` where these are taken as they stand.
  public let groups: TrialGroups?

  init(
    setup: FundSetup, table: OutcomeTable, tally: FundTally, trialCount: Int, groups: TrialGroups?
  ) {
    self.groups = groups
    self.setup = setup
    self.table = table
    self.tally = tally
    self.trialCount = trialCount
  }

  /// The fund.
  public var plan: FundPlan { setup.plan }

  /// The parties that can bear a part of a loss, the bank last.
  public var parties: [Party] { setup.parties }

  /// A figure of every trial, in trial order.
  public func column(_ column: OutcomeColumn) -> [Int64] {
    table.column(column, count: trialCount)
  }

  /// The same where it lies, for as long as the result lives.
  ///
  /// - Precondition: The fund records it.
  func rows(of column: OutcomeColumn) -> UnsafeBufferPointer<Int64> {
    guard let place = table.columns.firstIndex(of: column) else {
      preconditionFailure("\(column) is not recorded")
    }
    return table.column(at: place, rows: 0..<trialCount)
  }

  /// The banks that have threshold figures of their own, as positions in the portfolio.
  public var watchedBanks: [Int] { setup.bankOfSlot }

  /// The first month in which a bank reached a threshold, in trial order; −1 where it never did.
  ///
  /// - Parameters:
  ///   - threshold: The position of the threshold in the plan.
  ///   - slot: The position of the bank in `watchedBanks`; `nil` for any bank.
  public func firstBreaches(threshold: Int, slot: Int?) -> [Int16] {
    let width = watchedBanks.count + 1
    return table.breachColumn(threshold * width + (slot ?? width - 1), count: trialCount)
  }

  /// Claims that fell after the horizon and were left out, over all trials.
  public var claimsAfterHorizon: Int { tally.claimsAfterHorizon }

  /// Recoveries that fell after the horizon and were left out, over all trials.
  public var recoveriesAfterHorizon: Int { tally.recoveriesAfterHorizon }

  /// What lay outside cover, by reason.
  public var outsideCover: OutsideEstimates { OutsideEstimates(tally, trialCount: trialCount) }

  /// Trials in which opening + in − out differs from closing: none, unless there is a bug.
  public var unbalancedTrials: Int { tally.unbalancedTrials }

  /// Trials in which the parties' losses do not sum to the loss: none, unless there is a bug.
  public var undividedTrials: Int { tally.undividedTrials }

  /// A quantile of the balance at the end of a month: the middle of its bin, 1/2000 of the range.
  public func balanceQuantile(month: Int, millionths: Int) -> Money {
    tally.balanceQuantile(month: month, millionths: millionths, binWidth: setup.binWidth)
  }

  /// The mean compensation and the mean return of a month, in yuan.
  public func meanFlows(month: Int) -> (paid: Double, returned: Double) {
    tally.meanFlows(month: month, trialCount: trialCount)
  }

  /// The mean numerator and denominator, in yuan, at a bank's first breaches; `nil` without any.
  public func meanRatioAtBreach(threshold: Int, slot: Int) -> BreachRatio? {
    tally.meanRatioAtBreach(threshold: threshold, slot: slot)
  }

  /// The columns that the fund has, in the order in which trials record them.
  public var columns: [OutcomeColumn] { table.columns }
}
