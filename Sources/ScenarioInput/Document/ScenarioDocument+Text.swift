import DocumentReading
public import FundCore

/// A changed scenario as a file again.
extension ScenarioDocument {
  /// The text of a file that says what this document says.
  ///
  /// Where nothing but single values was changed or added, they are changed in the text of the file, whose order
  /// and comments stay; otherwise the text is written anew, without comments. Either is read again and held
  /// against what it is to say.
  ///
  /// - Throws: A diagnostic if no text can be found that is read as this document.
  public func text() throws(Diagnostics) -> String {
    let original = String(decoding: bytes, as: UTF8.self)
    if let patched = try patched(original), try says(patched) { return patched }
    let written = tree.yaml
    guard try says(written) else {
      throw Diagnostics(
        "not-writable",
        .init(en: "the scenario cannot be written as a file", zh: "该情景无法写成文件"),
        help: .init(
          en: "change the scenario file by hand", zh: "请手工修改情景文件"),
        at: tree.location)
    }
    return written
  }

  /// Whether a text is read as this document.
  private func says(_ text: String) throws(Diagnostics) -> Bool {
    do {
      return try parseDocument(text: text, file: file).digestText == tree.digestText
    } catch {
      return false
    }
  }

  /// The text of the file with what was changed; `nil` where that is more than single values.
  private func patched(_ text: String) throws(Diagnostics) -> String? {
    var changes: [TextChange] = []
    let before = try parseDocument(bytes: bytes, file: file)
    guard collect(from: before, to: tree, into: &changes) else { return nil }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
      Array($0.drop { $0 == "\u{FEFF}" })
    }
    // From the end, so that places before stay what they are.
    for change in changes.sorted(by: { $0.place > $1.place }) {
      guard change.apply(to: &lines) else { return nil }
    }
    return lines.map { String($0) }.joined(separator: "\n")
  }

  /// Finds what differs.
  ///
  /// - Returns: Whether that is nothing but values that were changed or added.
  private func collect(
    from old: DocumentNode, to new: DocumentNode, into changes: inout [TextChange]
  ) -> Bool {
    if old.digestText == new.digestText { return true }
    switch (old.content, new.content) {
    case (.scalar(let text, _), .scalar):
      changes.append(TextChange(place: old.location, kind: .value(text, new.yamlLine)))
      return true
    case (.sequence(let olds), .sequence(let news)) where olds.count == news.count:
      return zip(olds, news).allSatisfy { collect(from: $0, to: $1, into: &changes) }
    case (.mapping(let olds), .mapping(let news)):
      let known = Dictionary(olds.map { ($0.key.value, $0.value) }) { first, _ in first }
      guard olds.allSatisfy({ old in news.contains { $0.key.value == old.key.value } }),
        let anchor = olds.last(where: { $0.value.text != nil })
      else { return false }
      var added: [String] = []
      for entry in news {
        guard let value = known[entry.key.value] else {
          added.append(entry.key.value + ": " + entry.value.yamlLine)
          continue
        }
        guard collect(from: value, to: entry.value, into: &changes) else { return false }
      }
      if !added.isEmpty {
        changes.append(TextChange(place: anchor.key.location, kind: .lines(added)))
      }
      return true
    default: return false
    }
  }
}

/// A change of one place of a text.
private struct TextChange {
  enum Kind {
    /// Another value where this one begins.
    case value(String, String)
    /// Lines below the one of the place, under its column.
    case lines([String])
  }

  let place: SourceLocation
  let kind: Kind

  /// - Returns: `false` if the text is not as it was expected.
  func apply(to lines: inout [[Character]]) -> Bool {
    let (row, column) = (place.line - 1, place.column - 1)
    guard lines.indices.contains(row), lines[row].indices.contains(column) else { return false }
    switch kind {
    case .lines(let added):
      let blanks = String(repeating: " ", count: column)
      let ending = lines[row].last == "\r" ? "\r" : ""
      lines.insert(contentsOf: added.map { Array(blanks + $0 + ending) }, at: row + 1)
    case .value(let old, let new):
      let rest = String(lines[row][column...])
      let written = [old, "'\(old)'", "\"\(old)\""].first { rest.hasPrefix($0) }
      guard let written else { return false }
      lines[row].replaceSubrange(column..<column + written.count, with: Array(new))
    }
    return true
  }
}
