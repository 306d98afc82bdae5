import CompensationKernel
import FundCore

/// Covered lending held against a multiple of the fund's balance, on one path: a loan with which it would come to
/// more has no cover.
struct CoverLimit {
  /// A loan with what is covered of its principal, in fen.
  private struct LentLoan {
    let loan: Int32
    let covered: Int64
  }

  private let cover: FundPlan.Cover
  private let terms: FundTerms
  private let fundPays: (Int, Int) -> Bool
  /// The loans by the month of their start; those that ran at the opening in the order in which they were made.
  private let loansByStart: [[Int32]]
  private var isRefused: [Bool]
  /// The covered loans so far, with what is covered of each.
  private var lent: [LentLoan] = []
  private let lentBefore: [LentLoan]

  /// `nil` if nothing limits covered lending.
  init?(_ terms: FundTerms) {
    let plan = terms.setup.plan
    guard plan.cover.coverLimit != nil else { return nil }
    (cover, self.terms) = (plan.cover, terms)
    fundPays = { plan.pays(on: $0, model: $1) }
    loansByStart = terms.setup.loansByStart.map { month in
      month.enumerated().sorted {
        (terms.loans[Int($0.element)].start, $0.offset)
          < (terms.loans[Int($1.element)].start, $1.offset)
      }.map(\.element)
    }
    isRefused = Array(repeating: false, count: terms.loans.count)
    lentBefore =
      plan.carried == nil
      ? []
      : terms.loans.indices.filter { terms.loans[$0].start < 0 && plan.cover.principal[$0] > 0 }
        .map { LentLoan(loan: Int32($0), covered: plan.cover.principal[$0]) }
  }

  /// Forgets the trial before.
  mutating func reset() {
    for index in isRefused.indices { isRefused[index] = false }
    lent = lentBefore
  }

  /// Whether a loan has no cover because of the limit.
  func refuses(_ loan: Int32) -> Bool { isRefused[Int(loan)] }

  /// Decides about the loans of a month, one after the other, by what the fund holds.
  mutating func decide(
    _ month: Int, balance: Int64, watch: inout ThresholdWatch, trial: borrowing TrialContext
  ) {
    guard month < loansByStart.count, !loansByStart[month].isEmpty else { return }
    lent = lent.filter { outstanding($0, month) > 0 }
    var lending = lent.reduce(Int64(0)) { $0 + outstanding($1, month) }
    for position in loansByStart[month] {
      let loan = terms.loans[Int(position)]
      let item = LoanInBank(loan: position, bank: Int(loan.bank), start: Int(loan.start))
      guard !watch.stopped.contains(position),
        fundPays(Int(position), terms.hot.modelPosition(of: loan)),
        terms.isLentUnderCover(item, watch: &watch, trial: trial)
      else { continue }
      let covered = terms.coveredPrincipal(position, watch: &watch)
      guard covered > 0 else { continue }
      let asked = terms.hot.lossBase(of: loan.outstanding(in: 0), covered: covered, loan: loan)
      guard
        cover.coverLimit(startingIn: item.start).map({
          isWithin(Money(fen: lending + asked), times: $0, balance: Money(fen: balance))
        }) ?? true
      else {
        isRefused[Int(position)] = true
        continue
      }
      let granted = LentLoan(loan: position, covered: covered)
      lent.append(granted)
      lending += outstanding(granted, month)
    }
  }

  /// What is outstanding of a loan by schedule at the end of a month.
  private func outstanding(_ item: LentLoan, _ month: Int) -> Int64 {
    let loan = terms.loans[Int(item.loan)]
    return terms.hot.lossBase(
      of: loan.outstanding(in: month + 1), covered: item.covered, loan: loan)
  }
}
