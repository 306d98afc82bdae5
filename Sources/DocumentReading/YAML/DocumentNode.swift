public import FundCore

/// A value together with the place where it was written.
public struct Written<Value: Sendable>: Sendable {
  /// The value.
  public let value: Value
  /// Where the value itself stands, not its key.
  public let location: SourceLocation

  /// Creates a value with its place.
  public init(_ value: Value, at location: SourceLocation) {
    self.value = value
    self.location = location
  }

  /// The value changed, at the same place.
  public func map<Other: Sendable>(_ change: (Value) -> Other) -> Written<Other> {
    Written<Other>(change(value), at: location)
  }
}

extension Written: Equatable where Value: Equatable {}
extension Written: Hashable where Value: Hashable {}

/// What a file says at one place. Nothing is judged yet.
public struct DocumentNode: Hashable, Sendable {
  /// What a node consists of.
  public indirect enum Content: Hashable, Sendable {
    /// Text as written. Plain means without quotes, so that `45` and `"45"` can be told apart.
    case scalar(String, isPlain: Bool)
    /// A list, in the order of the file.
    case sequence([DocumentNode])
    /// Keys with their values, in the order of the file; no key stands twice.
    case mapping([DocumentEntry])
    /// A key without a value, `~` or `null`.
    case null
  }

  /// What the node consists of.
  public let content: Content
  /// Where the node starts.
  public let location: SourceLocation

  /// Creates a node.
  public init(content: Content, location: SourceLocation) {
    self.content = content
    self.location = location
  }

  /// The text of a scalar; `nil` for everything else.
  public var text: String? {
    if case .scalar(let text, _) = content { text } else { nil }
  }

  /// The entries of a mapping; `nil` for everything else.
  public var entries: [DocumentEntry]? {
    if case .mapping(let entries) = content { entries } else { nil }
  }

  /// The items of a list; `nil` for everything else.
  public var items: [DocumentNode]? {
    if case .sequence(let items) = content { items } else { nil }
  }

  /// What the node is, in words for a message.
  public var kind: LocalizedText {
    switch content {
    case .scalar(let text, _): .init(en: "the value \(quoted(text))", zh: "值\(quoted(text))")
    case .sequence: .init(en: "a list", zh: "列表")
    case .mapping: .init(en: "a mapping of keys to values", zh: "一组键和值")
    case .null: .init(en: "nothing", zh: "空值")
    }
  }
}

/// One key of a mapping with its value.
public struct DocumentEntry: Hashable, Sendable {
  /// The key.
  public let key: Written<String>
  /// The value.
  public let value: DocumentNode

  /// Creates an entry.
  public init(key: Written<String>, value: DocumentNode) {
    self.key = key
    self.value = value
  }
}

/// The text in the quotation marks of each language, fit for one line of a message.
///
/// Control characters become blanks, and what is longer than `limit` characters is cut.
public func quoted(_ text: String, limit: Int = 60) -> LocalizedText {
  var shown = ""
  var count = 0
  for character in text {
    if count == limit {
      shown += "…"
      break
    }
    // A single character may carry any number of combining marks.
    let isPrintable =
      character.utf8.count <= 32
      && character.unicodeScalars.allSatisfy { !$0.properties.generalCategory.isControl }
    shown.append(isPrintable ? character : " ")
    count += 1
  }
  return .init(en: "'\(shown)'", zh: "“\(shown)”")
}

extension Unicode.GeneralCategory {
  fileprivate var isControl: Bool {
    switch self {
    case .control, .lineSeparator, .paragraphSeparator, .surrogate: true
    default: false
    }
  }
}
