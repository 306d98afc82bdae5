import ClaimRules
import CompensationKernel
import DocumentReading
import FundCore
import ScenarioInput
import TestSupport
import Testing

/// Whose a replayed fund's money is, worked by hand.
@Suite struct ReplayedHoldingTests {
  /// 30 % of 170万 are paid in August 2024, and 30 % of 50万 come back in March 2025.
  private static let register = """
    id,enterprise,bank,size,collateral,ipPart,repayment,rate,start,term,principal,overdueDate,lossPrincipal,appliedDate,recovered,recoveredDate
    L2,乙公司,A银行,small,patent,100%,bullet,4%,2024-02-05,12,170万,2024-06-10,170万,2024-08-20,50万,2025-03-10
    L3,丙公司,B银行,small,patent,100%,bullet,4%,2024-07-01,24,130万,,,,,

    """

  private static let columns = [
    "id", "enterprise", "bank", "size", "collateral", "ipPart", "repayment", "rate", "start",
    "term",
    "principal", "overdueDate", "lossPrincipal", "appliedDate", "recovered", "recoveredDate",
  ]

  private func replay(
    _ contributors: String, end: String = "", accounts: String = "{kind: single, article: 4}",
    until: String? = nil
  ) throws -> Replay {
    let folder = try TemporaryFolder()
    try folder.write("r.csv", Self.register)
    var programme = InventedProgramme()
    programme.until = "2024-12-31"
    (programme.accounts, programme.fundClauses) = (accounts, end)
    try folder.write("thirty.yaml", programme.text)
    let columns = Self.columns.map { "\($0): \($0)" }.joined(separator: ", ")
    try folder.write(
      "t.yaml",
      """
      title: 出资人
      opening: 2024-01
      until: 2025-12
      register:
        columns: {\(columns)}
        constants: {model: bank}
        facts: {others: met}
      funds:
        - {name: F, programme: thirty.yaml, model: bank, initial: 1000万\(contributors), \
      injections: [{month: 2024-09, amount: 10万INTO}, {month: 2025-02, amount: 7万}]}

      """.replacing("INTO", with: contributors.isEmpty ? "" : ", by: 区"))
    var request = ReplayRequest(register: folder.path + "/r.csv")
    request.terms = folder.path + "/t.yaml"
    request.until = until
    return try #require(try readRegister(request).replays().first)
  }

  private static let named = ", contributors: {市: 33.3333%, 区: 33.3333%, 省: 33.3334%}"

  private func told(_ holdings: FundHoldings?, of replay: Replay) throws -> [String] {
    try #require(holdings).holdings(under: replay.agreement).map {
      "\($0.contributor.name.chinese) \($0.contributor.putIn.fen) \($0.amount.fen)"
    }
  }

  /// 1,000万 by thirds, 10万 of the second alone, then 7万 of all: 23,333.31 twice and 23,333.38.
  ///
  /// - On 31 December 2024: 1,000 − 51 + 10 = 959万, of 1,010万. 959万 · 333.333 ÷ 1,010 = 3,165,013.336…,
  ///   · 343.333 ÷ 1,010 = 3,259,963.831…, both rounded down; the last has what is left.
  /// - A year later: 959 + 7 + 15 = 981万, of 1,017万: 3,237,843.36, 3,334,303.54 and the rest.
  private static let atEnd = [
    "市 333333000 316501333", "区 343333000 325996383", "省 333334000 316502284",
  ]
  private static let later = [
    "市 335666331 323784336", "区 345666331 333430354", "省 335667338 323785310",
  ]

  @Test func `parts of the balance at the programme's end and on the last day`() throws {
    let replay = try replay(Self.named)
    #expect(replay.programmeEnd?.day.description == "2024-12-31")
    #expect(replay.programmeEnd?.balance == .yuan(9_590_000))
    #expect(replay.lastDay?.day.description == "2025-12-31")
    #expect(
      replay.lastDay?.balance == .yuan(9_810_000) && replay.totals.closing == .yuan(9_810_000))
    #expect(try told(replay.programmeEnd, of: replay) == Self.atEnd)
    #expect(try told(replay.lastDay, of: replay) == Self.later)
  }

  /// What goes back when the programme ends, and what comes in after and goes back too, is each one's as if it had
  /// stayed.
  @Test func `and of what went back`() throws {
    let replay = try replay(
      Self.named, end: "  atEnd: {rule: returned, article: 21}")
    #expect(replay.programmeEnd?.balance == .zero && replay.lastDay?.balance == .zero)
    #expect(replay.programmeEnd?.givenBack == .yuan(9_590_000))
    #expect(replay.lastDay?.givenBack == .yuan(9_810_000))
    #expect(try told(replay.programmeEnd, of: replay) == Self.atEnd)
    #expect(try told(replay.lastDay, of: replay) == Self.later)
  }

  @Test func `nobody is named, or the replay ends before the programme`() throws {
    let unnamed = try replay("")
    #expect(try told(unnamed.lastDay, of: unnamed).isEmpty)
    // In the middle of a month, the money of October 2024: 1,000 − 51 + 10.
    let early = try replay(Self.named, until: "2024-10-09")
    #expect(early.programmeEnd == nil)
    #expect(try told(early.lastDay, of: early) == Self.atEnd)
  }
}
