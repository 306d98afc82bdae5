import CompensationKernel
import FundCore

/// When a fund is filled up, and what it was given in the trial by calendar year.
///
/// Both ways of settling a fund share its tables; whoever runs the months of a trial writes them.
struct FillUps {
  /// What there is to do at the start of a month.
  private struct Due: OptionSet, BitwiseCopyable {
    let rawValue: UInt8
    static let fillsUp = Due(rawValue: 1)
    static let beginsYear = Due(rawValue: 2)
  }

  /// What each account can be given when the run begins.
  let allowances: [FillUpAllowance]
  /// Whether none of the limits can bind, so that the amount alone decides.
  let isUnlimited: Bool
  private let due: UnsafeMutableBufferPointer<Due>
  /// The place of each month's calendar year.
  private let yearPlaces: UnsafeMutableBufferPointer<Int>
  /// What was given by calendar year.
  let byYear: UnsafeMutableBufferPointer<Int64>

  /// `nil` if the fund is not filled up.
  init?(_ setup: FundSetup, simulation: SimulationPlan, in memory: WorkingMemory) {
    let (plan, horizon) = (setup.plan, simulation.horizon)
    guard let rule = plan.cash.fillUp else { return nil }
    var allowances = rule.allowances(under: plan.cash.accounts, partition: plan.cash.partition)
    let carried = plan.carried?.fillUps ?? []
    for (index, given) in carried.enumerated() where allowances.indices.contains(index) {
      (allowances[index].givenInYear, allowances[index].given) = (given.inYear, given.inAll)
    }
    self.allowances = allowances
    isUnlimited = rule.atMostAYear == nil && rule.inAll == nil
    let first = simulation.firstMonth
    let months = (0..<horizon).map { first.advanced(by: $0) }
    // The initial amount is what is put in at the opening.
    let opening = plan.carried == nil ? 0 : -1
    let last = plan.cash.lastMonth ?? .max
    due = memory.table(
      of: months.enumerated().map { index, month in
        var due: Due = month.month == 1 ? [.beginsYear] : []
        if index > opening, index <= last, rule.time.isDue(atStartOf: month) {
          due.insert(.fillsUp)
        }
        return due
      })
    yearPlaces = memory.table(of: months.map { $0.year - first.year })
    byYear = memory.table(0, count: (months.last?.year ?? first.year) - first.year + 1)
  }

  /// Whether anything is to be done at the start of a month.
  @inline(__always)
  func isDue(_ month: Int) -> Bool { due[month] != [] }

  /// Whether accounts are filled up at the start of a month.
  @inline(__always)
  func fillsUp(_ month: Int) -> Bool { due[month].contains(.fillsUp) }

  /// Forgets what was given in the trial before.
  func reset() { byYear.update(repeating: 0) }

  /// Fills an account up, where a month begins that asks for it.
  @inline(__always)
  func fill(
    _ account: inout FundAccount, _ allowance: inout FillUpAllowance, month: Int
  ) -> Int64 {
    let due = due[month]
    guard due != [] else { return 0 }
    if due.contains(.beginsYear) { allowance.beginYear() }
    return due.contains(.fillsUp) ? allowance.fill(&account).fen : 0
  }

  /// Notes what was given in a month.
  func note(_ given: Int64, month: Int) { byYear[yearPlaces[month]] += given }
}
