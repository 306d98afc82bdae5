/// What the YAML library says, in words for someone who does not know YAML's grammar.
///
/// - Returns: The message and the way out.
func plainWords(_ problem: String, context: String) -> (message: String, advice: String) {
  if problem.contains("tab character") || problem.contains("cannot start any token") {
    return (
      "a tab, or one of the signs @ ` %, starts a value or the indentation of a line",
      "indent with blanks, and put a text that starts with such a sign in quotes"
    )
  }
  if problem.contains("mapping values are not allowed") {
    return (
      "a second colon in a line, or a line that is indented too far",
      "put a text that contains ': ' in quotes, or align the key with the keys above it"
    )
  }
  if problem.contains("could not find expected ':'") {
    return (
      "a line without a colon stands among keys",
      "write `key: value` with a colon and a blank, or indent the line if it continues a text"
    )
  }
  if problem.contains("block sequence entries are not allowed") {
    return (
      "an item '-' stands where no list can start",
      "put the first item on a line of its own below the key"
    )
  }
  if context.contains("quoted scalar") {
    return (
      "a text in quotes does not end, or has an unknown '\\' in it",
      "close the quotes; inside \"…\" write \\\\ for a single \\"
    )
  }
  if context.contains("flow") {
    return (
      "a list in [ ] or a mapping in { } is not closed or lacks a comma",
      "check the brackets and put a comma between the items"
    )
  }
  if context.contains("tag") || context.contains("directive") {
    return (
      "a tag or directive (! or %) cannot be understood", "remove it; no file here needs one"
    )
  }
  if context.contains("anchor") || context.contains("alias") {
    return (
      "the sign & or * starts a value", "put a text that starts with & or * in quotes"
    )
  }
  if context.contains("block mapping") || context.contains("block collection") {
    return (
      "the line does not fit the lines above it",
      "align keys of one mapping, and the '-' of one list, in the same column"
    )
  }
  return (
    "the text cannot be understood as YAML here",
    "check quotes, brackets and indentation at this place and in the line above"
  )
}
