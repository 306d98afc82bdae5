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
  let document = try DocumentBuilder(file: file).node(root, depth: 0)
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
    "empty-file", "the file says nothing", help: "check that this is the right file and was saved",
    at: SourceLocation(file: file))
}

/// Turns the nodes of the YAML library into ours and refuses what an input has no use for.
private struct DocumentBuilder {
  let file: String

  func node(_ node: Node, depth: Int) throws(Diagnostics) -> DocumentNode {
    let location = place(node.mark)
    if node.scalar == nil, depth >= nestingLimit { throw nestedTooDeeply(at: location) }
    if node.anchor != nil { throw aliasProblem("an anchor (&)", at: location) }
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
      throw aliasProblem("an alias (*)", at: location)
    }
  }

  private func entries(
    _ mapping: Node.Mapping, depth: Int
  ) throws(Diagnostics) -> [DocumentEntry] {
    var entries: [DocumentEntry] = []
    for (keyNode, valueNode) in mapping {
      let key = try node(keyNode, depth: depth + 1)
      guard let text = key.text else {
        throw Diagnostics(
          "key-not-text", "\(key.kind) stands where a key is expected",
          help: "write a key as a single word, such as `trials: 10000`", at: key.location)
      }
      let value = try node(valueNode, depth: depth + 1)
      entries.append(DocumentEntry(key: Written(text, at: key.location), value: value))
    }
    return entries
  }

  private func refuseTag(
    _ tag: Tag, unless expected: Tag.Name, at location: SourceLocation
  ) throws(Diagnostics) {
    guard tag != Tag(expected) else { return }
    throw Diagnostics(
      "yaml-tag", "the tag \(quoted(tag.description)) is not used here",
      help: "remove the tag; the kind of a value follows from its key", at: location)
  }

  private func place(_ mark: Mark?) -> SourceLocation {
    SourceLocation(file: file, line: mark?.line ?? 0, column: mark?.column ?? 0)
  }
}

/// The report of lists or mappings that stand too deep in each other.
func nestedTooDeeply(at location: SourceLocation) -> Diagnostics {
  Diagnostics(
    "nested-too-deeply", "lists and mappings stand in each other more than \(nestingLimit) deep",
    help: "check the brackets and the indentation", at: location)
}

/// The report of an anchor or alias.
func aliasProblem(_ what: String, at location: SourceLocation) -> Diagnostics {
  Diagnostics(
    "yaml-alias", "\(what) is used, and references are not followed",
    help: "write the value out where it is needed; quote a text that starts with & or *",
    at: location)
}
