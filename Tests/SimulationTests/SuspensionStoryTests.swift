import CompensationKernel
import FundCore
import Simulation
import Testing

/// Baotou's Art. 13, worked by hand. One bank lends 1 000 yuan at the start; the fund owes 30 % of
/// a loss two months after the default.
///
///     month 3  a loan of 100 fails; claim in month 5: 30 owed, 3 % of 1 000: the warning
///     month 4  another fails; claim in month 6: 60 owed of 1 100 lent by then: the notice
///
/// Later loans of 100 each show who is still covered; each fails 12 months after its start.
@Suite struct SuspensionStoryTests {
  private static func draft(_ later: [LoanDraft]) -> ScenarioDraft {
    var existing = LoanDraft.sound(start: -8, term: 12, 10_000)
    existing.enterprise = 3
    let start = [
      LoanDraft.failing(in: 3, 10_000).of(1), .failing(in: 4, 10_000).of(2), existing,
      .sound(start: 0, term: 24, 70_000).of(4),
      // Lent in the month of the notice, by the state of the month before.
      .failing(in: 18, 10_000).of(5),
    ]
    return ScenarioDraft(horizon: 40, loans: start + later)
  }

  private static func fund(
    _ customers: CustomerRule = CustomerRule(
      earlierLoan: .any, lender: .sameBank, noticeLagMonths: 0), resumesAfter: Int? = nil
  ) -> FundDraft {
    var fund = FundDraft.of(share: .percent(30), opening: .yuan(10_000))
    fund.delay = 2
    fund.thresholds = [
      .owed(.percent(3)),
      ThresholdTerms(
        id: "suspend", ratio: .init(.compensationOwed, .disbursed, .ipPart), level: .percent(5),
        effect: .suspendNewCustomers, watch: .init(.claims, minimumDisbursed: .zero),
        resumesAfterMonths: resumesAfter, customers: customers),
    ]
    return fund
  }

  /// How many of the five loans of the start and the later ones were paid for, and how many not.
  private func paidLoans(_ later: [LoanDraft], _ fund: FundDraft) -> [Int64] {
    let result = Self.draft(later).run(fund, trials: 1)
    return [
      result.column(.compensation)[0] / 3_000, result.column(.lossOutsideCover)[0] / 10_000,
    ]
  }

  @Test func `the warning comes at exactly 3 per cent, the notice at the next claim`() {
    let result = Self.draft([]).run(Self.fund(), trials: 1)
    #expect(result.firstBreaches(threshold: 0, slot: 0) == [5])
    #expect(result.firstBreaches(threshold: 1, slot: 0) == [6])
    #expect(result.firstBreaches(threshold: 1, slot: nil) == [6])
    let warned = result.meanRatioAtBreach(threshold: 0, slot: 0)
    #expect(warned?.part == 30 && warned?.whole == 1_000)
    let suspended = result.meanRatioAtBreach(threshold: 1, slot: 0)
    #expect(suspended?.part == 60 && suspended?.whole == 1_100)
  }

  @Test func `one fen below the level nothing happens`() {
    var draft = Self.draft([])
    draft.loans[3].principal += 1
    let result = draft.run(Self.fund(), trials: 1)
    // 30 yuan of 1 000.01; then 60 of 1 100.01.
    #expect(result.firstBreaches(threshold: 0, slot: 0) == [6])
  }

  @Test func `a loan of the month of the notice is covered, a new customer's a month later is not`()
  {
    #expect(paidLoans([], Self.fund()) == [3, 0])
    #expect(paidLoans([.failing(in: 18, 10_000).of(6)], Self.fund()) == [4, 0])
    #expect(paidLoans([.failing(in: 19, 10_000).of(6)], Self.fund()) == [3, 1])
  }

  @Test func `an existing customer's new loan stays covered`() {
    #expect(paidLoans([.failing(in: 19, 10_000).of(4)], Self.fund()) == [4, 0])
    #expect(paidLoans([.failing(in: 30, 10_000).of(4)], Self.fund()) == [4, 0])
  }

  /// Enterprise 3 repaid its loan in month 4.
  @Test func `only running loans make a customer under the other reading of I-18`() {
    let later = [LoanDraft.failing(in: 19, 10_000).of(3)]
    #expect(paidLoans(later, Self.fund()) == [4, 0])
    let running = CustomerRule(earlierLoan: .running, lender: .sameBank, noticeLagMonths: 0)
    #expect(paidLoans(later, Self.fund(running)) == [3, 1])
    #expect(paidLoans([.failing(in: 19, 10_000).of(4)], Self.fund(running)) == [4, 0])
  }

  @Test func `two loans of a new customer do not make each other covered`() {
    let later = [LoanDraft.failing(in: 19, 10_000).of(6), .failing(in: 20, 10_000).of(6)]
    #expect(paidLoans(later, Self.fund()) == [3, 2])
  }

  @Test func `a notice that lags leaves the months before it covered`() {
    let lagging = CustomerRule(earlierLoan: .any, lender: .sameBank, noticeLagMonths: 2)
    // Notice in month 8.
    #expect(paidLoans([.failing(in: 20, 10_000).of(6)], Self.fund(lagging)) == [4, 0])
    #expect(paidLoans([.failing(in: 21, 10_000).of(6)], Self.fund(lagging)) == [3, 1])
    // Who became a customer before the notice stays one.
    let customer = [LoanDraft.failing(in: 20, 10_000).of(6), .failing(in: 21, 10_000).of(6)]
    #expect(paidLoans(customer, Self.fund(lagging)) == [5, 0])
  }

  @Test func `another bank is not suspended, and its customers are its own`() {
    var elsewhere = LoanDraft.sound(start: 0, term: 24, 10_000).of(6)
    elsewhere.bank = 1
    var draft = Self.draft([elsewhere, .failing(in: 19, 10_000).of(6)])
    draft.bankCount = 2
    let uncovered = { (fund: FundDraft) in
      draft.run(fund, trials: 1).column(.lossOutsideCover)[0] / 10_000
    }
    #expect(uncovered(Self.fund()) == 1)
    let programme = CustomerRule(earlierLoan: .any, lender: .programme, noticeLagMonths: 0)
    #expect(uncovered(Self.fund(programme)) == 0)
    draft.loans[draft.loans.count - 1].bank = 1
    #expect(uncovered(Self.fund()) == 0)
    // Its own ratio: 30 yuan of 200 in month 21.
    #expect(draft.run(Self.fund(), trials: 1).firstBreaches(threshold: 1, slot: 1) == [21])
  }

  /// 400 more lent in month 9 bring the ratio to 60 / 1 500 = 4 %. (The 400 need no cover.)
  @Test func `a suspension that may end does so after its time, once the ratio is below`() {
    let growth = LoanDraft.sound(start: 9, term: 24, 40_000).of(7)
    let after = { (start: Int, wait: Int?) in
      paidLoans(
        [growth, .failing(in: start + 12, 10_000).of(6)], Self.fund(resumesAfter: wait))
    }
    // Ended at the end of month 9: month 9 is not covered, month 10 is.
    #expect(after(9, 3) == [3, 1])
    #expect(after(10, 3) == [4, 0])
    #expect(after(10, 4) == [3, 1])
    #expect(after(11, 4) == [4, 0])
    #expect(after(25, nil) == [3, 1])
    // Without growth the ratio never falls.
    #expect(paidLoans([.failing(in: 30, 10_000).of(6)], Self.fund(resumesAfter: 1)) == [3, 1])
  }

  /// I-17: loans that the suspended bank makes all the same count as disbursed, or do not.
  @Test func `uncovered loans count in what is disbursed, and not in what is covered`() {
    let whole = { (denominator: RatioDenominator) in
      var fund = Self.fund()
      fund.thresholds.append(
        ThresholdTerms(
          id: "third", ratio: .init(.compensationOwed, denominator, .ipPart), level: .percent(6),
          effect: .warning, watch: .init(.claims, minimumDisbursed: .zero)))
      return Self.draft([.sound(start: 8, term: 24, 100_000).of(6)]).run(fund, trials: 1)
        .firstBreaches(threshold: 2, slot: 0)
    }
    // The claim of month 20: 90 owed of 2 100 lent (4.3 %), of which 1 100 covered (8.2 %).
    #expect(whole(.disbursed) == [-1])
    #expect(whole(.covered) == [20])
  }
}
