import ClaimRules
import CompensationKernel
import Foundation
import FundCore
import ScenarioInput
import TestSupport
import Testing

/// What can change for loans that are made from a day on, by a register worked by hand, and what cannot.
@Suite struct AmendedClauseTests {
  private static let draft: String = {
    var programme = InventedProgramme()
    (programme.from, programme.until) = ("2025-01-01", "2027-12-31")
    (programme.share, programme.basis) = ("50%", "nominalShare")
    programme.coverage = """
        perEnterpriseYear: {atMost: 100万, measure: wholeLoan, above: coveredUpTo, article: 5}
        earlierDefault: {removesCover: no, article: 5}
        facts:
          - {id: registered, zh: 已登记, en: registered, asked: no, article: 5}
      """
    programme.sections = """
      changes:
        - id: second
          from: 2026-01
          change:
            models.bank.lossBase.value: principalAndInterest
            rounding.rule: down
            coverage.perEnterpriseYear.atMost: 60万
            coverage.earlierDefault.removesCover: yes
            coverage.facts.registered.asked: yes
          article: 21
      """
    return programme.text
  }()

  private static let register = """
    id,enterprise,bank,size,collateral,ipPart,repayment,rate,start,term,principal,overdueDate,lossPrincipal,lossInterest,appliedDate,registered
    C1,甲公司,A银行,small,patent,100%,bullet,4%,2025-12-31,12,100万,2026-03-01,100万,3万,2026-05-10,yes
    C2,乙公司,A银行,small,patent,100%,bullet,4%,2026-01-01,12,100万,2026-04-01,100万,3万,2026-06-10,yes
    C3,甲公司,A银行,small,patent,100%,bullet,4%,2026-04-02,12,50万,,,,,yes
    C4,丙公司,A银行,small,patent,100%,bullet,4%,2026-02-01,12,50万,,,,,no
    C5,丁公司,A银行,small,patent,100%,bullet,4%,2025-06-01,12,50万,,,,,no
    C6,戊公司,A银行,small,patent,100%,bullet,4%,2025-12-31,12,80万,,,,,yes
    C7,己公司,A银行,small,patent,100%,bullet,4%,2026-01-01,12,1万,2026-04-01,0.3333万,0.000031万,2026-06-10,yes

    """

  private func replay(_ draft: String) throws -> (Replay, RegisterStudy) {
    let folder = try TemporaryFolder()
    var request = ReplayRequest(register: try folder.write("register.csv", Self.register))
    request.programme = try folder.write("amended.yaml", draft)
    request.options = [.model: "bank", .fund: "1000万", .start: "2025-01"]
    let study = try readRegister(request)
    return (try #require(study.replays().first), study)
  }

  /// C1 was made on the last day of 2025: its principal alone, covered up to 100万. C2 on the first of 2026: 60 % of
  /// principal and interest, 61.8万. C7: 3,333.00 and 0.31, of whose half half a fen is dropped.
  @Test func `a loss is counted, and cover decided, by the terms of the loan's day`() throws {
    let (replay, study) = try replay(Self.draft)
    func outcome(_ id: String) throws -> ClaimRules.LoanOutcome {
      replay.loans[try #require(study.register.loans.firstIndex { $0.id == id })]
    }
    let first = try #require(try outcome("C1").settlement)
    #expect(first.lossBase.fen == 100_000_000 && first.owed.fen == 50_000_000)
    let second = try #require(try outcome("C2").settlement)
    #expect(second.lossBase.fen == 61_800_000 && second.owed.fen == 30_900_000)
    #expect(try outcome("C2").cover?.coveredPrincipal.fen == 60_000_000)
    let last = try #require(try outcome("C7").settlement)
    #expect(last.lossBase.fen == 333_331 && last.owed.fen == 166_665)
    func conditions(_ id: String) throws -> [CoverageRefusal.Condition] {
      try outcome(id).cover?.refusals.map(\.condition) ?? []
    }
    #expect(try conditions("C3") == [.earlierDefault])
    #expect(try conditions("C4") == [.fact("registered")])
    #expect(try conditions("C5").isEmpty)
    #expect(try conditions("C6").isEmpty)
    #expect(replay.totals.isBalanced && replay.totals.isDivided)
  }

  /// What concerns all loans is refused, each with its reason.
  @Test(arguments: [
    ("claim.delayMonths: 3", "wait equally long"), ("fund.shortage.rule: waits", "money is one"),
    ("inForce.until: 2028-12-31", "which loans there are"),
    ("coverPeriod.rule: lossInForce", "mean the same"),
    ("coverage.perEnterpriseYear.period: twelveMonths", "over one time"),
    ("coverage.headroom.usedBy: allLoans", "use up one limit"),
  ])
  func `what concerns all loans cannot change`(change: String, reason: String) throws {
    let draft = Self.draft
      .replacing("      rounding.rule: down\n", with: "      \(change)\n")
      .replacing(
        "above: coveredUpTo, article: 5}",
        with: "above: coveredUpTo, period: calendarYear, article: 5}\n"
          + "  headroom: {usedBy: coveredLoans, article: 5}")
    let refusal = #expect(throws: Diagnostics.self) { try replay(draft) }
    #expect(refusal?.problems.map(\.code) == ["change-not-possible"])
    #expect(refusal?.problems.first?.message.english.contains(reason) ?? false)
  }

  /// An enterprise's limit of compensation is one sum (I-51).
  @Test func `a limit of compensation cannot change`() throws {
    let draft = Self.draft.replacing(
      "above: coveredUpTo, article: 5}", with: "above: refused, limits: compensation, article: 5}")
    let refusal = #expect(throws: Diagnostics.self) { try replay(draft) }
    #expect(refusal?.problems.first?.message.english.contains("one sum") ?? false)
  }
}
