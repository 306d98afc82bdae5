import DocumentReading
import FundCore
import PlanningPage
import ScenarioInput
import Testing

/// What a page answers.
struct `A desk` {
  private func texts(_ moved: [String: String], _ scenario: String = "three-models") throws
    -> [String: JSONNode]
  {
    let desk = PlanFixture.desk(try PlanFixture.base(scenario, trials: 500), trials: 500)
    return try #require(try PlanFixture.answers(desk, PlanWish(moved: moved)).last)
  }

  @Test func `answers at once on few trials, then on all of them`() throws {
    let desk = PlanFixture.desk(try PlanFixture.base())
    let answers = try PlanFixture.answers(desk, PlanWish(number: 4))
    #expect(answers.map { $0.text("stage") } == ["first", "fine", "whole"])
    #expect(answers[0].text("state")?.contains("500 trials") == true)
    #expect(answers[1].text("state")?.contains("600 trials") == true)
    #expect(answers[0]["number"] == .integer(4))
    for answer in answers {
      #expect(answer.text("first")?.contains("<svg class=\"chart\"") == true)
      let charts = answer.text("charts") ?? ""
      #expect(charts.ranges(of: "<svg class=\"chart\"").count >= 4)
      #expect(answer.text("figures")?.contains("银行模式 bank") == true)
    }
  }

  /// The same trials under the same inputs: a page that is asked twice says the same, and so does one whose
  /// controls say in other words what the file says.
  @Test func `says the same of the same`() throws {
    let plain = try texts([:]).text("figures")
    #expect(try texts([:]).text("figures") == plain)
    #expect(try texts(["funds.1.initial": "1600.0"]).text("figures") == plain)
    #expect(try texts(["funds.1.initial": "2400"]).text("figures") != plain)
  }

  @Test(arguments: [
    ("funds.1.shares.fund", "45", "dalian-hitech-2022", "Art. 7"),
    ("funds.1.model", "insurer", "weihai-2020", "insurer"),
  ])
  func `says beside the control what the text does not allow`(
    control: String, value: String, scenario: String, article: String
  ) throws {
    let answer = try texts([control: value], scenario)
    #expect(answer["refused"] == .flag(true))
    #expect(answer.text("problems", control)?.contains(article) == true, "\(answer)")
    #expect(answer["figures"] == nil)
  }

  @Test func `studies a size that departs from the text, and says so`() throws {
    let answer = try texts(["funds.1.initial": "800"])
    #expect(answer.text("notes", "funds.1.initial")?.contains("二(一)") == true)
    #expect(answer.text("figures") != nil)
    let baotou = try texts(
      ["funds.1.overrides.models.bank.payers.fund.caps.allYears.perClaim": "60"], "baotou")
    #expect(
      baotou.text("notes", "funds.1.overrides.models.bank.payers.fund.caps.allYears.perClaim")?
        .contains("Art. 12") == true)
  }

  @Test(arguments: ["", "abc", "1e5", "-3", "1;2", "{}", "12万", "1.2345678", "99999999999999"])
  func `meets a value that is none beside the control`(value: String) throws {
    let answer = try texts(["funds.1.initial": value])
    #expect(answer.text("problems", "funds.1.initial") != nil)
  }

  @Test func `makes no more loans than a page can answer for`() throws {
    let control = "portfolio.generate.loansPerMonth"
    #expect(try texts([control: "20"])["refused"] == nil)
    #expect(try texts([control: "100000"]).text("problems", control)?.contains("at most") == true)
  }

  @Test func `ends when its time is over, and says so`() throws {
    let base = try PlanFixture.base()
    var effort = PlanDesk.Effort(trials: 600, threads: 2)
    effort.seconds = 0
    let answers = try PlanFixture.answers(
      PlanDesk(base, version: "test", effort: effort), PlanWish())
    #expect(answers.count == 1 && answers[0]["late"] == .flag(true))
  }

  @Test func `has other controls under another programme, and moves them`() throws {
    let cap = "funds.1.overrides.models.bank.payers.fund.caps.allYears.perClaim"
    let answer = try texts(["funds.1.programme": "baotou", cap: "80"])
    #expect(answer.text("controls")?.contains("data-control=\"\(cap)\"") == true)
    #expect(answer.text("notes", cap) != nil && answer["refused"] == nil)
    // What the new programme does not have is left out.
    #expect(
      try texts(["funds.1.programme": "baotou", "funds.1.shares.insurer": "10"])["refused"] == nil)
  }

  /// Every built-in programme can be tried on any fund of a scenario that was written for another one.
  @Test(arguments: ["baotou", "chaoyang", "dalian-2018", "dalian-hitech-2022", "weihai-2020"])
  func `can be under any programme`(programme: String) throws {
    let answer = try texts(["funds.1.programme": programme])
    #expect(
      answer["refused"] == nil, "\(answer.text("state") ?? "") \(answer["problems"] ?? .null)")
    if programme == "dalian-hitech-2022" {
      #expect(answer.text("notes", "recovery.writeOffMonths") != nil)
    }
  }

  @Test func `compares with what was pinned, trial by trial`() throws {
    let desk = PlanFixture.desk(try PlanFixture.base())
    let pinned = try PlanFixture.answers(desk, PlanWish(pin: .set))
    #expect(pinned.last?["pinned"] == .flag(true))
    // The same variant differs in nothing, in any trial.
    #expect(
      pinned.last?.text("differences")?.contains("≡") == true
        || pinned.last?.text("differences")?.contains("=") == true)
    let moved = try PlanFixture.answers(desk, PlanWish(moved: ["funds.1.initial": "3200"]))
    for answer in moved {
      #expect(answer.text("differences")?.isEmpty == false)
      #expect(answer.text("figures")?.contains("银行模式 bank · pinned") == true)
    }
    let cleared = try PlanFixture.answers(desk, PlanWish(pin: .clear))
    #expect(cleared.last?["pinned"] == .flag(false) && cleared.last?.text("differences") == "")
  }

  @Test func `what one page pins is not shown on another`() throws {
    let desk = PlanFixture.desk(try PlanFixture.base())
    var (one, other) = (PlanWish(pin: .set), PlanWish())
    (one.page, other.page) = ("a", "b")
    #expect(try PlanFixture.answers(desk, one).last?["pinned"] == .flag(true))
    #expect(try PlanFixture.answers(desk, other).last?["pinned"] == .flag(false))
    one.pin = .keep
    #expect(try PlanFixture.answers(desk, one).last?["pinned"] == .flag(true))
  }

  @Test func `saves the seed that the command gave`() throws {
    let choices = ScenarioChoices(trials: 500, seed: 99)
    let base = try PlanBase(path: PlanFixture.root + "/scenarios/three-models", choices: choices)
    let text = try PlanFixture.desk(base, trials: 500).text(of: PlanWish())
    #expect(text.contains("seed: 99"), "\(text)")
  }

  @Test func `stops as soon as nobody waits`() throws {
    let desk = PlanFixture.desk(
      try PlanFixture.base("three-models", trials: 500_000), trials: 500_000)
    #expect(try PlanFixture.answers(desk, PlanWish(), until: { true }).isEmpty)
    let calls = Counter()
    // Over after the first answer: half a million trials would take seconds.
    let answers = try PlanFixture.answers(desk, PlanWish(), until: { calls.next() > 60 })
    #expect(answers.allSatisfy { $0.text("stage") == "first" })
  }

  @Test func `saves what was moved, with the comments of the file`() throws {
    let desk = PlanFixture.desk(try PlanFixture.base())
    let moved = [
      "funds.1.initial": "2000", "funds.2.shares.fund": "35", "recovery.mean": "20",
      "funds.3.fillUp.at": "yearStart",
    ]
    let text = try desk.text(of: PlanWish(moved: moved))
    #expect(text.contains("# the least that the notice asks for (二(一))"))
    #expect(text.contains("initial: 2000万") && text.contains("shares: {fund: 35%}"))
    #expect(text.contains("fillUp: {to: 1600万, at: yearStart}"))
    #expect(try desk.text(of: PlanWish()).contains("initial: 1600万"))
  }

  @Test func `saves nothing that the text does not allow`() throws {
    let desk = PlanFixture.desk(try PlanFixture.base("dalian-hitech-2022"))
    #expect(throws: Diagnostics.self) {
      _ = try desk.text(of: PlanWish(moved: ["funds.1.shares.fund": "45"]))
    }
  }
}
