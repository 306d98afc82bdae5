import CompensationKernel
import FundCore

/// What a fund covers of a portfolio by its schedules, month by month, before anything defaults.
///
/// Memory: eight bytes a month for each loan that is repaid in instalments, up to 64 million; beyond that
/// schedules are computed where they are asked for.
struct CoveredLending: Sendable {
  private let loans: [PlannedLoan]
  private let principal: [Int64]
  private let pays: [Bool]
  private let horizon: Int
  /// The month from whose end on the fund answers for no loan that has not defaulted before.
  private let coverEnd: Int
  /// The principal at the ends of months of the loans that are repaid in instalments, one after the other.
  private let schedules: [Int64]
  private let firstOfSchedule: [Int32]
  /// Covered principal outstanding at the end of each month.
  private(set) var outstanding: [Int64]
  /// Covered lending so far.
  private(set) var made: [Int64]
  /// All principal outstanding.
  private(set) var lent: [Int64]
  /// Covered lending before the run, less what of it is outstanding at its start and so in `made`; nothing in a
  /// run from the opening.
  private(set) var madeBefore: Int64
  /// The loans that a fund brings into a run as losses.
  private let carried: Set<Int32>

  private static let mostScheduled = 1 << 26

  init(_ plan: FundPlan, _ simulation: SimulationPlan) {
    loans = simulation.portfolio.loans
    principal = plan.cover.principal
    horizon = simulation.horizon
    pays = loans.indices.map {
      plan.pays(on: $0, model: plan.model ?? Int(simulation.portfolio.loans[$0].model))
    }
    let end = plan.cover.lastDefaultMonth
    coverEnd = end >= horizon - 1 ? horizon : max(0, end)
    madeBefore = plan.carried?.soFar.covered ?? 0
    carried = Set(plan.carried?.cases.map(\.loan) ?? [])
    var schedules: [Int64] = []
    var first = [Int32](repeating: -1, count: loans.count)
    let scheduled = loans.reduce(0) { $0 + ($1.isAmortizing ? Int($1.term) : 0) }
    if scheduled <= Self.mostScheduled {
      schedules.reserveCapacity(scheduled)
      for (index, loan) in loans.enumerated() where loan.isAmortizing {
        first[index] = Int32(schedules.count)
        for month in 0..<Int(loan.term) {
          schedules.append(loan.outstanding(in: Int(loan.start) + month + 1))
        }
      }
    }
    self.schedules = schedules
    firstOfSchedule = first
    outstanding = Array(repeating: 0, count: horizon)
    made = outstanding
    lent = outstanding
    addAll(plan)
  }

  private mutating func addAll(_ plan: FundPlan) {
    var starts = [Int64](repeating: 0, count: horizon)
    for (index, loan) in loans.enumerated()
    where Int(loan.start) < horizon && !carried.contains(Int32(index)) {
      for month in months(of: index) { lent[month] += principal(of: index, endOf: month) }
      let covered = covered(index)
      guard covered > 0 else { continue }
      let lent = part(loan.outstanding(in: 0), covered, of: index)
      starts[max(0, Int(loan.start))] += lent
      if let carried = plan.carried, carried.soFar.putIn > 0, loan.start < 0 { madeBefore -= lent }
      for month in months(of: index) where month < coverEnd {
        outstanding[month] += part(principal(of: index, endOf: month), covered, of: index)
      }
    }
    var sum: Int64 = 0
    for month in 0..<horizon {
      sum += starts[month]
      made[month] = sum
    }
  }

  /// What is covered of a loan's principal when it is made.
  func covered(_ index: Int) -> Int64 { pays[index] ? principal[index] : 0 }

  /// The covered part of an amount of a loan.
  func part(_ amount: Int64, _ covered: Int64, of index: Int) -> Int64 {
    lossBase(
      of: Money(fen: amount), covered: Money(fen: covered),
      principal: Money(fen: loans[index].principal)
    ).fen
  }

  /// The months of the run at whose ends a loan is outstanding by its schedule.
  func months(of index: Int) -> Range<Int> {
    let start = max(0, Int(loans[index].start))
    return start..<max(start, min(horizon, Int(loans[index].start) + Int(loans[index].term)))
  }

  /// The principal outstanding at the end of one of these months.
  func principal(of index: Int, endOf month: Int) -> Int64 {
    let loan = loans[index]
    if !loan.isAmortizing, loan.levelPayment < 0, loan.opening < 0 { return loan.principal }
    let first = firstOfSchedule[index]
    return first >= 0
      ? schedules[Int(first) + month - Int(loan.start)] : loan.outstanding(in: month + 1)
  }

  /// The course of a trial's lending, to which its defaults are added.
  var course: LendingCourse {
    LendingCourse(
      lending: self, outstanding: outstanding, made: made, lent: lent,
      overdue: Array(repeating: 0, count: horizon))
  }

  /// Whether a loan, if it has cover in force, still has it at the end of a month without a default.
  func isCovered(atEndOf month: Int) -> Bool { month < coverEnd }
}

/// The lending of a trial, month by month.
struct LendingCourse {
  let lending: CoveredLending
  private(set) var outstanding: [Int64]
  private(set) var made: [Int64]
  private(set) var lent: [Int64]
  private(set) var overdue: [Int64]

  init(
    lending: CoveredLending, outstanding: [Int64], made: [Int64], lent: [Int64], overdue: [Int64]
  ) {
    self.lending = lending
    self.outstanding = outstanding
    self.made = made
    self.lent = lent
    self.overdue = overdue
  }

  /// A loss: what is overdue, from which month until which it counts so, and until which its covered part
  /// waits for the claim.
  struct Overdue {
    let amount: Int64
    let from: Int
    let until: Int
    let claim: Int
  }

  /// Takes a loan's cover away, or a part of it, as it does not have it in this trial.
  mutating func uncover(_ index: Int, left: Int64) {
    let covered = lending.covered(index)
    guard covered > left else { return }
    let months = lending.months(of: index)
    for month in months where lending.isCovered(atEndOf: month) {
      let amount = lending.principal(of: index, endOf: month)
      outstanding[month] -=
        lending.part(amount, covered, of: index) - lending.part(amount, left, of: index)
    }
    for month in months.lowerBound..<made.count { made[month] -= covered - left }
  }

  /// Leaves out a loan that a suspended or paused bank has not made (I-46).
  mutating func leaveOut(_ index: Int) {
    uncover(index, left: 0)
    for month in lending.months(of: index) {
      lent[month] -= lending.principal(of: index, endOf: month)
    }
  }

  /// Lets a loan default: it leaves its schedule, and counts as overdue.
  ///
  /// - Parameter covered: What of its principal is covered in this trial.
  mutating func add(_ loss: Overdue, of index: Int, covered: Int64, isScheduled: Bool = true) {
    let from = max(0, loss.from)
    if isScheduled {
      for month in lending.months(of: index) where month >= from {
        let amount = lending.principal(of: index, endOf: month)
        lent[month] -= amount
        if covered > 0, lending.isCovered(atEndOf: month) {
          outstanding[month] -= lending.part(amount, covered, of: index)
        }
      }
    }
    for month in from..<max(from, min(loss.until, overdue.count)) {
      overdue[month] += loss.amount
      lent[month] += loss.amount
    }
    guard covered > 0 else { return }
    let waiting = lending.part(loss.amount, covered, of: index)
    for month in from..<max(from, min(loss.claim, outstanding.count)) {
      outstanding[month] += waiting
    }
  }
}
