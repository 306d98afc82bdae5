import FundCore

/// The figures of one fund that sum over trials: integers only, so that order does not matter.
struct FundTally: Sendable, Equatable {
  /// Sums over the first breaches of one threshold by one bank.
  struct BreachSums: Sendable, Equatable {
    var count = 0
    var part: Int128 = 0
    var whole: Int128 = 0
  }

  /// The number of balance bins of a month; the last one takes everything above.
  static let binCount = 2_001

  /// Compensation and returns by month, in fen, shape `[horizon]`.
  var paid: [Int128]
  var returned: [Int128]
  /// The defaults of each month, kept with the first fund: they are those of the portfolio.
  var defaults: DefaultMonths
  /// How many trials closed a month in each bin, shape `[month × binCount + bin]`.
  var balances: [UInt32]
  /// Shape `[threshold × slots + slot]`.
  var breaches: [BreachSums]
  let slotCount: Int
  /// All losses before recoveries, in fen.
  var losses: Int128 = 0
  /// What lay outside cover before recoveries, by `OutsideReason`: fen, then loans.
  var outside = Array(repeating: Int128.zero, count: 2 * OutsideReason.allCases.count)
  /// The balances of the accounts at the ends of years, in fen, shape `[year × account]`; nothing where
  /// there is one account.
  var accounts: [Int128]
  var claimsAfterHorizon = 0
  var recoveriesAfterHorizon = 0
  /// Trials whose balance does not add up: none, unless there is a bug.
  var unbalancedTrials = 0
  /// Trials whose parties' losses do not sum to the loss: none, unless there is a bug.
  var undividedTrials = 0

  init(horizon: Int, thresholdCount: Int, slotCount: Int, accountCount: Int) {
    accounts = Array(repeating: 0, count: accountCount * ((horizon + 11) / 12))
    paid = Array(repeating: 0, count: horizon)
    returned = paid
    defaults = DefaultMonths(horizon: horizon)
    balances = Array(repeating: 0, count: horizon * Self.binCount)
    breaches = Array(repeating: BreachSums(), count: thresholdCount * slotCount)
    self.slotCount = slotCount
  }

  /// The sums of no trial of a fund.
  init(_ setup: FundSetup, horizon: Int) {
    self.init(
      horizon: horizon, thresholdCount: setup.thresholds.count, slotCount: setup.bankOfSlot.count,
      accountCount: setup.accountNames.count)
  }

  /// Adds what a trial lost, with its counts and its accounts, and whether its figures hold together.
  ///
  /// - Parameter yearEnds: The balances of the accounts at the ends of years, where there are several.
  mutating func add(
    _ outcome: UnsafePointer<TrialOutcome>, _ yearEnds: UnsafeMutableBufferPointer<Int64>? = nil,
    opening: Int64
  ) {
    recoveriesAfterHorizon += outcome.pointee.lateRecoveries
    claimsAfterHorizon += outcome.pointee.lateClaims
    if !outcome.pointee.isBalanced(from: opening) { unbalancedTrials += 1 }
    if !outcome.pointee.isDivided { undividedTrials += 1 }
    losses &+= Int128(outcome.pointee.totalLoss)
    let count = OutsideReason.allCases.count
    for reason in 0..<count {
      outside[reason] &+= Int128(outcome.pointee.outside.amounts[reason])
      outside[count &+ reason] &+= Int128(outcome.pointee.outside.loans[reason])
    }
    guard let yearEnds else { return }
    for index in accounts.indices { accounts[index] &+= Int128(yearEnds[index]) }
  }

  /// Adds a month of some trials: what they paid and what came back, in all.
  @inline(__always)
  mutating func add(_ months: FlowSums) {
    Self.add(months, &paid, &returned)
  }

  @inline(__always)
  private static func add(_ months: FlowSums, _ paid: inout [Int128], _ returned: inout [Int128]) {
    // Spans, so that uniqueness is checked once a block and not once a month.
    var paidSums = paid.mutableSpan
    var returnedSums = returned.mutableSpan
    for month in months.paid.indices {
      paidSums[unchecked: month] &+= Int128(months.paid[month])
      returnedSums[unchecked: month] &+= Int128(months.returned[month])
    }
  }

  /// Counts the balances of a trial in their bins.
  mutating func count(_ closing: UnsafeMutableBufferPointer<Int64>, binsPerFen: Double) {
    guard let row = closing.baseAddress else { return }
    withUnsafePointer(to: row) {
      count(UnsafeBufferPointer(start: $0, count: 1), binsPerFen: binsPerFen)
    }
  }

  /// Counts the balances of some trials in their bins, month by month: the trials of a month find the
  /// same bins near.
  ///
  /// - Parameters:
  ///   - rows: The balances by month, by trial.
  ///   - binsPerFen: How fine the bins are.
  @inline(__always)
  mutating func count(_ rows: UnsafeBufferPointer<UnsafeMutablePointer<Int64>>, binsPerFen: Double)
  {
    Self.count(rows, binsPerFen, &balances)
  }

  @inline(__always)
  private static func count(
    _ rows: UnsafeBufferPointer<UnsafeMutablePointer<Int64>>, _ binsPerFen: Double,
    _ balances: inout [UInt32]
  ) {
    let last = Double(binCount - 1)
    var counts = balances.mutableSpan
    var first = 0
    for month in 0..<counts.count / binCount {
      for row in rows {
        // No balance is below nothing.
        let place = min(Double(row[month]) * binsPerFen, last)
        counts[unchecked: first &+ Int(wholePart(place))] &+= 1
      }
      first &+= binCount
    }
  }

  /// The bin that holds the ⌈n·level⌉-th smallest balance of a month.
  func balanceBin(month: Int, millionths: Int) -> Int {
    let counts = balances[month * Self.binCount..<(month + 1) * Self.binCount]
    let total = counts.reduce(0) { $0 + Int($1) }
    return balanceBin(month: month, rank: max(1, (total * millionths + 999_999) / 1_000_000))
  }

  /// The bin that holds the balance of a rank, counted from 1.
  func balanceBin(month: Int, rank: Int) -> Int {
    let counts = balances[month * Self.binCount..<(month + 1) * Self.binCount]
    var seen = 0
    for (bin, count) in counts.enumerated() {
      seen += Int(count)
      if seen >= rank { return bin }
    }
    return Self.binCount - 1
  }

  /// A quantile of the balance at the end of a month: the middle of its bin.
  func balanceQuantile(month: Int, millionths: Int, binWidth: Int64) -> Money {
    let bin = Int64(balanceBin(month: month, millionths: millionths))
    return bin == 0 ? .zero : Money(fen: bin * binWidth + binWidth / 2)
  }

  /// The mean compensation and the mean return of a month, in yuan.
  func meanFlows(month: Int, trialCount: Int) -> (paid: Double, returned: Double) {
    // Fen to yuan and sum to mean in one division, which is exact where the mean is.
    let divisor = 100 * Double(max(1, trialCount))
    return (Double(paid[month]) / divisor, Double(returned[month]) / divisor)
  }

  /// The mean numerator and denominator, in yuan, at a bank's first breaches; `nil` without any.
  func meanRatioAtBreach(threshold: Int, slot: Int) -> BreachRatio? {
    let sums = breaches[threshold * slotCount + slot]
    guard sums.count > 0 else { return nil }
    let divisor = 100 * Double(sums.count)
    return BreachRatio(part: Double(sums.part) / divisor, whole: Double(sums.whole) / divisor)
  }

  mutating func noteBreach(_ breach: ThresholdWatch.Breach, whole: Int64, slot: Int) {
    let cell = breach.threshold * slotCount + slot
    breaches[cell].count += 1
    breaches[cell].part += Int128(breach.part)
    breaches[cell].whole += Int128(whole)
  }
}

/// What some trials paid, and what came back to them, by month, in fen.
struct FlowSums {
  let paid: UnsafeMutableBufferPointer<Int64>
  let returned: UnsafeMutableBufferPointer<Int64>

  init(horizon: Int, in memory: WorkingMemory) {
    paid = memory.table(0, count: horizon)
    returned = memory.table(0, count: horizon)
  }
}

/// What a ratio comes to on average where it reaches its level, in yuan.
public struct BreachRatio: Sendable, Hashable {
  /// The numerator.
  public let part: Double
  /// The denominator.
  public let whole: Double
}
