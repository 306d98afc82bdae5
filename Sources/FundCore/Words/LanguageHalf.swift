/// The English half of a text while it is written.
public struct EnglishHalf: ExpressibleByStringInterpolation, Sendable {
  let text: String

  /// Takes a plain text.
  public init(stringLiteral text: String) { self.text = text }

  /// Takes a text with insertions.
  public init(stringInterpolation pieces: HalfPieces<EnglishHalf>) { text = pieces.text }
}

/// The Chinese half of a text while it is written.
public struct ChineseHalf: ExpressibleByStringInterpolation, Sendable {
  let text: String

  /// Takes a plain text.
  public init(stringLiteral text: String) { self.text = text }

  /// Takes a text with insertions.
  public init(stringInterpolation pieces: HalfPieces<ChineseHalf>) { text = pieces.text }
}

/// A half that knows its language.
public protocol LanguageHalf {
  /// The language of the half.
  static var language: Language { get }
}

extension EnglishHalf: LanguageHalf {
  /// English.
  public static var language: Language { .english }
}

extension ChineseHalf: LanguageHalf {
  /// Chinese.
  public static var language: Language { .chinese }
}

/// The pieces of one half: words, values, and texts of which the half's own language is taken.
public struct HalfPieces<Half: LanguageHalf>: StringInterpolationProtocol {
  var text = ""

  /// Starts without pieces.
  public init(literalCapacity: Int, interpolationCount: Int) {
    text.reserveCapacity(literalCapacity)
  }

  /// Adds words.
  public mutating func appendLiteral(_ literal: String) { text += literal }

  /// Adds a text in this half's language.
  public mutating func appendInterpolation(_ inserted: LocalizedText) {
    text += inserted[Half.language]
  }

  /// Adds an amount.
  public mutating func appendInterpolation(_ amount: Money) { text += amount.words[Half.language] }

  /// Adds a source.
  public mutating func appendInterpolation(_ citation: Citation) {
    text += citation.words[Half.language]
  }

  /// Adds a value as it describes itself.
  public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
    text += value.description
  }

  /// Adds a string.
  public mutating func appendInterpolation(_ string: some StringProtocol) { text += string }
}
