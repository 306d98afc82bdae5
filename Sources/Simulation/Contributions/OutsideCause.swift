/// Why a part of a loss lies outside cover, told more closely than by `OutsideReason`, of which each is a case.
public enum OutsideCause: String, CaseIterable, Sendable, Hashable, Codable {
  /// The loan failed a condition of cover when it was made.
  case conditionNotMet
  /// It was made when the programme was not in force.
  case madeOutOfForce
  /// It, or a part of it, exceeds the limit of a single loan.
  case singleLoanLimit
  /// It, or a part of it, exceeds what was left of its enterprise's limit of the year.
  case enterpriseYearLimit
  /// The part that is not pledged on intellectual property.
  case notPledged
  /// The loan was covered, and fell overdue when the programme was not in force.
  case overdueOutOfForce
  /// The enterprise had defaulted before the loan was made.
  case enterpriseDefaulted
  /// The bank had been suspended or paused when it was made.
  case suspended
  /// The fund covered as much as its balance allowed when it was made.
  case coverLimit
}

/// What keeps a loan, or a part of it, outside cover from the start.
public struct LoanCause: Sendable, Hashable {
  /// Why nothing of it is covered, where nothing is.
  public var whole: OutsideCause
  /// Which limit cuts it, where one does.
  public var limit: OutsideCause
  /// What of its principal would be covered without limits, in fen.
  public var eligible: Int64

  /// Creates a cause.
  public init(whole: OutsideCause, limit: OutsideCause, eligible: Int64) {
    self.whole = whole
    self.limit = limit
    self.eligible = eligible
  }
}

/// What lay outside cover in a trial, and what credit thresholds cost, told closely.
struct OutsideSplit: Equatable {
  /// A reason with its closer cause.
  struct Key: Hashable {
    let reason: OutsideReason
    let cause: OutsideCause
  }

  /// Fen and loans, by reason and cause. A loan that is cut twice counts where a limit cuts it.
  private(set) var amounts: [Key: Int64] = [:]
  private(set) var loans: [Key: Int64] = [:]
  /// Loans that are covered but for a suspension or pause, their firms, and their covered principal in fen.
  var lostLoans: Int64 = 0
  var lostFirms: Int64 = 0
  var lostCredit: Int64 = 0

  mutating func reset() { self = OutsideSplit() }

  /// Adds what lies outside of one loan.
  mutating func add(
    _ amount: Int64, _ reason: OutsideReason, of loan: PlannedLoan, covered: Int64,
    _ cause: LoanCause
  ) {
    func note(_ part: Int64, _ cause: OutsideCause, counts: Int64 = 1) {
      guard part != 0 || counts > 0 else { return }
      amounts[Key(reason: reason, cause: cause), default: 0] += part
      loans[Key(reason: reason, cause: cause), default: 0] += counts
    }
    switch reason {
    case .neverCovered: note(amount, cause.whole)
    case .notInForce: note(amount, .overdueOutOfForce)
    case .enterpriseDefaulted: note(amount, .enterpriseDefaulted)
    case .suspended: note(amount, .suspended)
    case .beyondBase:
      // Of what is not covered of the principal, first what is not pledged, then what a limit cuts.
      let uncovered = max(0, loan.principal - covered)
      let unpledged = min(uncovered, max(0, loan.principal - cause.eligible))
      guard uncovered > 0, unpledged < uncovered else { return note(amount, .notPledged) }
      let first = Int64((Double(amount) * Double(unpledged) / Double(uncovered)).rounded())
      note(amount - first, cause.limit)
      if unpledged > 0 { note(first, .notPledged, counts: 0) }
    }
  }
}
