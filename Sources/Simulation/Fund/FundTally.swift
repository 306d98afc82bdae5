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
  mutating func add(
    _ outcome: TrialOutcome, _ yearEnds: UnsafeMutableBufferPointer<Int64>, opening: Int64
  ) {
    recoveriesAfterHorizon += outcome.lateRecoveries
    claimsAfterHorizon += outcome.lateClaims
    if !outcome.isBalanced(from: opening) { unbalancedTrials += 1 }
    if !outcome.isDivided { undividedTrials += 1 }
    losses &+= Int128(outcome.totalLoss)
    let count = OutsideReason.allCases.count
    for reason in 0..<count {
      outside[reason] &+= Int128(outcome.outside.amounts[reason])
      outside[count &+ reason] &+= Int128(outcome.outside.loans[reason])
    }
    for index in accounts.indices { accounts[index] &+= Int128(yearEnds[index]) }
  }

  /// Adds the months of a trial, the last first, and calls for each of them.
  @inline(__always)
  mutating func add(_ path: TallyPath, alongside: (_ month: Int) -> Void = { _ in }) {
    Self.add(path, &paid, &returned, &balances, alongside)
  }

  @inline(__always)
  private static func add(
    _ path: TallyPath, _ paid: inout [Int128], _ returned: inout [Int128],
    _ balances: inout [UInt32], _ alongside: (_ month: Int) -> Void
  ) {
    // Spans, so that uniqueness is checked once a trial and not once a month.
    var paidSums = paid.mutableSpan
    var returnedSums = returned.mutableSpan
    var counts = balances.mutableSpan
    let last = Double(Self.binCount - 1)
    var month = path.months.count
    while month > 0 {
      month &-= 1
      let flows = path.months[month]
      paidSums[unchecked: month] &+= Int128(flows.paid)
      returnedSums[unchecked: month] &+= Int128(flows.returned)
      // No balance is below nothing.
      let place = min(Double(flows.closing) * path.binsPerFen, last)
      counts[unchecked: month &* Self.binCount &+ Int(wholePart(place))] &+= 1
      alongside(month)
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

/// The months of a trial, and how fine the bins are that their balances are counted in.
struct TallyPath {
  let months: UnsafeMutableBufferPointer<MonthFlows>
  let binsPerFen: Double
}

/// What one month of a trial adds to the monthly figures, in fen.
struct MonthFlows: BitwiseCopyable {
  var paid: Int64 = 0
  var returned: Int64 = 0
  var closing: Int64 = 0
}

/// What a ratio comes to on average where it reaches its level, in yuan.
public struct BreachRatio: Sendable, Hashable {
  /// The numerator.
  public let part: Double
  /// The denominator.
  public let whole: Double
}
