import ClaimRules
import CompensationKernel
import FundCore

// Whether what a state says goes together. Every position is one of its lists.
extension RegisterState {
  var isSound: Bool {
    day == day.month.lastDay && day >= opening && monthsGone <= longestHorizon
      && Set(banks).count == banks.count && Set(enterprises).count == enterprises.count
      && Set(loans.map(\.loan.id)).count == loans.count && loans.allSatisfy(isSound)
      && history.customers.allSatisfy { enterprises.indices.contains($0.enterprise) }
      && history.defaults.keys.allSatisfy(enterprises.indices.contains)
      && !funds.isEmpty && funds.allSatisfy(isSound)
  }

  private func isSound(_ item: Loan) -> Bool {
    let loan = item.loan
    let known = loan.schedule.known
    return !loan.id.isEmpty && banks.indices.contains(loan.bank)
      && enterprises.indices.contains(loan.enterprise) && loan.disbursedOn <= day
      && loan.schedule.principal > .zero && loan.ipPrincipal <= loan.schedule.principal
      && known.balance <= loan.schedule.principal
      && (loan.schedule.level.map { $0.amount > .zero && $0.annualRate > .zero } ?? true)
      && (loan.loss.map { $0.overdueOn <= day && $0.overdueOn >= loan.disbursedOn } ?? true)
      && (loan.loss?.recoveries.allSatisfy { $0.receivedOn <= day } ?? true)
  }

  private func isSound(_ fund: FundStanding) -> Bool {
    let claims = fund.claims
    let divided = claims.indices.filter { claims[$0].divided != nil }
    return fund.covers.count == loans.count && fund.banks.count == banks.count
      && (fund.accounts.count == 1 || fund.accounts.count == banks.count)
      && Set(claims.map(\.loan)).count == claims.count
      && claims.allSatisfy { isSound($0, accounts: fund.accounts.count) }
      && Set(divided).isSuperset(of: fund.waiting)
      && Set(divided).isSuperset(of: fund.refundsDue.map(\.claim))
      && Set(fund.overdue.map(\.loan)).count == fund.overdue.count
      && fund.overdue.allSatisfy { loans.indices.contains($0.loan) }
      && (fund.support + fund.admitted).allSatisfy { enterprises.indices.contains($0.enterprise) }
      && fund.earlier.allSatisfy { enterprises.indices.contains($0.enterprise) }
      && fund.banks.allSatisfy { isSound($0, like: fund.banks[0]) }
  }

  private func isSound(_ claim: ClaimStanding, accounts: Int) -> Bool {
    guard loans.indices.contains(claim.loan), claim.total > .zero, claim.on <= day else {
      return false
    }
    guard let divided = claim.divided else { return true }
    return (0..<accounts).contains(divided.account) && divided.settlement.lossBase > .zero
      && divided.settlement.lossBase <= claim.total
      && divided.settlement.paid <= divided.settlement.owed
  }

  private func isSound(_ bank: BankStanding, like first: BankStanding) -> Bool {
    bank.thresholds.map(\.id) == first.thresholds.map(\.id)
      && bank.suspensions.allSatisfy { bank.thresholds.indices.contains($0.threshold) }
  }
}
