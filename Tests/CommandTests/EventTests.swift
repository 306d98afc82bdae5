import Foundation
import TestSupport
import Testing

/// What the program tells the one that started it, beside what people read.
struct `Events for the program that started it` {
  private static func events(_ folder: TemporaryFolder) throws -> [[String: Any]] {
    try folder.text("events").split(separator: "\n").map { line in
      try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
    }
  }

  @Test func `each problem is one, with its place and both languages, whatever language is spoken`()
    async throws
  {
    let folder = try TemporaryFolder()
    try folder.write(
      "s.yaml",
      SmallScenario.text.replacing("monthly", with: "monthy")
        .replacing("initial: 500万", with: "initial: 500"))
    let outcome = try await Command.shell(
      "FUNDSIM_EVENTS=7 $FUNDSIM run s.yaml --quiet --lang zh 7>events", in: folder.path)
    #expect(outcome.status == 65)
    #expect(outcome.output.isEmpty)
    let events = try Self.events(folder)
    #expect(events.map { $0["event"] as? String } == ["problem", "problem"])
    #expect(events.map { $0["code"] as? String } == ["unknown-choice", "unclear-unit"])
    let place = "\(events[0]["file"] ?? ""):\(events[0]["line"] ?? ""):\(events[0]["column"] ?? "")"
    #expect(outcome.errors.hasPrefix(place + ": 错误[unknown-choice]"))
    #expect(outcome.errors.contains(events[0]["messageZh"] as? String ?? "?"))
    #expect((events[0]["message"] as? String ?? "").contains("monthy"))
    #expect((events[0]["help"] as? String ?? "").contains("monthly"))
  }

  @Test func `progress goes forward, while the streams for people stay silent`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("s.yaml", SmallScenario.text)
    let outcome = try await Command.shell(
      """
      FUNDSIM_EVENTS=3 $FUNDSIM run s.yaml --quiet --trials 50000000 --time-limit 2s --year-trials 0 \
      --out out 3>events
      """, in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.isEmpty && !outcome.errors.contains("\r"))
    let events = try Self.events(folder)
    #expect(events.count > 1 && events.allSatisfy { $0["event"] as? String == "progress" })
    let done = events.filter { $0["work"] is NSNull }.compactMap { $0["done"] as? Int }
    #expect(done == done.sorted() && (done.last ?? 0) > 0)
    #expect(events.allSatisfy { ($0["total"] as? Int ?? 50_000_000) == 50_000_000 })
  }

  @Test(arguments: ["x", "1", "9"]) func `a number of no open file is refused`(value: String)
    async throws
  {
    let folder = try TemporaryFolder()
    let outcome = try await Command.shell(
      "FUNDSIM_EVENTS=\(value) $FUNDSIM engine", in: folder.path)
    #expect(outcome.status == 64)
    #expect(outcome.errors.hasPrefix("error[event-file]: FUNDSIM_EVENTS is '\(value)'"))
    #expect(outcome.output.isEmpty)
  }
}
