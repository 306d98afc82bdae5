/// One case that was worked by hand from a programme's text.
struct WorkedCase<Matter: Sendable>: Sendable {
  /// What all cases have in common.
  let head: CaseHead
  /// What is given, and what follows from it by hand.
  let matter: Matter
}
