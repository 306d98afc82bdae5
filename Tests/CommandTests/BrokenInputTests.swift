import TestSupport
import Testing

/// Broken inputs: each ends in a clear message and status 65, and nothing is written.
struct `Broken inputs` {
  /// A scenario that is wrong, and what its message has to hold.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let change: @Sendable (TemporaryFolder) throws -> Void
    let message: [String]
    var testDescription: String { name }

    init(
      _ name: String, _ message: String...,
      change: @escaping @Sendable (TemporaryFolder) throws -> Void
    ) {
      (self.name, self.change, self.message) = (name, change, message)
    }

    /// A text of the small scenario, changed.
    init(_ name: String, _ old: String, _ new: String, _ message: String...) {
      (self.name, self.message) = (name, message)
      change = { try $0.write("s.yaml", SmallScenario.changed(old, to: new)) }
    }
  }

  static let texts = [
    Case(
      "unknown key", "trials: 300", "trials: 300\ntirals: 3",
      "s.yaml:5:1: error[unknown-key]: the key 'tirals'", "did you mean 'trials'?"),
    Case("unknown key in a fund", "initial:", "intial:", "error[unknown-key]", "'initial'"),
    Case("wrong unit", "500万", "500公斤", "error[wrong-unit]", "'500公斤'", "1000万 or 10000000"),
    Case("dollars", "500万", "500万美元", "error[wrong-unit]", "美元"),
    Case("a share above one", "mean: 35%", "mean: 35", "error[ratio-above-one]", "35%"),
    Case("a month that is none", "2024-01", "2024-13", "s.yaml:2:8: error[invalid-month]"),
    Case("negative amount", "500万", "-500万", "error[negative-amount]", "'-500万' is below zero"),
    Case(
      "forbidden share", "initial: 500万", "initial: 500万\n    shares: {fund: 45%}",
      "error[forbidden-share]", "Art. 7", "dalian-hitech-2022", "at most 40%"),
    Case(
      "unknown programme", "dalian-hitech-2022", "dalian-hitec-2022",
      "error[unknown-programme]", "did you mean 'dalian-hitech-2022'?"),
    Case(
      "programme file that is not there", "dalian-hitech-2022", "my-draft.yaml",
      "error[file-not-found]", "my-draft.yaml"),
    Case(
      "model not allowed", "dalian-hitech-2022\n    model: bank",
      "weihai-2020\n    model: guarantor",
      "error[model-not-allowed]", "Art. 4", "use one of: bank"),
    Case("unknown model", "model: bank", "model: banks", "error[unknown-choice]", "'bank'"),
    Case("bare rho", "assetCorrelation", "rho", "error[ambiguous-correlation]"),
    Case("no correlation", "  assetCorrelation: 0.12\n", "", "error[missing-key]"),
    Case("key twice", "seed: 1\nport", "seed: 1\nseed: 2\nport", "s.yaml:6:1", "seed"),
    Case("a tab", "  timing: monthly", "\ttiming: monthly", "s.yaml:"),
    Case(
      "alias bomb", "title: 小情景 small", "title: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]",
      "error[yaml-alias]", "references are not followed"),
  ]

  static let files = [
    Case("missing file", "error[file-not-found]", "no file") { _ in },
    Case("folder without scenario", "error[", "s.yaml") { folder in
      try folder.write("other.yaml", "")
    },
    Case("empty file", "s.yaml: error[empty-file]") { try $0.write("s.yaml", "") },
    Case("binary file", "s.yaml: error[binary-file]") { folder in
      try folder.write("s.yaml", bytes: (0..<4096).map { UInt8($0 * 7 % 256) })
    },
    Case("one line of 2 GB", "s.yaml: error[file-too-large]", "2048 MB") { folder in
      try folder.writeSparse("s.yaml", size: 2 << 30)
    },
    Case("tape of one line of 2 GB", "big.csv", "error[") { folder in
      try folder.writeSparse("big.csv", size: 2 << 30)
      try folder.write("s.yaml", SmallScenario.withTape(TapeTexts.mapping(tape: "big.csv")))
    },
    Case("missing tape", "error[file-not-found]", "loans.csv") { folder in
      try folder.write("s.yaml", SmallScenario.withTape(TapeTexts.mapping(tape: "loans.csv")))
    },
  ]

  @Test(.timeLimit(.minutes(10)), arguments: texts + files)
  func `each ends with 65, says where and what, and writes nothing`(_ broken: Case) async throws {
    let folder = try TemporaryFolder()
    try broken.change(folder)
    let before = try folder.names()
    for command in ["run", "check"] {
      let outcome = try await Command.run([command, "s.yaml"], in: folder.path)
      #expect(outcome.status == 65)
      #expect(outcome.output.isEmpty)
      for part in broken.message { #expect(outcome.errors.contains(part)) }
      #expect(outcome.errors.contains("help:"))
      #expect(outcome.errors.contains("Nothing was simulated."))
    }
    #expect(try folder.names() == before)
  }

  @Test func `all problems of a scenario come at once`() async throws {
    let folder = try TemporaryFolder()
    let text = try SmallScenario.changed("500万", to: "-500万")
      .replacing("monthly", with: "weekly").replacing("mean: 35%", with: "mean: 35")
      .replacing("seed: 1\n    months", with: "seed: one\n    months")
      .replacing("renewals: 30%", with: "renewals: 30%\n    colour: red")
    try folder.write("s.yaml", text)
    let outcome = try await Command.run(["run", "s.yaml"], in: folder.path)
    #expect(outcome.status == 65)
    for part in ["-500万", "colour"] { #expect(outcome.errors.contains(part)) }
    let fixed = try SmallScenario.changed("500万", to: "-500万")
      .replacing("monthly", with: "weekly").replacing("mean: 35%", with: "mean: 35")
      .replacing("trials: 300", with: "trials: none")
    try folder.write("s.yaml", fixed)
    let second = try await Command.run(["run", "s.yaml"], in: folder.path)
    for part in ["-500万", "'weekly'", "'35'", "trials", "4 problems."] {
      #expect(second.errors.contains(part))
    }
  }
}
