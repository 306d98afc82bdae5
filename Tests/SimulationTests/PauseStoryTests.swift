import CompensationKernel
import FundCore
import Simulation
import Testing

/// Hi-tech Zone's Art. 11, worked by hand. One bank lends 1 000 yuan at the start; a loan of 200
/// fails in month 3, 20 % overdue against a level of 10 %. The claim is settled at once, the
/// recovery comes 4 months later and clears the loan.
@Suite struct PauseStoryTests {
  private static func draft(
    _ later: [LoanDraft], recoveryLag: Int = 4, writeOff: Int? = nil
  ) -> ScenarioDraft {
    var draft = ScenarioDraft(
      horizon: 40,
      loans: [.failing(in: 3, 20_000).of(1), .sound(start: 0, term: 36, 80_000).of(2)] + later)
    draft.recovery = RecoveryModel(
      part: .fixed(0), lag: recoveryLag...recoveryLag, writeOffMonths: writeOff)
    return draft
  }

  private static func fund(
    numerator: RatioNumerator = .overdueOutstanding, resumesAfter: Int? = 6
  ) -> FundDraft {
    var fund = FundDraft.of(share: .percent(40), opening: .yuan(10_000))
    fund.thresholds = [
      ThresholdTerms(
        id: "pause", ratio: .init(numerator, .disbursed, .ipPart), level: .percent(10),
        effect: .pause,
        watch: .init(.claims, minimumDisbursed: .zero), resumesAfterMonths: resumesAfter)
    ]
    return fund
  }

  /// The starts of later loans of 10 yuan that are not covered; each fails after 12 months.
  private func uncovered(
    _ fund: FundDraft, recoveryLag: Int = 4, writeOff: Int? = nil
  ) -> [Int] {
    (0..<16).filter { start in
      let later = LoanDraft.failing(in: start + 12, 1_000).of(2)
      let draft = Self.draft([later], recoveryLag: recoveryLag, writeOff: writeOff)
      return draft.run(fund, trials: 1).column(.lossOutsideCover)[0] == 1_000
    }
  }

  @Test func `new business is paused from the month after, for six months, for everybody`() {
    // From the end of month 3 to the end of month 9; cleared in month 7.
    #expect(uncovered(Self.fund()) == Array(4...9))
  }

  @Test func `running loans stay covered`() {
    let result = Self.draft([.failing(in: 11, 1_000).of(3)]).run(Self.fund(), trials: 1)
    #expect(result.column(.lossOutsideCover) == [0])
    #expect(result.column(.compensation) == [8_400])
  }

  @Test func `a pause lasts while the loan is overdue`() {
    #expect(uncovered(Self.fund(), recoveryLag: 8) == Array(4...11))
  }

  @Test func `a loan that is written off is no longer overdue`() {
    #expect(uncovered(Self.fund(), recoveryLag: 20, writeOff: 7) == Array(4...10))
  }

  @Test func `a pause that nothing ends lasts for good`() {
    #expect(uncovered(Self.fund(resumesAfter: nil)) == Array(4...15))
  }

  @Test func `what ever became overdue stays in the other ratio of I-10`() {
    #expect(uncovered(Self.fund(numerator: .overdueEver)) == Array(4...15))
  }

  @Test func `a second breach pauses again`() {
    // Another 200 fail in month 12; the pause of month 3 ended with month 9.
    let draft = { (start: Int) in
      Self.draft([.failing(in: 12, 20_000).of(3), .failing(in: start + 12, 1_000).of(4)])
    }
    let isCovered = { (start: Int) in
      draft(start).run(Self.fund(), trials: 1).column(.lossOutsideCover)[0] == 0
    }
    // 200 of 1 200 lent is 17 %: paused from the end of month 12 to the end of month 18.
    #expect((9...20).filter { !isCovered($0) } == [9] + Array(13...18))
    #expect(draft(20).run(Self.fund(), trials: 1).firstBreaches(threshold: 0, slot: 0) == [3])
  }

  @Test func `a loan that becomes overdue counts before its claim`() {
    var fund = Self.fund()
    fund.delay = 5
    #expect(
      Self.draft([]).run(fund, trials: 1).firstBreaches(threshold: 0, slot: 0) == [3])
  }
}

/// When a ratio is watched (I-16): 300 yuan owed of 5 000 lent in month 4 are 6 %.
@Suite struct WatchTimeStoryTests {
  private static func breach(
    _ watched: WatchTime, minimum: Int64 = 0, lending: [LoanDraft] = [],
    from firstMonth: (year: Int, month: Int) = (2024, 1)
  ) -> Int16 {
    var draft = ScenarioDraft(
      horizon: 24,
      loans: [.failing(in: 4, 30_000), .sound(start: 0, term: 24, 470_000)] + lending)
    draft.firstMonth = CivilMonth(ordinal: firstMonth.year * 12 + firstMonth.month - 1)
    var fund = FundDraft.of(share: .one, opening: .yuan(10_000))
    fund.thresholds = [.owed(.percent(6), watched: watched, minimum: .yuan(minimum))]
    return draft.run(fund, trials: 1).firstBreaches(threshold: 0, slot: 0)[0]
  }

  @Test func `a ratio is read at the claim, or at the end of its month, quarter or year`() {
    #expect(Self.breach(.claims) == 4)
    #expect(Self.breach(.monthEnds) == 4)
    #expect(Self.breach(.quarterEnds) == 5)
    #expect(Self.breach(.yearEnds) == 11)
  }

  @Test func `quarters and years are those of the calendar`() {
    // From August: month 4 is December.
    #expect(Self.breach(.quarterEnds, from: (2024, 8)) == 4)
    #expect(Self.breach(.yearEnds, from: (2024, 8)) == 4)
    #expect(Self.breach(.quarterEnds, from: (2024, 9)) == 6)
    #expect(Self.breach(.yearEnds, from: (2024, 9)) == 15)
  }

  @Test func `a ratio that has fallen by the end of the period is not seen`() {
    let growth = [LoanDraft.sound(start: 5, term: 12, 100)]
    #expect(Self.breach(.claims, lending: growth) == 4)
    #expect(Self.breach(.monthEnds, lending: growth) == 4)
    #expect(Self.breach(.quarterEnds, lending: growth) == -1)
  }

  @Test func `below the minimum volume no claim is looked at`() {
    #expect(Self.breach(.claims, minimum: 5_000) == 4)
    #expect(Self.breach(.claims, minimum: 5_001) == -1)
  }

  @Test func `the ratio is looked at in the month in which the volume is reached`() {
    let growth = [
      LoanDraft.sound(start: 7, term: 12, 50_000), .sound(start: 9, term: 12, 50_000),
    ]
    // 300 of 5 500 in month 7 are 5.5 %.
    #expect(Self.breach(.claims, minimum: 5_500, lending: growth) == -1)
    var small = growth
    small[0].principal = 100
    #expect(Self.breach(.claims, minimum: 5_001, lending: small) == -1)
    let failing = small + [.failing(in: 6, 1_000)]
    // 310 of 5 011 in month 7, without a claim: 6.2 %.
    #expect(Self.breach(.claims, minimum: 5_011, lending: failing) == 7)
  }
}
