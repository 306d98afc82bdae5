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
/// `text[language]`. A text that is inserted into another,
/// `LocalizedText(en: "\(kind) stands here", zh: "此处是\(kind)")`, gives each half its own language;
/// into a plain string it cannot be inserted at all.
public struct LocalizedText: Hashable, Sendable, Codable {
  /// English.
  public let english: String
  /// Chinese, simplified.
  public let chinese: String

  /// Creates a text in both languages.
  public init(en english: EnglishHalf, zh chinese: ChineseHalf) {
    self.english = english.text
    self.chinese = chinese.text
  }

  /// Creates a text from two strings that were made elsewhere.
  public init(english: String, chinese: String) {
    self.english = english
    self.chinese = chinese
  }

  /// Creates a text that reads the same in every language: an amount, a name, a path.
  public init(same text: String) {
    english = text
    chinese = text
  }

  /// Creates a text by asking for each language.
  public init(_ text: (Language) -> String) {
    english = text(.english)
    chinese = text(.chinese)
  }

  /// The text of no words.
  public static let empty = LocalizedText(same: "")

  /// Whether there are no words.
  public var isEmpty: Bool { english.isEmpty && chinese.isEmpty }

  /// The text in a language.
  public subscript(language: Language) -> String {
    switch language {
    case .english: english
    case .chinese: chinese
    }
  }

  /// The text behind the name of what it is about.
  public func named(_ name: String) -> LocalizedText {
    LocalizedText(en: "\(name): \(self)", zh: "\(name)：\(self)")
  }

  /// Both languages of one text after those of another.
  public static func + (left: LocalizedText, right: LocalizedText) -> LocalizedText {
    LocalizedText(
      english: left.english + right.english, chinese: left.chinese + right.chinese)
  }
}

extension Sequence<LocalizedText> {
  /// The texts behind one another, with commas or, in Chinese, 顿号 between them.
  public func joined() -> LocalizedText {
    joined(with: LocalizedText(en: ", ", zh: "、"))
  }

  /// The texts behind one another.
  public func joined(with separator: LocalizedText) -> LocalizedText {
    LocalizedText { language in
      map { $0[language] }.joined(separator: separator[language])
    }
  }
}

extension String.StringInterpolation {
  /// A text in two languages has no single form: warnings are errors here, so that none is inserted
  /// into a string of one language by mistake.
  @available(*, deprecated, message: "insert text[language], or build a LocalizedText")
  public mutating func appendInterpolation(_ text: LocalizedText) {
    appendLiteral("?")
  }

  /// A text in two languages has no single form: warnings are errors here, so that none is inserted
  /// into a string of one language by mistake.
  @available(*, deprecated, message: "insert text[language], or build a LocalizedText")
  public mutating func appendInterpolation(_ text: LocalizedText?) {
    appendLiteral("?")
  }
}
