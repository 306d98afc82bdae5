public import ClaimRules
import CompensationKernel
import FundCore
public import Simulation

extension Replay {
  /// The months of the replay as those of a simulated trial are told, from which the figures of its years
  /// follow: of one trial, written down as a register, both are the same.
  ///
  /// Principal that is overdue counts until it has come in, was written off or cured; covered principal waits
  /// for its claim as long as that is neither settled nor refused. After the months in which losses are covered
  /// the fund answers for no loan that is not overdue by then.
  ///
  /// - Complexity: O(loans × months + entries).
  public var course: MonthCourse { course(counting: { _, _ in true }) }

  /// The same with the covered principal of some loans alone.
  ///
  /// - Parameter counts: Whether what stands of a loan's covered principal counts.
  func course(
    counting counts: (RegisterLoan, ClaimRules.LoanOutcome) -> Bool
  ) -> MonthCourse {
    var course = MonthCourse(opening: totals.opening.fen, horizon: months.count)
    guard let first = months.first?.month else { return course }
    addMoney(to: &course, from: first)
    let lastDays = months.map { $0.month.lastDay }
    let inForce = months.indices.filter {
      agreement.coversLoss(overdueOn: months[$0].month.middle)
    }
    let last = inForce.last ?? 0
    let coverEnd = last >= months.count - 1 ? months.count : last
    for (loan, outcome) in zip(register.loans, loans) {
      var standing = LoanStanding(loan: loan, outcome: outcome, agreement: agreement)
      standing.counts = counts(loan, outcome)
      let begin = max(0, loan.disbursedOn.month.months(since: first))
      guard begin < months.count else { continue }
      course.made[begin] += standing.covered(
        loan.outstanding(in: max(first, loan.disbursedOn.month)))
      for month in begin..<months.count {
        let day = lastDays[month]
        if standing.isInDefault(on: day) {
          let overdue = standing.overdue(on: day)
          course.overdue[month] += overdue.fen
          course.lent[month] += overdue.fen
          course.outstanding[month] += standing.waiting(on: day)
        } else {
          let left = standing.scheduled(at: months[month].month)
          course.lent[month] += left.fen
          if month < coverEnd { course.outstanding[month] += standing.covered(left) }
        }
      }
    }
    for month in months.indices.dropFirst() { course.made[month] += course.made[month - 1] }
    return course
  }

  /// Adds the movements of money, cumulated.
  private func addMoney(to course: inout MonthCourse, from first: CivilMonth) {
    for entry in entries {
      let month = min(max(0, entry.date.month.months(since: first)), months.count - 1)
      let fen = entry.amount.fen
      switch entry.event {
      case .claim: course.paid[month] -= fen
      case .latePayment:
        course.paid[month] -= fen
        course.unpaid[month] += fen
      case .unpaid(let amount): course.unpaid[month] += amount.fen
      case .recovery: course.returned[month] += fen
      case .fee: course.fees[month] -= fen
      case .interest: course.interest[month] += fen
      case .injection, .fillUp: course.injected[month] += fen
      case .givenBack: course.givenBack[month] -= fen
      default: break
      }
    }
    for month in months.indices {
      course.closing[month] = months[month].closing.fen
      guard month > 0 else { continue }
      for flow in MonthCourse.flows {
        course[keyPath: flow][month] += course[keyPath: flow][month - 1]
      }
    }
  }
}

/// Where a loan of a register stands on a day.
private struct LoanStanding {
  let loan: RegisterLoan
  let outcome: ClaimRules.LoanOutcome
  let agreement: FundAgreement
  /// Whether its covered principal counts.
  var counts = true

  /// The covered part of an amount of the loan, in fen.
  func covered(_ amount: Money) -> Int64 {
    guard counts, let cover = outcome.cover, cover.isCoveredByFund else { return 0 }
    return lossBase(
      of: amount, covered: cover.coveredPrincipal, principal: loan.schedule.principal
    ).fen
  }

  func isInDefault(on day: CivilDate) -> Bool {
    guard let loss = loan.loss, loss.overdueOn <= day else { return false }
    return loss.curedOn.map { $0 > day } ?? true
  }

  /// What is outstanding by schedule at the end of a month.
  func scheduled(at month: CivilMonth) -> Money {
    let months = month.months(since: loan.disbursedOn.month)
    return months < loan.schedule.termMonths
      ? loan.outstanding(in: month.advanced(by: 1)) : .zero
  }

  /// The principal that has not come in.
  private func left(on day: CivilDate) -> Money {
    guard let loss = loan.loss else { return .zero }
    let received = loss.recoveries.filter { $0.receivedOn <= day }.reduce(Money.zero) {
      $0 + $1.whole
    }
    return max(.zero, loan.overduePrincipal - received)
  }

  /// The principal that is overdue and not written off.
  func overdue(on day: CivilDate) -> Money {
    if let end = loan.loss?.writtenOffOn, end <= day { return .zero }
    return left(on: day)
  }

  /// The covered principal of a loss whose claim is to come, in fen.
  func waiting(on day: CivilDate) -> Int64 {
    guard let loss = loan.loss, agreement.coversLoss(overdueOn: loss.overdueOn),
      outcome.claimedOn.map({ $0 > day }) ?? (claimDate(of: loss, under: agreement) > day)
    else { return 0 }
    return covered(left(on: day))
  }
}
