import ClaimRules
import CompensationKernel
import DocumentReading
import FundCore
import Testing

@testable import ScenarioInput

/// The file of a state: the same for the same state, and refused if it is any other.
struct `The file of a state` {
  /// The state of a shipped register, replayed to a day.
  static func state(until day: String) throws -> RegisterState {
    var request = ReplayRequest(register: "scenarios/baotou/register.csv")
    request.programme = "baotou"
    request.options = [
      .model: "bank", .fund: "1000万", .start: "2024-01", .facts: "met", .until: day,
    ]
    let study = try readRegister(request)
    return try #require(study.state(after: study.replays()))
  }

  private let place = SourceLocation(file: "state.json")

  private func code(_ bytes: [UInt8]) -> String? {
    do throws(Diagnostics) {
      _ = try StateFile.state(in: bytes, at: place)
      return nil
    } catch {
      return error.problems.first?.code
    }
  }

  @Test func `is read as what was written`() throws {
    let state = try Self.state(until: "2025-06")
    let bytes = StateFile.bytes(of: state)
    let read = try StateFile.state(in: bytes, at: place)
    #expect(StateFile.bytes(of: read) == bytes)
    #expect(StateFile.bytes(of: try Self.state(until: "2025-06-30")).count == bytes.count)
    #expect(read.day == state.day && read.opening == state.opening)
    #expect(read.funds[0].balance == state.funds[0].balance)
    #expect(String(decoding: bytes, as: UTF8.self).contains(StateFile.digest(of: state)))
  }

  @Test func `with a flipped bit is refused, whichever it is`() throws {
    let bytes = StateFile.bytes(of: try Self.state(until: "2024-12"))
    for place in bytes.indices {
      var other = bytes
      other[place] ^= 1 << UInt8(place % 8)
      let found = code(other)
      #expect(
        found == "damaged-state" || place < 40 && ["not-a-state", "other-format"].contains(found),
        "byte \(place)")
    }
  }

  @Test func `that is cut, or longer, is refused`() throws {
    let bytes = StateFile.bytes(of: try Self.state(until: "2024-12"))
    for count in stride(from: 0, to: bytes.count, by: 7) {
      #expect(code(Array(bytes.prefix(count))) != nil, "\(count) bytes")
    }
    #expect(code(bytes + [0x0A]) == "damaged-state")
    #expect(code(Array(bytes.dropFirst())) == "not-a-state")
  }

  @Test func `of another format, or of something else, is called so`() throws {
    let bytes = StateFile.bytes(of: try Self.state(until: "2024-12"))
    let text = String(decoding: bytes, as: UTF8.self)
    let later = text.replacing("\"version\":1,", with: "\"version\":2,")
    #expect(code(Array(later.utf8)) == "other-format")
    #expect(code(Array("{\"schemaVersion\": 2}".utf8)) == "not-a-state")
    #expect(code(Array("id,bank\n".utf8)) == "not-a-state")
  }

  /// States that contradict themselves, although their digest is right.
  static let contradictions: [@Sendable (inout RegisterState) -> Void] = [
    { $0.day = $0.day.advanced(byDays: -1) },
    { $0.opening = $0.day.advanced(byDays: 1) },
    { $0.banks.removeLast(2) },
    { $0.banks[1] = $0.banks[0] },
    { $0.loans[0].loan.bank = 99 },
    { $0.loans[0].loan.enterprise = 99 },
    { $0.loans[1].loan.id = $0.loans[0].loan.id },
    { $0.loans[0].loan.disbursedOn = $0.day.advanced(byDays: 1) },
    { $0.loans[0].loan.ipPrincipal = .yuan(900_000_000) },
    { $0.loans.removeLast() },
    { $0.funds = [] },
    { $0.funds[0].accounts = [] },
    { $0.funds[0].covers.removeLast() },
    { $0.funds[0].waiting = [7] },
    { $0.funds[0].refundsDue = [.init(month: $0.nextMonth, claim: -1)] },
    { $0.funds[0].claims[0].loan = 99 },
    { $0.funds[0].claims.append($0.funds[0].claims[0]) },
    { $0.funds[0].claims[0].divided?.account = 1 },
    { $0.funds[0].claims[0].divided?.settlement.lossBase = .zero },
    { $0.funds[0].overdue.append($0.funds[0].overdue[0]) },
    { $0.funds[0].admitted = [.init(enterprise: 99, year: 2024, amount: .yuan(1))] },
    { $0.funds[0].banks[0].suspensions = [.init(threshold: 9, from: $0.day)] },
    { $0.funds[0].banks[0].thresholds.removeLast() },
    { $0.funds[0].totals.closing = Money(fen: .max) },
  ]

  @Test(arguments: contradictions.indices)
  func `that contradicts itself is refused, whatever its digest`(place: Int) throws {
    var state = try Self.state(until: "2025-06")
    #expect(state.isSound)
    Self.contradictions[place](&state)
    #expect(code(StateFile.bytes(of: state)) == "damaged-state")
  }

  /// Registers of real days: duties in working days, money before claims, returns weeks after receipts.
  @Test(arguments: [
    ("baotou", "bank"), ("baotou", "guarantor"), ("dalian-2018", "bank"),
    ("dalian-2018", "insurer"),
    ("dalian-hitech-2022", "bank"), ("weihai-2020", "bank"), ("chaoyang", "bank"),
  ]) func `goes on at every end of a month to what the whole register has`(
    programme: String, model: String
  ) throws {
    var request = ReplayRequest(register: "scenarios/baotou/register.csv")
    request.programme = programme
    request.options = [
      .model: model, .fund: programme == "dalian-2018" ? "1600万" : "1000万", .start: "2024-01",
      .facts: "met",
    ]
    let whole = try readRegister(request)
    let fund = whole.funds[0]
    let all = replay(whole.register, under: fund, opening: whole.opening)
    var month = whole.opening.month
    while month.lastDay < whole.register.until {
      var cut = whole
      cut.register.until = month.lastDay
      cut.keepsStandings = true
      let part = cut.replays()
      let state = try StateFile.state(
        in: StateFile.bytes(of: try #require(cut.state(after: part))), at: place)
      let rest = try #require(replay(whole.register, under: fund, from: state, fund: 0))
      #expect(part[0].months + rest.months == all.months, "\(month)")
      #expect(rest.totals == all.totals, "\(month)")
      #expect(part[0].entries.count + rest.entries.count == all.entries.count, "\(month)")
      #expect(rest.missedDuties.count + part[0].missedDuties.count == all.missedDuties.count)
      month = month.advanced(by: 1)
    }
  }
}
