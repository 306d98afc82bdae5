/// A text as it may stand in HTML and in SVG, in elements and in attributes.
///
/// Scalar by scalar: a sign with an accent upon it is one character to Swift, and two to a browser,
/// for which a quotation mark under an accent still ends an attribute. Control characters, which
/// markup cannot hold, become U+FFFD; line ends stay, or become blanks where they are unusual.
public func escapedForMarkup(_ text: String) -> String {
  var safe = String.UnicodeScalarView()
  safe.reserveCapacity(text.unicodeScalars.count)
  for scalar in text.unicodeScalars {
    switch scalar {
    case "<": safe.append(contentsOf: "&lt;".unicodeScalars)
    case ">": safe.append(contentsOf: "&gt;".unicodeScalars)
    case "&": safe.append(contentsOf: "&amp;".unicodeScalars)
    case "\"": safe.append(contentsOf: "&quot;".unicodeScalars)
    case "'": safe.append(contentsOf: "&#39;".unicodeScalars)
    case "\n": safe.append(scalar)
    case "\t", "\r", "\u{2028}", "\u{2029}": safe.append(" ")
    case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": safe.append("\u{FFFD}")
    default: safe.append(scalar)
    }
  }
  return String(safe)
}

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
    case "\u{20}"..."\u{24F}", "\u{2010}"..."\u{2027}", "≥", "≤", "±", "×": 0.64
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
}
