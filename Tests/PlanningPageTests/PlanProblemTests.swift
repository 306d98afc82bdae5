import DocumentReading
import Foundation
import FundCore
import PlanningPage
import ScenarioInput
import TestSupport
import Testing

/// What a page says does not go, and beside which control; and what it saves all the same.
struct `What a page refuses` {
  private func answer(_ moved: [String: String], _ base: PlanBase) throws -> [String: JSONNode] {
    try #require(
      try PlanFixture.answers(PlanFixture.desk(base, trials: 500), PlanWish(moved: moved)).last)
  }

  private func problems(_ answer: [String: JSONNode]) -> Set<String> {
    guard case .object(let members)? = answer["problems"] else { return [] }
    return Set(members.map(\.key))
  }

  /// A share of 99 % leaves the bank less than nothing, and a mean of 100 % no spread: the file says both elsewhere.
  @Test(arguments: [
    ["funds.2.shares.fund": "99"], ["recovery.mean": "100"],
    ["funds.2.shares.fund": "99", "funds.1.initial": "2000"],
  ])
  func `stands beside the control that was moved`(moved: [String: String]) throws {
    let answer = try answer(moved, PlanFixture.base(trials: 500))
    #expect(answer["refused"] == .flag(true))
    let wanted = moved.keys.filter { $0 != "funds.1.initial" }
    #expect(problems(answer) == Set(wanted), "\(answer["problems"] ?? .null)")
  }

  /// What two of them do together stands beside both, for either could be put back.
  @Test func `stands beside all that do it together`() throws {
    let moved = ["funds.2.shares.fund": "60", "funds.2.shares.guarantor": "60"]
    let answer = try answer(moved, PlanFixture.base(trials: 500))
    #expect(problems(answer).isSuperset(of: ["funds.2.shares.fund"]), "\(problems(answer))")
    #expect(problems(answer).isSubset(of: Set(moved.keys)), "\(problems(answer))")
  }

  @Test func `moves an initial amount that contributors give`() throws {
    let base = try PlanFixture.base("baotou/contributors.yaml", trials: 500)
    let desk = PlanFixture.desk(base, trials: 500)
    let text = try desk.text(of: PlanWish(moved: ["funds.1.initial": "1500"]))
    // 600 and 400 of 1,000 before.
    #expect(text.contains("9000000元") && text.contains("6000000元"), "\(text)")
  }

  /// More lending of a tape is saved, and the file that was saved is the scenario that was answered for.
  @Test func `saves the lending of a tape`() throws {
    let folder = try TemporaryFolder()
    let text = try String(
      contentsOfFile: PlanFixture.root + "/scenarios/three-models/scenario.yaml", encoding: .utf8)
    let loans = (1...40).map {
      "L\($0),E\($0 / 2),2024-\($0 % 9 + 1 < 10 ? "0" : "")\($0 % 9 + 1),12,100万,A"
    }
    try folder.write(
      "loans.csv", "id,enterprise,start,term,principal,grade\n" + loans.joined(separator: "\n"))
    let start = try #require(text.range(of: "portfolio:"))
    let end = try #require(text.range(of: "defaults:"))
    let portfolio = """
      portfolio:
        tape: loans.csv   # kept
        columns: {id: id, enterprise: enterprise, start: start, term: term, principal: principal, grade: grade}
        constants: {bank: 甲, model: bank, size: small, collateral: patent, repayment: bullet, ipPart: 100%, rate: 4%}
        facts: met


      """
    try folder.write(
      "s.yaml", text[..<start.lowerBound] + portfolio + String(text[end.lowerBound...]))
    let base = try PlanBase(path: folder.path + "/s.yaml", choices: ScenarioChoices(trials: 500))
    let desk = PlanFixture.desk(base, trials: 500)
    let wish = PlanWish(moved: ["portfolio.lending": "1.5"])
    let saved = try desk.text(of: wish)
    #expect(
      saved.contains("lending: 1.5") && saved.contains("tape: loans.csv   # kept"), "\(saved)")
    let path = try folder.write("saved.yaml", saved)
    let read = try readScenario(path: path)
    #expect(read.portfolio.loans.count == 60)
    #expect(try desk.scenario(of: wish).portfolio.loans.map(\.id) == read.portfolio.loans.map(\.id))
    #expect(
      base.scenario.withLending(times: 1.5).portfolio.loans.map(\.id)
        == read.portfolio.loans.map(\.id))
    for wrong in ["0", "-1", "x", "1e9"] {
      let file = try folder.write(
        "w.yaml", saved.replacing("lending: 1.5", with: "lending: \(wrong)"))
      #expect(throws: Diagnostics.self) { try readScenario(path: file) }
    }
  }
}
