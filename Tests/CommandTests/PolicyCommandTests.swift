import TestSupport
import Testing

/// The programmes on the command line, and what every command line tool says of itself.
struct `Programmes and help` {
  static let ids = Command.programmes

  private static func output(_ arguments: String...) async throws -> String {
    let folder = try TemporaryFolder()
    let outcome = try await Command.run(arguments, in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.isEmpty)
    #expect(try folder.names() == [])
    return outcome.output
  }

  @Test func `the list names every programme in both languages`() async throws {
    let list = try await Self.output("policy", "list")
    for id in Self.ids { #expect(list.contains(id)) }
    #expect(list.contains("包头市") && list.contains("Baotou"))
  }

  @Test(arguments: ids) func `every number is shown with its source`(id: String) async throws {
    let table = try await Self.output("policy", "show", id)
    let numbers = table.split(separator: "\n").filter { $0.contains("models.") }
    #expect(numbers.count > 4)
    #expect(numbers.allSatisfy { $0.contains("Art. ") || $0.contains("I-") })
  }

  @Test func `a programme that is not there is not shown`() async throws {
    let folder = try TemporaryFolder()
    let outcome = try await Command.run(["policy", "show", "baotuo"], in: folder.path)
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("did you mean 'baotou'?"))
    #expect(outcome.errors.hasSuffix("1 problem. Nothing was shown.\n"), "\(outcome.errors)")
  }

  @Test func `Baotou's deciding numbers are there`() async throws {
    let table = try await Self.output("policy", "show", "baotou")
    let lines = table.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
    #expect(lines.contains("thresholds.suspension.level.value 5% ratio Art. 13"))
    #expect(lines.contains("models.bank.payers.fund.share.value 30% share Art. 12, 15"))
    #expect(table.contains("I-16"))
  }

  @Test(arguments: ids) func `a programme's file is where a draft begins`(id: String) async throws {
    let folder = try TemporaryFolder()
    let yaml = try await Self.output("policy", "show", id, "--yaml")
    try folder.write("draft.yaml", yaml)
    let built = try await Self.output("policy", "show", id)
    let draft = try await Command.run(["policy", "show", "draft.yaml"], in: folder.path)
    #expect(draft.output == built)
    let again = try await Command.run(["policy", "show", "draft.yaml", "--yaml"], in: folder.path)
    #expect(again.output == yaml)
  }

  @Test func `a scenario on the file gives what the built-in programme gives`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("s.yaml", SmallScenario.text)
    let run = ["run", "s.yaml", "--quiet", "--trials-format", "csv", "--out"]
    _ = try await Command.run(run + ["built"], in: folder.path)
    try folder.write(
      "draft.yaml", try await Self.output("policy", "show", "dalian-hitech-2022", "--yaml"))
    try folder.write("s.yaml", SmallScenario.changed("dalian-hitech-2022", to: "draft.yaml"))
    let outcome = try await Command.run(run + ["drafted"], in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try folder.text("built/trials.csv") == folder.text("drafted/trials.csv"))
  }

  @Test func `an unknown programme is refused with the nearest one`() async throws {
    let folder = try TemporaryFolder()
    let outcome = try await Command.run(["policy", "show", "baotu"], in: folder.path)
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("did you mean 'baotou'?"))
  }

  @Test func `a check says what each fund covers, and what it leaves out`() async throws {
    let outcome = try await Command.run(["check", "scenarios/dalian-2018"], in: Command.root)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("no problems."))
    #expect(outcome.output.contains("term too long (Art. 三)"))
  }

  @Test(arguments: [[], ["run"], ["check"], ["policy"], ["policy", "show"], ["portfolio"]])
  func `every command explains itself`(command: [String]) async throws {
    let folder = try TemporaryFolder()
    let outcome = try await Command.run(command + ["--help"], in: folder.path)
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("OVERVIEW:") && outcome.output.contains("USAGE: fundsim"))
    let isLong = outcome.output.split(separator: "\n").contains { $0.count > 180 }
    #expect(!isLong)
  }

  @Test func `the version is a version`() async throws {
    let version = try await Self.output("--version")
    #expect(version.wholeMatch(of: /[0-9]+\.[0-9]+\.[0-9]+\n/) != nil)
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `completions are generated`(shell: String) async throws {
    let script = try await Self.output("--generate-completion-script", shell)
    #expect(script.contains("fundsim") && script.contains("portfolio"))
    #expect(script.contains("dalian-hitech-2022"))
  }
}
