/// A text from outside, as it may stand on a terminal, on a page or in a file: every control
/// character (C0, C1, line and paragraph separators) and every mark that would change the direction of
/// what follows becomes `?`. Without marks of its own a text cannot steer a terminal, nor show a name
/// backwards.
///
/// Source: Unicode Standard Annex 9 (bidirectional algorithm), section 2; Unicode Technical Report 36.
public func visibleText(_ text: String) -> String {
  guard text.unicodeScalars.contains(where: isSteering) else { return text }
  return String(String.UnicodeScalarView(text.unicodeScalars.map { isSteering($0) ? "?" : $0 }))
}

private func isSteering(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar {
  case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}": true
  case "\u{61C}", "\u{200E}", "\u{200F}", "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": true
  default: false
  }
}
