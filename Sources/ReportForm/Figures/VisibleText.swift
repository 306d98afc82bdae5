import Charts

/// A text from outside, as it may stand on a terminal, on a page or in a file: every control character
/// (C0, C1, line and paragraph separators) and every mark that would change the direction of what follows
/// becomes `?`, and so does what cannot be seen; marks that only isolate a part are left out. Without marks of its own a text can neither
/// steer a terminal nor show a name backwards.
///
/// Source: Unicode Standard Annex 9 (bidirectional algorithm), section 2; Unicode Technical Report 36.
public func visibleText(_ text: String) -> String {
  guard text.unicodeScalars.contains(where: { isSteering($0) || isIsolating($0) }) else {
    return text
  }
  let visible = text.unicodeScalars.filter { !isIsolating($0) }
  return String(String.UnicodeScalarView(visible.map { isSteering($0) ? "?" : $0 }))
}

/// Lines of text from outside, each as `visibleText` shows it.
public func visibleLines(_ text: String) -> String {
  text.split(separator: "\n", omittingEmptySubsequences: false).map { visibleText(String($0)) }
    .joined(separator: "\n")
}

/// A name from a file within a sentence of a page: its direction of writing does not reach beyond it.
public func isolated(_ name: String) -> String { "\u{2068}" + visibleText(name) + "\u{2069}" }
