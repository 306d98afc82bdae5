import CompensationKernel
import FundCore
import Simulation
import Testing

/// Which part of a loan a fund answers for, by hand.
@Suite struct CoverStoryTests {
  private func run(_ loan: LoanDraft, _ fund: FundDraft) -> FundResult {
    ScenarioDraft(horizon: 30, loans: [loan]).run(fund, trials: 1)
  }

  private var whole: FundDraft { .of(share: .one, opening: .yuan(100_000)) }

  @Test func `the part that is not pledged is the bank's, outside the base`() {
    var loan = LoanDraft.failing(in: 3, 10_001)
    loan.ipPrincipal = 5_000
    var draft = ScenarioDraft(horizon: 30, loans: [loan])
    draft.recovery = RecoveryModel(part: .fixed(0.5), lag: 2...2, costs: .percent(10))
    let result = draft.run(.of(share: .percent(40), opening: .yuan(1_000)), trials: 1)
    #expect(result.column(.compensation) == [2_000])
    // 25 yuan come back on the base: 10 to the fund; the bank has 15 less costs of 2.50.
    #expect(result.column(.returned) == [1_000])
    #expect(result.column(.loss(.bank)) == [3_000 - 1_500 + 250])
    // 50.01 outside; half of it, half up, is 25.01, less costs of 2.50.
    #expect(result.column(.lossOutsideCover) == [5_001 - 2_501 + 250])
  }

  @Test func `interest is simple, for the months of the delay`() {
    var loan = LoanDraft.failing(in: 3, 1_000_000)
    loan.rate = 60_000
    var fund = whole
    fund.countsInterest = true
    fund.delay = 2
    // 6 % of 10 000 yuan for two months of 30 days (I-44); it was three, with the month of the default.
    #expect(run(loan, fund).column(.compensation) == [1_010_000])
    fund.penaltyRate = 90_000
    #expect(run(loan, fund).column(.compensation) == [1_015_000])
    fund.countsInterest = false
    #expect(run(loan, fund).column(.compensation) == [1_000_000])
  }

  @Test(arguments: [(1, 1_000), (2, 917), (7, 502), (12, 87)])
  func `equal principal: what is left before the instalment of the month of default`(
    month: Int, left: Int64
  ) {
    // 1 000 fen in twelve instalments of 83, the last of 87. Nearly certain to fail only in the
    // month that the stress leaves.
    var loan = LoanDraft()
    loan.start = 0
    loan.principal = 1_000
    loan.isAmortizing = true
    loan.probability = 1e-12
    var draft = ScenarioDraft(horizon: 30, loans: [loan])
    draft.timing = .monthly
    draft.stress = [month: 1e12]
    // A month fails with 1 − (10⁻⁶)^(1/12) = 68 %.
    let result = draft.run(whole, trials: 40)
    let paid = Set(result.column(.compensation))
    #expect(paid == [0, left])
  }

  @Test func `a cap is that of the month of payment and of the bank`() {
    var fund = whole
    fund.payers[0].isCapped = true
    fund.caps = (0..<30).map { $0 < 12 ? 100 : 150 }
    #expect(run(.failing(in: 11, 1_000), fund).column(.compensation) == [100])
    fund.delay = 1
    #expect(run(.failing(in: 11, 1_000), fund).column(.compensation) == [150])
    var draft = ScenarioDraft(horizon: 30, loans: [.failing(in: 3, 1_000)])
    draft.bankCount = 2
    draft.loans[0].bank = 1
    fund.caps = Array(repeating: 100, count: 30) + Array(repeating: 70, count: 30)
    #expect(draft.run(fund, trials: 1).column(.compensation) == [70])
  }

  @Test func `an earlier default of the enterprise removes cover from its later loans`() {
    var fund = whole
    let paid = { (starts: [Int], fund: FundDraft) in
      ScenarioDraft(
        horizon: 40, loans: starts.map { LoanDraft.failing(in: $0 + 12, 1_000).of(1) }
      ).run(fund, trials: 1).column(.compensation)[0]
    }
    // The first fails in month 3. A loan of month 3 is made by the state of month 2.
    #expect(paid([-9, 4], fund) == 2_000)
    fund.earlierDefaultRemovesCover = true
    #expect(paid([-9, 4], fund) == 1_000)
    #expect(paid([-9, 3], fund) == 2_000)
    #expect(paid([4, -9], fund) == 1_000)
  }

  /// Loans that lost their cover this way once still counted as covered.
  @Test func `a loan without cover for an earlier default is not in the covered volume`() {
    let loans = [
      LoanDraft.failing(in: 2, 1_000).of(1), .sound(start: 4, term: 20, 99_000).of(1),
      .failing(in: 6, 1_000).of(2),
    ]
    var fund = whole
    fund.earlierDefaultRemovesCover = true
    fund.thresholds = [
      ThresholdTerms(
        id: "warning", ratio: .init(.compensationOwed, .covered, .ipPart), level: .percent(60),
        effect: .warning, watch: .init(.claims, minimumDisbursed: .zero))
    ]
    // Month 2: 10 of 20 covered, 50 %. Month 6: 20 of 20.
    let result = ScenarioDraft(horizon: 30, loans: loans).run(fund, trials: 1)
    #expect(result.firstBreaches(threshold: 0, slot: 0) == [6])
  }

  @Test func `losses after the last month in force are not covered, claims of earlier ones are`() {
    var fund = whole
    fund.delay = 4
    fund.lastDefaultMonth = 6
    #expect(run(.failing(in: 6, 1_000), fund).column(.compensation) == [1_000])
    #expect(run(.failing(in: 7, 1_000), fund).column(.compensation) == [0])
    #expect(run(.failing(in: 7, 1_000), fund).column(.lossOutsideCover) == [1_000])
  }

  @Test func `a loan that was repaid before the start was not disbursed in the run`() {
    let loans = [
      LoanDraft.sound(start: -20, term: 12, 900_000), .failing(in: 3, 1_000),
      .sound(start: -12, term: 12, 9_000),
    ]
    var fund = whole
    fund.thresholds = [.owed(.percent(10))]
    // 10 yuan of 100: the third loan is outstanding in month 0, the first is not.
    let result = ScenarioDraft(horizon: 30, loans: loans).run(fund, trials: 1)
    #expect(result.firstBreaches(threshold: 0, slot: 0) == [3])
  }
}
