/// Whether a character would steer what shows it, or cannot be seen: control characters, marks of direction, and
/// signs without a form of their own by which two names look alike.
public func isSteering(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar {
  case " "..."~": false
  case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}": true
  case "\u{61C}", "\u{200E}", "\u{200F}", "\u{202A}"..."\u{202E}": true
  case "\u{200B}", "\u{2060}"..."\u{2064}", "\u{206A}"..."\u{206F}", "\u{FEFF}": true
  case "\u{FFF9}"..."\u{FFFB}", "\u{E0000}"..."\u{E007F}": true
  default: false
  }
}

/// Whether a character isolates the direction of what stands between it and its end.
public func isIsolating(_ scalar: Unicode.Scalar) -> Bool {
  ("\u{2066}"..."\u{2069}").contains(scalar)
}

/// A text without marks of isolation that have no partner in it: what follows the text keeps its direction.
func withPairedIsolation(_ text: String.UnicodeScalarView) -> [Unicode.Scalar] {
  guard text.contains(where: isIsolating) else { return Array(text) }
  let end: Unicode.Scalar = "\u{2069}"
  var (kept, open): ([Unicode.Scalar?], [Int]) = ([], [])
  for scalar in text {
    if scalar == end {
      kept.append(open.popLast() == nil ? nil : scalar)
    } else {
      if isIsolating(scalar) { open.append(kept.count) }
      kept.append(scalar)
    }
  }
  for place in open { kept[place] = nil }
  return kept.compactMap(\.self)
}
