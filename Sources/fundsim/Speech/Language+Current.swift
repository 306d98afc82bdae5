import Foundation
import FundCore

extension Language {
  /// The language in which this process speaks: that of `--lang`, else of the environment (LC_ALL,
  /// LC_MESSAGES, LANG, the first that is set), else English.
  ///
  /// It is read before the command line is, since help texts and complaints about the command line
  /// are in it.
  static let current = language(
    arguments: CommandLine.arguments, environment: ProcessInfo.processInfo.environment)

  /// The language that arguments and environment ask for.
  static func language(arguments: [String], environment: [String: String]) -> Language {
    asked(by: arguments)
      ?? ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }
      .first { !$0.isEmpty }.map { $0.lowercased().hasPrefix("zh") ? .chinese : .english }
      ?? .english
  }

  /// The last `--lang zh` or `--lang=zh`; `nil` if there is none, or another word.
  private static func asked(by arguments: [String]) -> Language? {
    var asked: Language?
    for (index, argument) in arguments.enumerated() {
      if argument == "--" { break }
      if argument == "--lang", arguments.indices.contains(index + 1) {
        asked = Language(rawValue: arguments[index + 1])
      } else if argument.hasPrefix("--lang=") {
        asked = Language(rawValue: String(argument.dropFirst("--lang=".count)))
      }
    }
    return asked
  }
}
