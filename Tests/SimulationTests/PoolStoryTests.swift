import CompensationKernel
import FundCore
import Simulation
import Testing

/// Chaoyang's pool over months: a social account that pays, a fiscal one that refunds.
@Suite struct PoolStoryTests {
  private func fund(
    _ yuan: Int64, refund: Ratio = .percent(50), lag: Int, share: Ratio = .one
  ) -> FundDraft {
    var fund = FundDraft.of(share: share, opening: .yuan(yuan))
    fund.accounts = .socialFirst(refundShare: refund, lagMonths: lag)
    return fund
  }

  @Test(arguments: [(0, -1), (2, -1), (3, 5)] as [(Int, Int64)])
  func `a refund that comes in time pays the next claim`(lag: Int, exhausted: Int64) {
    // 100 in each account: 100 in month 3, refunded 50; 50 in month 5.
    let draft = ScenarioDraft(
      horizon: 12, loans: [.failing(in: 3, 10_000), .failing(in: 5, 5_000)])
    let result = draft.run(fund(200, lag: lag), trials: 1)
    #expect(result.column(.exhaustionMonth) == [exhausted])
    #expect(result.column(.unpaid) == [exhausted < 0 ? 0 : 5_000])
  }

  @Test func `both parties bear their agreed parts of what was paid`() {
    let draft = ScenarioDraft(horizon: 12, loans: [.failing(in: 3, 10_000)])
    for lag in [0, 3, 20] {
      let result = draft.run(fund(400, refund: .percent(30), lag: lag), trials: 1)
      #expect(result.column(.loss(.fund)) == [3_000])
      #expect(result.column(.loss(.partner)) == [7_000])
      #expect(result.column(.loss(.bank)) == [0])
    }
  }

  /// 100 in each account, 40 of new money in month 1, refunds after three months.
  ///
  ///     0  160 owed, 100 paid, 50 to be refunded in month 3; 60 wait
  ///     1  20 to each account; 20 of the waiting 60 are paid and refunded by half: social 10
  ///     3  the refund of 50: social 60; 40 paid and refunded by half: social 40, fiscal 40
  ///     5  50 owed: 40 paid and refunded by half; the rest of 10 in month 6
  ///
  /// The refund of month 3 was once taken of all that had been refunded already.
  @Test func `a waiting payment is refunded once`() {
    let draft = ScenarioDraft(
      horizon: 6, loans: [.failing(in: 0, 16_000), .failing(in: 5, 5_000)])
    var fund = fund(200, lag: 3)
    fund.unpaidWaits = true
    fund.injections = [1: .yuan(40)]
    let result = draft.run(fund, trials: 1)
    #expect(result.column(.compensation) == [20_000])
    #expect(result.column(.unpaid) == [1_000])
    #expect(result.column(.closing) == [4_000])
  }

  /// A refund of 80 %, a month later. Both claims of 100 and 80 come back in full.
  ///
  ///     0  100 paid; month 1: 80 refunded, 20 left in the fiscal account
  ///     1  80 paid; month 2: 64 to be refunded, 20 there: the partner bears 44 more
  ///
  /// The fiscal account once got back what it had never refunded.
  @Test func `full recoveries leave no account with a gain, also after a short refund`() {
    var draft = ScenarioDraft(
      horizon: 12, loans: [.failing(in: 0, 10_000), .failing(in: 1, 8_000)])
    draft.recovery = RecoveryModel(part: .fixed(1), lag: 5...5)
    let result = draft.run(fund(200, refund: .percent(80), lag: 1), trials: 1)
    #expect(result.column(.exhaustionMonth) == [2])
    #expect(result.column(.unpaid) == [4_400])
    #expect(result.column(.loss(.fund)) == [0])
    #expect(result.column(.loss(.partner)) == [0])
    #expect(result.column(.closing) == [20_000])
  }

  @Test func `a refund after the horizon is owed and not made`() {
    let draft = ScenarioDraft(horizon: 5, loans: [.failing(in: 3, 10_000)])
    let result = draft.run(fund(200, lag: 2), trials: 1)
    #expect(result.column(.closing) == [10_000])
    #expect(result.column(.exhaustionMonth) == [-1])
  }
}
