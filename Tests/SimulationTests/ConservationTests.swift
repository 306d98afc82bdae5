import CompensationKernel
import FundCore
import Simulation
import TestSupport
import Testing

/// Laws of money that hold in every trial of every scenario.
@Suite struct ConservationTests {
  private static let trials = 30

  @Test(arguments: 0..<25)
  func `no trial of a random scenario loses or makes a fen`(seed: UInt64) {
    var words = SeededWords(seed: 9_000 + seed)
    let draft = words.scenario()
    let funds = (0..<4).map { _ in words.anyFund(for: draft) }
    for (fund, result) in zip(funds, draft.run(funds, trials: Self.trials, seed: seed).funds) {
      #expect(result.unbalancedTrials == 0)
      #expect(result.undividedTrials == 0)
      let paid = result.column(.compensation)
      let returned = result.column(.returned)
      let lost = zip(result.column(.loss(.fund)), partnerLoss(result)).map(+)
      #expect(
        lost == zip(paid, returned).map(-), "the fund bears what it paid and did not get back")
      #expect(result.column(.closing).allSatisfy { $0 >= 0 })
      #expect(result.column(.fees).allSatisfy { $0 <= fund.yearlyFee.fen * 4 })
      #expect(
        zip(result.column(.unpaid), result.column(.exhaustionMonth)).allSatisfy {
          $0 >= 0 && ($0 == 0 || $1 >= 0)
        })
    }
  }

  private func partnerLoss(_ result: FundResult) -> [Int64] {
    result.parties.contains(.partner)
      ? result.column(.loss(.partner)) : Array(repeating: 0, count: result.trialCount)
  }

  /// Payments of claims that had waited were once missing from the monthly figures.
  @Test(arguments: 0..<8)
  func `the flows of the months sum to those of the trials`(seed: UInt64) {
    var words = SeededWords(seed: 9_500 + seed)
    var draft = words.scenario()
    draft.factors.dependence = .gaussian
    let funds = (0..<3).map { _ in words.anyFund(for: draft) }
    for result in draft.run(funds, trials: Self.trials, seed: seed).funds {
      let flows = (0..<draft.horizon).map { result.meanFlows(month: $0) }
      let fen = { (yuan: Double) in Int64((yuan * 100 * Double(Self.trials)).rounded()) }
      #expect(fen(flows.reduce(0) { $0 + $1.paid }) == result.column(.compensation).reduce(0, +))
      #expect(fen(flows.reduce(0) { $0 + $1.returned }) == result.column(.returned).reduce(0, +))
    }
  }

  /// Nothing is owed to anybody after all has come back, whoever advanced it.
  @Test(arguments: 0..<10)
  func `losses that are recovered in full without costs leave no party a loss or a gain`(
    seed: UInt64
  ) {
    var words = SeededWords(seed: 9_700 + seed)
    var draft = words.scenario()
    draft.factors.dependence = .gaussian
    draft.recovery = RecoveryModel(part: .fixed(1), lag: 1...1)
    draft.horizon += 8
    for index in draft.loans.indices where draft.loans[index].start + 15 > draft.horizon - 8 {
      draft.loans[index].probability = 0
    }
    var fund = words.anyFund(for: draft)
    fund.unpaidWaits = false
    fund.accounts = .single
    fund.recovery = RecoveryTerms(
      basis: .shareBorne, isLimitedToPaid: false, isNetOfCosts: false, stopsAtLossBase: false)
    let result = draft.run(fund, trials: Self.trials, seed: seed)
    for party in result.parties {
      #expect(result.column(.loss(party)).allSatisfy { $0 == 0 }, "\(party)")
    }
    #expect(result.column(.lossOutsideCover).allSatisfy { $0 == 0 })
  }
}
