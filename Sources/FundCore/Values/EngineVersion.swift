/// The program that made a result: what it calls itself, what it computes, and what it was built from.
///
/// Results of engines that differ in any of the three do not belong together.
public struct EngineVersion: Hashable, Sendable, Codable, CustomStringConvertible,
  ExpressibleByStringLiteral
{
  /// The version of the program.
  public var version: String
  /// What the program came to on known questions when it started, in hexadecimal digits.
  public var words: String
  /// The digest of the sources that calculate, in hexadecimal digits.
  public var sources: String

  /// Names an engine.
  public init(version: String, words: String, sources: String) {
    self.version = version
    self.words = words
    self.sources = sources
  }

  /// A version of which nothing else is known.
  public init(stringLiteral version: String) {
    self.init(version: version, words: "", sources: "")
  }

  /// All three, in one word: `0.1.0+3f5a….9c1e…`.
  public var description: String {
    words.isEmpty && sources.isEmpty ? version : "\(version)+\(words).\(sources)"
  }
}
