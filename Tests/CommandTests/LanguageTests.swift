import Foundation
import TestSupport
import Testing

/// The command in Chinese, run as its users run it.
struct `In Chinese` {
  private static let register = [
    "replay", "scenarios/baotou/register.csv", "--programme", "baotou", "--model", "bank", "--fund",
    "1000万", "--start", "2024-01", "--facts", "met",
  ]
  private static let claim = [
    "explain", "--programme", "baotou", "--model", "bank", "--fund-start", "2024-01",
    "--interest-rate", "0%", "--principal", "400万", "--ip-part", "80%", "--size", "small",
    "--collateral", "patent", "--term", "12", "--start", "2024-03-01", "--facts", "met",
    "--overdue",
    "2025-02-10", "--loss", "400万", "--recovered", "100万", "--recovered-on", "2026-01-05",
  ]

  /// What is printed, and a phrase that must be in it.
  static let commands: [([String], String)] = [
    (["check", "scenarios/three-models"], "没有问题"), (register, "补偿范围"), (claim, "损失基数"),
    (["policy", "list"], "数字和选择"), (["policy", "show", "weihai-2020"], "默认："),
    (["trace", "scenarios/three-models", "--trials", "40", "--worst", "--fund", "bank"], "逐月（元）"),
    (["size", "scenarios/three-models", "--trials", "100"], "最小初始资金"),
    (["compare", "scenarios/three-models", "--trials", "100"], "差值"),
    (
      [
        "sweep", "scenarios/three-models", "--set", "defaults.assetCorrelation=8%,16%", "--trials",
        "100",
      ], "减首行"
    ),
    (["tornado", "scenarios/three-models", "--trials", "100"], "影响最大的排在最前"),
    (["readings", "scenarios/three-models", "--trials", "40"], "哪一条文影响结果"),
    (["--help"], "子命令："), (["run", "--help"], "用法："), (["explain", "--help"], "选项："),
    (["replay", "--help"], "参数："), (["trace", "--help"], "简介："), (["check", "--help"], "用法："),
    (["policy", "show", "--help"], "用法："), (["portfolio", "--help"], "用法："),
    (["policy", "show", "dalian-2018"], "二（二）"),
  ]

  @Test func `a summary of loans writes per cent without a space`() async throws {
    let folder = try TemporaryFolder()
    let arguments = ["portfolio", "scenarios/baotou", "--out", folder.path + "/o", "--lang"]
    let chinese = try await Command.run(arguments + ["zh"], in: Command.root).output
    #expect(chinese.contains("占79.6%") && !chinese.contains(" %"))
    let english = try await Command.run(arguments + ["en", "--force"], in: Command.root).output
    #expect(english.contains("79.6 %"))
  }

  @Test func `the figures that a study knows are a Chinese list`() async throws {
    let outcome = try await Command.run(
      ["tornado", "scenarios/baotou", "--figure", "zzz", "--lang", "zh"], in: Command.root)
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("exhaustion、compensation、"), "\(outcome.errors)")
  }

  @Test(arguments: commands) func `a command speaks Chinese, and nothing else`(
    arguments: [String], phrase: String
  ) async throws {
    let outcome = try await Command.run(arguments + ["--lang", "zh"], in: Command.root)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains(phrase))
    #expect(englishSentences(in: outcome.output) == [])
    // Nor do its marks: a head of options with `:`, `79.6 %`, `第八条(二)`, values in `(values: `.
    let marks = outcome.output.matches(of: /\p{Han}:\n|\(values:|条\(|正文\p{Han}\(/)
    #expect(marks.map { String($0.output) } == [])
    // The parser breaks its lines by characters, whatever their width.
    guard arguments.last != "--help" else { return }
    #expect(outcome.output.split(separator: "\n").filter { width(of: $0) > 100 } == [])
  }

  @Test func `a run reports in 万元, and its files stay the same`() async throws {
    let folder = try TemporaryFolder()
    let arguments = ["run", "scenarios/three-models", "--trials", "100", "--out"]
    let chinese = try await Command.run(
      arguments + [folder.path + "/zh", "--lang=zh"], in: Command.root)
    let english = try await Command.run(
      arguments + [folder.path + "/en", "--lang=en"], in: Command.root)
    #expect(chinese.output.contains("万元") && chinese.output.contains("自检"))
    // The glossary's words: one for one thing.
    #expect(chinese.output.contains("最高5%的均值") && !chinese.output.contains("条件尾部期望"))
    #expect(english.output.contains("million yuan") && english.output.contains("Self-checks"))
    #expect(englishSentences(in: chinese.output) == [])
    for file in ["summary.json", "timeline.csv"] {
      let texts = ["zh", "en"].map {
        FileManager.default.contents(atPath: "\(folder.path)/\($0)/\(file)")
      }
      #expect(texts[0] != nil && texts[0] == texts[1])
    }
  }

  @Test func `problems are told with their way out`() async throws {
    let outcome = try await Command.run(
      ["check", "scenarios/three-modles", "--lang", "zh"], in: Command.root)
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("错误[file-not-found]"))
    #expect(outcome.errors.contains("建议：") && outcome.errors.contains("共1个问题。没有进行模拟。"))
    #expect(englishSentences(in: outcome.errors) == [])
  }

  /// What is wrong, and what is said of it.
  @Test(arguments: [
    (["run"], "缺少参数"), (["run", "x", "--trils", "3"], "没有选项"),
    (["run", "x", "--threads", "0"], "--threads 取1至1024的整数"),
    (["explain"], "给出补偿申请文件"), (["trace", "x"], "三者选一"),
  ]) func `a wrong command line is told in Chinese`(arguments: [String], phrase: String)
    async throws
  {
    let outcome = try await Command.run(arguments + ["--lang", "zh"], in: Command.root)
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains(phrase), "\(outcome.errors)")
    #expect(englishSentences(in: outcome.errors) == [])
  }

  @Test func `a language that is not spoken is refused with those that are`() async throws {
    for arguments in [
      ["check", "scenarios/three-models", "--lang", "fr"], ["--lang=fr", "policy"],
    ] {
      let outcome = try await Command.run(arguments, in: Command.root)
      #expect(outcome.status == 64)
      #expect(outcome.errors.contains("'fr' is invalid for '--lang <lang>'"))
      #expect(outcome.errors.contains("'en' and 'zh'"))
    }
  }

  /// LC_ALL counts before LC_MESSAGES, and that before LANG; an empty one counts for nothing.
  @Test(arguments: [
    ("LC_ALL=zh_CN.UTF-8 LANG=C", true), ("LC_ALL= LC_MESSAGES= LANG=zh_TW", true),
    ("LC_ALL=C LANG=zh_CN.UTF-8", false), ("LC_ALL= LC_MESSAGES=zh LANG=de_DE", true),
    ("LC_ALL= LC_MESSAGES=de_DE LANG=zh_CN", false), ("LC_ALL= LC_MESSAGES= LANG=", false),
  ]) func `the environment decides if nothing is said`(environment: String, isChinese: Bool)
    async throws
  {
    let outcome = try await Command.shell("\(environment) $FUNDSIM policy list", in: Command.root)
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("数字和选择") == isChinese)
    #expect(outcome.output.contains("numbers and choices") != isChinese)
  }
}

/// Runs of English words: three or more that do not belong to a name, a path, a key or a command.
private func englishSentences(in text: String) -> [String] {
  text.split(separator: "\n").flatMap { line in
    // Names of funds and scenarios, and code in quotes, are the author's.
    let plain = line.replacing(
      /`[^`]*`|“[^”]*”|\([^()]*\)|<[^<>]*>|\[[^\[\]]*\]|--[a-z-]+/, with: "·")
    return plain.matches(of: /\b[a-zA-Z]+(?: [a-zA-Z]+){2,}\b/).map { String($0.output) }
      .filter { !$0.hasPrefix("fundsim") }
  }
}

private func width(of line: Substring) -> Int {
  line.unicodeScalars.reduce(0) { $0 + ((0x2E80...0xFFE6).contains($1.value) ? 2 : 1) }
}
