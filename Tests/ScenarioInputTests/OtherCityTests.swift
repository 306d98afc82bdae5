import ClaimRules
import CompensationKernel
import Foundation
import FundCore
import PolicyLibrary
import ScenarioInput
import Simulation
import TestSupport
import Testing

/// Clauses that other cities' texts have: the drafts of `scenarios/other-cities`, and random ones. The simulation
/// and the replay of registers come to the same under all of them.
struct `A draft with the clauses of another city` {
  static let folder =
    URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path + "/scenarios/other-cities"
  static let names =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
    .filter { $0.hasSuffix(".yaml") && $0 != "drafts.yaml" }.map { String($0.dropLast(5)) }.sorted()

  static func model(of name: String) -> String { name == "four-parties" ? "insurer" : "bank" }

  /// A scenario with one fund under each of some programme files, large and small.
  static func text(_ programmes: [(path: String, model: String)], timing: String) -> String {
    let funds = programmes.enumerated().flatMap { index, item in
      [300, 20_000].map { amount in
        // What is covered hangs on the balance there, and that on what it is filled up with.
        let fillUp =
          item.path.hasSuffix("leverage.yaml") ? ", fillUp: {to: \(amount)万, at: quarterStart}" : ""
        return "  - {name: f\(index) \(amount), programme: \(item.path), model: \(item.model), "
          + "initial: \(amount)万\(fillUp)}"
      }
    }
    return `A replayed trial`.head.replacing("TIMING", with: timing)
      .replacing("start: 2024-01", with: "start: 2025-01") + funds.joined(separator: "\n") + "\n"
  }

  /// The same with all drafts of the folder.
  static func drafts(timing: String) -> String {
    text(names.map { ("\(folder)/\($0).yaml", model(of: $0)) }, timing: timing)
  }

  @Test func `there are six and more`() {
    #expect(
      Set(Self.names).isSuperset(of: [
        "four-parties", "bank-year-limit", "claim-rate-steps", "amended-share", "stop-loss",
        "leverage",
      ]))
  }

  @Test(arguments: ["maturity", "monthly"])
  func `agrees with the simulation to the fen`(timing: String) throws {
    #expect(try Self.compare(Self.drafts(timing: timing), trials: 8) > 0)
  }

  @Test(arguments: [UInt64](1...6))
  func `agrees with the simulation under random terms`(seed: UInt64) throws {
    var words = SeededWords(seed: seed)
    let folder = try TemporaryFolder()
    let programmes = try (0..<4).map { index in
      let text = words.programme(named: "random-\(index)", onBalance: index >= 2)
      return (try folder.write("random-\(index).yaml", text), "bank")
    }
    _ = try Self.compare(
      Self.text(programmes, timing: seed % 2 == 0 ? "maturity" : "monthly"), trials: 4)
  }

  /// Simulates some trials and replays each; returns how many ran dry.
  static func compare(_ text: String, trials: Int) throws -> Int {
    let scenario = try ScenarioFixture(text: text).read()
    let compiled = scenario.compiled(version: "test")
    var shortages = 0
    for history in simulateTrials(compiled.plan, Array(0..<trials)) {
      for position in scenario.funds.indices {
        let replay = scenario.replay(history, fund: position)
        let differences = replay.differences(from: history.funds[position])
        let name = scenario.funds[position].programme.id
        #expect(differences.isEmpty, "\(name), trial \(history.trial): \(differences.map(\.words))")
        #expect(replay.totals.isBalanced)
        #expect(replay.totals.isDivided)
        if replay.ranDryOn != nil { shortages += 1 }
      }
    }
    return shortages
  }

  /// No clause of these feeds the balance back: what a trial needs leaves nothing unpaid, and a fen less does.
  @Test(arguments: [UInt64](1...3))
  func `needs what leaves nothing unpaid`(seed: UInt64) throws {
    var words = SeededWords(seed: seed + 50)
    let folder = try TemporaryFolder()
    let path = try folder.write("random.yaml", words.programme(named: "random"))
    let scenario = try ScenarioFixture(
      text: Self.text([(path, "bank")], timing: "monthly")
    ).read()
    var plan = scenario.compiled(version: "test").plan
    plan.funds = [plan.funds[0]]
    var moved = 0
    for trial in 0..<6 {
      let needed = try #require(
        simulateTrials(plan, [trial])[0].funds[0].figures[.neededCapital])
      func exhausted(with amount: Int64) throws -> Bool {
        var other = plan
        other.funds = [plan.funds[0].holding(Money(fen: amount))]
        return try #require(
          simulateTrials(other, [trial])[0].funds[0].figures[.exhaustionMonth]) >= 0
      }
      #expect(try !exhausted(with: needed))
      if needed > 0 {
        moved += 1
        #expect(try exhausted(with: needed - 1))
      }
    }
    #expect(moved > 0)
  }
}

extension SeededWords {
  private mutating func one<Item>(of items: [Item]) -> Item {
    items[Int.random(in: 0..<items.count, using: &self)]
  }

  private mutating func flip() -> Bool { Bool.random(using: &self) }

  private mutating func level(
    _ amounts: ClosedRange<Int>, _ parts: ClosedRange<Int>, ofFund: Bool = false
  ) -> String {
    if ofFund, flip() {
      return "part: \(Int.random(in: parts, using: &self) * 2)%, of: "
        + one(of: ["balance", "yearOpening", "moneyPutIn"])
    }
    return flip()
      ? "amount: \(Int.random(in: amounts, using: &self))万"
      : "part: \(Int.random(in: parts, using: &self))%, of: "
        + one(of: ["madeInPeriod", "madeSoFar", "outstanding"])
  }

  private mutating func scope() -> String {
    "per: \(one(of: ["bank", "fund"])), over: "
      + one(of: ["calendarYear", "programmeYear", "programme"])
  }

  /// Thresholds against the fund's money, or of all banks together.
  private mutating func ratiosOfFund() -> String {
    let claims = one(of: ["compensationOwed", "compensationPaid", "compensationNet"])
    let (measure, scope) = (one(of: ["ipPart", "wholeLoan"]), one(of: ["bank", "fund"]))
    let other = one(of: ["bank", "fund"])
    let whole = one(of: ["balance", "moneyPutIn", "disbursed", "outstanding"])
    let money = one(of: ["balance", "yearOpening", "moneyPutIn"])
    return """
      thresholds:
        - id: lending
          ratio: {numerator: lendingOutstanding, denominator: \(money), \
      measure: \(measure), per: \(scope), article: 12}
          level: {value: \(Int.random(in: 1...9, using: &self) * 100)%, article: 12}
          effect: {value: pause, article: 12}
          watched: {at: \(one(of: ["monthEnds", "quarterEnds"])), minimumDisbursed: 0, article: 12}
          resumes: {afterMonths: \(Int.random(in: 1...6, using: &self)), article: 12}
        - id: claims
          ratio: {numerator: \(claims), denominator: \(whole), \
      measure: ipPart, per: \(other), article: 13}
          level: {value: \(Int.random(in: 2...30, using: &self))%, article: 13}
          effect: {value: \(one(of: ["pause", "warning"])), article: 13}
          watched: {at: \(one(of: ["claims", "monthEnds", "yearEnds"])), minimumDisbursed: 0, article: 13}
          resumes: {afterMonths: \(Int.random(in: 1...6, using: &self)), article: 13}

      """
  }

  /// A programme of one model with random clauses of all kinds that other cities have.
  ///
  /// - Parameter onBalance: Whether one of them hangs on the fund's balance.
  mutating func programme(named id: String, onBalance: Bool = false) -> String {
    let limit =
      onBalance && flip()
      ? "  coverLimit: {times: \(Int.random(in: 3...12, using: &self)), article: 5}\n" : ""
    let perYear =
      limit.isEmpty && flip()
      ? "  perEnterpriseYear: {atMost: 130万, measure: \(one(of: ["ipPart", "wholeLoan"])), "
        + "above: \(one(of: ["refused", "coveredUpTo"])), article: 5}\n" : ""
    let hasSteps = flip()
    var others = ""
    if flip() { others += "\n          - {id: micro, sizes: [micro], value: 55%, article: 6}" }
    if flip() { others += "\n          - {id: late, fromYear: 2, value: 35%, article: 6}" }
    if hasSteps {
      others +=
        "\n          - {id: step, aboveClaimRate: \(Int.random(in: 1...6, using: &self))%, "
        + "value: \(Int.random(in: 0...60, using: &self))%, article: 6}"
      others += "\n          - {id: step2, aboveClaimRate: 9%, value: 10%, article: 6}"
    }
    var clauses = ""
    if hasSteps {
      clauses +=
        "claimRate: {counts: \(one(of: ["losses", "compensation"])), "
        + "of: \(one(of: ["madeInPeriod", "madeSoFar", "outstanding"])), \(scope()), "
        + "beyond: \(one(of: ["part", "laterClaims"])), article: 6}\n"
    }
    if flip() {
      clauses += "limits:\n"
      for index in 0...Int.random(in: 0...1, using: &self) {
        clauses +=
          "  - {id: l\(index), \(scope()), \(level(30...900, 1...12, ofFund: onBalance)), article: 7}\n"
      }
    }
    if flip() {
      clauses +=
        "firstLoss:\n  - {\(scope()), \(level(5...90, 1...3, ofFund: onBalance)), article: 7}\n"
    }
    if flip() {
      clauses +=
        "stopLoss:\n  - {\(scope()), \(level(200...900, 4...12, ofFund: onBalance)), article: 7}\n"
    }
    if flip() {
      clauses += """
        changes:
          - id: second
            from: 2026-0\(Int.random(in: 1...9, using: &self))
            change:
              models.bank.payers.fund.share.value: 35%
              models.bank.payers.fund.caps.all.perClaim: 70万
              models.bank.lossBase.value: \(one(of: ["principal", "principalAndInterest"]))
              rounding.rule: \(one(of: ["halfUp", "down"]))
              coverage.earlierDefault.removesCover: \(flip())
              coverage.facts.rated.asked: \(flip())\(perYear.isEmpty ? "" : "\n      coverage.perEnterpriseYear.atMost: 60万")
            article: 21

        """
    }
    let pause =
      flip()
      ? ""
      : """
      thresholds:
        - id: pause
          ratio: {numerator: compensationOwed, denominator: disbursed, measure: ipPart, article: 12}
          level: {value: 3%, article: 12}
          effect: {value: pause, article: 12}
          watched: {at: claims, minimumDisbursed: 0, article: 12}
          resumes: {afterMonths: 4, article: 12}

      """
    let ofFund = onBalance && flip() ? ratiosOfFund() : ""
    return """
      format: 1
      id: \(id)
      title: {zh: 随机, en: random}
      issuer: {zh: 虚构, en: invented}
      inForce: {from: 2025-0\(Int.random(in: 1...6, using: &self))-01, until: 2027-12-31, article: 20}
      coverPeriod: {rule: \(one(of: ["startsInForce", "overdueInForce"])), article: 20}
      rounding: {rule: \(one(of: ["halfUp", "down"])), article: 6}
      fund:
        initial: {rule: scenario, article: 3}
        accounts: {kind: single, article: 4}
        shortage: {rule: \(one(of: ["leftWithBank", "waits"])), article: 4}
      models:
        bank:
          article: 6
          bankShare: {rule: rest, article: 6}
          payers:
            - party: fund
              share: {value: 45%, article: 6}
              caps:
                - {id: all, fromYear: 1, perClaim: 90万, article: 7}
              otherShares:\(others.isEmpty ? " []" : others)
          lossBase: {value: principal, article: 6}
      claim: {delayMonths: \(Int.random(in: 0...3, using: &self)), article: 8}
      recovery:
        basis: {value: shareBorne, article: 9}
        limitedToPaid: {value: \(flip()), article: 9}
        costs: {value: \(one(of: ["net", "gross"])), article: 9}
        beyondPrincipal: {value: partners, article: 9}

      """ + clauses + (ofFund.isEmpty ? pause : ofFund) + """
        coverage:
          combinedPledge: {covered: ipPart, article: 5}
          earlierDefault: {removesCover: \(flip()), article: 5}
          facts: [{id: rated, zh: 已评级, en: rated, asked: no, article: 5}]

        """ + limit + perYear
  }
}
