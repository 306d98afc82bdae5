/// How wide text is, about: enough to keep labels apart, whatever font the reader has.
enum TextWidth {
  /// The width of a text in a size, both in pixels.
  static func of(_ text: String, size: Double) -> Double {
    text.unicodeScalars.reduce(0) { $0 + share(of: $1) } * size
  }

  /// The width of a scalar as a share of the font's size, rather too wide than too narrow.
  private static func share(of scalar: Unicode.Scalar) -> Double {
    switch scalar {
    case " ", ".", ",", ":", ";", "'", "i", "j", "l", "|", "I", "(", ")", "/": 0.36
    case "f", "r", "t", "-": 0.43
    case "m", "w", "M", "W", "%": 0.98
    case "A"..."Z": 0.76
    case "+", "=", "~", "<", ">", "±", "×", "≥", "≤", "−": 0.86
    case "…": 1
    case "\u{20}"..."\u{24F}", "\u{2010}"..."\u{2027}": 0.64
    case "\u{300}"..."\u{36F}", "\u{200B}"..."\u{200F}", "\u{202A}"..."\u{202E}",
      "\u{2066}"..."\u{2069}":
      0
    default: 1
    }
  }

  /// A text cut to a width, with an ellipsis if it was longer.
  static func cut(_ text: String, to width: Double, size: Double) -> String {
    guard of(text, size: size) > width else { return text }
    var kept = ""
    for character in text {
      guard of(kept + String(character) + "…", size: size) <= width else { break }
      kept.append(character)
    }
    return kept + "…"
  }

  /// A text in lines of a width, at most so many; what is left over then is cut.
  ///
  /// Lines end at blanks, and between Chinese characters, but not before a mark that closes.
  static func wrapped(_ text: String, to width: Double, size: Double, lines most: Int) -> [String] {
    var lines: [String] = []
    var rest = Substring(text)
    while of(String(rest), size: size) > width, lines.count + 1 < most {
      let end = lineEnd(of: rest, width: width, size: size)
      lines.append(rest[..<end].trimmed)
      rest = Substring(rest[end...].trimmed)
    }
    return lines + [cut(String(rest), to: width, size: size)]
  }

  /// Where the first line of a text ends; after one character at least.
  private static func lineEnd(of text: Substring, width: Double, size: Double) -> String.Index {
    var taken = 0.0
    var best: String.Index?
    for index in text.indices {
      taken += of(String(text[index]), size: size)
      guard taken <= width else { return best ?? max(index, text.index(after: text.startIndex)) }
      let next = text.index(after: index)
      if next == text.endIndex { return next }
      if text[index] == " " || isWide(text[next]) && !"，。、；：？！）》”’".contains(text[next])
        || isWide(text[index]) && !"（《“‘".contains(text[index]) && !isClosing(text[next])
      {
        best = next
      }
    }
    return text.endIndex
  }

  private static func isWide(_ character: Character) -> Bool {
    character.unicodeScalars.first.map { $0.value >= 0x2E80 } ?? false
  }

  private static func isClosing(_ character: Character) -> Bool {
    "，。、；：？！）》”’,.;:?!)%".contains(character)
  }
}

extension Substring {
  /// Without blanks at its ends.
  fileprivate var trimmed: String {
    let start = drop { $0 == " " }
    return String(start.reversed().drop { $0 == " " }.reversed())
  }
}
