import ClaimRules
import CompensationKernel
import DocumentReading
import Foundation
import FundCore
import PolicyLibrary
import Simulation
import Testing

@testable import ScenarioInput

/// A state holds all that a replay needs to go on, and what it holds is what the whole replay has on
/// its day: on registers written from simulated trials, in which caps, thresholds and shortages all
/// happen.
struct `The state of a replay` {
  /// A trial as a register, its fund, and the replay of all of it.
  struct Case {
    let register: ClaimRegister
    let fund: FundAgreement
    let opening: CivilDate
    let whole: Replay
    let trial: TrialHistory.Fund

    /// The replay up to the end of a month of the run, and the state then.
    func stopped(after month: Int) -> (part: Replay, state: RegisterState) {
      var cut = register
      cut.until = opening.month.advanced(by: month).lastDay
      let part = replay(cut, under: fund, opening: opening, keepsStanding: true)
      var state = RegisterState(of: cut, opening: opening)
      state.funds = part.standing.map { [$0] } ?? []
      state.funds[0].terms = fund.stateTerms(banks: register.banks)
      return (part, state)
    }
  }

  /// Days at which nothing is settled yet, in the midst of it, and when only recoveries come.
  static let months = [0, 7, 14, 23, 29, 38, 47]

  /// Hands out trials of all funds of a programme, each with some of the days.
  static func forEach(
    _ id: String, _ timing: String, trials: Int, _ body: (Case, Int) throws -> Void
  ) throws {
    let (scenario, plan) = try `A replayed trial`.compiled(id, timing: timing)
    for (place, history) in simulateTrials(plan, Array(0..<trials)).enumerated() {
      // Every sixth fund; all of them in the long test.
      for position in scenario.funds.indices
      where `A replayed trial`.isLong || position % 6 == 0 {
        let fund = scenario.funds[position]
        let register = scenario.register(of: history, fund: fund, place: position)
        let item = Case(
          register: register, fund: fund, opening: scenario.start.firstDay,
          whole: replay(register, under: fund, opening: scenario.start),
          trial: history.funds[position])
        // Every fund meets another day in every trial.
        try body(item, months[(position + place) % months.count])
      }
    }
  }

  /// What two ledgers have in common that move the same money.
  struct Line: Hashable {
    let date: CivilDate
    let loan: Int?
    let bank: Int?
    let amount: Money
    let balance: Money

    init(_ entry: LedgerEntry) {
      (date, loan, bank) = (entry.date, entry.loan, entry.bank)
      (amount, balance) = (entry.amount, entry.balance)
    }
  }

  /// The state, written and read again.
  static func throughFile(_ state: RegisterState) throws -> RegisterState {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "state-\(UUID().uuidString).json").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let bytes = StateFile.bytes(of: state)
    try Data(bytes).write(to: URL(filePath: path))
    let read = try StateFile.read(path: path)
    #expect(StateFile.bytes(of: read) == bytes)
    return read
  }

  /// The programmes with a timing of defaults each; with FUNDSIM_LONG_TESTS=1 with both.
  static let settings: [(id: String, timing: String)] = {
    let timings = ["maturity", "monthly"]
    let isLong = ProcessInfo.processInfo.environment["FUNDSIM_LONG_TESTS"] == "1"
    return PolicyDocument.builtInIDs.enumerated().flatMap { place, id in
      (isLong ? timings : [timings[place % 2]]).map { (id, $0) }
    }
  }()

  @Test(arguments: settings)
  func `holds what the whole replay has on its day, and goes on to what that has, to the fen`(
    id: String, timing: String
  ) throws {
    var carried = 0
    try Self.forEach(id, timing, trials: 1) { item, month in
      let (part, state) = item.stopped(after: month)
      let place = "\(item.fund.readings.map(\.id.value)), \(state.day)"
      try goesOn(part, state, to: item, place)
      hasWhatTheLedgerHas(state, item, month: month, place)
      saysTheSameWithoutLaterDays(state, item, place)
      let standing = state.funds[0]
      carried +=
        standing.waiting.count + standing.refundsDue.count
        + standing.claims.count { $0.divided?.before == RecoveredBefore() }
    }
    // Nothing would be shown by states that hold nothing.
    #expect(carried > 0)
  }

  /// What was replayed to the day, and from the state's file on, is the whole replay.
  private func goesOn(
    _ part: Replay, _ state: RegisterState, to item: Case, _ place: String
  ) throws {
    let read = try Self.throughFile(state)
    let rest = try #require(replay(item.register, under: item.fund, from: read, fund: 0))
    let lines = (part.entries + rest.entries).map(Line.init)
    #expect(lines == item.whole.entries.map(Line.init), "\(place)")
    #expect(part.months + rest.months == item.whole.months, "\(place)")
    #expect(rest.totals == item.whole.totals, "\(place)")
    #expect(rest.ranDryOn == item.whole.ranDryOn, "\(place)")
    for (one, other) in zip(rest.loans, item.whole.loans) {
      #expect(one.settlement == other.settlement, "\(place)")
      #expect(one.returned == other.returned, "\(place)")
      #expect(one.total == other.total, "\(place)")
      #expect(one.cover?.coveredPrincipal == other.cover?.coveredPrincipal, "\(place)")
    }
  }

  /// Every quantity is what the entries of the whole ledger sum to, and what the simulation has.
  private func hasWhatTheLedgerHas(
    _ state: RegisterState, _ item: Case, month: Int, _ place: String
  ) {
    let ledger = LedgerOnDay(item.whole, on: state.day)
    let standing = state.funds[0]
    let banks = standing.banks
    #expect(standing.balance == ledger.balance, "\(place)")
    #expect(standing.balance.fen == item.trial.months[month].closing, "\(place)")
    #expect(standing.totals.isBalanced && standing.totals.isDivided, "\(place)")
    #expect(standing.totals.compensation == ledger.paid.reduce(.zero, +), "\(place)")
    #expect(standing.totals.returned == ledger.returned.reduce(.zero, +), "\(place)")
    #expect(standing.totals.fees == ledger.fees, "\(place)")
    #expect(standing.totals.interest == ledger.interest, "\(place)")
    #expect(banks.map { Money(fen: $0.counters.paid) } == ledger.paid, "\(place)")
    #expect(banks.map { Money(fen: $0.counters.owed) } == ledger.owed, "\(place)")
    #expect(banks.map { Money(fen: $0.counters.returned) } == ledger.returned, "\(place)")
    let lasting = banks.map { $0.suspensions.count(where: { $0.until == nil }) }
    #expect(lasting == ledger.lasting, "\(place)")
    #expect(Set(standing.claims.map { state.loans[$0.loan].loan.id }) == ledger.lost, "\(place)")
    let waiting = standing.waiting.map { state.loans[standing.claims[$0].loan].loan.id }
    #expect(Set(waiting) == ledger.waiting(standing), "\(place)")
  }

  /// A register that tells nothing of later days has the same state, to the byte.
  private func saysTheSameWithoutLaterDays(
    _ state: RegisterState, _ item: Case, _ place: String
  ) {
    // Of a claim that waits for its recovery (I-52) the future decides.
    guard !item.fund.terms.claim.comesAfterRealisation else { return }
    var known = item.register
    known.until = state.day
    known.loans.removeAll { $0.disbursedOn > state.day }
    for index in known.loans.indices { known.loans[index].forget(after: state.day) }
    let part = replay(known, under: item.fund, opening: item.opening, keepsStanding: true)
    var other = RegisterState(of: known, opening: item.opening)
    other.funds = part.standing.map { [$0] } ?? []
    other.funds[0].terms = state.funds[0].terms
    #expect(StateFile.bytes(of: other) == StateFile.bytes(of: state), "\(place)")
  }
}

extension RegisterLoan {
  /// Forgets what happened after a day, and when a claim is to be settled that was not.
  fileprivate mutating func forget(after day: CivilDate) {
    guard let overdue = loss?.overdueOn, overdue <= day else {
      loss = nil
      return
    }
    loss?.recoveries.removeAll { $0.receivedOn > day }
    if let settled = loss?.settledOn, settled > day { loss?.settledOn = nil }
    if let written = loss?.writtenOffOn, written > day { loss?.writtenOffOn = nil }
  }
}

/// What a ledger says of a fund at the end of a day, added up entry by entry.
private struct LedgerOnDay {
  private(set) var balance = Money.zero
  private(set) var paid: [Money]
  private(set) var owed: [Money]
  private(set) var returned: [Money]
  private(set) var fees = Money.zero
  private(set) var interest = Money.zero
  /// Suspensions and pauses that last, by bank.
  private(set) var lasting: [Int]
  /// The loans whose losses were claimed.
  private(set) var lost: Set<String> = []
  private var short: [String: Money] = [:]

  init(_ replay: Replay, on day: CivilDate) {
    let banks = replay.register.banks.count
    paid = Array(repeating: .zero, count: banks)
    owed = paid
    returned = paid
    lasting = Array(repeating: 0, count: banks)
    for entry in replay.entries where entry.date <= day {
      balance = entry.balance
      let id = entry.loan.map { replay.register.loans[$0].id } ?? ""
      switch entry.event {
      case .claim(let claim):
        lost.insert(id)
        paid[entry.bank ?? 0] += claim.settlement.paid
        owed[entry.bank ?? 0] += claim.settlement.owed
        short[id] = claim.settlement.owed - claim.settlement.paid
      case .latePayment:
        paid[entry.bank ?? 0] -= entry.amount
        short[id, default: .zero] += entry.amount
      case .uncoveredLoss: lost.insert(id)
      case .recovery: returned[entry.bank ?? 0] += entry.amount
      case .fee: fees -= entry.amount
      case .interest: interest += entry.amount
      case .threshold(let crossing):
        if crossing.effect != .warning { lasting[crossing.bank] += 1 }
      case .resumption: lasting[entry.bank ?? 0] -= 1
      default: break
      }
    }
  }

  /// The loans whose claims wait for money, where the programme lets them wait.
  func waiting(_ standing: FundStanding) -> Set<String> {
    guard !standing.waiting.isEmpty else { return [] }
    return Set(short.filter { $0.value > .zero }.keys)
  }
}
