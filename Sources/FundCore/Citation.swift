/// Where a number or a choice comes from. There is no fourth kind.
public struct Citation: Hashable, Sendable {
  /// The articles of the programme's text, as written in its file (`8(二)7`); `nil` if none.
  public let article: String?
  /// The ids of the interpretations that fix what the text leaves open (`I-13`).
  public let interpretations: [String]
  /// Why a study departs from the text; `nil` where it does not.
  public let assumption: String?

  /// Creates a citation.
  public init(article: String?, interpretations: [String] = [], assumption: String? = nil) {
    self.article = article
    self.interpretations = interpretations
    self.assumption = assumption
  }

  /// A choice of the study, with its reason.
  public static func assumption(_ reason: String) -> Citation {
    Citation(article: nil, assumption: reason)
  }
}

extension Citation: CustomStringConvertible {
  /// The citation as a reader looks it up: `Art. 13, I-16`.
  public var description: String {
    var parts: [String] = []
    if let article { parts.append("Art. \(article)") }
    parts += interpretations
    if let assumption { parts.append("assumption: \(assumption)") }
    return parts.joined(separator: ", ")
  }
}

/// A value with its source.
public struct Cited<Value: Sendable>: Sendable {
  /// The value.
  public let value: Value
  /// Where it comes from.
  public let citation: Citation

  /// Creates a value with its source.
  public init(_ value: Value, _ citation: Citation) {
    self.value = value
    self.citation = citation
  }
}

extension Cited: Equatable where Value: Equatable {}
extension Cited: Hashable where Value: Hashable {}
