/// A language that the program speaks.
public enum Language: String, CaseIterable, Sendable, Codable {
  /// English.
  case english = "en"
  /// Chinese, simplified.
  case chinese = "zh"
}

/// A text in every language of the analysts.
///
/// Both stand side by side where the text is made, so no text exists in one language only, and
/// whoever changes one sees the other. Which is read is decided where it is printed, by
/// `text[language]`.
public struct LocalizedText: Hashable, Sendable, Codable {
  /// English.
  public let english: String
  /// Chinese, simplified.
  public let chinese: String

  /// Creates a text in both languages.
  public init(en english: String, zh chinese: String) {
    self.english = english
    self.chinese = chinese
  }

  /// Creates a text that reads the same in every language: an amount, a name, a path.
  public init(same text: String) {
    english = text
    chinese = text
  }

  /// The text in a language.
  public subscript(language: Language) -> String {
    switch language {
    case .english: english
    case .chinese: chinese
    }
  }

  /// Both languages of one text after those of another.
  public static func + (left: LocalizedText, right: LocalizedText) -> LocalizedText {
    LocalizedText(en: left.english + right.english, zh: left.chinese + right.chinese)
  }
}
