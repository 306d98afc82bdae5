import ArgumentParser
import Foundation
import FundCore

/// Leaves as ArgumentParser would, with its own words in the current language.
///
/// The parser speaks English only. What it prints is made of a few fixed phrases around our own
/// texts; those phrases are replaced, and one that is not in the list stays English.
func exitInCurrentLanguage(with error: any Error) -> Never {
  let text = withParserWords(Fundsim.fullMessage(for: error), in: .current)
  let code = Fundsim.exitCode(for: error)
  guard !text.isEmpty else { Foundation.exit(code.rawValue) }
  guard code == .success else {
    printError(LocalizedText { _ in text })
    Foundation.exit(code.rawValue)
  }
  do {
    try printOutput(text + "\n")
  } catch {
    // A help text that nobody gets is no success.
    exitInCurrentLanguage(with: reported(error))
  }
  Foundation.exit(code.rawValue)
}

/// A message of the parser with its phrases in a language.
func withParserWords(_ message: String, in language: Language) -> String {
  guard language != .english else { return message }
  // The parser breaks its lines within its phrases, too.
  let message = message.replacing(/\((values|default):\n +/) { "(\($0.output.1): " }
  let text = parserPhrases.reduce(message) { text, phrase in
    text.replacing(phrase.english, with: phrase[language])
  }
  // What the parser says of an option's values stands in brackets of its own.
  return text.replacing(/(\S ?|\n *)\(((?:可选|默认)：[^()]*)\)/) { match in
    let start =
      match.output.1.hasPrefix("\n") ? String(match.output.1) : match.output.1.filter { $0 != " " }
    return "\(start)（\(match.output.2.replacing(", ", with: "、"))）"
  }
  // The heads of groups of options.
  .replacing(/(\p{Han}):(?=\n)/) { "\($0.output.1)：" }
  .replacing(/；可选：([^\n]*)\.(?=\n|$)/) { "；可选：\($0.output.1.replacing(", ", with: "、"))。" }
}

private let parserPhrases: [LocalizedText] = [
  LocalizedText(en: "OVERVIEW: ", zh: "简介："),
  LocalizedText(en: "USAGE: ", zh: "用法："),
  LocalizedText(en: "Usage: ", zh: "用法："),
  LocalizedText(en: "ARGUMENTS:\n", zh: "参数：\n"),
  LocalizedText(en: "OPTIONS:\n", zh: "选项：\n"),
  LocalizedText(en: "SUBCOMMANDS:\n", zh: "子命令：\n"),
  LocalizedText(en: " OPTIONS:", zh: "选项："),
  LocalizedText(en: "Show help information.", zh: "显示帮助。"),
  LocalizedText(en: "Show the version.", zh: "显示版本。"),
  LocalizedText(en: "Show subcommand help information.", zh: "显示子命令的帮助。"),
  LocalizedText(
    en: "See 'fundsim help <subcommand>' for detailed help.",
    zh: "各子命令的帮助：fundsim help <子命令>"),
  LocalizedText(
    en: "See 'fundsim help policy <subcommand>' for detailed help.",
    zh: "各子命令的帮助：fundsim help policy <子命令>"),
  LocalizedText(en: "[<options>]", zh: "[<选项>]"),
  LocalizedText(en: "<options>", zh: "<选项>"),
  LocalizedText(en: "<subcommands>", zh: "<子命令>"),
  LocalizedText(en: "<subcommand>", zh: "<子命令>"),
  LocalizedText(en: "(default: ", zh: "(默认："),
  LocalizedText(en: "(values: ", zh: "(可选："),
  LocalizedText(en: "; default: ", zh: "；默认："),
  LocalizedText(en: "(default)", zh: "（默认）"),
  LocalizedText(en: "Error: ", zh: "错误："),
  LocalizedText(en: "Help:  ", zh: "说明："),
  LocalizedText(en: "  See '", zh: "  详见 '"),
  LocalizedText(en: "' for more information.", zh: "'。"),
  LocalizedText(en: "Missing expected argument '", zh: "缺少参数 '"),
  LocalizedText(en: "Missing one of: '", zh: "缺少以下参数之一：'"),
  LocalizedText(en: "Missing value for '", zh: "缺少选项的值 '"),
  LocalizedText(en: "Missing required subcommand.", zh: "缺少子命令。"),
  LocalizedText(en: "Invalid option: ", zh: "没有选项 "),
  LocalizedText(en: "Unknown option '", zh: "没有选项 '"),
  LocalizedText(en: "Unexpected argument '", zh: "多余的参数 '"),
  LocalizedText(en: " unexpected arguments: ", zh: "个多余的参数："),
  LocalizedText(en: "The option '", zh: "选项 '"),
  LocalizedText(en: "' does not take any value, but '", zh: "' 不取值，却给了 '"),
  LocalizedText(en: "' was specified.", zh: "'。"),
  LocalizedText(en: "Value to be set with ", zh: "同一值由 "),
  LocalizedText(en: " had already been set with ", zh: " 重复给出，此前已用 "),
  LocalizedText(en: "flag '", zh: "选项 '"),
  LocalizedText(en: "The value '", zh: "值 '"),
  LocalizedText(en: "' is invalid for '", zh: "' 不能用于 '"),
  LocalizedText(en: "' is invalid.", zh: "' 无效。"),
  LocalizedText(en: ". Please provide one of the following:\n", zh: "；可选：\n"),
  LocalizedText(en: ". Please provide one of ", zh: "；可选："),
  LocalizedText(en: ". Did you mean '", zh: "；是否想写 '"),
  LocalizedText(en: "'?", zh: "'？"),
  LocalizedText(en: "' and '", zh: "' 和 '"),
  LocalizedText(en: "' or '", zh: "' 或 '"),
]
