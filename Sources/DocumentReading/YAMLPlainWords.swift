/// What an error of the YAML library means to someone who does not know YAML's grammar.
private struct PlainWords {
  /// A part of the words of the library.
  let sign: String
  let message: String
  let advice: String
}

/// The first that fits counts: problems before contexts.
private let problemWords = [
  PlainWords(
    sign: "tab character",
    message: "a tab stands in the indentation of a line", advice: "indent with blanks"),
  PlainWords(
    sign: "cannot start any token",
    message: "a tab, or one of the signs @ ` %, starts a value or the indentation of a line",
    advice: "indent with blanks, and put a text that starts with such a sign in quotes"),
  PlainWords(
    sign: "mapping values are not allowed",
    message: "a second colon in a line, or a line that is indented too far",
    advice: "put a text that contains ': ' in quotes, or align the key with the keys above it"),
  PlainWords(
    sign: "could not find expected ':'",
    message: "a line without a colon stands among keys",
    advice: "write `key: value` with a colon and a blank, or indent the line if it continues a text"
  ),
  PlainWords(
    sign: "block sequence entries are not allowed",
    message: "an item '-' stands where no list can start",
    advice: "put the first item on a line of its own below the key"),
]

private let contextWords = [
  PlainWords(
    sign: "quoted scalar",
    message: "a text in quotes does not end, or has an unknown '\\' in it",
    advice: "close the quotes; inside \"…\" write \\\\ for a single \\"),
  PlainWords(
    sign: "flow",
    message: "a list in [ ] or a mapping in { } is not closed or lacks a comma",
    advice: "check the brackets and put a comma between the items"),
  PlainWords(
    sign: "tag",
    message: "a tag (!) cannot be understood", advice: "remove it; no file here needs one"),
  PlainWords(
    sign: "directive",
    message: "a directive (%) cannot be understood", advice: "remove it; no file here needs one"),
  PlainWords(
    sign: "an a",  // "scanning an anchor", "scanning an alias"
    message: "the sign & or * starts a value",
    advice: "put a text that starts with & or * in quotes"),
  PlainWords(
    sign: "block mapping",
    message: "the line does not fit the lines above it",
    advice: "align the keys of one mapping in the same column"),
  PlainWords(
    sign: "block collection",
    message: "the line does not fit the lines above it",
    advice: "align the '-' of one list in the same column"),
]

/// What the YAML library says, in plain words.
///
/// - Returns: The message and the way out.
func plainWords(_ problem: String, context: String) -> (message: String, advice: String) {
  let words =
    problemWords.first { problem.contains($0.sign) }
    ?? contextWords.first { context.contains($0.sign) }
  guard let words else {
    return (
      "the text cannot be understood as YAML here",
      "check quotes, brackets and indentation at this place and in the line above"
    )
  }
  return (words.message, words.advice)
}
