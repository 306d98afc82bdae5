/// The text of a cell for a file that may be opened in a spreadsheet.
///
/// A text that a spreadsheet could take for a formula gets an apostrophe before it, and so does a
/// text that already looks guarded; `withoutFormulaGuard` takes it off again. Cells with
/// separators, quotes or line ends stand in quotes (RFC 4180).
func tapeCell(_ text: String) -> String {
  let guarded = needsFormulaGuard(text) ? "'" + text : text
  let isPlain = guarded.utf8.allSatisfy { byte in
    byte > 0x20 && byte != UInt8(ascii: ",") && byte != UInt8(ascii: "\"")
      && byte != UInt8(ascii: ";")
  }
  if isPlain { return guarded }
  var cell = "\""
  // By scalars, because a quote with a combining mark is a quote all the same.
  for scalar in guarded.unicodeScalars {
    if scalar == "\"" { cell.unicodeScalars.append(scalar) }
    cell.unicodeScalars.append(scalar)
  }
  return cell + "\""
}

/// A text as it was before it was guarded against being taken for a formula.
func withoutFormulaGuard(_ text: String) -> String {
  guard text.utf8.first == UInt8(ascii: "'") else { return text }
  return needsFormulaGuard(text) ? String(text.unicodeScalars.dropFirst()) : text
}

/// Whether a spreadsheet could take a text for a formula, or a reader could take it for guarded.
private func needsFormulaGuard(_ text: String) -> Bool {
  var signs = text.unicodeScalars.makeIterator()
  guard let first = signs.next() else { return false }
  if formulaSigns.contains(first) { return true }
  guard first == "'", let second = signs.next() else { return false }
  return second == "'" || formulaSigns.contains(second)
}

/// What starts a formula, also in full width.
private let formulaSigns: Set<Unicode.Scalar> = [
  "=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠",
]
