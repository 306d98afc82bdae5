import CompensationKernel
import FundCore

/// Four trials of a block side by side: where one waits for the multiplications of its month before, the
/// others fill the time.
struct FourLanes<Lane> {
  var first: Lane
  var second: Lane
  var third: Lane
  var fourth: Lane

  /// Makes a lane of each of the four.
  @inline(__always)
  func map<Other>(_ other: (Lane) -> Other) -> FourLanes<Other> {
    FourLanes<Other>(
      first: other(first), second: other(second), third: other(third), fourth: other(fourth))
  }

  /// Goes a step in each lane.
  @inline(__always)
  mutating func forEach(_ step: (inout Lane) -> Void) {
    step(&first)
    step(&second)
    step(&third)
    step(&fourth)
  }
}

/// Runs the months of trials on the sums of their claims: forwards for the balances, backwards for the
/// needed capital.
struct BlockMonths {
  private let horizon: Int
  private let opening: Int64
  private let interest: MonthlyInterest
  private let step: CapitalStep
  private let injections: UnsafeMutableBufferPointer<Int64>
  private let fees: UnsafeMutableBufferPointer<Int64>
  /// Injections less fees: at the end of a month they come to the same, unless a fee cannot be paid.
  private let netInjections: UnsafeMutableBufferPointer<Int64>
  private let injected: Int64
  private let charged: Int64

  init(_ terms: FundTerms, in memory: WorkingMemory) {
    horizon = terms.hot.horizon
    opening = terms.hot.opening
    interest = MonthlyInterest(annualRate: terms.hot.interestRate)
    step = CapitalStep(annualRate: terms.hot.interestRate)
    injections = memory.table(of: terms.injections.map(\.fen))
    fees = memory.table(of: terms.fees.map(\.fen))
    netInjections = memory.table(of: zip(injections, fees).map { $0 - $1 })
    injected = injections.reduce(0, +)
    charged = fees.reduce(0, +)
  }

  /// A trial on its way forwards.
  private struct Balances {
    private let outflow: UnsafeMutablePointer<Int64>
    private let inflow: UnsafeMutablePointer<Int64>
    private let closing: UnsafeMutablePointer<Int64>
    let outcome: UnsafeMutablePointer<TrialOutcome>
    private(set) var balance: Int64
    private(set) var lowest: Int64
    private(set) var earned: Int64 = 0

    @inline(__always)
    init(_ row: TrialRow, opening: Int64) {
      outflow = row.outflow.baseAddress.unsafelyUnwrapped
      inflow = row.inflow.baseAddress.unsafelyUnwrapped
      closing = row.closing.baseAddress.unsafelyUnwrapped
      outcome = row.outcome
      balance = opening
      lowest = opening
    }

    /// Takes in and pays what a month brings. A balance below nothing remains as the lowest; it is no
    /// balance to go on from.
    @inline(__always)
    mutating func run(_ month: Int, interest: Int64, injection: Int64) {
      earned &+= interest
      let after = balance &+ interest &+ injection &+ inflow[month] &- outflow[month]
      lowest = min(lowest, after)
      balance = max(0, after)
      closing[month] = balance
    }
  }

  /// Runs the months of four trials. One whose lowest balance is below nothing afterwards fell short: its
  /// months have to be run with regard to that.
  func run(_ rows: FourLanes<TrialRow>) {
    var lanes = rows.map { Balances($0, opening: opening) }
    let (interest, netInjections) = (interest, netInjections)
    // What the fund starts with earns nothing in the first month.
    lanes.forEach { $0.run(0, interest: 0, injection: netInjections[0]) }
    for month in 1..<horizon {
      let injection = netInjections[month]
      lanes.forEach {
        let earned = interest.earned(on: Money(fen: $0.balance)).fen
        $0.run(month, interest: earned, injection: injection)
      }
    }
    lanes.forEach {
      $0.outcome.pointee.interest = $0.earned
      $0.outcome.pointee.injected = injected
      $0.outcome.pointee.fees = charged
      $0.outcome.pointee.lowest = $0.lowest
      $0.outcome.pointee.closing = $0.balance
    }
  }

  /// A trial on its way backwards.
  private struct Need {
    private let outflow: UnsafeMutablePointer<Int64>
    private let inflow: UnsafeMutablePointer<Int64>
    let outcome: UnsafeMutablePointer<TrialOutcome>
    var amount: Int64 = 0

    @inline(__always)
    init(_ row: TrialRow) {
      outflow = row.outflow.baseAddress.unsafelyUnwrapped
      inflow = row.inflow.baseAddress.unsafelyUnwrapped
      outcome = row.outcome
    }

    /// What the account must hold before a month's flows, given what it must afterwards.
    @inline(__always)
    func before(_ month: Int, injection: Int64, fee: Int64) -> Int64 {
      let after = amount > 0 ? amount &+ fee : 0
      return max(0, after &+ outflow[month] &- inflow[month] &- injection)
    }
  }

  /// Finds the smallest initial amounts that leave nothing unpaid in four trials.
  func findNeeded(_ rows: FourLanes<TrialRow>) {
    if let interest = step.interest {
      // It takes nothing to grow to nothing: no look at whether there is an amount.
      findNeeded(rows) { interest.smallestBalance(growingTo: Money(fen: $0)).fen }
    } else {
      findNeeded(rows) { $0 }
    }
  }

  @inline(__always)
  private func findNeeded(
    _ rows: FourLanes<TrialRow>, beforeInterest: (Int64) -> Int64
  ) {
    var lanes = rows.map { Need($0) }
    let (injections, fees) = (injections, fees)
    var month = horizon &- 1
    while month > 0 {
      let (injection, fee) = (injections[month], fees[month])
      lanes.forEach {
        $0.amount = beforeInterest($0.before(month, injection: injection, fee: fee))
      }
      month &-= 1
    }
    lanes.forEach {
      $0.outcome.pointee.neededCapital = $0.before(0, injection: injections[0], fee: fees[0])
    }
  }

  /// The smallest initial amount that leaves nothing unpaid in so many months from the start.
  func needed(_ row: TrialRow, through months: Int) -> Int64 {
    var need = Need(row)
    for month in (0..<months).reversed() {
      let before = need.before(month, injection: injections[month], fee: fees[month])
      need.amount = step.beforeInterest(Money(fen: before), month: month).fen
    }
    return need.amount
  }
}
