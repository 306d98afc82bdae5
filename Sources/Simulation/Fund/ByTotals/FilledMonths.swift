import CompensationKernel
import FundCore

/// The needed capital of a trial that is settled by totals, of a fund that is filled up.
///
/// What is given depends on the balance, so that the months cannot be followed backwards where a limit
/// may bind. They lie between two that can: those of the same fund without filling up, which needs most, and
/// with no limit on it, which needs least. Between them the smallest amount is found by bisection, to the
/// fen: a larger balance is never overtaken by a smaller one (`FillUpRule`).
struct FilledMonths {
  private let fillUps: FillUps
  private let interest: MonthlyInterest
  private let step: CapitalStep
  private let injections: UnsafeMutableBufferPointer<Money>
  private let fees: UnsafeMutableBufferPointer<Money>

  /// `nil` if the fund is not filled up.
  init?(_ terms: FundTerms) {
    guard let fillUps = terms.fillUps else { return nil }
    self.fillUps = fillUps
    interest = MonthlyInterest(annualRate: terms.hot.interestRate)
    step = CapitalStep(annualRate: terms.hot.interestRate)
    injections = terms.injections
    fees = terms.fees
  }

  /// The smallest initial amount that leaves nothing unpaid in so many months from the start.
  func needed(_ row: TrialRow, through months: Int) -> Int64 {
    let least = backwards(row, through: months, target: fillUps.allowances[0].target.paying.fen)
    guard !fillUps.isUnlimited else { return least }
    let most = backwards(row, through: months, target: nil)
    return leastAmount(from: least, to: most) { lasts(row, months, with: $0) }
  }

  /// - Parameter target: What the fund is filled up to, whatever that takes; `nil` for not at all.
  private func backwards(_ row: TrialRow, through months: Int, target: Int64?) -> Int64 {
    var needed: Int64 = 0
    for month in (0..<months).reversed() {
      let after = needed + (needed > 0 ? fees[month].fen : 0)
      var held = max(0, after + row.outflow[month] - row.inflow[month])
      if let target, fillUps.fillsUp(month), held <= target { held = 0 }
      needed = step.before(month, after: held, flow: -injections[month].fen)
    }
    return needed
  }

  private func lasts(_ row: TrialRow, _ months: Int, with opening: Int64) -> Bool {
    var account = FundAccount(paying: Money(fen: opening))
    var allowance = fillUps.allowances[0]
    for month in 0..<months {
      if month > 0 { account.paying.fen &+= interest.earned(on: account.paying).fen }
      account.paying += injections[month]
      _ = fillUps.fill(&account, &allowance, month: month)
      account.paying.fen &+= row.inflow[month] &- row.outflow[month]
      if account.paying < .zero { return false }
      _ = account.takeFee(fees[month])
    }
    return true
  }
}

/// The smallest amount in a range that passes a test which every larger amount passes too.
///
/// - Parameters:
///   - least: None below it passes.
///   - most: It passes.
func leastAmount(
  from least: Int64, to most: Int64, _ suffices: (Int64) -> Bool
) -> Int64 {
  if least >= most || suffices(least) { return least }
  var (low, high) = (least, most)
  while high - low > 1 {
    let middle = low + (high - low) / 2
    if suffices(middle) { high = middle } else { low = middle }
  }
  return high
}
