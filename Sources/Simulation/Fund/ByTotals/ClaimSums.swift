import CompensationKernel
import FundCore

/// Adds the claims of a trial to its row, whatever the order in which the defaults were found.
///
/// The amounts are those of the kernel: what a claim owes comes from `settle` with an unlimited purse,
/// what comes back from `divideRecovery`.
struct ClaimSums {
  let terms: FundTerms
  var hot: HotFund { terms.hot }
  private let claims: UnsafeMutableBufferPointer<LoanClaim>
  private let plainClaims: UnsafeMutableBufferPointer<PlainClaim>
  private let records: UnsafeMutableBufferPointer<PlainClaim>
  /// The defaults with the parts that are recovered, where they are loaded on the factor.
  private let loadedPlaces: UnsafeMutableBufferPointer<DefaultPlace>
  private let totals: OwedTotals
  /// Claims that are left for a second pass.
  private let pending: UnsafeMutableBufferPointer<Int32>
  /// What the trials of a block add up to, where they go from cell to cell together.
  private(set) var cells: CellSums?
  /// What plain claims add up to in several funds, and whether this one finds it.
  private var shared: SharedSums?
  private var isFirst = false
  /// Whether a covered claim of the trial was not settled beforehand, and is not yet in the sums.
  private(set) var leavesClaims = false

  init(_ terms: FundTerms, totals: OwedTotals, in memory: WorkingMemory) {
    self.terms = terms
    self.totals = totals
    claims = terms.claims
    plainClaims = terms.plainClaims
    records = terms.records
    loadedPlaces = memory.room(count: terms.hot.isLoaded ? terms.candidateCount : 0)
    pending = memory.room(count: terms.candidateCount)
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
      for model in terms.usedRules {
        addClaims(defaults, model: model, to: row, watch: &watch, trial: trial)
      }
    }
  }

  /// Adds all claims where fund and bank share alone, with their recoveries.
  private mutating func addClaims(
    _ defaults: TrialDefaults, sole: SoleFundRecovery, to row: TrialRow,
    watch: inout ThresholdWatch, trial: borrowing TrialContext
  ) {
    let sums = addPlainClaims(defaults, sole: sole, to: row, trial: trial)
    let (owed, fund) = (row.outflow.reduce(0, &+), row.inflow.reduce(0, &+))
    let outcome = row.outcome
    outcome.pointee.totalLoss = sums.lossBase
    outcome.pointee.recoveredNet = sums.net
    outcome.pointee.losses[.fund] = Money(fen: owed - fund)
    outcome.pointee.losses[.bank] = Money(fen: sums.lossBase - owed - (sums.net - fund))
    outcome.pointee.lateRecoveries = Int(sums.late)
    guard terms.hasOthers else { return }
    for index in 0..<listOthers(defaults) {
      addClaim(
        defaults.event(at: Int(pending[index])), to: row, watch: &watch, trial: trial)
    }
  }

  /// Adds the plain claims, or copies what they add where another fund has found it.
  @inline(__always)
  private func addPlainClaims(
    _ defaults: TrialDefaults, sole: SoleFundRecovery, to row: TrialRow,
    trial: borrowing TrialContext
  ) -> PlainSums {
    guard terms.hasPlain else { return PlainSums() }
    if let shared, !isFirst { return shared.take(into: row) }
    if hot.isLoaded { findLoadedParts(defaults, trial: trial) }
    let sums: PlainSums
    if let cells, let index = defaults.blockIndex {
      sums = cells.take(index, into: row)
    } else if hot.costs == .zero, let share = sole.fixedShare {
      sums = addPlainClaims(defaults, dividing: share, to: row)
    } else {
      sums = addPlainClaims(
        defaults, dividing: SoleDivision(sole: sole, costRate: hot.costs), to: row)
    }
    shared?.leave(row, sums)
    return sums
  }

  /// Leaves what plain claims add to each trial for other funds.
  mutating func leaveClaims(like row: TrialRow, in memory: WorkingMemory) -> SharedSums {
    let sums = shared ?? SharedSums(like: row, in: memory)
    (shared, isFirst) = (sums, true)
    return sums
  }

  /// Takes what plain claims add to each trial from another fund.
  mutating func takeClaims(from other: SharedSums) { (shared, isFirst) = (other, false) }

  /// Makes room for what the trials of a block add up to.
  mutating func prepareCells(like row: TrialRow, in memory: WorkingMemory) {
    // What another fund finds is not added up here.
    if shared != nil, !isFirst { return }
    cells = CellSums(terms, like: row, totals: totals, in: memory)
  }

  /// Adds claims of a block's trials, cell by cell.
  func add(_ list: CellDefaults, count: Int, period: Int) {
    guard let sole = terms.sole, let cells else { return }
    if hot.costs == .zero, let share = sole.fixedShare {
      cells.add(list, count: count, period: period, dividing: share)
    } else {
      cells.add(
        list, count: count, period: period,
        dividing: SoleDivision(sole: sole, costRate: hot.costs))
    }
  }

  private func addPlainClaims(
    _ defaults: TrialDefaults, dividing division: some PlainDivision, to row: TrialRow
  ) -> PlainSums {
    let pass = PlainClaims(
      division, delay: hot.delay, horizon: hot.horizon, totals: totals)
    return pass.add(
      ClaimList(records: records, places: hot.isLoaded ? loadedPlaces : defaults.places),
      of: defaults, hot.arrivals, to: pass.row(row))
  }

  /// Lists the defaults with the parts that are recovered in time, where they are loaded on the factor.
  private func findLoadedParts(_ defaults: TrialDefaults, trial: borrowing TrialContext) {
    for place in 0..<defaults.placeCount {
      var item = defaults.places[place]
      let month = Int(item.month) &+ hot.delay
      item.part =
        month &+ Int(item.lag) < hot.horizon
        ? terms.loadedPart(of: defaults.event(at: place), month: month, trial: trial) : 0
      loadedPlaces[place] = item
    }
  }

  /// Lists the claims that are not plain in `pending`; returns their number.
  private func listOthers(_ defaults: TrialDefaults) -> Int {
    var count = 0
    for place in 0..<defaults.placeCount {
      pending[count] = Int32(truncatingIfNeeded: place)
      let item = defaults.places[place]
      count &+= item.month > records[Int(item.number)].lastMonth ? 1 : 0
    }
    return count
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
    addFixed(event, month: month, to: row, trial: trial)
  }

  /// Adds a claim with its recovery that was settled beforehand.
  private func addFixed(
    _ event: DefaultEvent, month: Int, to row: TrialRow, trial: borrowing TrialContext
  ) {
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

  /// Adds a claim with its recovery in a trial whose cover is known.
  func addAgain(
    _ event: DefaultEvent, isCovered: Bool, to row: TrialRow, watch: inout ThresholdWatch,
    trial: borrowing TrialContext
  ) {
    let month = Int(event.month) &+ hot.delay
    guard month < hot.horizon else {
      row.outcome.pointee.lateClaims += 1
      return
    }
    let isCovered = isCovered && terms.isInForce(event)
    guard !isCovered || !plainClaims[Int(event.loan)].isFixed else {
      addFixed(event, month: month, to: row, trial: trial)
      return
    }
    _ = addAnew(
      event, covered: isCovered ? terms.coveredPrincipal(event.loan, watch: &watch) : nil,
      to: row, trial: trial)
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
    let nobody = defaults.nobody
    for place in 0..<defaults.placeCount where defaults.places[place].number != nobody {
      let event = defaults.event(at: place)
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
    addRecoveries(defaults, count: pendingCount, model: model, to: row, trial: trial)
  }

  /// Adds the recoveries of the claims that `pending` lists.
  private mutating func addRecoveries(
    _ defaults: TrialDefaults, count: Int, model: Int, to row: TrialRow,
    trial: borrowing TrialContext
  ) {
    let rules = terms.rules[model]
    var log = NoLog()
    for index in 0..<count {
      let event = defaults.event(at: Int(pending[index]))
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
