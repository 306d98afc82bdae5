/// How text lies on a terminal, where Chinese characters take two columns.
public enum DisplayWidth {
  /// The columns that a text takes.
  public static func of(_ text: String) -> Int {
    text.reduce(0) { $0 + of($1) }
  }

  /// The columns of one character: that of its first scalar; marks that follow take none.
  static func of(_ character: Character) -> Int {
    guard let scalar = character.unicodeScalars.first else { return 0 }
    let properties = scalar.properties
    if properties.generalCategory == .nonspacingMark || properties.isDefaultIgnorableCodePoint {
      return 0
    }
    return wide.contains { $0.contains(scalar.value) } ? 2 : 1
  }

  /// The blocks of wide and full-width characters.
  ///
  /// Source: Unicode Standard Annex 11, East Asian Width, classes W and F, in whole blocks.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
    0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
    0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD,
  ]

  /// A text filled with blanks up to a width, after it or before it.
  public static func padded(_ text: String, to width: Int, right: Bool = false) -> String {
    let blanks = String(repeating: " ", count: max(0, width - of(text)))
    return right ? blanks + text : text + blanks
  }

  /// A text cut to a width, with … for what is missing.
  public static func cut(_ text: String, to width: Int) -> String {
    guard of(text) > width else { return text }
    var kept = ""
    var taken = 0
    for character in text {
      guard taken + of(character) <= width - 1 else { break }
      kept.append(character)
      taken += of(character)
    }
    return kept + "…"
  }

  /// A text broken into lines of at most so many columns: at blanks, and after any Chinese
  /// character; a longer word is broken where the line ends.
  public static func lines(of text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for piece in pieces(of: text) {
      if of(line) + of(trimmedEnd(piece)) > width, !line.isEmpty {
        lines.append(trimmedEnd(line))
        line = ""
      }
      line += piece
      while of(trimmedEnd(line)) > width {
        let head = prefix(of: line, width: width)
        lines.append(head)
        line = String(line.dropFirst(head.count))
      }
    }
    if !trimmedEnd(line).isEmpty || lines.isEmpty { lines.append(trimmedEnd(line)) }
    return lines
  }

  /// Words with the blanks after them, and single wide characters with the marks beside them.
  private static func pieces(of text: String) -> [String] {
    var pieces: [String] = []
    var piece = ""
    for character in text {
      let character: Character = character.isNewline || character == "\t" ? " " : character
      if let last = piece.last, canBreak(between: last, and: character) {
        pieces.append(piece)
        piece = ""
      }
      piece.append(character)
    }
    return piece.isEmpty ? pieces : pieces + [piece]
  }

  /// Whether a line may end between two characters: after a blank, and beside a wide character
  /// unless that parts a mark from what it belongs to, or a number from its unit.
  private static func canBreak(between last: Character, and next: Character) -> Bool {
    if next == " " { return false }
    if last == " " { return next != "%" }
    guard of(last) == 2 || of(next) == 2 else { return false }
    return !"（《「『([［“".contains(last) && !"，。；：、）》」』！？)],.;:］”".contains(next)
      && !last.isNumber
  }

  private static func prefix(of text: String, width: Int) -> String {
    var taken = 0
    let kept = text.prefix { character in
      taken += of(character)
      return taken <= width
    }
    return kept.isEmpty ? String(text.prefix(1)) : String(kept)
  }

  private static func trimmedEnd(_ text: String) -> String {
    var text = text
    while text.hasSuffix(" ") { text.removeLast() }
    return text
  }
}
