/// A text as it may stand in HTML and in SVG, in elements and in attributes.
///
/// Scalar by scalar: a sign with an accent upon it is one character to Swift, and two to a browser,
/// for which a quotation mark under an accent still ends an attribute. Control characters, which
/// markup cannot hold, and marks that would turn the direction of what follows become U+FFFD; line ends
/// stay, or become blanks where they are unusual.
public func escapedForMarkup(_ text: String) -> String {
  var safe = String.UnicodeScalarView()
  safe.reserveCapacity(text.unicodeScalars.count)
  for scalar in withPairedIsolation(text.unicodeScalars) {
    switch scalar {
    case "<": safe.append(contentsOf: "&lt;".unicodeScalars)
    case ">": safe.append(contentsOf: "&gt;".unicodeScalars)
    case "&": safe.append(contentsOf: "&amp;".unicodeScalars)
    case "\"": safe.append(contentsOf: "&quot;".unicodeScalars)
    case "'": safe.append(contentsOf: "&#39;".unicodeScalars)
    case "\n": safe.append(scalar)
    case "\t", "\r", "\u{2028}", "\u{2029}": safe.append(" ")
    case "\u{FFFE}", "\u{FFFF}": safe.append("\u{FFFD}")
    case _ where isSteering(scalar): safe.append("\u{FFFD}")
    default: safe.append(scalar)
    }
  }
  return String(safe)
}
