import CompensationKernel
import FundCore

/// Claims that wait until their recovery is in, by the month in which it is (I-52).
struct RealisedClaims {
  /// A default with what is lost of it after its recovery.
  struct Item {
    let event: DefaultEvent
    let left: Int64
  }

  private var byMonth: [[Item]]

  init(horizon: Int) { byMonth = Array(repeating: [], count: horizon) }

  mutating func reset() {
    for month in byMonth.indices { byMonth[month].removeAll(keepingCapacity: true) }
  }

  /// Lets a default wait, from the month at whose delay it could be claimed. What comes in reduces the
  /// loss, and nothing comes in later; a loan on which nothing comes in is claimed at the delay.
  ///
  /// - Returns: Whether it is claimed within the horizon.
  mutating func add(
    _ event: DefaultEvent, month: Int, under terms: FundTerms, trial: borrowing TrialContext
  ) -> Bool {
    let part = terms.recoveredPart(of: event, month: month, trial: trial)
    let total = terms.totalLoss(of: event.loan, defaultMonth: Int(event.month))
    let recovered = roundedPart(part, of: total)
    let due = recovered > 0 ? month + Int(event.lag) : month
    guard due < terms.hot.horizon else { return false }
    byMonth[due].append(Item(event: event, left: total - recovered))
    return true
  }

  /// The claims of a month, in portfolio order.
  func due(_ month: Int) -> [Item] { byMonth[month].sorted { $0.event.loan < $1.event.loan } }
}
