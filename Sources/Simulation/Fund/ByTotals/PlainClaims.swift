import CompensationKernel
import FundCore

/// Whether the recoveries of some defaults come within the horizon.
enum Arrival {
  case inTime, perhaps, tooLate
}

/// What the plain claims of a trial add up to, beside what goes to its months.
struct PlainSums: BitwiseCopyable {
  var lossBase: Int64 = 0
  /// The recoveries within the horizon, after costs.
  var net: Int64 = 0
  /// How many recoveries come after it.
  var late: Int64 = 0
}

/// How the recovery of a plain claim is divided.
protocol PlainDivision {
  /// The fund's part of what is recovered on a claim, and all of it after costs.
  func divide(_ recovered: Int64, of claim: PlainClaim) -> (fund: Int64, net: Int64)
}

/// The fund has a fixed share of what is recovered, and there are no costs.
extension FixedShare: PlainDivision {
  @inline(__always)
  func divide(_ recovered: Int64, of claim: PlainClaim) -> (fund: Int64, net: Int64) {
    (part(of: recovered), recovered)
  }
}

/// Any other division between fund and bank alone.
struct SoleDivision: PlainDivision {
  let sole: SoleFundRecovery
  let costRate: Ratio

  @inline(__always)
  func divide(_ recovered: Int64, of claim: PlainClaim) -> (fund: Int64, net: Int64) {
    let whole = Money(fen: recovered)
    let costs = costRate == .zero ? .zero : whole.multiplied(by: costRate, rounding: .halfUp)
    let division = sole.divide(
      whole, costs: costs, lossBase: Money(fen: Int64(claim.lossBase)),
      paid: Money(fen: Int64(claim.owed)))
    return (division.fund.fen, division.fund.fen &+ division.bank.fen)
  }
}

/// Adds plain claims to the months of a trial, one after the other.
struct PlainClaims<Division: PlainDivision> {
  /// Where the claims of a trial are summed: by month of default, by month of default and lag, and by
  /// stretch and bank.
  struct Row: BitwiseCopyable {
    let outflow: UnsafeMutablePointer<Int64>
    let inflow: UnsafeMutablePointer<Int64>
    let byStretch: UnsafeMutablePointer<Int64>
  }

  private let division: Division
  private let delay: Int
  /// A default's month and lag together reach this where the recovery comes too late.
  private let edge: Int
  private let totals: OwedTotals

  init(_ division: Division, delay: Int, horizon: Int, totals: OwedTotals) {
    self.division = division
    // Where no claim falls within the horizon, any month will do for the nothing that is added.
    self.delay = min(delay, horizon - 1)
    edge = horizon - delay
    self.totals = totals
  }

  /// A trial's row, seen from the months of defaults.
  @inline(__always)
  func row(_ row: TrialRow) -> Row {
    Row(
      outflow: row.outflow.baseAddress.unsafelyUnwrapped + delay,
      inflow: row.inflow.baseAddress.unsafelyUnwrapped + delay,
      byStretch: row.byStretch.baseAddress.unsafelyUnwrapped)
  }

  /// Adds the claims at some places of a trial's list.
  ///
  /// - Parameters:
  ///   - arrival: What is known of their recoveries.
  ///   - isChecked: Whether a claim may be plain in one month and not in another.
  ///   - row: Where they are summed.
  @inline(__always)
  func add(
    _ places: Range<Int>, of list: ClaimList, _ arrival: Arrival, isChecked: Bool, to row: Row,
    sums: inout PlainSums
  ) {
    for place in places {
      let item = list.places[place]
      add(
        list.records[Int(item.number)], of: item, arrival, isChecked: isChecked, to: row,
        sums: &sums)
    }
  }

  /// Adds one claim.
  @inline(__always)
  private func add(
    _ claim: PlainClaim, of item: DefaultPlace, _ arrival: Arrival, isChecked: Bool, to row: Row,
    sums: inout PlainSums
  ) {
    // All bits if the claim is plain in this month, else none.
    let plain = isChecked ? (Int(item.month) &- 1 &- Int(claim.lastMonth)) &>> 63 : -1
    let (owed, base) = (Int64(claim.owed) & Int64(plain), Int64(claim.lossBase) & Int64(plain))
    let month = Int(item.month) & plain
    row.outflow[month] &+= owed
    row.byStretch[totals.place(bank: Int(claim.bank), month: month &+ delay)] &+= owed
    sums.lossBase &+= base
    guard arrival != .tooLate else {
      sums.late &+= base > 0 ? 1 : 0
      return
    }
    let arrivalMonth = month &+ Int(item.lag)
    // All bits if the recovery comes in time, else none: which do cannot be predicted, and a compiler may
    // make a branch of any choice.
    let timely =
      arrival == .perhaps ? Int64(truncatingIfNeeded: (arrivalMonth &- edge) &>> 63) : -1
    if arrival == .perhaps { sums.late &+= base > 0 ? 1 &+ timely : 0 }
    let (fund, net) = division.divide(
      roundedSmallPart(item.part, of: base) & timely, of: claim)
    row.inflow[arrivalMonth] &+= fund
    sums.net &+= net
  }
}

/// What a fund reads of the defaults of a trial.
struct ClaimList: BitwiseCopyable {
  let records: UnsafeMutableBufferPointer<PlainClaim>
  let places: UnsafeMutableBufferPointer<DefaultPlace>
}

extension PlainClaims {
  /// Adds the plain claims of a trial: a loop for each that is known of them by their periods.
  @inline(__always)
  func add(
    _ list: ClaimList, of defaults: TrialDefaults, _ arrivals: ArrivalPeriods, to row: Row
  ) -> PlainSums {
    let plain = defaults.placeCount(ofPeriods: arrivals.plain)
    let timely = defaults.placeCount(ofPeriods: arrivals.timely)
    let possible = defaults.placeCount(ofPeriods: arrivals.possible)
    var sums = PlainSums()
    @inline(__always)
    func add(_ lower: Int, _ upper: Int, _ arrival: Arrival) {
      let middle = min(max(plain, lower), upper)
      self.add(lower..<middle, of: list, arrival, isChecked: false, to: row, sums: &sums)
      self.add(middle..<upper, of: list, arrival, isChecked: true, to: row, sums: &sums)
    }
    add(0, timely, .inTime)
    add(timely, possible, .perhaps)
    add(possible, defaults.placeCount, .tooLate)
    return sums
  }
}
