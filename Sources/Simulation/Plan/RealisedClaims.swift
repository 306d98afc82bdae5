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

  mutating func add(_ item: Item, month: Int) { byMonth[month].append(item) }

  /// The claims of a month, in portfolio order.
  func due(_ month: Int) -> [Item] { byMonth[month].sorted { $0.event.loan < $1.event.loan } }
}

/// An enterprise in a calendar year.
struct EnterpriseYear: Hashable {
  let enterprise: Int32
  let year: Int
}

extension FundPath {
  /// Settles the claims whose recoveries are in, on what is then lost. What came in reduced the loss, and
  /// nothing comes in later; a loan on which nothing comes in is claimed at the delay.
  mutating func settleRealised(
    _ month: Int, defaults: TrialDefaults, trial: borrowing TrialContext
  ) {
    if month >= hot.delay {
      for index in defaults.range(month &- hot.delay) {
        wait(defaults.ordered[index], from: month, trial: trial)
      }
    }
    for item in realised.due(month) { settleRealised(item, month: month, trial: trial) }
  }

  private mutating func wait(
    _ event: DefaultEvent, from month: Int, trial: borrowing TrialContext
  ) {
    let part = hot.isLoaded ? loadedPart(of: event, month: month, trial: trial) : event.recovery
    let total = hot.totalLoss(of: loans[Int(event.loan)], defaultMonth: Int(event.month))
    let recovered = roundedPart(part, of: total)
    let due = recovered > 0 ? month + Int(event.lag) : month
    guard due < hot.horizon else {
      lateClaims += 1
      return
    }
    realised.add(RealisedClaims.Item(event: event, left: total - recovered), month: due)
  }

  private mutating func settleRealised(
    _ item: RealisedClaims.Item, month: Int, trial: borrowing TrialContext
  ) {
    let event = item.event
    let loan = loans[Int(event.loan)]
    let isCovered =
      isInForce(event)
      && isCovered(event, bank: Int(loan.bank), start: Int(loan.start), trial: trial)
    let base = hot.lossBase(
      of: item.left, covered: isCovered ? coveredPrincipal(event.loan) : 0, loan: loan)
    outcome.totalLoss += item.left
    outcome.outsideCover += item.left - base
    noteOutside(item.left - base, base: base, of: event, isCovered: isCovered, trial: trial)
    guard base > 0 else { return }
    settleBase(
      Money(fen: base), of: event, month: month,
      recovery: Recovered(month: hot.horizon, amount: .zero), unlimited: nil)
  }

  /// What may still be owed on an enterprise's loans in the calendar year of a month (I-51).
  mutating func supportLeft(_ enterprise: Int32, month: Int) -> Money {
    guard let limit = setup.plan.claims.yearlyLimit else { return Money(fen: .max) }
    let year = firstMonth.advanced(by: month).year
    return Money(
      fen: max(0, limit - (support[EnterpriseYear(enterprise: enterprise, year: year)] ?? 0)))
  }

  /// Notes what is owed on a loan of an enterprise.
  mutating func noteSupport(_ owed: Money, enterprise: Int32, month: Int) {
    let year = firstMonth.advanced(by: month).year
    support[EnterpriseYear(enterprise: enterprise, year: year), default: 0] += owed.fen
  }
}
