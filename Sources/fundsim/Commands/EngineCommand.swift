import ArgumentParser
import FundCore
import Reporting

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
