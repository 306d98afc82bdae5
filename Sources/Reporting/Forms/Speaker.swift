import FundCore

/// Something that composes a report in one language.
protocol Speaker {
  /// The language.
  var language: Language { get }
}

extension Speaker {
  /// A text in the language of the report.
  func say(_ text: LocalizedText) -> String { text[language] }

  /// A text in the language of the report.
  func say(en english: EnglishHalf, zh chinese: ChineseHalf) -> String {
    LocalizedText(en: english, zh: chinese)[language]
  }

  /// Heads of columns, written with `|` between them; a line break breaks a head.
  func heads(en english: EnglishHalf, zh chinese: ChineseHalf) -> [String] {
    say(en: english, zh: chinese).split(separator: "|", omittingEmptySubsequences: false)
      .map(String.init)
  }

  /// A label with its text.
  func pair(_ label: LocalizedText, _ text: String) -> (label: String, text: String) {
    (label: label[language], text: text)
  }

  /// An exact amount in a sentence: with its unit, and commas between thousands.
  func exact(_ amount: Money) -> LocalizedText {
    let words = amount.words.chinese
    return LocalizedText(
      english: "\(amount.text) yuan",
      chinese: words.hasSuffix("万元") || words.hasSuffix("亿元") ? words : amount.text + "元")
  }
}
