import Foundation
import TestSupport
import Testing

/// The commands of a planner, run as planners run them.
struct `A planner's commands` {
  private static func run(_ arguments: [String]) async throws -> Command.Outcome {
    let folder = try TemporaryFolder()
    try folder.write("s.yaml", SmallScenario.text)
    return try await Command.run(arguments, in: folder.path)
  }

  static let commands: [(name: String, arguments: [String])] = [
    (
      "size",
      [
        "size", "s.yaml", "--survive", "80%,90%", "--through", "12,30", "--precision", "5%",
        "--confirm", "--lending", "--trials", "100",
      ]
    ),
    (
      "compare",
      ["compare", "s.yaml", "--fund", "300万,500万", "--model", "bank,guarantor", "--trials", "100"]
    ),
    (
      "sweep",
      [
        "sweep", "s.yaml", "--set", "recovery.mean=30%,40%", "--set", "funds.1.initial=300万,500万",
        "--figure", "es95",
      ]
    ),
    (
      "tornado", ["tornado", "s.yaml", "--figure", "capital90", "--step", "10%", "--trials", "100"]
    ),
    ("readings", ["readings", "s.yaml", "--trials", "100"]),
  ]

  @Test(arguments: commands.indices)
  func `print 100 columns that end with where they come from, and write what the schema describes`(
    index: Int
  ) async throws {
    let folder = try TemporaryFolder()
    try folder.write("s.yaml", SmallScenario.text)
    let (name, arguments) = Self.commands[index]
    let outcome = try await Command.run(arguments + ["--out", "o"], in: folder.path)
    try #require(outcome.status == 0, "\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n").map(String.init)
    #expect(lines.filter { columns(of: $0) > 100 } == [])
    let place = try #require(lines.lastIndex(of: "Provenance"))
    #expect(lines[place...].contains { $0.contains("seed") && $0.hasSuffix(" 1") })
    #expect(!outcome.output.contains("NOT CONFIRMED") && !outcome.output.contains("FAILED"))
    let file = try folder.text("o/\(name).json")
    let object = try JSONSerialization.jsonObject(with: Data(file.utf8))
    let schema = try Schema(path: "Sources/Reporting/Schemas/\(name).schema.json")
    #expect(schema.problems(of: object) == [])
    guard name == "readings" else { return }
    let json = try await Command.run(arguments + ["--json"], in: folder.path)
    #expect(json.output.trimmingCharacters(in: .newlines) == file.trimmingCharacters(in: .newlines))
  }

  /// Wide characters take two columns.
  private func columns(of line: String) -> Int {
    line.unicodeScalars.reduce(0) {
      $0 + ((0x2E80...0xFFDC).contains($1.value) && !(0xFF61...0xFF9F).contains($1.value) ? 2 : 1)
    }
  }

  @Test func `write their files with --out, and the same for any number of threads`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("s.yaml", SmallScenario.text)
    var texts: [String] = []
    for threads in ["1", "3"] {
      let outcome = try await Command.run(
        [
          "sweep", "s.yaml", "--set", "recovery.mean=30%,40%", "--out", "o\(threads)", "--quiet",
          "--threads", threads,
        ], in: folder.path)
      #expect(outcome.status == 0 && outcome.output.isEmpty, "\(outcome.errors)")
      texts.append(try folder.text("o\(threads)/sweep.json"))
    }
    #expect(texts[0] == texts[1])
    let rows = try folder.text("o1/sweep.csv").split(whereSeparator: \.isNewline).map(String.init)
    #expect(rows.count == 3)
    #expect(
      rows[0] == "\u{FEFF}recovery.mean,exhaustion,standardError,low,high,difference,"
        + "differenceStandardError,differenceLow,differenceHigh,verdict")
    #expect(rows[1].hasPrefix("30%,0.") && rows[2].hasPrefix("40%,0."))
    #expect(try folder.names().filter { $0.contains("part") } == [])
  }

  @Test(
    arguments: [
      (["size", "s.yaml", "--survive", "100%"], 64, "--survive takes per cent"),
      (["size", "s.yaml", "--through", "0"], 64, "--through takes months"),
      (["size", "s.yaml", "--through", "31"], 65, "--through 31: error[month-outside-run]"),
      (["size", "s.yaml", "--precision", "much"], 64, "--precision takes"),
      (["size", "s.yaml", "--fund", "x"], 65, "error[unknown-fund]"),
      (["size", "s.yaml", "--set", "trials=10,20"], 65, "--set trials: error[several-values]"),
      (["compare", "nowhere"], 65, "nowhere/scenario.yaml"),
      (
        ["compare", "s.yaml", "--set", "recovery.mean"], 65,
        "--set recovery.mean: error[malformed-setting]"
      ),
      (["compare", "s.yaml", "--set", "recovery.meen=1%"], 65, "did you mean 'mean'?"),
      (
        ["compare", "s.yaml", "--programme", "dalian"], 65,
        "--programme dalian: error[unknown-programme]"
      ),
      (["compare", "s.yaml", "--model", "banks"], 65, "--model banks: error"),
      (["compare", "s.yaml", "--against", "x"], 65, "--against x: error[unknown-row]"),
      (["sweep", "s.yaml"], 64, "Give one or two settings"),
      (["sweep", "s.yaml", "--set", "recovery.mean=1%"], 65, "error[grid-size]"),
      (
        ["sweep", "s.yaml", "--set", "recovery.mean=30%,40%", "--figure", "exhaustoin"], 65,
        "help: near it: exhaustion, "
      ),
      (["tornado", "s.yaml", "--step", "100%"], 64, "--step takes per cent"),
      (
        ["tornado", "s.yaml", "--figure", "loss:king"], 65,
        "--figure loss:king: error[unknown-figure]"
      ),
      (["readings", "s.yaml", "--threads", "0"], 64, "--threads takes"),
    ] as [([String], Int32, String)])
  func `say what is wrong, and where`(arguments: [String], status: Int32, message: String)
    async throws
  {
    let outcome = try await Self.run(arguments)
    #expect(outcome.status == status)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
  }

  @Test func `a size below the text's is studied, and said first`() async throws {
    let folder = try TemporaryFolder()
    let text = try SmallScenario.changed(
      "programme: dalian-hitech-2022", to: "programme: dalian-2018"
    ).replacing("500万", with: "1600万")
    try folder.write("s.yaml", text)
    let outcome = try await Command.run(
      ["compare", "s.yaml", "--fund", "800万,1600万"], in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n").map(String.init)
    let place = try #require(lines.firstIndex { $0.hasPrefix("Set against") })
    #expect(
      lines[place + 1].contains("initial amount = 800万 in place of 1600万. Reason: a size"))
    #expect(place < 4)
  }
}
