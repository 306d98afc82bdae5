import CompensationKernel
import FundCore

/// What claims and covered lending add up to on one path, where a clause looks at that.
struct AggregateClaims {
  private let plan: PlannedAggregates
  private let terms: FundTerms
  private let ruleSets: [UInt16]
  private let loansByStart: [[Int32]]
  private let countsOutstanding: Bool
  private let bankCount: Int
  private var book: AggregateBook
  /// The covered loans so far, with what is covered of each.
  private var lent: [(loan: Int32, covered: Int64)] = []
  /// Those that were made before a run that goes on from a day.
  private let lentBefore: [(loan: Int32, covered: Int64)]

  /// `nil` if no clause looks at many claims.
  init?(_ terms: FundTerms) {
    guard let plan = terms.setup.plan.aggregates else { return nil }
    self.plan = plan
    self.terms = terms
    let cover = terms.setup.plan.cover
    ruleSets = cover.ruleSets
    loansByStart = plan.book.rules.countsLending ? terms.setup.loansByStart : []
    countsOutstanding = plan.book.rules.countsOutstanding
    bankCount = terms.bankCount
    book = plan.book
    lentBefore =
      terms.setup.plan.carried == nil
      ? []
      : terms.loans.indices.filter { terms.loans[$0].start < 0 && cover.principal[$0] > 0 }
        .map { (Int32($0), cover.principal[$0]) }
  }

  /// Forgets the trial before.
  mutating func reset() {
    book = plan.book
    lent = lentBefore
  }

  /// Counts what is lent under cover in a month.
  mutating func lend(
    _ month: Int, within limit: CoverLimit?, watch: inout ThresholdWatch,
    trial: borrowing TrialContext
  ) {
    guard !loansByStart.isEmpty else { return }
    book.go(toYear: plan.years[month].calendar, programmeYear: plan.years[month].ofLoans)
    for position in loansByStart[month] {
      let loan = terms.loans[Int(position)]
      let item = LoanInBank(loan: position, bank: Int(loan.bank), start: Int(loan.start))
      guard !watch.stopped.contains(position),
        ruleSets.isEmpty || !plan.idleSets.contains(Int(ruleSets[Int(position)])),
        terms.isLentUnderCover(item, watch: &watch, trial: trial),
        !(limit?.refuses(position) ?? false)
      else { continue }
      let covered = terms.coveredPrincipal(position, watch: &watch)
      guard covered > 0 else { continue }
      book.lend(
        Money(fen: terms.hot.lossBase(of: loan.outstanding(in: 0), covered: covered, loan: loan)),
        bank: item.bank)
      if countsOutstanding { lent.append((position, covered)) }
    }
  }

  /// Lays a claim's loss in layers, each with its shares.
  ///
  /// - Parameter money: The fund's money before the claim.
  mutating func layered(
    _ claim: InOrderClaim, _ money: FundMoney
  ) -> (loss: LayeredLoss, shared: [SharedLayer]) {
    let years = plan.years[claim.month]
    book.go(toYear: years.calendar, programmeYear: years.ofClaims)
    if countsOutstanding { book.set(outstanding: outstanding(claim.month)) }
    book.money = money
    let steps = plan.steps[claim.model]
    let loss = book.layered(
      claim.loss.base, bank: claim.bank, steps: steps.rates,
      shares: steps.sharings.map { sharing in
        sharing.payers.first { $0.party == .fund }?.share ?? .zero
      })
    return (
      loss,
      loss.layers.map {
        SharedLayer(amount: $0.amount, sharing: .of($0.kind, steps: steps.sharings))
      }
    )
  }

  /// Counts a settled claim.
  mutating func count(_ claim: InOrderClaim, owed: Money) {
    book.count(loss: claim.loss.base, owed: owed, bank: claim.bank)
  }

  private func outstanding(_ month: Int) -> [Money] {
    var amounts = [Money](repeating: .zero, count: bankCount)
    for item in lent {
      let loan = terms.loans[Int(item.loan)]
      amounts[Int(loan.bank)].fen += terms.hot.lossBase(
        of: loan.outstanding(in: month + 1), covered: item.covered, loan: loan)
    }
    return amounts
  }
}
