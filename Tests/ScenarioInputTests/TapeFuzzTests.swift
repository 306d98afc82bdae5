import DocumentReading
import FundCore
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

private let goodTape = #"""
  id,firm,start,term,amount,bank,model,size,pledge,repay,sector,grade,pd,ip,rate,status,charged,reg,credit
  L1,甲公司,2024-03-05,12,"1,000",工行,bank,S,patent,bullet,C39,A,,500,4.35%,paid,,J,yes
  L2,"乙 ""公司""",2024年4月1日,2年,12.5万,工商银行,guarantor,M,trademark,equalPrincipal,I65,,2%,41666.67,5%,CHGOFF,2025-06-30,1,否
  L3,甲公司,202405,6,0.01,建行,insurer,large,other,bullet,C39,B,,0,0,running,,1,0

  """#

@Suite(.timeLimit(.minutes(10))) struct `Any tape or mapping` {
  /// Reading ends in a tape that can be written and summed up, or in problems.
  private func check(_ bytes: [UInt8], _ yaml: String) {
    let outcome = readTape(bytes, yaml)
    #expect((outcome.tape == nil) != outcome.problems.isEmpty)
    guard let tape = outcome.tape else { return }
    var text = ""
    writeTape(tape) { text += $0 }
    let groupings = TapeSummary(tape).groupings
    #expect(groupings.allSatisfy { $0.groups.reduce(0) { $0 + $1.loans } == tape.loans.count })
  }

  /// Bytes changed at random: replaced, removed, inserted or repeated.
  private func mutated(_ bytes: [UInt8], using words: inout SeededWords) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...6, using: &words) where !bytes.isEmpty {
      let place = Int.random(in: bytes.indices, using: &words)
      let signs = Array(",\"\n\r;\t-+=%.0123456789eE万'\u{0}".utf8)
      let sign = signs.randomElement(using: &words) ?? 0
      switch Int.random(in: 0...4, using: &words) {
      case 0: bytes[place] = UInt8.random(in: .min ... .max, using: &words)
      case 1: bytes[place] = sign
      case 2: bytes.remove(at: place)
      case 3: bytes.insert(sign, at: place)
      default: bytes.insert(contentsOf: bytes[place...].prefix(20), at: place)
      }
    }
    return bytes
  }

  @Test(arguments: ["refuse", "setAside"]) func `ends in loans or in problems`(badRows: String) {
    var words = SeededWords(state: 20_240_131)
    for window in ["", "window: {from: 2024-04, until: 2024-04}\n"] {
      let yaml = fullTapeMapping + "\n\(window)mostProblems: 2\nbadRows: \(badRows)"
      for _ in 0..<250 { check(mutated(Array(goodTape.utf8), using: &words), yaml) }
    }
  }

  @Test func `of random bytes ends in problems`() {
    var words = SeededWords(state: 7)
    for length in 0..<200 {
      let bytes = (0..<length).map { _ in UInt8.random(in: .min ... .max, using: &words) }
      #expect(readTape(bytes, fullTapeMapping).tape == nil)
      let body = Array(goodTape.utf8.prefix { $0 != 0x0A }) + [0x0A] + bytes.filter { $0 != 0 }
      check(body, fullTapeMapping + "\nbadRows: setAside")
    }
  }

  @Test func `with a changed mapping ends in loans or in problems`() {
    var words = SeededWords(state: 99)
    for _ in 0..<500 {
      let yaml = String(
        decoding: mutated(Array(fullTapeMapping.utf8), using: &words), as: UTF8.self)
      let outcome = readTape(Array(goodTape.utf8), yaml)
      #expect((outcome.tape == nil) != outcome.problems.isEmpty)
    }
  }
}
