import CompensationKernel
import FundCore
import Simulation
import Testing

/// The order of a month (MODEL.md §1), by hand: a fund that bears all of a loss of 100 yuan.
@Suite struct MonthOrderStoryTests {
  private func run(_ loans: [LoanDraft], _ fund: FundDraft, horizon: Int = 24) -> FundResult {
    ScenarioDraft(horizon: horizon, loans: loans).run(fund, trials: 1)
  }

  private func fund(_ yuan: Int64) -> FundDraft { .of(share: .one, opening: .yuan(yuan)) }

  @Test func `interest is that of the closing balance before, none in month 0`() {
    var fund = fund(1_000)
    fund.interestRate = .percent(12)
    #expect(run([], fund, horizon: 1).column(.interest) == [0])
    // 10 and 10.10 yuan.
    #expect(run([], fund, horizon: 3).column(.interest) == [2_010])
    // A claim of month 1 comes after that month's interest: 10, then 1 % of 910.
    #expect(run([.failing(in: 1, 10_000)], fund, horizon: 3).column(.interest) == [1_910])
    // New money of month 1 earns from month 2 on: 10, then 1 % of 1 110.
    fund.injections = [1: .yuan(100)]
    #expect(run([], fund, horizon: 3).column(.interest) == [2_110])
  }

  @Test func `interest and new money of a month pay its claims`() {
    var fund = fund(99)
    let claim = [LoanDraft.failing(in: 1, 10_000)]
    #expect(run(claim, fund).column(.exhaustionMonth) == [1])
    fund.interestRate = .percent(13)  // 1.0725 yuan
    #expect(run(claim, fund).column(.exhaustionMonth) == [-1])
    fund.interestRate = .zero
    fund.injections = [1: .yuan(1)]
    #expect(run(claim, fund).column(.exhaustionMonth) == [-1])
    fund.injections = [2: .yuan(1)]
    #expect(run(claim, fund).column(.exhaustionMonth) == [1])
    #expect(run(claim, fund).column(.unpaid) == [100])
  }

  @Test func `a recovery pays claims of its month`() {
    var draft = ScenarioDraft(
      horizon: 24, loans: [.failing(in: 2, 10_000), .failing(in: 5, 10_000)])
    for (lag, exhausted) in [(3, -1), (4, 5)] as [(Int, Int64)] {
      draft.recovery = RecoveryModel(part: .fixed(0.5), lag: lag...lag)
      let result = draft.run(fund(150), trials: 1)
      #expect(result.column(.exhaustionMonth) == [exhausted])
      #expect(result.column(.returned) == [10_000])
    }
  }

  @Test func `claims of a month are settled in portfolio order`() {
    let loans = [LoanDraft.failing(in: 3, 8_000), .failing(in: 3, 5_000), .failing(in: 2, 4_000)]
    // 40 of 100, then 60 of the 80, nothing of the 50.
    let result = run(loans, fund(100))
    #expect(result.column(.compensation) == [10_000])
    #expect(result.column(.unpaid) == [7_000])
    var swapped = FundDraft.of(share: .one, opening: .yuan(100))
    swapped.partition = [.percent(90), .percent(10)]
    var draft = ScenarioDraft(horizon: 12, loans: loans)
    draft.bankCount = 2
    draft.loans[1].bank = 1
    // Accounts of 90 and 10: 40, 50 of the 80; 10 of the 50.
    #expect(draft.run(swapped, trials: 1).column(.compensation) == [10_000])
    #expect(draft.run(swapped, trials: 1).column(.exhaustionMonth) == [3])
  }

  @Test func `the fee of a year comes after its last claims, and never exhausts a fund`() {
    var fund = fund(100)
    fund.yearlyFee = .yuan(30)
    let claim = run([.failing(in: 11, 10_000)], fund)
    #expect(claim.column(.exhaustionMonth) == [-1])
    #expect(claim.column(.fees) == [0])
    let later = run([.failing(in: 12, 10_000)], fund)
    #expect(later.column(.fees) == [3_000])
    #expect(later.column(.exhaustionMonth) == [12])
    #expect(run([], fund, horizon: 60).column(.fees) == [10_000])
    #expect(run([], fund, horizon: 60).column(.exhaustionMonth) == [-1])
  }

  @Test func `waiting claims are paid before new ones, oldest first`() {
    var fund = fund(0)
    fund.unpaidWaits = true
    fund.injections = [5: .yuan(120)]
    let loans = [
      LoanDraft.failing(in: 3, 10_000), .failing(in: 2, 5_000), .failing(in: 5, 10_000),
    ]
    let result = run(loans, fund)
    // 50 of month 2, 70 of month 3's 100; nothing is left for month 5.
    #expect(result.column(.compensation) == [12_000])
    #expect(result.column(.unpaid) == [13_000])
    #expect(result.column(.exhaustionMonth) == [2])
    fund.injections[6] = .yuan(1_000)
    #expect(run(loans, fund).column(.unpaid) == [0])
    #expect(run(loans, fund).column(.exhaustionMonth) == [2])
  }

  @Test func `claims and recoveries after the horizon are left out and counted`() {
    var fund = fund(1_000)
    fund.delay = 3
    var draft = ScenarioDraft(
      horizon: 14, loans: [.failing(in: 10, 10_000), .failing(in: 11, 10_000)])
    draft.recovery = RecoveryModel(part: .fixed(1), lag: 1...1)
    let result = draft.run(fund, trials: 1)
    #expect(result.claimsAfterHorizon == 1)
    #expect(result.recoveriesAfterHorizon == 1)
    #expect(result.column(.defaults) == [2])
    #expect(result.column(.compensation) == [10_000])
    #expect(result.column(.returned) == [0])
  }

  @Test func `balances by month and flows are those of the story`() {
    var fund = fund(1_000)
    fund.injections = [4: .yuan(500)]
    let result = run([.failing(in: 2, 30_000)], fund, horizon: 6)
    // One bin is 1/2000 of 1.25 times all money.
    let bin = 150_000.0 * 1.25 / 2_000
    for (month, yuan) in [1_000, 1_000, 700, 700, 1_200, 1_200].enumerated() {
      let median = result.balanceQuantile(month: month, millionths: 500_000)
      #expect(abs(Double(median.fen) - Double(yuan * 100)) <= bin)
      #expect(result.meanFlows(month: month).paid == (month == 2 ? 300 : 0))
    }
    #expect(result.column(.lowest) == [70_000])
    #expect(result.column(.closing) == [120_000])
  }
}
