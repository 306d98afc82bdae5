/// Puts blanks in place of comments and of what texts say, so that rules see code alone.
///
/// Knows line and nested block comments, texts of one and of several lines, raw texts, names in
/// backticks, and interpolations, whose code stays.
struct CodeBlanking {
  private enum State {
    /// In code; the depth of parentheses since the interpolation began.
    case code(depth: Int)
    /// In a text with so many `#`, of one line or of several.
    case text(hashes: Int, isMultiline: Bool)
  }

  private var signs: [Character] = []
  private var place = 0
  private var states: [State] = [.code(depth: 0)]
  private var result = ""

  mutating func code(of text: String) -> String {
    signs = Array(text)
    place = 0
    states = [.code(depth: 0)]
    result = ""
    while place < signs.count {
      switch states.last {
      case .text(let hashes, let isMultiline): stepInText(hashes, isMultiline)
      case .code(let depth): stepInCode(depth)
      case nil: states = [.code(depth: 0)]
      }
    }
    return result
  }

  private func starts(with word: String, at start: Int) -> Bool {
    let word = Array(word)
    return start + word.count <= signs.count && Array(signs[start..<start + word.count]) == word
  }

  /// Passes over signs; what is not kept becomes blanks, but line ends stay.
  private mutating func pass(_ count: Int, keeping: Bool) {
    for sign in signs[place..<min(place + count, signs.count)] {
      result.append(keeping || sign == "\n" ? sign : " ")
    }
    place += count
  }

  private mutating func stepInCode(_ depth: Int) {
    if starts(with: "//", at: place) {
      let end = signs[place...].firstIndex(of: "\n") ?? signs.count
      pass(end - place, keeping: false)
    } else if starts(with: "/*", at: place) {
      passBlockComment()
    } else if signs[place] == "`" {
      let end = signs[(place + 1)...].firstIndex(of: "`") ?? signs.count - 1
      pass(end - place + 1, keeping: false)
    } else if let hashes = hashesBeforeQuote() {
      let isMultiline = starts(with: "\"\"\"", at: place + hashes)
      pass(hashes + (isMultiline ? 3 : 1), keeping: true)
      states.append(.text(hashes: hashes, isMultiline: isMultiline))
    } else {
      let sign = signs[place]
      let change = sign == "(" ? 1 : sign == ")" ? -1 : 0
      pass(1, keeping: true)
      if states.count > 1, depth + change == 0 {
        states.removeLast()
      } else {
        states[states.count - 1] = .code(depth: depth + change)
      }
    }
  }

  private mutating func passBlockComment() {
    var depth = 0
    repeat {
      if starts(with: "/*", at: place) {
        depth += 1
        pass(2, keeping: false)
      } else if starts(with: "*/", at: place) {
        depth -= 1
        pass(2, keeping: false)
      } else {
        pass(1, keeping: false)
      }
    } while depth > 0 && place < signs.count
  }

  /// The number of `#` before a quote that begins here; `nil` if no text begins.
  private func hashesBeforeQuote() -> Int? {
    var end = place
    while end < signs.count, signs[end] == "#" { end += 1 }
    return end < signs.count && signs[end] == "\"" ? end - place : nil
  }

  private mutating func stepInText(_ hashes: Int, _ isMultiline: Bool) {
    let escape = "\\" + String(repeating: "#", count: hashes)
    let close = (isMultiline ? "\"\"\"" : "\"") + String(repeating: "#", count: hashes)
    if starts(with: escape + "(", at: place) {
      pass(escape.count, keeping: false)
      pass(1, keeping: true)
      states.append(.code(depth: 1))
    } else if starts(with: escape, at: place) {
      pass(escape.count + 1, keeping: false)
    } else if starts(with: close, at: place) {
      pass(close.count, keeping: true)
      states.removeLast()
    } else {
      pass(1, keeping: false)
    }
  }
}
