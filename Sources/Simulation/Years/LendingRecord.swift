import CompensationKernel
import FundCore

/// The fund's lending in a trial that was settled in order, month by month: what is covered of it, and what of that
/// is overdue.
struct LendingRecord {
  let terms: FundTerms
  let lending: CoveredLending
  /// Which loans have no cover because covered lending is limited.
  let limit: CoverLimit?
  /// The losses that the fund brought into the run.
  let carried: [CarriedCases.Drawn]
  private var hot: HotFund { terms.hot }

  /// The course of the last trial.
  func course(
    of defaults: TrialDefaults, watch: inout ThresholdWatch, trial: borrowing TrialContext
  ) -> LendingCourse {
    var course = lending.course
    for loan in terms.stopped.loans { course.leaveOut(loan) }
    uncover(&course, defaults, watch: &watch, trial: trial)
    for event in defaults.ordered[0..<defaults.count] where !terms.stopped.contains(event.loan) {
      let index = Int(event.loan)
      let month = Int(event.month)
      let claim = claimMonth(month, lag: Int(event.lag))
      course.add(
        LendingCourse.Overdue(
          amount: terms.loans[index].outstanding(in: month), from: month,
          until: overdueEnd(from: month, arrival: month + hot.delay + Int(event.lag)),
          claim: terms.isInForce(event) ? claim : month),
        of: index, covered: coveredNow(event.loan, watch: &watch, trial: trial))
    }
    addCarried(to: &course)
    return course
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
  private func coveredNow(
    _ loan: Int32, watch: inout ThresholdWatch, trial: borrowing TrialContext
  ) -> Int64 {
    let planned = terms.loans[Int(loan)]
    let place = LoanInBank(loan: loan, bank: Int(planned.bank), start: Int(planned.start))
    guard lending.covered(Int(loan)) > 0, !(limit?.refuses(loan) ?? false),
      terms.isLentUnderCover(place, watch: &watch, trial: trial)
    else { return 0 }
    return min(lending.covered(Int(loan)), terms.coveredPrincipal(loan, watch: &watch))
  }

  /// Takes away the cover that loans have lost in this trial: those of suspended banks, those made after a
  /// default of their enterprise, and those beyond a limit on covered lending.
  private func uncover(
    _ course: inout LendingCourse, _ defaults: TrialDefaults, watch: inout ThresholdWatch,
    trial: borrowing TrialContext
  ) {
    let hasRepeats = hot.earlierDefaultRemovesCover && defaults.count > 0
    let isSuspended = hot.canLoseCover && watch.lastSuspension.contains { $0 >= 0 }
    guard hasRepeats || isSuspended || limit != nil else { return }
    for index in terms.loans.indices
    where lending.covered(index) > 0 && !terms.stopped.contains(Int32(index)) {
      let loan = terms.loans[index]
      let isAsked =
        isSuspended && (hot.hasHeadroom || watch.lastSuspension[Int(loan.bank)] >= 0)
        || hasRepeats
          && terms.stopped.firstDefault(of: loan.enterprise, in: trial) < Int(loan.start)
        || (limit?.refuses(Int32(index)) ?? false)
      if isAsked {
        course.uncover(index, left: coveredNow(Int32(index), watch: &watch, trial: trial))
      }
    }
  }

  /// Adds the losses that the fund brought into the run.
  private func addCarried(to course: inout LendingCourse) {
    for drawn in carried {
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
