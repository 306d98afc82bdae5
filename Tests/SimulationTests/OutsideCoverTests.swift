import CompensationKernel
import FundCore
import LossStatistics
import Simulation
import TestSupport
import Testing

/// What lies outside cover, by reason, and the balances of single accounts.
@Suite struct OutsideCoverTests {
  private func parts(_ result: FundResult) -> [OutsideReason: [Double]] {
    Dictionary(
      uniqueKeysWithValues: result.outsideCover.parts.filter { $0.loans > 0 }.map {
        ($0.reason, [$0.amount, $0.loans])
      })
  }

  /// Five loans of 100 yuan each that all default, in yuan: whole, half pledged, never covered, after
  /// the programme's last month, and of an enterprise that had defaulted.
  @Test func `each loss outside cover has its reason, by hand`() {
    var half = LoanDraft.failing(in: 3, 10_000)
    half.ipPrincipal = 5_000
    var again = LoanDraft.failing(in: 8, 10_000)
    again.start = 5
    again.term = 3
    again.enterprise = 7
    var before = LoanDraft.failing(in: 2, 10_000)
    before.enterprise = 7
    let late = LoanDraft.failing(in: 10, 10_000)
    let uncovered = LoanDraft.failing(in: 4, 10_000)
    let draft = ScenarioDraft(horizon: 14, loans: [before, half, uncovered, late, again])
    var fund = FundDraft.of(share: .percent(40), opening: .yuan(1_000))
    fund.coveredPrincipal = [10_000, 5_000, 0, 10_000, 10_000]
    fund.lastDefaultMonth = 9
    fund.earlierDefaultRemovesCover = true
    let result = draft.run(fund, trials: 3)
    #expect(
      parts(result) == [
        .beyondBase: [50, 1], .neverCovered: [100, 1], .notInForce: [100, 1],
        .enterpriseDefaulted: [100, 1],
      ])
    #expect(result.outsideCover.losses == 500)
    #expect(result.outsideCover.share == 0.7)
  }

  /// Without recoveries what lies outside cover by reason is what the banks lose there, to the fen.
  @Test(arguments: 0..<25)
  func `the reasons sum to the banks' loss outside cover`(seed: UInt64) {
    var words = SeededWords(seed: 9_900 + seed)
    var draft = words.scenario()
    draft.recovery = RecoveryModel(part: .fixed(0), lag: 1...3)
    let funds = (0..<4).map { _ in words.anyFund(for: draft) }
    let trials = 30
    for result in draft.run(funds, trials: trials, seed: seed).funds {
      let fen = { (yuan: Double) in Int64((yuan * 100 * Double(trials)).rounded()) }
      let byReason = result.outsideCover.parts.reduce(0) { $0 + $1.amount }
      #expect(fen(byReason) == result.column(.lossOutsideCover).reduce(0, +))
      #expect(result.outsideCover.parts.allSatisfy { $0.amount >= 0 && $0.loans >= 0 })
      let borne = result.parties.map { result.column(.loss($0)).reduce(0, +) }.reduce(0, +)
      #expect(
        fen(result.outsideCover.losses) == borne + result.column(.lossOutsideCover).reduce(0, +))
    }
  }

  /// 100 yuan in each account. Month 3: 100 paid, 50 refunded: 50 and 50. Month 5: 50 paid, 25 refunded.
  /// Month 13: 20 of new money, 10 to each.
  @Test func `the two accounts of a pool, at the ends of years and at the end`() throws {
    let draft = ScenarioDraft(
      horizon: 14, loans: [.failing(in: 3, 10_000), .failing(in: 5, 5_000)])
    var fund = FundDraft.of(share: .one, opening: .yuan(200))
    fund.accounts = .socialFirst(refundShare: .percent(50), lagMonths: 0)
    fund.injections = [13: .yuan(20)]
    let estimates = try #require(RiskEstimates(draft.run([fund], trials: 2))).funds[0]
    #expect(estimates.accounts.map(\.isRefunding) == [false, true])
    #expect(estimates.accounts.map(\.yearEnds) == [[25, 35], [25, 35]])
  }

  /// 60 and 40 yuan; the second bank's claim of 30 leaves 10.
  @Test func `the accounts of single banks bear their names`() throws {
    var draft = ScenarioDraft(horizon: 12, loans: [.failing(in: 3, 3_000), .failing(in: 30, 1)])
    draft.loans[0].bank = 1
    draft.bankCount = 2
    var fund = FundDraft.of(share: .one, opening: .yuan(100))
    fund.partition = [.percent(60), .percent(40)]
    let estimates = try #require(RiskEstimates(draft.run([fund], trials: 2))).funds[0]
    #expect(estimates.accounts.map(\.bank) == ["bank 0", "bank 1"])
    #expect(estimates.accounts.map(\.yearEnds) == [[60], [10]])
    let single = FundDraft.of(share: .one, opening: .yuan(100))
    #expect(try #require(RiskEstimates(draft.run([single], trials: 2))).funds[0].accounts.isEmpty)
  }

  /// A level of the analyst's own counts from the good end; where little is bad, 97.5 % is the lowest 2.5 %.
  @Test func `levels of one's own stand in their order`() throws {
    let draft = ScenarioDraft(horizon: 12, loans: [.failing(in: 3, 3_000)])
    let fund = FundDraft.of(share: .one, opening: .yuan(100))
    let result = draft.run([fund], trials: 50)
    let own = try #require(
      RiskEstimates(result, levels: [.percent(99), Level(millionths: 975_000)])
    ).funds[0]
    let levels = own.compensation.quantiles.map(\.level.millionths)
    #expect(levels == [500_000, 950_000, 975_000, 990_000, 999_000])
    #expect(
      own.compensation.tailMeans.map(\.level.millionths) == [950_000, 975_000, 990_000, 999_000])
    #expect(
      own.closing.quantiles.map(\.level.millionths) == [500_000, 50_000, 25_000, 10_000, 1_000])
    #expect(own.capitalForSurvival.map(\.level.millionths).contains(975_000))
    let usual = try #require(RiskEstimates(result)).funds[0]
    #expect(usual.compensation.quantiles.count == 4)
    #expect(usual.compensation.tailMeans.count == 3)
  }
}
