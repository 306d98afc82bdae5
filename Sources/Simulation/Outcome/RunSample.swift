import CompensationKernel
import FundCore
public import LossStatistics

/// What happened in the trials of a run, as far as estimates ask for it: nothing here knows the
/// order of the trials.
///
/// A run is one, from its rows; parts that were run apart are one together. Both give the same
/// values and sums, hence the same estimates to the last bit.
public protocol RunSample {
  /// What can go wrong when figures are fetched; `Never` in memory.
  associatedtype Failure: Error

  /// What was run.
  var frame: RunFrame { get }
  /// How many trials were run.
  var trialCount: Int { get }

  /// A figure of all trials, sorted.
  func values(of column: OutcomeColumn, fund: Int) throws(Failure) -> LossSample

  /// What sums over trials.
  func sums(fund: Int) throws(Failure) -> FundSums

  /// How a figure of a fund differs from that of the first fund, trial by trial, sorted.
  func differences(of figure: PairedFigure, fund: Int) throws(Failure) -> LossSample
}

/// A figure that is compared between two funds, trial by trial.
public enum PairedFigure: Hashable, Sendable {
  /// 1 if the fund is exhausted, else 0.
  case exhaustion
  /// What the fund pays.
  case compensation
  /// The banks' losses inside and outside cover.
  case bankLoss
  /// The fund's discounted outlays, where its cost is reckoned.
  case netPresentValue
  /// What a bearer of costs, by name, is left with.
  case netCost(String)
}

extension RunFrame {
  /// All figures that are compared, in the order in which parts of a run hold them.
  public var pairedFigures: [PairedFigure] {
    let costs = funds.compactMap { fund in
      fund.costs.map { OutcomeColumn.payers($0, parties: fund.parties) }
    }
    guard costs.count == funds.count else { return [.exhaustion, .compensation, .bankLoss] }
    var payers: [String] = []
    for payer in costs.joined() where !payers.contains(payer) { payers.append(payer) }
    return [.exhaustion, .compensation, .bankLoss, .netPresentValue]
      + payers.map { .netCost($0) }
  }
}

/// The figures of a fund that sum over trials.
public struct FundSums: Sendable, Equatable {
  /// The sums that are taken while trials run.
  var tally: FundTally
  /// How many first breaches came in each month, shape
  /// `[(threshold × (slots + 1) + slot) × horizon + month]`, the last slot for any bank.
  var breachMonths: [Int]
  /// In how many trials of each draw of the parameters a breach came, shape
  /// `[(threshold × (slots + 1) + slot) × draws + draw]`; empty where the parameters are taken as they
  /// stand.
  var breachDraws: [Int] = []
  /// Trials in which the needed capital says otherwise than the payments whether the fund lasts.
  var capitalMismatches = 0
  /// How the numerators and denominators of the fund's ratios move together, in the order of
  /// `FundFrame.ratios`.
  var ratios: [RatioMoments] = []
  /// How its amounts move with its controls.
  var controls: FundControlSums

  /// Adds the sums of other trials of the same fund.
  mutating func add(_ other: FundSums) {
    tally.merge(other.tally)
    for index in breachMonths.indices { breachMonths[index] += other.breachMonths[index] }
    for index in breachDraws.indices { breachDraws[index] += other.breachDraws[index] }
    capitalMismatches += other.capitalMismatches
    for index in ratios.indices { ratios[index].add(other.ratios[index]) }
    controls.add(other.controls)
  }

  /// In how many trials a threshold had been reached by the end of each month.
  ///
  /// - Parameters:
  ///   - threshold: The position of the threshold in the plan.
  ///   - slot: The position of the bank in `watchedBanks`; `nil` for any bank.
  public func cumulatedBreaches(threshold: Int, slot: Int?) -> [Int] {
    let horizon = tally.paid.count
    let column = threshold * (tally.slotCount + 1) + (slot ?? tally.slotCount)
    var sum = 0
    return breachMonths[column * horizon..<(column + 1) * horizon].map {
      sum += $0
      return sum
    }
  }
}

extension FundSums {
  /// How many independent trials would tell as much of whether a threshold is ever reached; `nil` where
  /// all are independent.
  ///
  /// - Parameters:
  ///   - threshold: The position of the threshold in the plan.
  ///   - slot: The position of the bank in `watchedBanks`; `nil` for any bank.
  ///   - trials: How many trials there are, from the first of the run.
  public func effectiveTrials(threshold: Int, slot: Int?, of trials: Int) -> Double? {
    guard !breachDraws.isEmpty else { return nil }
    let draws = breachDraws.count * tally.paid.count / breachMonths.count
    let column = threshold * (tally.slotCount + 1) + (slot ?? tally.slotCount)
    return TrialGroups(count: draws).effectiveCount(
      of: Array(breachDraws[column * draws..<(column + 1) * draws]), among: trials)
  }
}

extension SimulationResult: RunSample {
  /// A figure of all trials, sorted.
  public func values(of column: OutcomeColumn, fund: Int) -> LossSample {
    LossSample(funds[fund].column(column), groups: groups)
  }

  /// What sums over the trials.
  public func sums(fund: Int) -> FundSums {
    funds[fund].sums(controls: controlSums(fund: fund))
  }

  /// How a figure of a fund differs from that of the first fund, in the order of the trials.
  public func orderedDifferences(of figure: PairedFigure, fund: Int) -> [Int64] {
    var differences = [Int64](repeating: 0, count: trialCount)
    funds[fund].add(figure, times: 1, to: &differences)
    funds[0].add(figure, times: -1, to: &differences)
    return differences
  }

  /// How a figure of a fund differs from that of the first fund, trial by trial, sorted.
  public func differences(of figure: PairedFigure, fund: Int) -> LossSample {
    PairedDifference.sample(
      funds[fund].values(of: figure), minus: funds[0].values(of: figure), groups: groups)
  }
}

extension FundResult {
  /// What sums over the trials.
  ///
  /// - Parameter controls: What they leave of its controls.
  func sums(controls: FundControlSums) -> FundSums {
    let horizon = tally.paid.count
    var months = [Int](repeating: 0, count: table.breachWidth * horizon)
    for column in 0..<table.breachWidth {
      for month in table.breachColumn(column, count: trialCount) where month >= 0 {
        months[column * horizon + Int(month)] += 1
      }
    }
    let draws = groups?.count ?? 0
    var breachDraws = [Int](repeating: 0, count: table.breachWidth * draws)
    if let groups {
      for column in 0..<table.breachWidth {
        for (row, month) in table.breachColumn(column, count: trialCount).enumerated()
        where month >= 0 {
          breachDraws[column * draws + groups.group(ofRow: row)] += 1
        }
      }
    }
    let opening = plan.cash.opening.fen
    // An amount that waits and is paid later went unpaid too: the month of exhaustion knows it.
    // After the balance went back no capital would help (I-47).
    let last = plan.cash.lastMonth.map { Int64($0) } ?? .max
    let mismatches = zip(column(.neededCapital), column(.exhaustionMonth)).count {
      ($0 <= opening) != ($1 < 0 || $1 > last)
    }
    return FundSums(
      tally: tally, breachMonths: months, breachDraws: breachDraws, capitalMismatches: mismatches,
      ratios: CostRatio.all(plan.costs, parties: parties).map {
        RatioMoments(column($0.part), over: column($0.whole))
      }, controls: controls)
  }

  /// A figure of every trial, in trial order.
  func values(of figure: PairedFigure) -> [Int64] {
    var values = [Int64](repeating: 0, count: trialCount)
    add(figure, times: 1, to: &values)
    return values
  }

  /// Adds a figure, times a number, to sums in trial order.
  fileprivate func add(_ figure: PairedFigure, times factor: Int64, to sums: inout [Int64]) {
    func add(_ column: OutcomeColumn) {
      for (row, value) in rows(of: column).enumerated() { sums[row] += factor * value }
    }
    switch figure {
    case .exhaustion:
      for (row, month) in rows(of: .exhaustionMonth).enumerated() {
        sums[row] += month < 0 ? 0 : factor
      }
    case .compensation: add(.compensation)
    case .bankLoss:
      add(.loss(.bank))
      add(.lossOutsideCover)
    case .netPresentValue: add(.netPresentValue)
    case .netCost(let payer):
      // Nothing of one that this fund does not know.
      let column = OutcomeColumn.netCost(of: payer)
      if columns.contains(column) { add(column) }
    }
  }
}

extension FundResult {
  /// What a bearer of costs is left with, in trial order; nothing of one that this fund does not know.
  public func cost(of payer: String) -> [Int64] {
    let values = column(.netCost(of: payer))
    return values.isEmpty ? Array(repeating: 0, count: trialCount) : values
  }
}

/// One fund of a sample.
struct FundSample<Run: RunSample> {
  let run: Run
  let position: Int
  let sums: FundSums
  /// Levels of the analyst's own.
  let levels: [Level]
  /// What it paid.
  let paid: LossSample
  /// By what its means are sharpened.
  let means: SharpenedMeans

  init(of run: Run, at position: Int, levels: [Level] = []) throws(Run.Failure) {
    self.run = run
    self.levels = levels
    self.position = position
    sums = try run.sums(fund: position)
    paid = try run.values(of: .compensation, fund: position)
    means = SharpenedMeans(
      run.frame.funds[position], horizon: run.frame.horizon, sums: sums.controls.own, paid: paid)
  }

  var frame: FundFrame { run.frame.funds[position] }
  var trialCount: Int { run.trialCount }

  func values(_ column: OutcomeColumn) throws(Run.Failure) -> LossSample {
    try run.values(of: column, fund: position)
  }

  /// The columns of the fund.
  var columns: [OutcomeColumn] { run.frame.columns(fund: position) }
}
