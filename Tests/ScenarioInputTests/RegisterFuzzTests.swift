import ClaimRules
import DocumentReading
import Foundation
import FundCore
import TestSupport
import Testing

@testable import ScenarioInput

/// SplitMix64, so that a failure can be repeated.
private struct SeededWords: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}

@Suite(.timeLimit(.minutes(10))) struct `Any register` {
  private static let recoveries = """
    id,bank,date,amount,costs,returned
    L1,A,2025-03-01,10万,,
    L1,A,2024-09-01,20万,5000,2024-09-10

    """

  /// The funds through whose rules whatever was read goes, one a programme.
  private static let funds: [FundAgreement] = {
    let lines = [
      "{programme: baotou, model: bank, start: 2024-01, interestRate: 1%}",
      "{programme: dalian-2018, model: insurer, initial: 1600万, start: 2024-01, claimDelay: 3}",
      "{programme: dalian-hitech-2022, model: guarantor, initial: 10万, claimDelay: 0 months}",
      "{programme: weihai-2020, model: bank, initial: 10万, claimDelay: 3}",
      "{programme: chaoyang, model: bank, initial: 10万, start: 2024-01, claimDelay: 3}",
    ]
    let problems = ProblemCollector()
    let section = FundSection(
      problems: problems, shelf: ProgrammeShelf(folder: ""), start: CivilMonth(ordinal: 2024 * 12),
      horizon: 60,
      portfolio: LoanTape())
    return lines.compactMap { line in
      (try? parseDocument(text: line, file: "f")).flatMap { Section($0, problems: problems) }
        .flatMap { section.read($0, number: 1) }
    }
  }()

  /// Reading ends in a register that every programme replays to the fen, or in problems.
  private func check(_ bytes: [UInt8], recoveries: [UInt8], _ yaml: String) throws {
    let outcome = readRegister(bytes, yaml, recoveries: recoveries)
    #expect((outcome.register == nil) == !outcome.problems.isEmpty)
    guard let read = outcome.register else { return }
    #expect(read.tape.loans.count == read.histories.count)
    let until = try #require(CivilDate(year: 2028, month: 12, day: 31))
    for fund in Self.funds {
      let replayed = replay(
        read.register(until: until), under: fund, opening: CivilMonth(ordinal: 2024 * 12))
      #expect(replayed.totals.isBalanced)
      #expect(replayed.totals.isDivided)
    }
  }

  /// Bytes changed at random: replaced, removed, inserted or repeated.
  private func mutated(_ bytes: [UInt8], using words: inout SeededWords) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 0...4, using: &words) where !bytes.isEmpty {
      let place = Int.random(in: bytes.indices, using: &words)
      let sign = Array(",\"\n\r;\t-+=%.0123456789万'\u{0}".utf8).randomElement(using: &words) ?? 0
      switch Int.random(in: 0...5, using: &words) {
      case 0: bytes[place] = UInt8.random(in: .min ... .max, using: &words)
      case 1: bytes[place] = sign
      case 2: bytes.remove(at: place)
      case 3: bytes.insert(sign, at: place)
      case 4: bytes[place] = UInt8(ascii: "0") + UInt8.random(in: 0...9, using: &words)
      default: bytes.insert(contentsOf: bytes[place...].prefix(20), at: place)
      }
    }
    return bytes
  }

  @Test func `has a fund of each programme to go through`() { #expect(Self.funds.count == 5) }

  @Test(arguments: ["refuse", "setAside"]) func `ends in loans or in problems`(badRows: String)
    throws
  {
    var words = SeededWords(state: 20_240_601)
    let yaml = RegisterText.mapping + "\nmostProblems: 2\nbadRows: \(badRows)"
    for _ in 0..<400 {
      try check(
        mutated(Array(RegisterText.good.utf8), using: &words),
        recoveries: mutated(Array(Self.recoveries.utf8), using: &words), yaml)
    }
  }

  @Test func `of random bytes ends in problems`() throws {
    var words = SeededWords(state: 11)
    for length in 0..<150 {
      let bytes = (0..<length).map { _ in UInt8.random(in: .min ... .max, using: &words) }
      #expect(readRegister(bytes).register == nil)
      let body = Array((RegisterText.header + "\n").utf8) + bytes.filter { $0 != 0 }
      try check(body, recoveries: bytes, RegisterText.mapping + "\nbadRows: setAside")
    }
  }

  @Test func `with changed terms ends in a study or in problems`() throws {
    var words = SeededWords(state: 5)
    let folder = try TemporaryFolder()
    let register = try folder.write("r.csv", RegisterText.good)
    let terms = """
      title: t
      opening: 2024-01
      until: 2025-12
      register:
      \(RegisterText.mapping.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n"))
      funds:
        - {programme: baotou, model: bank, start: 2024-01, interestRate: 1%}

      """
    var request = ReplayRequest(register: register)
    for round in 0..<200 {
      let bytes = round == 0 ? Array(terms.utf8) : mutated(Array(terms.utf8), using: &words)
      request.terms = try folder.write("t.yaml", bytes: bytes)
      do {
        let study = try readRegister(request)
        for replayed in study.replays() { #expect(replayed.totals.isBalanced) }
      } catch {
        #expect(round > 0, "\(error)")
        #expect(!error.problems.isEmpty)
      }
    }
  }
}
