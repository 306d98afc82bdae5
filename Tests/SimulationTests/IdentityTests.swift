import CompensationKernel
import Foundation
import FundCore
import Simulation
import TestSupport
import Testing

/// MODEL.md §8 E.
@Suite struct IdentityTests {
  /// Loans of many sizes and probabilities; a share of 40 % with a cap that some of them reach.
  private static func draft() -> (ScenarioDraft, FundDraft, expected: Double) {
    var words = SeededWords(seed: 51)
    var draft = ScenarioDraft(horizon: 40, loans: [])
    var expected = 0.0
    for _ in 0..<60 {
      var loan = LoanDraft()
      loan.start = Int.random(in: -3...20, using: &words)
      loan.term = Int.random(in: 4...14, using: &words)
      loan.principal = Int64.random(in: 1_000...900_000, using: &words)
      loan.probability = Double.random(in: 0.002...0.09, using: &words)
      draft.loans.append(loan)
      let owed = min((4 * loan.principal + 5) / 10, 250_000)
      let survival = pow(1 - loan.probability, Double(loan.term) / 12)
      expected += (1 - survival) * Double(owed)
    }
    var fund = FundDraft()
    fund.payers = [PayerTerms(party: .fund, share: .percent(40), isCapped: true)]
    fund.caps = Array(repeating: 250_000, count: draft.horizon)
    fund.opening = .yuan(1_000_000)
    fund.delay = 2
    return (draft, fund, expected)
  }

  @Test(arguments: [
    Dependence.independent, .gaussian, .studentT(degreesOfFreedom: 6), .gamma(variance: 0.1),
  ])
  func `E: mean compensation is the sum of probability times compensation`(
    dependence: Dependence
  ) {
    let (template, fund, expected) = Self.draft()
    var draft = template
    // Gamma: with a variance of 0.1 no factor reaches 1 / 9 %, so nothing is cut.
    draft.factors = FactorModel(
      dependence: dependence, assetCorrelations: [0.15])
    let result = draft.run(fund, trials: Chance.trials(1_500, long: 400_000))
    #expect(Moments(result.column(.compensation)).hasMean(expected))
    #expect(result.column(.unpaid).allSatisfy { $0 == 0 })
  }

  @Test(arguments: 0..<12)
  func `E: opening balance + in − out is the closing balance in every trial`(seed: UInt64) {
    var words = SeededWords(seed: 5_200 + seed)
    let draft = words.scenario()
    let fund = words.fund(for: draft)
    let result = draft.run(fund, trials: 100, seed: seed)
    let injected = fund.injections.filter { $0.key < draft.horizon }.values.reduce(.zero, +)
    let columns = [OutcomeColumn.interest, .returned, .compensation, .fees, .closing].map {
      result.column($0)
    }
    for trial in 0..<100 {
      let money = columns[0][trial] + columns[1][trial] - columns[2][trial] - columns[3][trial]
      #expect(fund.opening.fen + injected.fen + money == columns[4][trial])
    }
    #expect(zip(result.column(.lowest), columns[4]).allSatisfy { $0 <= $1 && $0 >= 0 })
  }

  @Test(arguments: 0..<12)
  func `E: needed capital is at most the initial amount exactly where nothing went unpaid`(
    seed: UInt64
  ) {
    var words = SeededWords(seed: 5_300 + seed)
    let draft = words.scenario()
    var fund = words.fund(for: draft)
    fund.partition = []
    let result = draft.run(fund, trials: 150, seed: seed)
    let months = result.column(.exhaustionMonth)
    for (needed, month) in zip(result.column(.neededCapital), months) {
      #expect((needed <= fund.opening.fen) == (month < 0))
    }
  }
}
