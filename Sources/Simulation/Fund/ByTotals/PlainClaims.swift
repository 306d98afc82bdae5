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

/// Where the plain claims of a trial are summed: by month of default, by month of default and lag together,
/// and by stretch and bank.
struct ClaimRow: BitwiseCopyable {
  let outflow: UnsafeMutablePointer<Int64>
  let inflow: UnsafeMutablePointer<Int64>
  let byStretch: UnsafeMutablePointer<Int64>
}

/// Adds plain claims to the months of a trial, one after the other.
struct PlainClaims<Division: PlainDivision> {
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
  func row(_ row: TrialRow) -> ClaimRow {
    ClaimRow(
      outflow: row.outflow.baseAddress.unsafelyUnwrapped + delay,
      inflow: row.inflow.baseAddress.unsafelyUnwrapped + delay,
      byStretch: row.byStretch.baseAddress.unsafelyUnwrapped)
  }

  /// Adds the claims at some places of a trial's list.
  ///
  /// - Parameters:
  ///   - kind: What is known of them.
  ///   - row: Where they are summed.
  @inline(__always)
  func add(
    _ places: Range<Int>, of list: ClaimList, _ kind: PlainKind, to row: ClaimRow,
    sums: inout PlainSums
  ) {
    for place in places {
      let item = list.places[place]
      add(
        list.records[Int(item.number)], of: item, kind, to: row, sums: &sums)
    }
  }

  /// Adds the claims of some defaults of a cell to the rows of their trials.
  @inline(__always)
  func add(
    _ cell: Range<Int>, of list: CellDefaults, _ records: UnsafeMutableBufferPointer<PlainClaim>,
    _ kind: PlainKind, to rows: PlainRows
  ) {
    for place in cell {
      let item = list.places[place]
      let trial = Int(list.trials[place])
      add(
        records[Int(item.number)], of: item, kind, to: rows.rows[trial], sums: &rows.sums[trial])
    }
  }

  /// Adds one claim.
  @inline(__always)
  private func add(
    _ claim: PlainClaim, of item: DefaultPlace, _ kind: PlainKind, to row: ClaimRow,
    sums: inout PlainSums
  ) {
    // All bits if the claim is plain in this month, else none.
    let plain = kind.isChecked ? (Int(item.month) &- 1 &- Int(claim.lastMonth)) &>> 63 : -1
    let (owed, base) = (Int64(claim.owed) & Int64(plain), Int64(claim.lossBase) & Int64(plain))
    let month = Int(item.month) & plain
    row.outflow[month] &+= owed
    row.byStretch[totals.place(bank: Int(claim.bank), month: month &+ delay)] &+= owed
    sums.lossBase &+= base
    guard kind.arrival != .tooLate else {
      sums.late &+= base > 0 ? 1 : 0
      return
    }
    let arrivalMonth = month &+ Int(item.lag)
    // All bits if the recovery comes in time, else none: which do cannot be predicted, and a compiler may
    // make a branch of any choice.
    let timely =
      kind.arrival == .perhaps ? Int64(truncatingIfNeeded: (arrivalMonth &- edge) &>> 63) : -1
    if kind.arrival == .perhaps { sums.late &+= base > 0 ? 1 &+ timely : 0 }
    let (fund, net) = division.divide(
      roundedSmallPart(item.part, of: base) & timely, of: claim)
    row.inflow[arrivalMonth] &+= fund
    sums.net &+= net
  }
}

/// The rows of a block's trials, and what else each adds up to.
struct PlainRows: BitwiseCopyable {
  let rows: UnsafeMutableBufferPointer<ClaimRow>
  let sums: UnsafeMutableBufferPointer<PlainSums>
}

/// What is known of plain claims by their period.
struct PlainKind: BitwiseCopyable {
  let arrival: Arrival
  /// Whether a claim may be plain in one month and not in another.
  let isChecked: Bool
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
    _ list: ClaimList, of defaults: TrialDefaults, _ arrivals: ArrivalPeriods, to row: ClaimRow
  ) -> PlainSums {
    let plain = defaults.placeCount(ofPeriods: arrivals.plain)
    let timely = defaults.placeCount(ofPeriods: arrivals.timely)
    let possible = defaults.placeCount(ofPeriods: arrivals.possible)
    var sums = PlainSums()
    @inline(__always)
    func add(_ lower: Int, _ upper: Int, _ arrival: Arrival) {
      let middle = min(max(plain, lower), upper)
      self.add(
        lower..<middle, of: list, PlainKind(arrival: arrival, isChecked: false), to: row,
        sums: &sums)
      self.add(
        middle..<upper, of: list, PlainKind(arrival: arrival, isChecked: true), to: row, sums: &sums
      )
    }
    add(0, timely, .inTime)
    add(timely, possible, .perhaps)
    add(possible, defaults.placeCount, .tooLate)
    return sums
  }
}

extension PlainClaims {
  /// Adds the plain claims of some defaults of a cell: a loop for each that is known of them.
  func add(
    _ count: Int, of list: CellDefaults, _ records: UnsafeMutableBufferPointer<PlainClaim>,
    _ kind: PlainKind, to rows: PlainRows
  ) {
    @inline(__always)
    func add(_ arrival: Arrival, _ isChecked: Bool) {
      self.add(
        0..<count, of: list, records, PlainKind(arrival: arrival, isChecked: isChecked), to: rows)
    }
    switch (kind.arrival, kind.isChecked) {
    case (.inTime, false): add(.inTime, false)
    case (.inTime, true): add(.inTime, true)
    case (.perhaps, false): add(.perhaps, false)
    case (.perhaps, true): add(.perhaps, true)
    case (.tooLate, false): add(.tooLate, false)
    case (.tooLate, true): add(.tooLate, true)
    }
  }
}
