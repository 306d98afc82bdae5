import FundCore
import Yams

/// Refuses a text with aliases before anything is expanded.
///
/// The YAML library resolves an alias while it reads, and a few lines can stand for billions of
/// nodes. So a copy without any anchors is read first: there, the first alias is an error with a
/// place. Blanks keep all places as they were.
///
/// - Throws: `yaml-alias`; what else is wrong with the text, if it may have aliases.
func refuseAliases(_ text: String, file: String) throws(Diagnostics) {
  guard text.utf8.contains(UInt8(ascii: "&")), text.utf8.contains(UInt8(ascii: "*")) else {
    return
  }
  let copy = withoutAnchors(text)
  do {
    _ = try Parser(yaml: copy, resolver: .basic, encoding: .utf8).singleRoot()
  } catch {
    throw syntaxProblem(error, in: text, file: file)
  }
}

/// The text with blanks in place of everything that could be an anchor, `&name`.
private func withoutAnchors(_ text: String) -> String {
  var bytes = Array(text.utf8)
  var index = 0
  while index < bytes.count {
    guard bytes[index] == UInt8(ascii: "&"), canPrecedeNode(bytes[..<index]) else {
      index += 1
      continue
    }
    repeat {
      bytes[index] = UInt8(ascii: " ")
      index += 1
    } while index < bytes.count && isAnchorCharacter(bytes[index])
  }
  return String(decoding: bytes, as: UTF8.self)
}

/// Whether a node can start behind these bytes. Errs on the side of yes.
private func canPrecedeNode(_ bytes: ArraySlice<UInt8>) -> Bool {
  guard let last = bytes.last else { return true }
  switch last {
  case UInt8(ascii: " "), 0x09, 0x0A, 0x0D, 0x80...: return true
  case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"): return true
  case UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "?"): return true
  case UInt8(ascii: ":"):
    guard let before = bytes.dropLast().last else { return true }
    return "\"'[]{}, ".utf8.contains(before)
  default: return false
  }
}

private func isAnchorCharacter(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
    UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"), UInt8(ascii: "-"):
    true
  default: false
  }
}

/// The YAML library's error as a problem that its author can place and understand.
func syntaxProblem(_ error: any Error, in text: String, file: String) -> Diagnostics {
  let source = SourceText(text: text, file: file)
  switch error as? YamlError {
  case .scanner(let context, let problem, let mark, _),
    .parser(let context, let problem, let mark, _),
    .composer(let context, let problem, let mark, _):
    return source.problem(context: context, problem: problem, mark: mark)
  case .duplicatedKeysInMapping(let names, let context):
    return source.duplicateKey(names.first ?? "", first: context.mark)
  case .reader(_, let offset, _, _):
    let location = source.location(ofCharacter: offset ?? 0)
    return Diagnostics(
      "yaml-syntax",
      .init(en: "the text has a control character that cannot be seen", zh: "文本中有看不见的控制字符"),
      help: .init(en: "delete the character at this place and type it again", zh: "删去此处的字符，重新输入"),
      at: location)
  default:
    return Diagnostics(
      "yaml-syntax", .init(en: "the file cannot be understood as YAML", zh: "文件不符合 YAML 的写法"),
      help: .init(en: "check brackets, quotes and indentation", zh: "检查括号、引号和缩进"),
      at: SourceLocation(file: file))
  }
}

/// A text that the YAML library could not read, to look up what stands at the place.
private struct SourceText {
  let text: String
  let file: String

  func location(_ mark: Mark) -> SourceLocation {
    SourceLocation(file: file, line: mark.line, column: mark.column)
  }

  /// The place of a character, counted from 0 over the whole text.
  func location(ofCharacter offset: Int) -> SourceLocation {
    var line = 1
    var column = 1
    for character in text.prefix(offset) {
      column = character.isNewline ? 1 : column + character.unicodeScalars.count
      line += character.isNewline ? 1 : 0
    }
    return SourceLocation(file: file, line: line, column: column)
  }

  func problem(context: YamlError.Context?, problem: String, mark: Mark) -> Diagnostics {
    if problem.hasPrefix("found undefined alias") {
      return aliasProblem(.init(en: "an alias (*)", zh: "别名（*）"), at: location(mark))
    }
    if problem.hasPrefix("Maximum nesting level") { return nestedTooDeeply(at: location(mark)) }
    if problem.hasPrefix("but found another document") {
      return Diagnostics(
        "several-documents", .init(en: "a second document starts here", zh: "此处开始了第二份文档"),
        help: .init(
          en: "keep one document in a file; remove the line `---`", zh: "一个文件只放一份文档；删去“---”一行"),
        at: location(mark))
    }
    if let place = fullWidthColon(from: context?.mark.line ?? mark.line, through: mark.line) {
      return fullWidthColonProblem(at: place)
    }
    let start = max(1, context?.mark.line ?? mark.line)
    if let tab = tabInIndentation(line: mark.line) { return tab }
    if let problem = TypedMarks.firstMark(in: lines(from: start), through: mark.line, file: file) {
      return problem
    }
    let (message, advice) = plainWords(problem, context: context?.text ?? "")
    // What is not closed, or lacks its colon, is noticed only further down.
    let isNoticedLate =
      problem.contains("end of stream") || problem.contains("could not find expected ':'")
    let place = isNoticedLate ? context?.mark ?? mark : mark
    return Diagnostics("yaml-syntax", message, help: advice, at: location(place))
  }

  /// The report of a tab in the indentation of a line.
  private func tabInIndentation(line: Int) -> Diagnostics? {
    for (number, content) in lines(from: max(1, line)) {
      guard number == line else { break }
      let blanks = content.prefix { $0 == " " || $0 == "\t" }
      guard let tab = blanks.firstIndex(of: "\t") else { return nil }
      let (message, advice) = plainWords("tab character", context: "")
      let column = content.distance(from: content.startIndex, to: tab) + 1
      return Diagnostics(
        "yaml-syntax", message, help: advice,
        at: SourceLocation(file: file, line: line, column: column))
    }
    return nil
  }

  /// A key of a block mapping stands again further down, in the same column; a line that starts
  /// further left ends the mapping.
  func duplicateKey(_ name: String, first mark: Mark) -> Diagnostics {
    let message = LocalizedText(
      en: "the key \(quoted(name)) stands twice in the same mapping",
      zh: "键\(quoted(name))在同一组中出现两次")
    let advice = LocalizedText(
      en: "keep one of the two; the first stands in line \(mark.line)",
      zh: "保留其中一个；前一个在第\(mark.line)行")
    for (number, line) in lines(from: mark.line + 1) {
      let indentation = line.prefix { $0 == " " }.count
      let content = line.dropFirst(indentation)
      if content.isEmpty || content.hasPrefix("#") { continue }
      if indentation < mark.column - 1 { break }
      let key = content.hasPrefix(name) ? content.dropFirst(name.count) : content.dropFirst(0)
      guard indentation == mark.column - 1, content.hasPrefix(name),
        key.drop(while: { $0 == " " }).hasPrefix(":")
      else { continue }
      let place = SourceLocation(file: file, line: number, column: mark.column)
      return Diagnostics("duplicate-key", message, help: advice, at: place)
    }
    return Diagnostics("duplicate-key", message, help: advice, at: location(mark))
  }

  /// Where a line from the one before `first` through `last` has a full-width colon as if it were
  /// YAML's.
  private func fullWidthColon(from first: Int, through last: Int) -> SourceLocation? {
    let start = max(1, min(first, last) - 1)
    for (number, line) in lines(from: start) {
      if number > last { break }
      if let column = columnOfFullWidthColon(line) {
        return SourceLocation(file: file, line: number, column: column)
      }
    }
    return nil
  }

  private func lines(from first: Int) -> some Sequence<(Int, Substring)> {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated().dropFirst(first - 1).lazy.map { ($0.offset + 1, $0.element) }
  }
}

/// The column of a full-width colon that stands where a key ends.
func columnOfFullWidthColon(_ line: some StringProtocol) -> Int? {
  var column = 1
  for scalar in line.unicodeScalars {
    switch scalar {
    case "：": return column
    case ":", "#", "\"", "'": return nil
    default: column += 1
    }
  }
  return nil
}

/// The report of a full-width colon behind a key.
func fullWidthColonProblem(at location: SourceLocation) -> Diagnostics {
  Diagnostics(
    "full-width-colon",
    .init(en: "the full-width colon '：' does not end a key", zh: "全角冒号“：”不能用来结束键名"),
    help: .init(
      en: """
        use an ASCII colon and a blank, as in `trials: 10000`
        """, zh: "用半角冒号加空格，如 `trials: 10000`"),
    at: location)
}
