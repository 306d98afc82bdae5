import CompensationKernel
import FundCore

/// What stands of a fund's covered principal in one trial: the schedule, less loans that lost their cover, less what defaulted
/// and was claimed.
struct CoveredTrial {
  let schedule: CoveredSchedule
  private let terms: FundTerms
  private let portfolio: PlannedPortfolio
  private let removesCover: Bool
  /// The loans that have no cover in this trial.
  private var lost: LostCover
  /// What is covered of loans where that hangs on the path.
  private let ownCovered: UnsafeMutableBufferPointer<Int64>

  init(
    _ schedule: CoveredSchedule, _ terms: FundTerms, in memory: WorkingMemory
  ) {
    self.schedule = schedule
    self.terms = terms
    portfolio = terms.portfolio
    removesCover = terms.hot.earlierDefaultRemovesCover
    lost = LostCover(loanCount: portfolio.loans.count, in: memory)
    ownCovered = memory.table(
      -1, count: schedule.unsettled.isEmpty ? 0 : portfolio.loans.count)
    for loan in schedule.unsettled { ownCovered[Int(loan)] = 0 }
  }

  /// Sums what stands in a trial whose thresholds have been judged.
  ///
  /// - Complexity: O(defaults), and O(loans of its banks) in a trial with a suspension.
  mutating func count(
    _ defaults: TrialDefaults, watch: inout ThresholdWatch, limit: CoverLimit?,
    trial: borrowing TrialContext, into cost: TrialCost
  ) {
    lost.forget()
    _ = cost.standing.update(fromContentsOf: schedule.whole)
    cost.lent.pointee = schedule.lent
    // A loan that a suspended bank did not make stands nowhere (I-46).
    for loan in watch.stopped.loans { lose(Int32(loan), cost) }
    for bank in schedule.losable.indices where watch.lastSuspension[bank] >= 0 {
      for loan in schedule.losable[bank]
      where !lost.contains(loan)
        && !watch.isCovered(
          loanIndex: loan, bank: bank, start: Int(portfolio.loans[Int(loan)].start))
      {
        lose(loan, cost)
      }
    }
    if let limit {
      for index in portfolio.loans.indices
      where limit.refuses(Int32(index)) && !lost.contains(Int32(index)) {
        lose(Int32(index), cost)
      }
    }
    let nobody = defaults.nobody
    if removesCover {
      for place in 0..<defaults.placeCount where defaults.places[place].number != nobody {
        loseLoans(of: portfolio.loans[Int(defaults.loan(at: place))].enterprise, trial, cost)
      }
    }
    for loan in schedule.unsettled { settle(loan, watch: &watch, cost) }
    for place in 0..<defaults.placeCount where defaults.places[place].number != nobody {
      count(defaults.event(at: place), cost)
    }
  }

  /// Takes off the loans that an enterprise was given after its first default.
  private mutating func loseLoans(
    of enterprise: Int32, _ trial: borrowing TrialContext, _ cost: TrialCost
  ) {
    let first = terms.stopped.firstDefault(of: enterprise, in: trial)
    for loan in portfolio.loans(of: enterprise)
    where Int(portfolio.loans[Int(loan)].start) > first && !lost.contains(loan)
      && terms.setup.plan.cover.defaultRemovesCover(
        startingIn: Int(portfolio.loans[Int(loan)].start))
    {
      lose(loan, cost)
    }
  }

  private mutating func lose(_ loan: Int32, _ cost: TrialCost) {
    lost.note(loan)
    let (index, loans) = (Int(loan), schedule.loans)
    guard loans.covered(index) > 0, ownCovered.isEmpty || ownCovered[index] < 0 else { return }
    add(loans.standing(index, from: 0), of: index, times: -1, to: cost)
    cost.lent.pointee -= loans.lent(index, covered: loans.covered(index))
  }

  /// Adds a loan of which the path decides how much is covered.
  private mutating func settle(
    _ loan: Int32, watch: inout ThresholdWatch, _ cost: TrialCost
  ) {
    let index = Int(loan)
    let (bank, start) = (Int(portfolio.loans[index].bank), Int(portfolio.loans[index].start))
    ownCovered[index] = 0
    guard !lost.contains(loan),
      watch.lastSuspension[bank] < 0 || watch.isCovered(loanIndex: loan, bank: bank, start: start)
    else { return }
    let covered = watch.coveredPrincipal(of: loan)
    ownCovered[index] = covered
    guard covered > 0 else { return }
    add(schedule.loans.standing(index, from: 0, covered: covered), of: index, to: cost)
    cost.lent.pointee += schedule.loans.lent(index, covered: covered)
  }

  /// From its default on a loan stands as it was then, until its claim.
  @inline(__always)
  private func count(_ event: DefaultEvent, _ cost: TrialCost) {
    let index = Int(event.loan)
    guard schedule.loans.lanes[index] != 0, !lost.contains(event.loan) else { return }
    let hangsOnPath = !ownCovered.isEmpty && ownCovered[index] >= 0
    let covered = hangsOnPath ? ownCovered[index] : schedule.loans.covered(index)
    guard covered > 0 else { return }
    let rest =
      hangsOnPath
      ? schedule.loans.standing(index, from: Int(event.month), covered: covered)
      : schedule.loans.standing(index, from: Int(event.month))
    add(rest, of: index, times: -1, to: cost)
    add(schedule.loans.overdue(event, covered: covered), of: index, to: cost)
  }

  @inline(__always)
  private func add(_ amount: CoveredAmount, of loan: Int, times: Int = 1, to cost: TrialCost) {
    let lanes = schedule.loans.lanes[loan]
    for lane in cost.standing.indices where lanes >> lane & 1 != 0 {
      if times < 0 { cost.standing[lane] -= amount } else { cost.standing[lane] += amount }
    }
  }
}

/// What the cost of a fund in one trial is reckoned from.
struct TrialCost {
  /// Covered principal that stands at month ends, by lane.
  let standing: UnsafeMutableBufferPointer<CoveredAmount>
  /// Covered principal that is lent in the run, in fen.
  let lent: UnsafeMutablePointer<Int64>
  /// Fees of the trial, times discount factors.
  let fees: UnsafeMutablePointer<Int128>
  /// Compensation less what comes back, times discount factors.
  let flows: UnsafeMutablePointer<Int128>
}

/// The costs of the trials of a block, a row each.
struct CostRows {
  private let standing: UnsafeMutableBufferPointer<CoveredAmount>
  private let lent: UnsafeMutableBufferPointer<Int64>
  private let money: UnsafeMutableBufferPointer<Int128>
  private let lanes: Int

  init(_ schedule: CoveredSchedule, count: Int, in memory: WorkingMemory) {
    lanes = schedule.whole.count
    standing = memory.table(CoveredAmount(), count: count * lanes)
    lent = memory.table(0, count: count)
    money = memory.table(0, count: 2 * count)
  }

  subscript(index: Int) -> TrialCost {
    let (lent, money) = (lent.baseAddress.unsafelyUnwrapped, money.baseAddress.unsafelyUnwrapped)
    return TrialCost(
      standing: UnsafeMutableBufferPointer(
        rebasing: standing[index * lanes..<(index + 1) * lanes]),
      lent: lent + index, fees: money + 2 * index, flows: money + 2 * index + 1)
  }
}
