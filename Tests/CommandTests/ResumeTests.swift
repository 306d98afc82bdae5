import Foundation
import TestSupport
import Testing

/// Runs that are killed and go on.
struct `Resuming` {
  /// A run of some seconds in a slow build, killed at 50 random moments of its life.
  @Test(.timeLimit(.minutes(5)))
  func `a run that is killed at fifty moments and goes on each time ends with the same bytes`()
    async throws
  {
    let folder = try TemporaryFolder()
    try folder.write("s.yaml", SmallScenario.text)
    let run = ["run", "s.yaml", "--trials", "6000", "--trials-format", "csv", "--quiet", "--out"]
    #expect(try await Command.run(run + ["whole"], in: folder.path).status == 0)
    let resumed =
      run + ["killed", "--checkpoint", "c", "--checkpoint-every", "0.02s", "--threads", "2"]
    var words = KillMoments(state: 50)
    var sizes: [Int] = []
    for _ in 0..<50 {
      let outcome = try await Command.run(
        resumed, in: folder.path, interrupt: words.next(), signal: SIGKILL)
      // A fast machine may be done before the moment comes.
      #expect(outcome.status == 128 + SIGKILL || outcome.status == 0, "\(outcome.errors)")
      sizes.append(Self.keptSize(folder.path + "/c"))
    }
    #expect(sizes == sizes.sorted(), "what was kept is never lost")
    let end = try await Command.run(resumed, in: folder.path)
    #expect(end.status == 0, "\(end.errors)")
    let tables = ["contributions.csv", "indicators.csv", "money.csv", "timeline.csv", "trials.csv"]
    for file in tables + ["summary.json"] {
      #expect(try folder.text("killed/" + file) == folder.text("whole/" + file))
    }
    // One that was killed while it wrote its results may leave a temporary file: a name with a dot.
    #expect(
      try folder.names().filter { $0.hasPrefix("killed/") && !$0.hasPrefix("killed/.") } == [
        "killed/contributions.csv", "killed/indicators.csv", "killed/manifest.json",
        "killed/money.csv", "killed/summary.json", "killed/timeline.csv", "killed/trials.csv",
      ])
  }

  /// How far the whole segments of a checkpoint reach, by their lengths; a killed run may leave a
  /// piece of another behind them.
  private static func keptSize(_ path: String) -> Int {
    guard let bytes = try? [UInt8](Data(contentsOf: URL(filePath: path))) else { return 0 }
    func number(at place: Int, size: Int) -> Int {
      guard place + size <= bytes.count else { return 0 }
      return bytes[place..<place + size].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
    var end = 16 + number(at: 12, size: 4) + 4
    while true {
      let next = end + 16 + number(at: end, size: 8)
      guard next > end + 16, next <= bytes.count else { return end }
      end = next
    }
  }

  @Test func `a checkpoint of another run is refused with 65 and stays as it is`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("s.yaml", SmallScenario.text)
    let run = ["run", "s.yaml", "--trials", "50", "--checkpoint", "c", "--out", "o"]
    #expect(try await Command.run(run, in: folder.path).status == 0)
    let bytes = try Data(contentsOf: URL(filePath: folder.path + "/c"))
    let other = try await Command.run(run + ["--seed", "7"], in: folder.path)
    #expect(other.status == 65)
    #expect(other.errors.contains("c: error[other-run]"))
    #expect(other.errors.contains("seed 1, not 7"))
    #expect(try Data(contentsOf: URL(filePath: folder.path + "/c")) == bytes)
    let text = try await Command.run(
      ["run", "s.yaml", "--checkpoint", "s.yaml", "--out", "o"], in: folder.path)
    #expect(text.status == 65 && text.errors.contains("error[not-a-checkpoint]"))
  }
}

/// Moments of the life of a process, in seconds, the same in every run of the tests.
private struct KillMoments {
  var state: UInt64

  mutating func next() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return 0.02 + 0.6 * Double(state >> 11) * 0x1p-53
  }
}
