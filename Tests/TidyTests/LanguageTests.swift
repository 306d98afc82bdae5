import Foundation
import Testing

/// Texts of the program: both languages stand side by side wherever one is made.
struct `Every text` {
  /// A text with both of its halves, as a source writes them.
  private struct Pair {
    let place: String
    let english: String
    let chinese: String
  }

  /// Where a plain string would be read by a user. The types stop it elsewhere: a problem, a help
  /// line or a reason is a `LocalizedText`.
  private static let plainPaths = [
    #"printError\(\s*""#, #"help:\s*""#, #"abstract:\s*""#, #"discussion:\s*""#,
    #"ValidationError\(\s*""#, #"title:\s*"[A-Z]"#, #"printOutput\(\s*"[A-Za-z\\\s]"#,
  ]

  @Test func `that the command prints is in both languages`() throws {
    var found: [String] = []
    for path in Repository.files(in: "Sources/fundsim", ending: ".swift") {
      let text = Repository.text(path)
      for pattern in Self.plainPaths {
        for match in text.matches(of: try Regex(pattern)) {
          found.append("\(path): \(text[match.range])")
        }
      }
    }
    #expect(found == [])
  }

  @Test func `in Chinese is Chinese, and not its English`() {
    let pairs = Self.pairs
    // The test must have found the texts that it judges.
    #expect(pairs.count > 600)
    let wrong = pairs.filter { pair in
      let words = Self.withoutInsertions(pair.english)
      let hasWords = words.contains { $0.isLetter }
      let chinese = Self.withoutInsertions(pair.chinese)
      let isChinese =
        chinese.unicodeScalars.contains {
          (0x3000...0x9FFF).contains($0.value) || $0.value > 0xFF00
        }
        || !chinese.contains { $0.isLetter }
      return hasWords && (pair.english == pair.chinese || words.contains(" ") && !isChinese)
    }
    #expect(wrong.map { "\($0.place): \($0.chinese)" } == [])
  }

  @Test func `has full-width marks in Chinese`() {
    let wrong = Self.pairs.filter { pair in
      // A half-width mark between two Chinese characters.
      pair.chinese.contains(/[\u{4E00}-\u{9FFF}][,;!?][\u{4E00}-\u{9FFF}]/)
    }
    #expect(wrong.map { "\($0.place): \($0.chinese)" } == [])
  }

  @Test func `has the same places for figures in both languages`() {
    let wrong = Self.pairs.filter { pair in
      Self.figures(pair.english) != Self.figures(pair.chinese)
    }
    #expect(wrong.map { "\($0.place): \($0.chinese)" } == [])
  }

  /// Names in braces, as `{name}`; braces of YAML hold a colon, a comma or a blank.
  private static func figures(_ text: String) -> Set<String> {
    Set(withoutInsertions(text).matches(of: /\{([a-zA-Z]+)\}/).map { String($0.1) })
  }

  /// Every `en:` followed by its `zh:`.
  private static var pairs: [Pair] {
    Repository.files(in: "Sources", ending: ".swift").flatMap { path in
      let text = Repository.text(path)
      return text.matches(of: /\ben:\s*("""|")/).compactMap { match -> Pair? in
        guard let (english, end) = literal(in: text, from: match.output.1.startIndex),
          let next = text[end...].prefixMatch(of: /\s*,\s*zh:\s*(?=")/),
          let (chinese, _) = literal(in: text, from: next.range.upperBound)
        else { return nil }
        let line = text[..<match.range.lowerBound].count { $0 == "\n" } + 1
        return Pair(place: "\(path):\(line)", english: english, chinese: chinese)
      }
    }
  }

  /// The contents of the literal that starts here, and where it ends.
  private static func literal(
    in text: String, from start: String.Index
  ) -> (contents: String, end: String.Index)? {
    let mark = text[start...].hasPrefix("\"\"\"") ? "\"\"\"" : "\""
    var index = text.index(start, offsetBy: mark.count)
    let first = index
    var depth = 0
    while index < text.endIndex {
      let rest = text[index...]
      if depth == 0, rest.hasPrefix(mark) {
        return (String(text[first..<index]), text.index(index, offsetBy: mark.count))
      }
      if rest.hasPrefix("\\(") {
        depth += 1
        index = text.index(index, offsetBy: 2)
        continue
      }
      if rest.hasPrefix("\\"), depth == 0 {
        index = text.index(index, offsetBy: min(2, rest.count))
        continue
      }
      if depth > 0 { depth += rest.hasPrefix("(") ? 1 : rest.hasPrefix(")") ? -1 : 0 }
      index = text.index(after: index)
    }
    return nil
  }

  /// A text without what is inserted into it.
  private static func withoutInsertions(_ text: String) -> String {
    var kept = ""
    var depth = 0
    var last: Character = " "
    for character in text {
      if depth == 0, last == "\\", character == "(" {
        depth = 1
        kept.removeLast()
      } else if depth > 0 {
        depth += character == "(" ? 1 : character == ")" ? -1 : 0
      } else {
        kept.append(character)
      }
      last = character
    }
    return kept
  }
}
