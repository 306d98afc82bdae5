import CompensationKernel
import FundCore

// A fund's standing, taken from its book.
extension FundStanding {
  /// Takes down where a fund stands when the last day is over.
  init(_ book: ClaimBook, _ coverage: CoverageBook) {
    self.init(name: book.agreement.name, firstMonth: book.agreement.dates.firstMonth)
    let made = book.register.loansMade
    // The positions of the loans in the state.
    var places = [Int](repeating: -1, count: book.register.loans.count)
    for (place, index) in made.enumerated() { places[index] = place }
    accounts = book.purses.map(\.account)
    if book.result.totals.filledUp > .zero {
      fillUps = book.allowances.map { FilledUp(inYear: $0.givenInYear, inAll: $0.given) }
    }
    if book.agreement.looksAtYearOpening { yearOpening = book.yearOpening }
    totals = book.result.totals
    totals.closing = book.balance
    ranDryOn = book.result.ranDryOn
    isWoundUp = book.isWoundUp
    covers = made.map { book.result.loans[$0].keptCover }
    claims = book.standingClaims(places)
    waiting = book.waiting
    refundsDue = book.refundsDue.keys.sorted().flatMap { month in
      (book.refundsDue[month] ?? []).map { RefundDue(month: month, claim: $0) }
    }
    support = Used.ordered(
      book.support.map { Used(enterprise: $0.enterprise, year: $0.year, amount: $1) })
    admitted = coverage.used
    earlier = Array(coverage.earlier)
    overdue = made.compactMap { index in
      book.watch.overdueLoans[index].map {
        Overdue(
          loan: places[index], received: $0.received, hasReceived: $0.hasReceived,
          isClosed: $0.isClosed)
      }
    }
    banks = book.watch.banks.map { BankStanding($0, book.watch.thresholds.map(\.value.id)) }
  }
}

extension LoanOutcome {
  /// What was decided of the loan's cover.
  fileprivate var keptCover: FundStanding.Cover {
    FundStanding.Cover(
      cover ?? CoverageDecision(coveredPrincipal: .zero, admitted: .zero, refusals: []),
      earlierThisYear: earlierThisYear)
  }
}

extension ClaimBook {
  /// The claims of which something was divided, in order, then the losses of which nothing was.
  fileprivate func standingClaims(_ places: [Int]) -> [ClaimStanding] {
    let divided = claims.compactMap { claim in
      standingClaim(claim.loan, at: places[claim.loan]).map {
        var standing = $0
        standing.divided = ClaimStanding.Divided(
          account: claim.purse, model: claim.model, settlement: claim.settlement)
        standing.divided?.idle = claim.idle
        standing.divided?.before = claim.before
        return standing
      }
    }
    let others = result.loans.indices.filter {
      claimOfLoan[$0] == nil && result.loans[$0].total > .zero
    }
    return divided + others.compactMap { standingClaim($0, at: places[$0]) }
  }

  private func standingClaim(_ index: Int, at place: Int) -> ClaimStanding? {
    let outcome = result.loans[index]
    return outcome.claimedOn.map {
      var claim = ClaimStanding(loan: place, on: $0, total: outcome.total)
      claim.interest = outcome.loss?.interest?.amount
      claim.returned = outcome.returned
      return claim
    }
  }
}

extension CoverageBook {
  /// What enterprises have used up of their limits.
  fileprivate var used: [FundStanding.Used] {
    let years = admitted.map {
      FundStanding.Used(enterprise: $0.enterprise, year: $0.year, amount: $1)
    }
    let loans = lastMonths.keys.sorted().flatMap { enterprise in
      (lastMonths[enterprise] ?? []).map {
        FundStanding.Used(enterprise: enterprise, on: $0.on, amount: $0.amount)
      }
    }
    return FundStanding.Used.ordered(years) + loans
  }
}

extension FundStanding.Used {
  /// By enterprise and year; what is nothing is left out.
  fileprivate static func ordered(_ items: [Self]) -> [Self] {
    items.filter { $0.amount != .zero }
      .sorted { ($0.enterprise, $0.year ?? 0) < ($1.enterprise, $1.year ?? 0) }
  }
}

extension BankStanding {
  fileprivate init(_ standing: BankWatch.Standing, _ ids: [String]) {
    counters = standing.counters
    thresholds = ids.enumerated().map { place, id in
      var threshold = Threshold(id: id)
      threshold.disbursed = standing.disbursed[place]
      threshold.covered = standing.covered[place]
      threshold.overdue = standing.overdue[place]
      threshold.everOverdue = standing.everOverdue[place]
      threshold.reachedOn = standing.reachedOn[place]
      return threshold
    }
    suspensions = standing.suspensions.map {
      Suspension(
        threshold: $0.threshold, from: CivilDate(dayNumber: $0.from),
        until: $0.lasts ? nil : CivilDate(dayNumber: $0.until))
    }
  }
}
