/// A function, initialiser, subscript or computed property, found by counting brackets.
struct Declaration {
  enum Kind { case function, initialiser, property }

  let kind: Kind
  let name: String
  /// The line of its name, from 0.
  let line: Int
  let parameterCount: Int
  /// The lines of its body, braces included; `nil` if it has none.
  let body: ClosedRange<Int>?
}

extension SourceFile {
  /// Everything with a body or parameters.
  var declarations: [Declaration] {
    var finder = DeclarationFinder(code.joined(separator: "\n"))
    return finder.declarations()
  }

  /// The lines of a range that are neither blank nor only a comment.
  func codeLineCount(in range: ClosedRange<Int>) -> Int {
    range.reduce(0) { count, line in
      let isComment = lines[line].drop { $0 == " " }.hasPrefix("//")
      return count + (isComment ? 0 : 1)
    }
  }
}

private struct DeclarationFinder {
  private let signs: [Character]
  private var line = 0
  private var found: [Declaration] = []

  init(_ code: String) { signs = Array(code) }

  mutating func declarations() -> [Declaration] {
    var place = 0
    while place < signs.count {
      if signs[place] == "\n" { line += 1 }
      guard isLetter(place), place == 0 || !isLetter(place - 1) else {
        place += 1
        continue
      }
      var end = place
      while isLetter(end) { end += 1 }
      let word = String(signs[place..<end])
      let isMember = place > 0 && (signs[place - 1] == "." || signs[place - 1] == "#")
      if !isMember { note(word, end: end) }
      place = end
    }
    return found
  }

  private func isLetter(_ place: Int) -> Bool {
    place < signs.count && (signs[place].isLetter || signs[place].isNumber || signs[place] == "_")
  }

  private mutating func note(_ word: String, end: Int) {
    switch word {
    case "func", "subscript": noteFunction(word, end: end, kind: .function)
    case "init": noteFunction(word, end: end, kind: .initialiser)
    case "var": noteProperty(end: end)
    default: break
    }
  }

  private mutating func noteFunction(_ word: String, end: Int, kind: Declaration.Kind) {
    var open = end
    // An operator's own signs are no parentheses.
    while open < signs.count, signs[open] != "(", signs[open] != "{", signs[open] != "}" {
      open += 1
    }
    guard open < signs.count, signs[open] == "(", let close = closing(open) else { return }
    let name = String(signs[end..<open]).prefix { $0 != "<" }.filter { !$0.isWhitespace }
    found.append(
      Declaration(
        kind: kind, name: word == "func" ? name : word, line: line,
        parameterCount: parameterCount(open + 1..<close), body: body(after: close, from: end)))
  }

  /// A property with a body and without an initial value.
  private mutating func noteProperty(end: Int) {
    var place = end
    while place < signs.count, signs[place] != "{", signs[place] != "=", signs[place] != "}" {
      if signs[place] == "\n" { return }
      place += 1
    }
    guard place < signs.count, signs[place] == "{" else { return }
    let name = String(signs[end..<place]).prefix { $0 != ":" }.filter { !$0.isWhitespace }
    found.append(
      Declaration(
        kind: .property, name: name, line: line, parameterCount: 0,
        body: body(after: place - 1, from: end)))
  }

  /// The place of the bracket that closes the one at a place.
  private func closing(_ open: Int) -> Int? {
    var depth = 0
    for place in open..<signs.count {
      if "([{".contains(signs[place]) { depth += 1 }
      if ")]}".contains(signs[place]) { depth -= 1 }
      if depth == 0 { return place }
    }
    return nil
  }

  private func parameterCount(_ range: Range<Int>) -> Int {
    var depth = 0
    var angles = 0
    var commas = 0
    for place in range {
      let sign = signs[place]
      if "([{".contains(sign) { depth += 1 }
      if ")]}".contains(sign) { depth -= 1 }
      if sign == "<" { angles += 1 }
      if sign == ">", signs[place - 1] != "-", angles > 0 { angles -= 1 }
      if sign == ",", depth == 0, angles == 0 { commas += 1 }
    }
    let isEmpty = signs[range].allSatisfy(\.isWhitespace)
    return isEmpty ? 0 : commas + 1
  }

  /// The lines of the body whose brace is the next one; none if another declaration comes first.
  private func body(after place: Int, from start: Int) -> ClosedRange<Int>? {
    guard let open = signs[(place + 1)...].firstIndex(where: { $0 == "{" || $0 == "}" }),
      signs[open] == "{", let close = closing(open)
    else { return nil }
    let between = String(signs[place + 1..<open]).split { !($0.isLetter || $0 == "_") }
    let others: Set<Substring> = [
      "func", "var", "let", "init", "struct", "enum", "extension", "class",
    ]
    if between.contains(where: others.contains) { return nil }
    func lineOf(_ end: Int) -> Int { line + signs[start..<end].count { $0 == "\n" } }
    return lineOf(open)...lineOf(close)
  }
}
