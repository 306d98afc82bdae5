import TestSupport
import Testing

/// `-` in the place of a file.
struct `Standard input` {
  private static func shell(_ line: String, _ folder: TemporaryFolder) async throws
    -> Command.Outcome
  {
    try await Command.shell(line, in: folder.path)
  }

  @Test func `is a scenario, with the figures of its file`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("scenario.yaml", SmallScenario.text)
    let piped = try await Self.shell("cat scenario.yaml | $FUNDSIM run - --json", folder)
    let file = try await Self.shell("$FUNDSIM run scenario.yaml --json", folder)
    #expect(piped.status == 0 && file.status == 0, "\(piped.errors)")
    #expect(piped.output.replacing("<stdin>", with: "scenario.yaml") == file.output)
    #expect(piped.output.contains("<stdin>"))
  }

  @Test func `has its own name, and a mark under the column, where something is wrong`()
    async throws
  {
    let folder = try TemporaryFolder()
    let text = SmallScenario.text.replacing("assetCorrelation: 0.12", with: "assetCorrelation: 12")
    try folder.write("wrong.yaml", text)
    let piped = try await Self.shell("$FUNDSIM check - < wrong.yaml", folder)
    let file = try await Self.shell("$FUNDSIM check wrong.yaml", folder)
    #expect(piped.status == 65 && piped.errors.contains("<stdin>:"))
    #expect(piped.errors.replacing("<stdin>", with: "wrong.yaml") == file.errors)
  }

  /// Paths in it start in the working folder.
  @Test func `is a tape, a register, and a scenario with a tape beside it`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("loans.csv", TapeTexts.rows)
    try folder.write("s.yaml", SmallScenario.withTape(TapeTexts.mapping(tape: "loans.csv")))
    let line = "$FUNDSIM run s.yaml --json --portfolio"
    let piped = try await Self.shell("cat loans.csv | \(line) -", folder)
    let file = try await Self.shell("\(line) loans.csv", folder)
    #expect(piped.status == 0 && file.status == 0, "\(piped.errors)\(file.errors)")
    #expect(piped.output.replacing("<stdin>", with: "loans.csv") == file.output)
    let register = Command.root + "/scenarios/baotou/register.csv"
    let options = "--programme baotou --model bank --fund 1000万 --start 2024-01 --facts met --json"
    let replayed = try await Self.shell("$FUNDSIM replay - \(options) < \(register)", folder)
    let plain = try await Self.shell("$FUNDSIM replay \(register) \(options)", folder)
    #expect(replayed.status == 0, "\(replayed.errors)")
    // The digest holds the name under which a register was read.
    let lines = [replayed, plain].map { outcome in
      outcome.output.replacing("<stdin>", with: register).split(separator: "\n").filter {
        !$0.contains("\"digest\"")
      }
    }
    #expect(lines[0].count > 50 && lines[0] == lines[1])
  }

  @Test func `is a claim and a history`() async throws {
    let folder = try TemporaryFolder()
    let scenarios = Command.root + "/scenarios"
    let claim = try await Self.shell(
      "$FUNDSIM explain - --json < \(scenarios)/baotou/claim.yaml", folder)
    #expect(claim.status == 0, "\(claim.errors)")
    let history = try await Self.shell(
      "$FUNDSIM calibrate - --json < \(scenarios)/history/five-years.csv", folder)
    #expect(history.status == 0 && history.output.contains("<stdin>"), "\(history.errors)")
  }

  @Test func `is not written to, and two inputs of one kind read the same`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("s.yaml", SmallScenario.text)
    let out = try await Self.shell("$FUNDSIM run s.yaml --quiet --out - < /dev/null", folder)
    #expect(out.status == 74 && out.errors.contains("standard input"), "\(out.errors)")
    let empty = try await Self.shell("$FUNDSIM check - < /dev/null", folder)
    #expect(empty.status == 65 && empty.errors.contains("<stdin>"))
    let both = try await Self.shell("$FUNDSIM check - --portfolio - < s.yaml", folder)
    #expect(both.status == 65)
    #expect(try folder.names() == ["s.yaml"])
  }
}
