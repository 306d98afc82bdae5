import ClaimRules
import CompensationKernel
import DocumentReading
import FundCore
import PolicyLibrary
import ScenarioInput
import Simulation
import Testing

/// Trials of funds that are filled up, and of banks that stop, written down as registers and replayed.
@Suite struct ReplayedClauseTests {
  private static let rules = [
    "{to: 500万, at: yearStart}", "{to: 450万, at: quarterStart, atMostAYear: 90万}",
    "{to: 600万, at: month, atMostAYear: 150万, inAll: 310.07万}",
  ]

  private static func text(_ id: String, more: [String]) -> String {
    let models = id == "chaoyang" || id == "dalian-hitech-2022" ? ["bank", "guarantor"] : ["bank"]
    let needs = `A replayed trial`.needs[id] ?? ""
    let funds = models.flatMap { model in
      more.enumerated().map { index, more in
        "  - {name: \(model)\(index), programme: \(id), model: \(model), \(needs), \(more)}"
      }
    }
    return `A replayed trial`.head.replacing("TIMING", with: "monthly")
      + funds.joined(separator: "\n") + "\n"
  }

  private func replayed(
    _ text: String, count: Int = 8, _ body: (TrialHistory.Fund, Replay) -> Void
  ) throws {
    let scenario = try ScenarioFixture(text: text).read()
    let compiled = scenario.compiled(version: "test")
    for history in simulateTrials(compiled.plan, Array(0..<count)) {
      for position in scenario.funds.indices {
        let replay = scenario.replay(history, fund: position)
        let differences = replay.differences(from: history.funds[position])
        #expect(
          differences.isEmpty,
          "trial \(history.trial), \(scenario.funds[position].name): \(differences.map(\.words))")
        #expect(replay.totals.isBalanced)
        #expect(replay.totals.isDivided)
        body(history.funds[position], replay)
      }
    }
  }

  /// One account, the pool's two, and one for each bank: what filling up gives is the same by the day.
  @Test(arguments: ["baotou", "chaoyang", "dalian-2018"])
  func `filling up moves the same money in a register`(id: String) throws {
    var more = Self.rules.map { "fillUp: \($0)" }
    if id == "baotou" {
      more.append(
        "fillUp: \(Self.rules[2]), readings: {I-28: byBank}, partition: {A: 50%, B: 30%, C: 20%}")
    }
    var given = Money.zero
    try replayed(Self.text(id, more: more)) { trial, replay in
      given += replay.totals.filledUp
      let byYear = trial.figures.filter {
        if case .calendarYear = $0.key.scope { true } else { false }
      }
      #expect(byYear.values.reduce(0, +) == trial.figures[.filledUp])
      for (column, amount) in byYear {
        let entries = replay.entries.filter {
          guard case .fillUp = $0.event, case .calendarYear(let year) = column.scope else {
            return false
          }
          return $0.date.month.year == year
        }
        #expect(entries.reduce(Money.zero) { $0 + $1.amount }.fen == amount)
      }
    }
    #expect(given > .zero)
  }

  /// The key goes before the reading I-46, and does the same as it.
  @Test(arguments: ["baotou", "dalian-hitech-2022"])
  func `banks that stop are the same in a register without their loans`(id: String) throws {
    let more = [
      "afterSuspension: stops", "afterSuspension: newCustomersStop", "readings: {I-46: stops}",
      "readings: {I-46: newCustomersStop}", "afterSuspension: lendsOn, readings: {I-46: stops}",
    ]
    var figures: [[[OutcomeColumn: Int64]]] = []
    try replayed(Self.text(id, more: more)) { trial, _ in
      if figures.last.map({ $0.count == more.count }) ?? true { figures.append([]) }
      figures[figures.count - 1].append(trial.figures)
    }
    var stopped: Int64 = 0
    for funds in figures {
      #expect(funds[0] == funds[2])
      #expect(funds[1] == funds[3])
      #expect(funds[4][.stoppedLoans] == nil)
      stopped += funds[0][.stoppedLoans] ?? 0
    }
    #expect(stopped > 0)
  }
}
