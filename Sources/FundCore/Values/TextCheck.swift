/// Whether the file of a programme was held against the programme's text.
public enum TextCheck: Sendable, Hashable, Codable, CustomStringConvertible {
  /// It was, last on this day.
  case on(CivilDate)
  /// It was not: a draft.
  case never
  /// It says so, with the date and other marks of a programme of this id, of which it is a copy that
  /// says something else.
  case borrowed(from: String)

  /// The day, or that there is none.
  public var description: String {
    if case .on(let day) = self { return day.description }
    return "not checked"
  }

  /// Whether the text has yet to be checked.
  public var isOpen: Bool {
    if case .on = self { return false }
    return true
  }
}
