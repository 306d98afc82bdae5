import ClaimRules
import CompensationKernel
import FundCore
import Simulation

/// The assessments of the loans of a state up to its day, counted once for all draws of the parameters: by
/// period, and by what tells their probability.
///
/// A loan counts as the model assesses it (MODEL.md §3): in each of its months up to that of its default, or
/// once. A default is put into the months in which its loan is assessed, if a register has it just outside.
struct SeenAssessments {
  /// What tells the probability of assessments.
  struct Kind: Hashable {
    let period: Int
    let sector: Int
    /// The annual probability, before a draw moves it, and the loans that one moves together.
    let annualPD: Double
    let group: Int16
    let multiplier: Double
    /// Over how many months; 12 where loans are assessed month by month.
    let months: Int
  }

  struct Count {
    var assessed = 0
    var defaults = 0
  }

  private(set) var counts: [Kind: Count] = [:]
  private let timing: AssessmentTiming
  private let course: ProbabilityCourse
  private let opening: CivilMonth
  private let monthsGone: Int
  private let periodMonths: Int

  /// - Parameters:
  ///   - risks: Of each loan of the state.
  ///   - assumptions: How loans are assessed.
  init(_ resumed: ResumedRun, _ risks: [LoanRisk], _ assumptions: DefaultAssumptions) {
    timing = assumptions.timing
    // What multiplied the probabilities in the months that have gone by.
    course = ProbabilityCourse(
      stress: resumed.stressGone, ageCurve: assumptions.course.ageCurve)
    opening = resumed.opening
    monthsGone = resumed.monthsGone
    periodMonths = assumptions.factors.periodMonths
    for (item, risk) in zip(resumed.state.loans, risks) where risk.annualProbability > 0 {
      switch timing {
      case .maturity: countOnce(item.loan, risk)
      case .monthly: countMonthly(item.loan, risk)
      }
    }
  }

  private func month(_ date: CivilDate) -> Int { date.month.months(since: opening) }

  private mutating func count(
    _ risk: LoanRisk, in month: Int, times multiplier: Double, months: Int, fails: Bool
  ) {
    let kind = Kind(
      period: month / periodMonths, sector: Int(risk.sector), annualPD: risk.annualProbability,
      group: risk.group, multiplier: multiplier, months: months)
    counts[kind, default: Count()].assessed += 1
    if fails { counts[kind, default: Count()].defaults += 1 }
  }

  private mutating func countOnce(_ loan: RegisterLoan, _ risk: LoanRisk) {
    let term = loan.schedule.termMonths
    let end = month(loan.disbursedOn) + term
    let overdue = loan.loss.map { min(month($0.overdueOn), end) }
    let assessed = overdue ?? end
    guard (0..<monthsGone).contains(assessed) else { return }
    count(
      risk, in: assessed, times: course.multiplier(in: assessed, age: term), months: term,
      fails: overdue != nil)
  }

  private mutating func countMonthly(_ loan: RegisterLoan, _ risk: LoanRisk) {
    let start = month(loan.disbursedOn)
    let end = start + loan.schedule.termMonths
    let first = max(0, start + 1)
    let failing = loan.loss.map { min(max(month($0.overdueOn), first), end) }
    let last = min(failing ?? end, monthsGone - 1)
    guard first <= last else { return }
    for month in first...last {
      count(
        risk, in: month, times: course.multiplier(in: month, age: month - start), months: 12,
        fails: month == failing)
    }
  }
}
