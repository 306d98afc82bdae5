import CompensationKernel
import FundCore

// A book that goes on from a fund's standing.
extension ClaimBook {
  /// Puts the book into the state of a standing.
  mutating func restore(_ standing: FundStanding, _ places: StatePlaces) {
    for (account, place) in zip(standing.accounts, restoredAccounts(places)) {
      purses[place].account = account
    }
    for (kept, place) in zip(standing.fillUps, restoredAccounts(places))
    where allowances.indices.contains(place) {
      (allowances[place].givenInYear, allowances[place].given) = (kept.inYear, kept.inAll)
    }
    result.entries = []
    result.totals = standing.totals
    yearOpening = standing.yearOpening ?? standing.balance
    result.ranDryOn = standing.ranDryOn
    isWoundUp = standing.isWoundUp
    for (cover, index) in zip(standing.covers, places.loans) {
      result.loans[index].cover = cover.decision
      result.loans[index].earlierThisYear = cover.earlierThisYear
    }
    for claim in standing.claims { restore(claim, places) }
    aggregates = standing.aggregateBook(
      under: agreement, loans: places.loans.map { register.loans[$0] }, opening: opening,
      banks: Array(register.banks.indices), bankCount: register.banks.count)
    lent = places.loans.filter { result.loans[$0].cover?.isCoveredByFund ?? false }
    waiting = standing.waiting
    refundsDue = Dictionary(grouping: standing.refundsDue, by: \.month)
      .mapValues { $0.map(\.claim) }
    for used in standing.support {
      guard let year = used.year else { continue }
      support[SupportYear(enterprise: places.enterprises[used.enterprise], year: year)] =
        used.amount
    }
    watch.restore(standing, places)
  }

  /// Where the accounts of a state stand in the book: banks may come in another order.
  private func restoredAccounts(_ places: StatePlaces) -> [Int] {
    purses.count == 1 ? [0] : places.banks
  }

  private mutating func restore(_ claim: ClaimStanding, _ places: StatePlaces) {
    let index = places.loans[claim.loan]
    var counted = LossCounted(
      principal: claim.total - (claim.interest ?? .zero), paidBefore: .zero, interest: nil)
    counted.interest = claim.interest.map { LossCounted.Interest(amount: $0, paidBefore: .zero) }
    result.loans[index].loss = counted
    result.loans[index].claimedOn = claim.on
    result.loans[index].returned = claim.returned
    guard let divided = claim.divided,
      let rules = agreement.rules(
        divided.model, agreement.ruleChoice(register.loans[index], on: claim.on, caps))?
        .without(divided.idle)
    else { return }
    result.loans[index].settlement = divided.settlement
    claimOfLoan[index] = claims.count
    var restored = Claim(
      loan: index, purse: purses.count == 1 ? 0 : places.banks[divided.account],
      model: divided.model, idle: divided.idle, rules: rules, settlement: divided.settlement)
    restored.before = divided.before
    claims.append(restored)
  }
}

extension BankWatch {
  fileprivate mutating func restore(_ standing: FundStanding, _ places: StatePlaces) {
    for (kept, bank) in zip(standing.banks, places.banks) { banks[bank].restore(kept) }
    for item in standing.overdue {
      overdueLoans[places.loans[item.loan]] = Overdue(
        received: item.received, hasReceived: item.hasReceived, isClosed: item.isClosed)
    }
    for index in places.loans.sorted(by: { isBefore($0, $1) }) {
      let loan = register.loans[index]
      banks[loan.bank].loans.append(index)
      loansOfEnterprise[loan.enterprise, default: []].append(index)
    }
  }

  private func isBefore(_ one: Int, _ other: Int) -> Bool {
    (register.loans[one].disbursedOn, one) < (register.loans[other].disbursedOn, other)
  }
}

extension BankWatch.Standing {
  fileprivate mutating func restore(_ kept: BankStanding) {
    counters = kept.counters
    for (place, threshold) in kept.thresholds.enumerated() {
      disbursed[place] = threshold.disbursed
      covered[place] = threshold.covered
      overdue[place] = threshold.overdue
      everOverdue[place] = threshold.everOverdue
      reachedOn[place] = threshold.reachedOn
    }
    suspensions = kept.suspensions.map {
      var suspension = CoverSuspension(threshold: $0.threshold, from: $0.from.dayNumber)
      suspension.until = $0.until?.dayNumber ?? .max
      return suspension
    }
  }
}

extension CoverageBook {
  /// Puts the book into the state of a standing, whose enterprises have these positions now.
  mutating func restore(_ standing: FundStanding, enterprises: [Int]) {
    admitted = [:]
    lastMonths = [:]
    for used in standing.admitted {
      let enterprise = enterprises[used.enterprise]
      if let year = used.year {
        admitted[EnterpriseYear(enterprise: enterprise, year: year)] = used.amount
      } else if let on = used.on {
        lastMonths[enterprise, default: []].append(Counted(on: on, amount: used.amount))
      }
    }
    earlier =
      standing.earlier.map {
        var item = $0
        item.enterprise = enterprises[$0.enterprise]
        return item
      }[...]
  }
}
