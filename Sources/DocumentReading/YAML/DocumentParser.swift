public import FundCore
import Yams

/// The largest YAML file that is read: 8 MB.
let documentSizeLimit = 8 << 20
/// The longest line that is read: 1 MB.
let lineLengthLimit = 1 << 20
/// How deep lists and mappings may stand in each other.
let nestingLimit = 64

/// What a YAML file says.
///
/// - Parameters:
///   - path: Where the file is.
///   - displayName: How messages name the file; the path if `nil`.
public func readDocument(
  path: String, displayName: String? = nil
) throws(Diagnostics) -> DocumentNode {
  let bytes = try readFileBytes(path: path, displayName: displayName, limit: documentSizeLimit)
  return try parseDocument(bytes: bytes, file: displayName ?? path)
}

/// What a YAML text says.
public func parseDocument(text: String, file: String) throws(Diagnostics) -> DocumentNode {
  try parseDocument(bytes: Array(text.utf8), file: file)
}

/// What the bytes of a YAML file say.
public func parseDocument(bytes: [UInt8], file: String) throws(Diagnostics) -> DocumentNode {
  let text = try checkedText(bytes, file: file)
  try refuseAliases(text, file: file)
  let parser: Parser
  let root: Node?
  do {
    parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
    root = try parser.singleRoot()
  } catch {
    throw syntaxProblem(error, in: text, file: file)
  }
  // Anchors are held weakly by the nodes and strongly by the parser.
  defer { withExtendedLifetime(parser) {} }
  guard let root else { throw emptyFile(file) }
  let document = try DocumentBuilder(file: file, text: text).node(root, depth: 0)
  if document.content == .null { throw emptyFile(file) }
  return document
}

/// The text of a file, without its byte order mark.
private func checkedText(_ bytes: [UInt8], file: String) throws(Diagnostics) -> String {
  // A closure of the standard library cannot throw a type of its own, hence the detour.
  let outcome: Result<String, Diagnostics> = bytes.withUnsafeBufferPointer { buffer in
    do throws(Diagnostics) {
      if buffer.count > documentSizeLimit {
        throw tooLarge(
          size: buffer.count, limit: documentSizeLimit, at: SourceLocation(file: file))
      }
      try refuseLongLines(buffer, limit: lineLengthLimit, file: file)
      try refuseBinary(buffer, file: file)
      if let offset = firstInvalidUTF8(buffer) { throw notUTF8(at: offset, in: buffer, file: file) }
      let text = buffer.dropFirst(byteOrderMarkLength(buffer))
      return .success(String(decoding: text, as: UTF8.self))
    } catch {
      return .failure(error)
    }
  }
  return try outcome.get()
}

private func emptyFile(_ file: String) -> Diagnostics {
  Diagnostics(
    "empty-file", .init(en: "the file says nothing", zh: "文件是空的"),
    help: .init(en: "check that this is the right file and was saved", zh: "核对是否选对了文件，是否已保存"),
    at: SourceLocation(file: file))
}

/// Turns the nodes of the YAML library into ours and refuses what an input has no use for.
private struct DocumentBuilder {
  let file: String
  private let bytes: [UInt8]
  /// Where each line begins.
  private let lineStarts: [Int]

  init(file: String, text: String) {
    self.file = file
    bytes = Array(text.utf8)
    lineStarts = Self.lineStarts(in: bytes)
  }

  /// Where lines begin, as YAML counts them: after LF, CR, CR LF, U+0085, U+2028 and U+2029.
  private static func lineStarts(in bytes: [UInt8]) -> [Int] {
    var starts = [0]
    for (place, byte) in bytes.enumerated() {
      let isEnd =
        switch byte {
        case 0x0A: true
        case 0x0D: !bytes[(place + 1)...].starts(with: [0x0A])
        case 0x85: place >= 1 && bytes[place - 1] == 0xC2
        case 0xA8, 0xA9: place >= 2 && bytes[place - 2] == 0xE2 && bytes[place - 1] == 0x80
        default: false
        }
      if isEnd { starts.append(place + 1) }
    }
    return starts
  }

  /// Whether a mapping stands in braces. The library tells it of the mapping's end only.
  private func isInBraces(_ mark: Mark?) -> Bool {
    guard let mark, lineStarts.indices.contains(mark.line - 1) else { return false }
    // Columns count characters: bytes that do not continue one.
    let starts = bytes[lineStarts[mark.line - 1]...].lazy.filter { $0 & 0xC0 != 0x80 }
    return starts.dropFirst(mark.column - 1).first == UInt8(ascii: "{")
  }

  func node(_ node: Node, depth: Int) throws(Diagnostics) -> DocumentNode {
    let location = place(node.mark)
    if node.scalar == nil, depth >= nestingLimit { throw nestedTooDeeply(at: location) }
    if node.anchor != nil {
      throw aliasProblem(.init(en: "an anchor (&)", zh: "锚点（&）"), at: location)
    }
    switch node {
    case .scalar(let scalar):
      try refuseTag(node.tag, unless: .str, at: location)
      let isPlain = scalar.style == .plain
      let isNull = isPlain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
      return DocumentNode(
        content: isNull ? .null : .scalar(scalar.string, isPlain: isPlain), location: location)
    case .sequence(let sequence):
      try refuseTag(node.tag, unless: .seq, at: location)
      var items: [DocumentNode] = []
      for item in sequence { items.append(try self.node(item, depth: depth + 1)) }
      return DocumentNode(content: .sequence(items), location: location)
    case .mapping(let mapping):
      try refuseTag(node.tag, unless: .map, at: location)
      let entries = try entries(mapping, depth: depth)
      return DocumentNode(content: .mapping(entries), location: location)
    case .alias:
      throw aliasProblem(.init(en: "an alias (*)", zh: "别名（*）"), at: location)
    }
  }

  private func entries(
    _ mapping: Node.Mapping, depth: Int
  ) throws(Diagnostics) -> [DocumentEntry] {
    var entries: [DocumentEntry] = []
    let isFlow = isInBraces(mapping.mark)
    for (keyNode, valueNode) in mapping {
      let key = try node(keyNode, depth: depth + 1)
      guard let text = key.text else {
        throw Diagnostics(
          "key-not-text",
          .init(en: "\(key.kind) stands where a key is expected", zh: "此处应为键，却是\(key.kind)"),
          help: .init(
            en: "write a key as a single word, such as `trials: 10000`",
            zh: "键写成一个词，如 `trials: 10000`"), at: key.location)
      }
      let value = try node(valueNode, depth: depth + 1)
      if isFlow {
        try TypedMarks.refuse(
          key: Written(text, at: key.location), isPlain: keyNode.scalar?.style == .plain,
          value: value)
      }
      entries.append(DocumentEntry(key: Written(text, at: key.location), value: value))
    }
    return entries
  }

  private func refuseTag(
    _ tag: Tag, unless expected: Tag.Name, at location: SourceLocation
  ) throws(Diagnostics) {
    // Names are compared: to make a tag is to make the library's tables of all tags.
    guard tag.rawValue != expected.rawValue else { return }
    throw Diagnostics(
      "yaml-tag",
      .init(
        en: "the tag \(quoted(tag.description)) is not used here",
        zh: "此处不使用标签\(quoted(tag.description))"),
      help: .init(
        en: "remove the tag; the kind of a value follows from its key", zh: "删去标签；值的类型由键决定"),
      at: location)
  }

  private func place(_ mark: Mark?) -> SourceLocation {
    SourceLocation(file: file, line: mark?.line ?? 0, column: mark?.column ?? 0)
  }
}

/// The report of lists or mappings that stand too deep in each other.
func nestedTooDeeply(at location: SourceLocation) -> Diagnostics {
  Diagnostics(
    "nested-too-deeply",
    .init(
      en: "lists and mappings stand in each other more than \(nestingLimit) deep",
      zh: "列表和键值的嵌套超过\(nestingLimit)层"),
    help: .init(en: "check the brackets and the indentation", zh: "检查括号和缩进"), at: location)
}

/// The report of an anchor or alias.
func aliasProblem(_ what: LocalizedText, at location: SourceLocation) -> Diagnostics {
  Diagnostics(
    "yaml-alias",
    .init(en: "\(what) is used, and references are not followed", zh: "此处用了\(what)，而引用不会被解析"),
    help: .init(
      en: "write the value out where it is needed; quote a text that starts with & or *",
      zh: "在需要的地方直接写值；以 & 或 * 开头的文字要加引号"),
    at: location)
}
