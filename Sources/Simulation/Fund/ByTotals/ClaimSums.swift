import CompensationKernel
import FundCore

/// Adds the claims of a trial to its row, whatever the order in which the defaults were found.
///
/// The amounts are those of the kernel: what a claim owes comes from `settle` with an unlimited purse,
/// what comes back from `divideRecovery`.
struct ClaimSums {
  let terms: FundTerms
  let hot: HotFund
  private let claims: UnsafeMutableBufferPointer<LoanClaim>
  private let plainClaims: UnsafeMutableBufferPointer<PlainClaim>
  private let totals: OwedTotals
  /// Claims that are left for a second pass.
  private let pending: UnsafeMutableBufferPointer<Int32>
  /// Whether a covered claim of the trial was not settled beforehand, and is not yet in the sums.
  private(set) var leavesClaims = false

  init(_ terms: FundTerms, totals: OwedTotals, in memory: WorkingMemory) {
    self.terms = terms
    self.totals = totals
    hot = terms.hot
    claims = terms.claims
    plainClaims = terms.plainClaims
    pending = memory.room(count: terms.loans.count + 1)
  }

  /// Adds the claims of a trial, but for those whose cover has yet to be known: `leavesClaims` tells
  /// whether there are any.
  mutating func add(
    _ defaults: TrialDefaults, to row: TrialRow, watch: inout ThresholdWatch,
    trial: borrowing TrialContext
  ) {
    leavesClaims = false
    if let sole = terms.sole {
      addClaims(defaults, sole: sole, to: row, watch: &watch, trial: trial)
    } else {
      let models =
        hot.model >= 0 && !hot.hasRuleSets ? hot.model..<hot.model + 1 : 0..<terms.rules.count
      for model in models {
        addClaims(defaults, model: model, to: row, watch: &watch, trial: trial)
      }
    }
  }

  /// Adds all claims where fund and bank share alone, with their recoveries.
  private mutating func addClaims(
    _ defaults: TrialDefaults, sole: SoleFundRecovery, to row: TrialRow,
    watch: inout ThresholdWatch, trial: borrowing TrialContext
  ) {
    let oddCount: Int
    if hot.costs == .zero, let plain = PlainFundRecovery(sole) {
      if hot.isLoaded {
        oddCount = addPlainClaims(defaults, to: row, trial: trial, isLoaded: true) { _, recovered in
          (plain.fundPart(of: Money(fen: recovered)).fen, recovered)
        }
      } else {
        oddCount = addPlainClaims(defaults, to: row, trial: trial, isLoaded: false) {
          _, recovered in
          (plain.fundPart(of: Money(fen: recovered)).fen, recovered)
        }
      }
    } else {
      let rate = hot.costs
      oddCount = addPlainClaims(defaults, to: row, trial: trial, isLoaded: hot.isLoaded) {
        claim, recovered in
        let whole = Money(fen: recovered)
        let costs = rate == .zero ? .zero : whole.multiplied(by: rate, rounding: .halfUp)
        let division = sole.divide(
          whole, costs: costs, lossBase: Money(fen: Int64(claim.lossBase)),
          paid: Money(fen: Int64(claim.owed)))
        return (division.fund.fen, division.fund.fen &+ division.bank.fen)
      }
    }
    for index in 0..<oddCount {
      addClaim(defaults.events[Int(pending[index])], to: row, watch: &watch, trial: trial)
    }
  }

  /// One pass over the plain claims, compiled for each way to divide; lists the others in `pending`.
  ///
  /// Which recoveries come within the horizon cannot be predicted. The others are taken along as
  /// nothing: cheaper than a branch that is guessed. The bits are masked, because a compiler may make
  /// a branch of any choice.
  ///
  /// - Parameter divide: The fund's part of a recovery on a claim, and the recovery after costs.
  /// - Returns: The number of others.
  @inline(__always)
  private mutating func addPlainClaims(
    _ defaults: TrialDefaults, to row: TrialRow, trial: borrowing TrialContext, isLoaded: Bool,
    divide: (PlainClaim, Int64) -> (fund: Int64, net: Int64)
  ) -> Int {
    // Local copies, which the compiler keeps close.
    let (horizon, delay) = (hot.horizon, hot.delay)
    let (plainClaims, events, pending) = (plainClaims, defaults.events, pending)
    let (outflow, inflow, byStretch) = (row.outflow, row.inflow, row.byStretch)
    let totals = totals
    var (oddCount, timelyCount) = (0, 0)
    var (lossBase, net): (Int64, Int64) = (0, 0)
    for place in 0..<defaults.count {
      let event = events[place]
      let claim = plainClaims[Int(event.loan)]
      guard event.month <= claim.lastMonth else {
        pending[oddCount] = Int32(truncatingIfNeeded: place)
        oddCount &+= 1
        continue
      }
      let month = Int(event.month) &+ delay
      outflow[month] &+= Int64(claim.owed)
      byStretch[totals.place(bank: Int(claim.bank), month: month)] &+= Int64(claim.owed)
      let arrival = month &+ Int(event.lag)
      // All bits if the recovery comes in time, else none.
      let timely = Int64(truncatingIfNeeded: (arrival &- horizon) &>> 63)
      var part = event.recovery
      if isLoaded {
        part = timely == 0 ? 0 : terms.loadedPart(of: event, month: month, trial: trial)
      }
      let divided = divide(claim, roundedSmallPart(part, of: Int64(claim.lossBase)) & timely)
      inflow[arrival] &+= divided.fund
      net &+= divided.net
      lossBase &+= Int64(claim.lossBase)
      timelyCount &-= Int(timely)
    }
    let owed = row.outflow.reduce(0, &+)
    let fund = row.inflow.reduce(0, &+)
    let outcome = row.outcome
    outcome.pointee.totalLoss = lossBase
    outcome.pointee.recoveredNet = net
    outcome.pointee.losses[.fund] = Money(fen: owed - fund)
    outcome.pointee.losses[.bank] = Money(fen: lossBase - owed - (net - fund))
    outcome.pointee.lateRecoveries = defaults.count - oddCount - timelyCount
    return oddCount
  }

  /// Adds one claim with its recovery, whoever shares it.
  @inline(never)
  private mutating func addClaim(
    _ event: DefaultEvent, to row: TrialRow, watch: inout ThresholdWatch,
    trial: borrowing TrialContext
  ) {
    let month = Int(event.month) &+ hot.delay
    guard plainClaims[Int(event.loan)].isFixed, Int(event.month) <= hot.lastDefaultMonth,
      month < hot.horizon
    else {
      addUnfixedClaim(event, to: row, watch: &watch, trial: trial)
      return
    }
    let item = claims[Int(event.loan)]
    let settled = item.settled
    let outcome = row.outcome
    outcome.pointee.noteLoss(item.total, base: settled.lossBase.fen) { .beyondBase }
    outcome.pointee.losses += settled.parts
    row.outflow[month] &+= settled.owed.fen
    row.byStretch[totals.place(bank: Int(item.bank), month: month)] &+= settled.owed.fen
    let loss = terms.recover(
      LossParts(total: item.total, base: settled.lossBase.fen), of: event, month: month,
      in: &outcome.pointee, trial: trial)
    guard loss.recovered > .zero else { return }
    let division = terms.division(loss.recovered, of: settled, model: Int(item.model))
    row.inflow[loss.recoveryMonth] &+= division.toPayingAccount.fen
    outcome.pointee.noteReturn(division.parts)
  }

  /// Adds the claims of one operating model where others than fund and bank may bear a part.
  private mutating func addClaims(
    _ defaults: TrialDefaults, model: Int, to row: TrialRow, watch: inout ThresholdWatch,
    trial: borrowing TrialContext
  ) {
    var parties = PartyAmounts()
    var total: Int64 = 0
    var base: Int64 = 0
    var pendingCount = 0
    var claimCount = 0
    var outsideCount: Int64 = 0
    for place in 0..<defaults.count {
      let event = defaults.events[place]
      let item = claims.baseAddress.unsafelyUnwrapped + Int(event.loan)
      let month = Int(event.month) &+ hot.delay
      guard Int(item.pointee.model) == model else { continue }
      guard item.pointee.isFixed, Int(event.month) <= hot.lastDefaultMonth, month < hot.horizon
      else {
        addUnfixedClaim(event, to: row, watch: &watch, trial: trial)
        continue
      }
      let owed = item.pointee.settled.owed.fen
      total &+= item.pointee.total
      base &+= item.pointee.settled.lossBase.fen
      outsideCount &+= item.pointee.total > item.pointee.settled.lossBase.fen ? 1 : 0
      parties += item.pointee.settled.parts
      row.outflow[month] &+= owed
      row.byStretch[totals.place(bank: Int(item.pointee.bank), month: month)] &+= owed
      // Without a branch: whether a recovery comes in time is anybody's guess.
      pending[pendingCount] = Int32(truncatingIfNeeded: place)
      pendingCount &+= month &+ Int(event.lag) < hot.horizon ? 1 : 0
      claimCount &+= 1
    }
    let outcome = row.outcome
    outcome.pointee.totalLoss += total
    outcome.pointee.outsideCover += total - base
    outcome.pointee.outside.note(total - base, .beyondBase, loans: outsideCount)
    outcome.pointee.losses += parties
    outcome.pointee.lateRecoveries += claimCount - pendingCount
    addRecoveries(defaults.events, count: pendingCount, model: model, to: row, trial: trial)
  }

  /// Adds the recoveries of the claims that `pending` lists.
  private mutating func addRecoveries(
    _ events: UnsafeMutableBufferPointer<DefaultEvent>, count: Int, model: Int, to row: TrialRow,
    trial: borrowing TrialContext
  ) {
    let rules = terms.rules[model]
    var log = NoLog()
    for index in 0..<count {
      let event = events[Int(pending[index])]
      let item = claims.baseAddress.unsafelyUnwrapped + Int(event.loan)
      let loss = terms.recover(
        LossParts(total: item.pointee.total, base: item.pointee.settled.lossBase.fen), of: event,
        month: Int(event.month) &+ hot.delay, in: &row.outcome.pointee, trial: trial)
      guard loss.recovered > .zero else { continue }
      let division = divideRecovery(
        loss.recovered, costs: terms.costs(of: loss.recovered), of: item.pointee.settled,
        under: rules, log: &log)
      row.inflow[loss.recoveryMonth] &+= division.toPayingAccount.fen
      row.outcome.pointee.noteReturn(division.parts)
    }
  }

  /// Adds a claim that was not settled beforehand, leaves it for later if it can lose its cover or
  /// count in a ratio, or counts it if it falls after the horizon.
  @inline(never)
  private mutating func addUnfixedClaim(
    _ event: DefaultEvent, to row: TrialRow, watch: inout ThresholdWatch,
    trial: borrowing TrialContext
  ) {
    guard Int(event.month) &+ hot.delay < hot.horizon else {
      row.outcome.pointee.lateClaims += 1
      return
    }
    let isCovered = terms.isInForce(event)
    if isCovered, plainClaims[Int(event.loan)].isUnfixed,
      hot.hasThresholds || terms.repeatsMatter(in: trial)
    {
      leavesClaims = true
    } else {
      _ = addAnew(
        event, covered: isCovered ? terms.coveredPrincipal(event.loan, watch: &watch) : nil,
        to: row, trial: trial)
    }
  }
}
