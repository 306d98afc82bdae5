import ArgumentParser
import FundCore

/// The choice of a language, which every command takes.
///
/// `Language.current` has read it already; here it is only checked and told in the help.
struct LanguageArguments: ParsableArguments {
  @Option(
    help: .text(
      en: "Speak English (en) or Chinese (zh); default: as LC_ALL, LC_MESSAGES or LANG say.",
      zh: "使用中文（zh）或英文（en）；默认依 LC_ALL、LC_MESSAGES 或 LANG。"))
  var lang: Language?
}

extension Language: ExpressibleByArgument {}

extension Language {
  /// A text in the current language.
  static func say(en english: EnglishHalf, zh chinese: ChineseHalf) -> String {
    LocalizedText(en: english, zh: chinese)[.current]
  }
}

extension ArgumentHelp {
  /// A help text in the current language.
  static func text(en english: EnglishHalf, zh chinese: ChineseHalf) -> ArgumentHelp {
    ArgumentHelp(Language.say(en: english, zh: chinese))
  }
}

extension ValidationError {
  /// A complaint about the command line, in the current language.
  init(en english: EnglishHalf, zh chinese: ChineseHalf) {
    self.init(Language.say(en: english, zh: chinese))
  }
}
