import ClaimRules
import CompensationKernel
import Foundation
import FundCore
import PolicyLibrary
@testable import ScenarioInput
@testable import Simulation
import TestSupport
import Testing

/// A run that goes on from a state: with the future made certain, what follows the state's day is what the
/// replay of the whole register has there, to the fen, the month and the bank.
struct `A run from a state` {
  /// A trial of a scenario with the register of one of its funds.
  fileprivate struct Case {
    let scenario: Scenario
    let document: ScenarioDocument
    let history: TrialHistory
    let fund: Int

    var agreement: FundAgreement { scenario.funds[fund] }
    var register: ClaimRegister {
      scenario.register(of: history, fund: agreement, place: fund)
    }

    /// The state at the end of so many months.
    func source(after gone: Int) throws -> StateSource {
      var register = register
      register.until = scenario.start.advanced(by: gone - 1).lastDay
      let opening = scenario.start.firstDay
      let replay = ClaimRules.replay(
        register, under: agreement, opening: opening, keepsStanding: true)
      var standing = try #require(replay.standing)
      standing.terms = agreement.stateTerms(banks: register.banks)
      var state = RegisterState(of: register, opening: opening)
      state.funds = [standing]
      return StateSource(file: "state.json", digest: "", state: state)
    }

    /// The scenario with the fund alone, from a state on.
    func resumed(from source: StateSource) throws -> Scenario {
      var choices = ScenarioChoices()
      choices.from = source
      return try document.keepingFund(fund).scenario(choices: choices)
    }
  }

  @Test(arguments: PolicyDocument.builtInIDs, ["maturity", "monthly"])
  func `is the rest of the whole to the fen`(id: String, timing: String) throws {
    let text = try `A replayed trial`.text(id, timing: timing)
    let folder = try TemporaryFolder()
    let document = try ScenarioDocument(path: folder.write("scenario.yaml", text))
    let (scenario, plan) = try `A replayed trial`.compiled(id, timing: timing)
    let histories = simulateTrials(plan, Array(0..<12))
    var (claims, recoveries, waiting, suspended) = (0, 0, 0, 0)
    // A part of the funds at a time; all of them in the long test.
    for fund in scenario.funds.indices
    where isLong || fund % 48 == id.utf8.count % 48 || fund == 0 {
      // Another month for each fund: mid-year, at a year's end, early and late; and the trial in which most
      // had happened by then.
      let gone = [31, 18, 24, 7, 41][fund % 5]
      let history = eventful(histories, fund: fund, gone: gone)
      let item = Case(scenario: scenario, document: document, history: history, fund: fund)
      let source = try item.source(after: gone)
      let resumed = try item.resumed(from: source)
      var rest = resumed.compiled(version: "test").plan
      rest.makeCertain(history, like: scenario, as: resumed, gone: gone)
      let found = CertainFuture(plan: rest, trial: history.trial).settle(
        item.events(after: gone, in: resumed))
      let book = try #require(rest.funds[0].carried)
      let whole = scenario.replay(history, fund: fund)
      let problems = differences(
        found[0], whole, source.state.funds[0], book, gone: gone, opening: scenario.start)
      #expect(
        problems.isEmpty, "\(id) \(timing), fund \(fund), \(gone) months: \(problems.prefix(4))")
      claims += book.cases.count { if case .overdue = $0.stage { true } else { false } }
      recoveries += book.cases.count {
        if case .settled = $0.stage { $0.lag != nil } else { false }
      }
      waiting += book.waiting.count
      suspended += book.suspensions.count
    }
    // Nothing would be shown by states in which nothing is open.
    #expect(claims > 0 || !scenario.funds.contains { $0.claimDelay > 0 })
    #expect(recoveries > 0)
    guard isLong else { return }
    if scenario.funds.contains(where: { $0.terms.fund.unpaidWaits.value }) { #expect(waiting > 0) }
    let suspends = scenario.funds.contains { fund in
      fund.terms.thresholds.contains { $0.value.effect != .warning }
    }
    if suspends { #expect(suspended > 0) }
  }

  private var isLong: Bool { ProcessInfo.processInfo.environment["FUNDSIM_LONG_TESTS"] == "1" }

  /// The trial in which most thresholds were reached before a month, and the fund ran dry first.
  private func eventful(_ histories: [TrialHistory], fund: Int, gone: Int) -> TrialHistory {
    func score(_ history: TrialHistory) -> Int {
      let dry = history.funds[fund].figures[.exhaustionMonth] ?? -1
      return history.funds[fund].breaches.count { $0.month < gone }
        + (dry >= 0 && dry < Int64(gone) ? 2 : 0)
    }
    return histories.max { score($0) < score($1) } ?? histories[0]
  }

  /// Everything in which a run differs from the rest of a replay.
  private func differences(
    _ run: TrialHistory.Fund, _ whole: Replay, _ standing: FundStanding, _ book: CarriedBook,
    gone: Int, opening: CivilMonth
  ) -> [String] {
    var found: [String] = []
    func compare(_ name: String, _ run: Int64?, _ rest: Int64) {
      if let run, run != rest { found.append("\(name): run \(run), rest \(rest)") }
    }
    let (figures, before) = (run.figures, standing.totals)
    compare(
      "compensation", figures[.compensation],
      (whole.totals.compensation - before.compensation).fen)
    compare(
      "unpaid", figures[.unpaid].map { $0 - book.waitingAmount },
      (whole.totals.unpaid - before.unpaid).fen)
    compare("returned", figures[.returned], (whole.totals.returned - before.returned).fen)
    compare("fees", figures[.fees], (whole.totals.fees - before.fees).fen)
    compare("interest", figures[.interest], (whole.totals.interest - before.interest).fen)
    compare("closing", figures[.closing], whole.totals.closing.fen)
    let borne = book.borne
    compare(
      "outside", figures[.lossOutsideCover].map { $0 - borne.outside },
      (whole.totals.outsideCover - before.outsideCover).fen)
    for party in whole.agreement.parties.all {
      func amount(_ parts: PartyAmounts) -> Int64 {
        whole.agreement.parties.amount(of: party, in: parts).fen
      }
      compare(
        "loss of \(party)", figures[.loss(party)].map { $0 - amount(borne.parts) },
        amount(whole.totals.losses) - amount(before.losses))
    }
    for (index, month) in whole.months.dropFirst(gone).enumerated() {
      compare("paid in \(month.month)", run.months[index].paid, month.paid.fen)
      compare("returned in \(month.month)", run.months[index].returned, month.returned.fen)
      compare("balance in \(month.month)", run.months[index].closing, month.closing.fen)
    }
    return found + breaches(run, whole, gone: gone, opening: opening)
  }

  /// The first breaches after the day.
  private func breaches(
    _ run: TrialHistory.Fund, _ whole: Replay, gone: Int, opening: CivilMonth
  ) -> [String] {
    let ids = whole.agreement.terms.thresholds.map(\.value.id)
    let simulated = Set(run.breaches.map { "\(ids[$0.threshold]) \($0.bank) \($0.month)" })
    var first: [String: Int] = [:]
    for crossing in whole.crossings {
      let month = crossing.date.month.months(since: opening) - gone
      let key = "\(crossing.id) \(crossing.bank)"
      if month >= 0, first[key] == nil { first[key] = month }
    }
    let replayed = Set(first.map { "\($0.key) \($0.value)" })
    return simulated.symmetricDifference(replayed).sorted().map { "breach \($0)" }
  }
}

extension `A run from a state`.Case {
  /// The trial's defaults after the state's day, as the resumed plan numbers them.
  fileprivate func events(after gone: Int, in resumed: Scenario) -> [DefaultEvent] {
    let positions = Dictionary(
      uniqueKeysWithValues: resumed.portfolio.loans.enumerated().map { ($1.id, $0) })
    return history.defaults.filter { $0.month >= gone }.compactMap { item in
      positions[scenario.portfolio.loans[item.loan].id].map { position in
        DefaultEvent(
          loan: Int32(position), month: Int16(item.month - gone), lag: Int16(item.lagMonths),
          recovery: item.recoveredParts[fund])
      }
    }
  }
}

extension SimulationPlan {
  /// Lets each carried loss be recovered when the trial recovers it.
  fileprivate mutating func makeCertain(
    _ history: TrialHistory, like scenario: Scenario, as resumed: Scenario, gone: Int
  ) {
    let lags = Dictionary(
      uniqueKeysWithValues: history.defaults.map {
        (scenario.portfolio.loans[$0.loan].id, $0.lagMonths)
      })
    for place in (funds[0].carried?.cases ?? []).indices {
      guard let item = funds[0].carried?.cases[place], let law = item.lag else { continue }
      let lag = lags[resumed.portfolio.loans[Int(item.loan)].id] ?? 0
      // The conditional law does not exclude what happened.
      precondition(law.contains(lag), "a lag of \(lag) is none of \(law)")
      funds[0].carried?.cases[place].lag = lag...lag
    }
  }
}
