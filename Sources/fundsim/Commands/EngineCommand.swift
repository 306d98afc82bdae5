import ArgumentParser
import FundCore
import Reporting
import Simulation

/// The program, as results name it.
enum ProgramVersion {
  /// What it calls itself.
  static let number = "0.1.0"
  /// What it is by what it computes, too. The questions are asked once, when it is first wanted.
  static let current: EngineVersion = {
    let word = String(knownAnswers(), radix: 16)
    return EngineVersion(
      version: number, words: String(repeating: "0", count: 16 - word.count) + word,
      sources: String(sourcesDigest.prefix(16)))
  }()
}

extension EngineVersion {
  /// - Throws: `other-engine` if an engine is wanted, and this program is another one.
  static func check(wanted: String?) throws(Diagnostics) {
    guard let wanted, wanted != ProgramVersion.current.description else { return }
    throw Diagnostics(
      "other-engine",
      .init(
        en: "engine \(wanted) is wanted, and this program is engine \(ProgramVersion.current)",
        zh: "要求的计算内核是 \(wanted)，而本程序是 \(ProgramVersion.current)"),
      help: .init(
        en: "use the same program on all machines; 'fundsim engine' tells which one it is",
        zh: "请在所有机器上使用同一程序；'fundsim engine' 输出其标识"),
      at: SourceLocation(file: "--engine"))
  }
}

/// `engine`: which engine this program is.
struct EngineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "engine",
    abstract: Language.say(
      en: "Print which engine this program is: parts and checkpoints of another are refused.",
      zh: "输出本程序的计算内核标识：不接受其他内核的分片和检查点。"),
    discussion: Language.say(
      en: """
        The version, what the program comes to on known questions (words), and the digest of the \
        sources that calculate (sources): 0.1.0+WORDS.SOURCES. Programs of one engine compute the same.
        """,
      zh: """
        依次为版本、程序对已知问题的计算结果（words）、计算部分源代码的摘要（sources）：\
        0.1.0+WORDS.SOURCES。标识相同的程序，计算结果相同。
        """))

  @Flag(help: .text(en: "Print one JSON object.", zh: "输出一个 JSON 对象。"))
  var json = false
  @OptionGroup var speech: LanguageArguments

  func run() throws {
    let engine = ProgramVersion.current
    try printOutput(json ? engineJSON(engine) : "\(engine)\n")
  }
}
