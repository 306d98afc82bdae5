import Foundation
import TestSupport
import Testing

/// What is not known, as `run` and `size` say it.
struct `What is not known` {
  private struct Doubts: Decodable {
    struct Range: Decodable {
      let low: Double
      let high: Double
      let varianceShare: Double?
      let intervalShare: Double?
    }
    let value: Double
    let simulation: Double?
    let bestEstimate: Answer?
    let ownValues: Double?
    let parameters: Range?
    let readings: Range?
    let dependence: Range?
  }

  /// Of a run a probability, of a size an amount.
  private struct Answer: Decodable {
    private enum Key: String, CodingKey { case value, low, high }
    let value: Double
    var reach = 0.0

    init(from decoder: any Decoder) throws {
      if let number = try? decoder.singleValueContainer().decode(Double.self) {
        value = number
        return
      }
      let keys = try decoder.container(keyedBy: Key.self)
      value = try keys.decode(Double.self, forKey: .value)
      reach = try keys.decode(Double.self, forKey: .high) - keys.decode(Double.self, forKey: .low)
    }
  }

  private struct Summary: Decodable {
    struct Fund: Decodable { let notKnown: Doubts }
    let funds: [Fund]
  }

  private struct Sizes: Decodable {
    struct Requirement: Decodable { let notKnown: Doubts? }
    let requirements: [Requirement]
  }

  private static let drawn = SmallScenario.text.replacing(
    "recovery:",
    with: """
      uncertainty:
        pd: {value: 4%, low: 2%, high: 8%}
        reference: 4%
        count: 30
      recovery:
      """, maxReplacements: 1)

  private static func output(
    _ text: String, _ line: String, language: String = "en"
  ) async throws -> String {
    let folder = try TemporaryFolder()
    try folder.write("s.yaml", text)
    let outcome = try await Command.run(
      line.split(separator: " ").map(String.init) + ["--lang", language], in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return outcome.output
  }

  @Test func `a run with draws says what they leave open`() async throws {
    let json = try await Self.output(Self.drawn, "run s.yaml --json --trials 900")
    let doubts = try JSONDecoder().decode(Summary.self, from: Data(json.utf8)).funds[0].notKnown
    let parameters = try #require(doubts.parameters)
    #expect(parameters.low < doubts.value && doubts.value < parameters.high)
    #expect(try #require(parameters.varianceShare) > 0)
    #expect((0...1).contains(try #require(parameters.intervalShare)))
    for range in [try #require(doubts.readings), try #require(doubts.dependence)] {
      #expect(range.low <= doubts.value && doubts.value <= range.high)
    }
    #expect(try #require(doubts.simulation) > 0)
  }

  /// By the best estimate a run is the scenario without draws: on the same trials the same number.
  @Test func `a run with draws says how far the best estimate alone is apart`() async throws {
    let line = "run s.yaml --json --trials 500"
    func doubts(_ text: String) async throws -> Doubts {
      let json = try await Self.output(text, line)
      return try JSONDecoder().decode(Summary.self, from: Data(json.utf8)).funds[0].notKnown
    }
    let (drawn, plain) = (try await doubts(Self.drawn), try await doubts(SmallScenario.text))
    let best = try #require(drawn.bestEstimate)
    #expect(best.value == plain.value && best.value != drawn.value && best.reach > 0)
    for (language, words) in [("en", "the short history takes"), ("zh", "因历史太短而减少")] {
      let text = try await Self.output(
        Self.drawn, "run s.yaml --out o --trials 500", language: language)
      #expect(text.contains(words))
    }
  }

  /// A history of 10 % a year under loans of 4 %: the report says what that means, unless the scenario does.
  @Test(arguments: [("en", "0.40 times as risky"), ("zh", "风险按历史的0.40倍计")])
  func `loans unlike those of the history are told`(language: String, words: String) async throws {
    let folder = try TemporaryFolder()
    try folder.write("h.csv", "year,atRisk,defaults\n2020,100,10\n2021,100,10\n2022,100,10\n")
    func errors(_ uncertainty: String) async throws -> String {
      try folder.write(
        "s.yaml",
        try SmallScenario.changed("grades: {A: 2%, B: 6%}", to: "pd: 4%")
          + "\nuncertainty: {\(uncertainty)}\n")
      let outcome = try await Command.run(
        ["check", "s.yaml", "--lang", language], in: folder.path)
      #expect(outcome.status == 0, "\(outcome.errors)")
      return outcome.output
    }
    #expect(try await errors("history: h.csv, count: 16").contains(words))
    #expect(try await !errors("history: h.csv, count: 16, reference: 10%").contains(words))
  }

  @Test func `a run without draws says that it leaves them out`() async throws {
    let json = try await Self.output(SmallScenario.text, "run s.yaml --json")
    let doubts = try JSONDecoder().decode(Summary.self, from: Data(json.utf8)).funds[0].notKnown
    #expect(doubts.parameters == nil && doubts.dependence != nil && doubts.bestEstimate == nil)
    let text = try await Self.output(SmallScenario.text, "run s.yaml --out o")
    #expect(text.contains("fundsim calibrate"))
    let chinese = try await Self.output(SmallScenario.text, "run s.yaml --out o", language: "zh")
    #expect(chinese.contains("尚不确知之处") && chinese.contains("未给出"))
  }

  @Test func `a size says how much of its interval comes from the draws`() async throws {
    let line = "size s.yaml --survive 80% --through 30 --trials 900"
    let json = try await Self.output(Self.drawn, line + " --json")
    let sizes = try JSONDecoder().decode(Sizes.self, from: Data(json.utf8))
    let doubts = try #require(sizes.requirements.first?.notKnown)
    let parameters = try #require(doubts.parameters)
    #expect(parameters.low < doubts.value && doubts.value < parameters.high)
    #expect(try #require(doubts.bestEstimate).value > 0)
    #expect((0.5...1).contains(try #require(parameters.intervalShare)))
    let text = try await Self.output(Self.drawn, line)
    #expect(text.contains("comes from the short history"))
    let chinese = try await Self.output(Self.drawn, line, language: "zh")
    #expect(chinese.contains("源于历史太短"))
  }

  /// The numbers by draw are sums: parts of a run say the same as the whole, byte for byte.
  @Test func `parts of a run with draws are one`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("s.yaml", Self.drawn)
    func run(_ line: String) async throws {
      let outcome = try await Command.run(
        line.split(separator: " ").map(String.init), in: folder.path)
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    try await run("run s.yaml --out whole")
    for index in 0..<2 { try await run("run s.yaml --shard \(index)/2 --out parts/\(index).part") }
    try await run("merge parts --out merged")
    #expect(try folder.text("merged/summary.json") == folder.text("whole/summary.json"))
    #expect(try folder.text("whole/summary.json").contains("\"notKnown\""))
  }
}
