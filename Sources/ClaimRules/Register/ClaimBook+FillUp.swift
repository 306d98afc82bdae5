import CompensationKernel
import FundCore

// Filling a fund up.
extension ClaimBook {
  /// Fills the accounts up, where a month begins that asks for it. The initial amount is what is put in in
  /// the month of the opening.
  mutating func fillUp(_ month: CivilMonth) {
    guard let rule = agreement.fillUp, month > opening.month, !isWoundUp else { return }
    if month.month == 1 { for index in allowances.indices { allowances[index].beginYear() } }
    guard rule.time.isDue(atStartOf: month) else { return }
    var given = Money.zero
    for index in purses.indices { given += allowances[index].fill(&purses[index].account) }
    guard given > .zero else { return }
    result.totals.filledUp += given
    note(
      .fillUp, on: month.firstDay, agreement.fillUpSource.map { [$0] } ?? [], amount: given)
  }
}
