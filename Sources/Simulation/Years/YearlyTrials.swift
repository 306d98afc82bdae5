import CompensationKernel
import Dispatch
import FundCore
public import LossStatistics
import Synchronization

/// The years of the first trials of a run, for each fund.
///
/// Draws are addressed, so that a trial can be run again with more kept of it: the loop of the run itself, most
/// of whose trials are settled by totals, keeps nothing of its years.
public struct YearlyTrials: Sendable {
  /// What was asked.
  public let request: YearRequest
  /// How many trials there are, from the first of the run.
  public let trialCount: Int
  /// One table a fund, in the order of the plan.
  public let tables: [YearTable]
  /// The names of the accounts of each fund; empty where there is one.
  let accounts: [[AccountName]]
  /// Who has put money into each fund; empty where nobody is named and there is one account.
  let contributors: [[Contributor]]
  let certainty: [FundCertainty]
  /// Whether chance decides how much new money each fund is given.
  let fillsUp: [Bool]
  /// Which trials share draws of the parameters; `nil` where all are independent.
  public let groups: TrialGroups?
}

/// Runs the first trials of a plan again, and keeps their years.
///
/// - Parameters:
///   - plan: The plan of a run.
///   - trialCount: How many trials; those that the plan asks for if `nil`.
///   - fundCount: How many of its funds, from the first.
///   - threads: How many threads work at once, at least 1.
///   - control: Follows and stops the run.
/// - Returns: `nil` if it was stopped before the last trial.
/// - Complexity: Claim by claim, and month by month for every fund: 60 µs a trial of `scenarios/three-models`
///   (617 loans, three funds), 0.25 s for 4,000 of them on 29 November 2026.
public func simulateYears(
  _ plan: SimulationPlan, trialCount: Int? = nil, fundCount: Int, threads: Int,
  control: RunControl = RunControl()
) -> YearlyTrials? {
  let count = min(plan.trialCount, trialCount ?? plan.years.trials)
  var plan = plan
  plan.funds = Array(plan.funds.prefix(fundCount))
  plan.capitalMonths = []
  plan.isChecked = false
  let run = YearRun(plan, trialCount: count)
  guard run.run(threads: threads, control: control) else { return nil }
  return run.trials
}

extension SimulationPlan {
  /// How much memory the years of the trials that the plan asks for take, in bytes.
  ///
  /// - Parameter fundCount: How many of its funds, from the first.
  public func yearBytes(fundCount: Int) -> Double {
    let periods = YearPeriod.all(from: firstMonth, horizon: horizon).count
    let perTrial = funds.prefix(fundCount).reduce(0) { sum, fund in
      let accounts = FundSetup(plan: fund, simulation: self).accountNames.count
      return sum + YearTable.bytesPerTrial(periodCount: periods, accountCount: accounts)
    }
    return Double(perTrial) * Double(min(trialCount, years.trials))
  }
}

/// One pass over trials whose years are kept.
private struct YearRun {
  private static let chunkSize = 32
  let plan: SimulationPlan
  let setups: [FundSetup]
  let claims: [LoanClaims]
  let drawTables: DrawTables
  let lending: [CoveredLending]
  let periods: [YearPeriod]
  let tables: [YearTable]
  let trialCount: Int

  init(_ plan: SimulationPlan, trialCount: Int) {
    self.plan = plan
    self.trialCount = trialCount
    let setups = plan.funds.map { FundSetup(plan: $0, simulation: plan) }
    let periods = YearPeriod.all(from: plan.firstMonth, horizon: plan.horizon)
    self.setups = setups
    self.periods = periods
    claims = LoanClaims.all(setups, simulation: plan)
    drawTables = DrawTables(dependence: plan.defaults.factors.dependence)
    lending = plan.funds.map { CoveredLending($0, plan) }
    tables = setups.map {
      YearTable(
        periods: periods, accountCount: $0.accountNames.count, trialCount: trialCount)
    }
  }

  /// Runs the trials; `false` if it was stopped.
  func run(threads: Int, control: RunControl) -> Bool {
    let chunkCount = (trialCount + Self.chunkSize - 1) / Self.chunkSize
    let nextChunk = Atomic<Int>(0)
    let drawn = DrawnModel(plan, trials: 0..<trialCount)
    onThreads(max(1, min(threads, chunkCount))) {
      var worker = TrialWorker(
        plan: plan, setups: setups, claims: claims, tables: drawTables,
        options: SimulationOptions(alwaysExact: true, drawn: drawn))
      worker.noteMonths(of: periods)
      let outcomes = plan.outcomeTables(trialCount: 1)
      while !control.shouldStop {
        let chunk = nextChunk.add(1, ordering: .relaxed).oldValue
        guard chunk < chunkCount else { break }
        for row in chunk * Self.chunkSize..<min((chunk + 1) * Self.chunkSize, trialCount) {
          for table in outcomes { table.begin(rows: 0..<1) }
          worker.run(trials: row, rows: 0..<1, into: outcomes)
          worker.recordYears(lending, floor: plan.years.floor.fen, row: row, into: tables)
          for (table, outcomes) in zip(tables, outcomes) {
            table.writeControls(of: outcomes, row: row)
          }
        }
      }
    }
    return nextChunk.load(ordering: .relaxed) >= chunkCount
  }

  var trials: YearlyTrials {
    YearlyTrials(
      request: plan.years, trialCount: trialCount, tables: tables,
      accounts: setups.map(\.accountNames), contributors: plan.funds.map(\.cash.contributors),
      certainty: setups.map { FundCertainty(of: $0.plan, in: plan, beside: setups[0].plan) },
      fillsUp: plan.funds.map { $0.cash.fillUp != nil },
      groups: plan.parameterDraws?.clusterCount.map { TrialGroups(count: $0) })
  }
}

extension TrialWorker {
  /// Lets every trial leave its months behind.
  mutating func noteMonths(of periods: [YearPeriod]) {
    for index in funds.indices { funds[index].noteMonths(of: periods) }
  }

  /// Hands the years of the trial that ran last to tables, one a fund.
  mutating func recordYears(
    _ lending: [CoveredLending], floor: Int64, row: Int, into tables: [YearTable]
  ) {
    for index in funds.indices {
      funds[index].recordYears(
        lending[index], defaults[0], trial: context,
        into: YearTable.Row(table: tables[index], number: row, floor: floor))
    }
  }
}
