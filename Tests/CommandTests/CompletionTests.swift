import TestSupport
import Testing

/// What a shell is offered: the scripts ask the program with `---completion`.
struct `Completions` {
  private static func offered(_ words: String...) async throws -> Set<String> {
    let command = words[1]
    let option = words[words.count - 2]
    let outcome = try await Command.run(
      ["---completion", command, "--", option, "\(words.count - 1)", "0"] + words,
      in: Command.root)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return Set(outcome.output.split(separator: "\n").map(String.init))
  }

  @Test func `are the funds, settings and figures of the scenario on the line`() async throws {
    let path = "scenarios/three-models"
    let funds = try await Self.offered("fundsim", "size", path, "--fund", "")
    #expect(funds.isSuperset(of: ["bank", "guarantor", "insurer", "银行模式"]))
    let settings = try await Self.offered("fundsim", "run", path, "--set", "")
    #expect(settings.isSuperset(of: ["defaults.assetCorrelation=", "recovery.mean="]))
    #expect(settings.isSuperset(of: ["funds.1.initial=", "funds.3.programme="]))
    let figures = try await Self.offered("fundsim", "sweep", path, "--figure", "")
    #expect(figures.isSuperset(of: ["exhaustion", "es99", "premium:insurer", "2026.budget.q95"]))
    let required = try await Self.offered("fundsim", "run", path, "--require", "")
    #expect(required.isSuperset(of: ["survival", "run.compensation.q95", "list"]))
    let usual = try await Self.offered("fundsim", "sweep", "scenarios/missing", "--figure", "")
    #expect(usual.contains("exhaustion") && usual.contains("list"))
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `are there for each shell, with programmes and models`(shell: String) async throws {
    let outcome = try await Command.run(
      ["--generate-completion-script", shell], in: Command.root)
    #expect(outcome.status == 0)
    for word in ["weihai-2020", "guarantor", "verify", "new"] {
      #expect(outcome.output.contains(word), "\(word)")
    }
  }

  @Test(arguments: [("bash", "compgen"), ("zsh", ":subcommands:("), ("fish", "fundsim help")])
  func `of help are the commands`(shell: String, mark: String) async throws {
    let outcome = try await Command.run(
      ["--generate-completion-script", shell], in: Command.root)
    let lines = outcome.output.split(separator: "\n")
    #expect(
      lines.contains { $0.contains(mark) && $0.contains("new run merge") && $0.contains("engine") })
  }

  /// In bash itself: what is offered behind `fundsim help`.
  @Test func `of help are offered by bash`() async throws {
    let folder = try TemporaryFolder()
    let script = """
      eval "$("$FUNDSIM" --generate-completion-script bash)"
      COMP_WORDS=(fundsim help ru) COMP_CWORD=2 COMP_LINE='fundsim help ru' COMP_POINT=15 COMPREPLY=()
      _fundsim fundsim ru help
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    try folder.write("offered", script)
    let outcome = try await Command.shell("bash offered", in: folder.path)
    #expect(outcome.output == "run\n", "\(outcome.errors)")
  }

  @Test(arguments: [
    (["policy", "shwo", "baotou"], "'show'"), (["verfy"], "'verify'"), (["rnu"], "'run'"),
    (["trace", "scenarios/three-models", "--fund", "insuror", "--worst"], "'insurer'"),
  ])
  func `of a word with a slip are suggested`(arguments: [String], word: String) async throws {
    let outcome = try await Command.run(arguments, in: Command.root)
    #expect(outcome.status == 64 || outcome.status == 65)
    #expect(outcome.errors.contains("did you mean \(word)?"), "\(outcome.errors)")
  }
}
