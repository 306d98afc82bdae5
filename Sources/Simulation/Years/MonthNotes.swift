import CompensationKernel
import FundCore

/// What the months of a trial that is settled in order leave behind, where its years are asked for.
///
/// A class, so that a path that nobody asks carries a pointer to nothing.
final class MonthNotes {
  /// The fund at the beginning of a year, as far as what happens in it depends on what was before.
  struct YearStart {
    var accounts: [FundAccount]
    /// What waits for money (I-11), in fen.
    var waiting: Int64 = 0
    /// What will really come back on claims from before, less what would without limit; empty before the
    /// first shortage. Shape `[account × horizon + month]`.
    var extraToPaying: [Int64] = []
    var extraToRefunding: [Int64] = []
  }

  var course: MonthCourse
  /// The balances of the accounts at the end of each month, shape `[month][account, paying before refunding]`;
  /// nothing where there is one.
  private(set) var accounts: [[Int64]]
  /// By month; `nil` where no year begins.
  private(set) var starts: [YearStart?]
  private let beginsYear: [Bool]
  private let hasAccounts: Bool

  init(_ terms: FundTerms, periods: [YearPeriod]) {
    let horizon = terms.hot.horizon
    course = MonthCourse(opening: terms.hot.opening, horizon: horizon)
    if let soFar = terms.setup.plan.carried?.soFar, soFar.putIn > 0 {
      course.putInBefore = soFar.putIn
      course.before.paid = soFar.paid
      course.before.returned = soFar.returned
    }
    starts = Array(repeating: nil, count: horizon)
    var begins = [Bool](repeating: false, count: horizon)
    for period in periods { begins[period.firstMonth] = true }
    beginsYear = begins
    hasAccounts = !terms.setup.accountNames.isEmpty
    accounts = Array(repeating: [], count: horizon)
  }

  /// Takes in the lending of the trial.
  ///
  /// - Parameter madeBefore: What had been lent under cover before the run.
  func take(_ lending: LendingCourse, madeBefore: Int64) {
    course.outstanding = lending.outstanding
    course.made = lending.made
    course.before.made = madeBefore
    course.lent = lending.lent
    course.overdue = lending.overdue
  }

  /// Notes how a month begins, before anything has happened in it.
  func begin(_ month: Int, _ funds: FundAccounts, waiting: () -> Int64) {
    guard beginsYear[month] else { return }
    var start = YearStart(accounts: funds.purses.map(\.account), waiting: waiting())
    if let extras = funds.extras { (start.extraToPaying, start.extraToRefunding) = extras }
    starts[month] = start
  }

  /// Notes how a month ends.
  func end(_ month: Int, _ outcome: TrialOutcome, closing: Int64, _ funds: FundAccounts) {
    course.paid[month] = outcome.compensation
    course.returned[month] = outcome.returned
    course.fees[month] = outcome.fees
    course.interest[month] = outcome.interest
    course.injected[month] = outcome.injected + outcome.filledUp
    course.unpaid[month] = outcome.unpaid
    course.givenBack[month] = outcome.givenBack
    course.closing[month] = closing
    if hasAccounts { accounts[month] = funds.balances }
  }
}
