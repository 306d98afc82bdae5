/// A loan of a reference portfolio; the plainest there is, unless a check says otherwise.
struct ReferenceLoan {
  /// The month before its first one.
  var start = -1
  var term = 12
  /// In fen.
  var principal: Int64 = 100
  var isAmortizing = false
  var sector = 0
  /// Annual.
  var probability = 0.05

  /// A loan that defaults in a month: with probability 0.999999, and in the seeds of the checks.
  static func failing(in month: Int, _ principal: Int64) -> ReferenceLoan {
    ReferenceLoan(start: month - 12, principal: principal, probability: 0.999999)
  }

  /// A loan that never defaults.
  static func sound(start: Int, term: Int, _ principal: Int64) -> ReferenceLoan {
    ReferenceLoan(start: start, term: term, principal: principal, probability: 0)
  }
}
