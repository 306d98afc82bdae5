/// A word as a shell takes it: in quotes where it has blanks, or signs that mean something there.
func shellWord(_ text: String) -> String {
  let isPlain =
    !text.isEmpty
    && text.allSatisfy { $0.isLetter || $0.isNumber || "/._-+:@%,".contains($0) }
  return isPlain ? text : "'" + text.replacing("'", with: "'\\''") + "'"
}
