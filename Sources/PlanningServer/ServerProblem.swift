/// Why a server cannot be opened.
public enum ServerProblem: Error, Sendable, Hashable {
  /// Another program has the port.
  case portInUse(Int)
  /// The port may not be taken.
  case portNotAllowed(Int)
  /// The system refuses: what was asked of it, and the number of its reason.
  case system(step: String, number: Int32)
}
