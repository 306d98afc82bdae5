/// A tree as a text again: what a file would have to say to be read as it.
extension DocumentNode {
  /// The text, a line a value.
  public var yaml: String {
    var text = ""
    write(to: &text, indent: 0, isBehindKey: false)
    return text.hasSuffix("\n") ? text : text + "\n"
  }

  /// The text on one line, in braces and brackets.
  public var yamlLine: String {
    switch content {
    case .null: return "~"
    case .scalar(let text, let isPlain):
      return Self.scalar(text, isPlain: isPlain && !isMarked(text))
    case .sequence(let items): return "[" + items.map(\.yamlLine).joined(separator: ", ") + "]"
    case .mapping(let entries):
      let parts = entries.map { Self.key($0.key.value) + ": " + $0.value.yamlLine }
      return "{" + parts.joined(separator: ", ") + "}"
    }
  }

  /// Whether a text has marks that end a value between braces.
  private func isMarked(_ text: String) -> Bool { text.contains { ",[]{}".contains($0) } }

  private func write(to text: inout String, indent: Int, isBehindKey: Bool) {
    let blanks = String(repeating: " ", count: indent)
    switch content {
    case .mapping(let entries) where !entries.isEmpty:
      if isBehindKey { text += "\n" }
      for (number, entry) in entries.enumerated() {
        if number > 0 || isBehindKey { text += blanks }
        text += Self.key(entry.key.value) + ":"
        entry.value.writeValue(to: &text, indent: indent + 2)
      }
    case .sequence(let items) where !items.isEmpty:
      if isBehindKey { text += "\n" }
      for (number, item) in items.enumerated() {
        if number > 0 || isBehindKey { text += blanks }
        text += "- "
        item.write(to: &text, indent: indent + 2, isBehindKey: false)
      }
    case .scalar(let scalar, let isPlain): text += Self.scalar(scalar, isPlain: isPlain) + "\n"
    default: text += yamlLine + "\n"
    }
  }

  /// What stands behind a key: on its line, or below it.
  private func writeValue(to text: inout String, indent: Int) {
    switch content {
    case .mapping(let entries) where !entries.isEmpty:
      write(to: &text, indent: indent, isBehindKey: true)
    case .sequence(let items) where !items.isEmpty:
      write(to: &text, indent: indent, isBehindKey: true)
    default:
      text += " "
      write(to: &text, indent: indent, isBehindKey: false)
    }
  }

  /// A key, in quotes unless it is a plain word.
  private static func key(_ text: String) -> String {
    scalar(
      text,
      isPlain: !text.isEmpty
        && text.allSatisfy { $0.isLetter || $0.isNumber || "._-%".contains($0) }
        && text.first != "-")
  }

  /// A scalar: as it was written without quotes, or in quotes.
  private static func scalar(_ text: String, isPlain: Bool) -> String {
    if isPlain { return text }
    guard text.unicodeScalars.allSatisfy({ $0.value >= 32 && $0.value != 127 }) else {
      var escaped = "\""
      for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": escaped += "\\\""
        case "\\": escaped += "\\\\"
        case _ where scalar.value < 32 || scalar.value == 127:
          let digits = String(scalar.value, radix: 16)
          escaped += "\\x" + (digits.count < 2 ? "0" : "") + digits
        default: escaped.unicodeScalars.append(scalar)
        }
      }
      return escaped + "\""
    }
    return "'" + text.replacing("'", with: "''") + "'"
  }
}
