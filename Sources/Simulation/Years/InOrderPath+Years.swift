import CompensationKernel
import FundCore

// The years of a trial that was settled in order.
extension InOrderPath {
  /// Hands the months of the last trial to a table.
  mutating func record(
    _ lending: CoveredLending, _ defaults: TrialDefaults, trial: borrowing TrialContext,
    into place: YearTable.Row
  ) {
    guard let notes else { return }
    var course = lending.course
    for loan in terms.stopped.loans { course.leaveOut(loan) }
    uncover(&course, lending, defaults, trial: trial)
    for event in defaults.ordered[0..<defaults.count] where !terms.stopped.contains(event.loan) {
      let index = Int(event.loan)
      let month = Int(event.month)
      let claim = claimMonth(month, lag: Int(event.lag))
      course.add(
        LendingCourse.Overdue(
          amount: terms.loans[index].outstanding(in: month), from: month,
          until: overdueEnd(from: month, arrival: month + hot.delay + Int(event.lag)),
          claim: terms.isInForce(event) ? claim : month),
        of: index, covered: coveredNow(event.loan, lending, trial: trial))
    }
    addCarried(to: &course, lending)
    notes.course.outstanding = course.outstanding
    notes.course.made = course.made
    notes.course.before.made = lending.madeBefore
    notes.course.lent = course.lent
    notes.course.overdue = course.overdue
    let budgets = place.table.periods.map { period in
      notes.starts[period.firstMonth].map {
        YearNeed(capital, terms, $0, period).amount(floor: place.floor)
      } ?? 0
    }
    place.table.write(
      notes.course, budgets: budgets, accounts: notes.accounts, row: place.number)
  }

  /// The month in which a default is claimed.
  private func claimMonth(_ month: Int, lag: Int) -> Int {
    month + hot.delay + (hot.comesAfterRealisation ? lag : 0)
  }

  /// The month from which an overdue loan counts no more (I-10).
  private func overdueEnd(from month: Int, arrival: Int) -> Int {
    hot.writeOffMonths.map { min(arrival, month + $0) } ?? arrival
  }

  /// What is covered of a loan's principal in this trial.
  private mutating func coveredNow(
    _ loan: Int32, _ lending: CoveredLending, trial: borrowing TrialContext
  ) -> Int64 {
    let planned = terms.loans[Int(loan)]
    let place = LoanInBank(loan: loan, bank: Int(planned.bank), start: Int(planned.start))
    guard lending.covered(Int(loan)) > 0, !(coverLimit?.refuses(loan) ?? false),
      terms.isLentUnderCover(place, watch: &watch, trial: trial)
    else { return 0 }
    return min(lending.covered(Int(loan)), terms.coveredPrincipal(loan, watch: &watch))
  }

  /// Takes away the cover that loans have lost in this trial: those of suspended banks, those made after a
  /// default of their enterprise, and those beyond a limit on covered lending.
  private mutating func uncover(
    _ course: inout LendingCourse, _ lending: CoveredLending, _ defaults: TrialDefaults,
    trial: borrowing TrialContext
  ) {
    let hasRepeats = hot.earlierDefaultRemovesCover && defaults.count > 0
    let isSuspended = hot.canLoseCover && watch.lastSuspension.contains { $0 >= 0 }
    guard hasRepeats || isSuspended || coverLimit != nil else { return }
    for index in terms.loans.indices
    where lending.covered(index) > 0 && !terms.stopped.contains(Int32(index)) {
      let loan = terms.loans[index]
      let isAsked =
        isSuspended && (hot.hasHeadroom || watch.lastSuspension[Int(loan.bank)] >= 0)
        || hasRepeats
          && terms.stopped.firstDefault(of: loan.enterprise, in: trial) < Int(loan.start)
        || (coverLimit?.refuses(Int32(index)) ?? false)
      if isAsked {
        course.uncover(index, left: coveredNow(Int32(index), lending, trial: trial))
      }
    }
  }

  /// Adds the losses that the fund brought into the run.
  private func addCarried(to course: inout LendingCourse, _ lending: CoveredLending) {
    guard let carried else { return }
    for drawn in carried.all {
      let item = drawn.item
      let arrival = drawn.arrival ?? hot.horizon
      var claim = 0
      var covered: Int64 = 0
      switch item.stage {
      case .overdue(let isInForce), .realising(let isInForce):
        claim = max(0, item.claimMonth)
        if case .realising = item.stage { claim = max(claim, arrival) }
        covered = isInForce ? lending.covered(Int(item.loan)) : 0
      case .uncovered, .settled: break
      }
      course.add(
        LendingCourse.Overdue(
          amount: item.overdue > 0
            ? item.overdue : terms.loans[Int(item.loan)].outstanding(in: 0),
          from: 0, until: overdueEnd(from: item.overdueMonth, arrival: arrival), claim: claim),
        of: Int(item.loan), covered: covered, isScheduled: false)
    }
  }
}
