public import FundCore

// What is remembered of a bank between its claims. The simulation counts time in months and a
// register in days; the rules are the same for both, so a point in time is a plain number here.

/// What the ratios of one bank count so far.
@frozen
public struct BankCounters: Hashable, Sendable, BitwiseCopyable {
  /// Compensation that the fund owed.
  public var owed: Int64 = 0
  /// Compensation that it paid.
  public var paid: Int64 = 0
  /// What came back to the fund of it.
  public var returned: Int64 = 0
  /// Principal that ever became overdue.
  public var overdueEver: Int64 = 0
  /// The part of it that was recovered or written off.
  public var overdueCleared: Int64 = 0

  /// Nothing happened yet.
  @inlinable
  public init() {}

  /// The numerator of a ratio, in fen.
  @inlinable
  @inline(__always)
  public func numerator(_ kind: RatioNumerator) -> Int64 {
    switch kind {
    case .compensationOwed: owed
    case .compensationPaid: paid
    case .compensationNet: paid - returned
    case .overdueOutstanding: overdueEver - overdueCleared
    case .overdueEver: overdueEver
    // It follows from the schedules, and nothing has to be remembered of it.
    case .lendingOutstanding: 0
    }
  }
}

/// A time without cover for a bank's new loans.
@frozen
public struct CoverSuspension: Hashable, Sendable {
  /// The place of the threshold that was reached.
  public let threshold: Int
  /// When it was noticed: loans that start later are concerned.
  public let from: Int
  /// When it was lifted; `Int.max` while it lasts. Loans that start later are covered again.
  public var until: Int

  /// Creates a suspension that lasts.
  @inlinable
  public init(threshold: Int, from: Int) {
    self.threshold = threshold
    self.from = from
    until = .max
  }

  /// Whether it is still in force.
  @inlinable public var lasts: Bool { until == .max }

  /// Whether it concerns a loan that starts at `start`.
  @inlinable
  public func concerns(loanStarting start: Int) -> Bool { from < start && start - 1 < until }
}

extension CustomerRule {
  /// Whether another loan of the borrower makes it a customer from before the notice (I-18, I-26).
  ///
  /// - Parameters:
  ///   - start: When the other loan started.
  ///   - end: When it matures.
  ///   - isSameBank: Whether the suspended bank made it.
  ///   - notice: When the suspension was noticed.
  @inlinable
  public func isCustomer(
    byLoanFrom start: Int, to end: Int, isSameBank: Bool, before notice: Int
  ) -> Bool {
    guard lender == .programme || isSameBank, start <= notice else { return false }
    return earlierLoan == .any || end > notice
  }
}

extension ThresholdTerms {
  /// Whether a suspension or pause ends: enough months have passed since its notice, and the ratio
  /// is below the level again (I-8, I-9).
  public func isLifted(monthsSinceNotice months: Int, part: Money, of whole: Money) -> Bool {
    guard let wait = resumesAfterMonths, months >= wait else { return false }
    return !level.isReached(by: part, of: whole)
  }
}

extension ThresholdTerms {
  /// Whether the ratio counts a loan at all (I-39).
  @inlinable
  public func counts(isIPPledged: Bool) -> Bool { isIPPledged || lending == .all }
}

extension LoanMeasure {
  /// The part of an amount of a loan that a ratio counts, half up to the fen.
  ///
  /// - Parameters:
  ///   - amount: An amount of the whole loan, such as what is outstanding.
  ///   - ipPrincipal: The part of the principal that is pledged on intellectual property.
  ///   - principal: The principal, above zero.
  @inlinable
  public func counted(_ amount: Money, ipPrincipal: Money, of principal: Money) -> Money {
    guard self == .ipPart, ipPrincipal != principal else { return amount }
    return amount.multiplied(by: ipPrincipal.fen, over: principal.fen, rounding: .halfUp)
  }
}

/// An amount split over the accounts of the banks (I-28): each its share, rounded down; the last
/// takes the remainder.
///
/// - Parameters:
///   - amount: The amount.
///   - shares: The banks' shares, in order; not empty.
public func partitioned(_ amount: Money, by shares: [Ratio]) -> [Money] {
  var parts = shares.map { amount.multiplied(by: $0, rounding: .down) }
  parts[parts.count - 1] += amount - parts.reduce(.zero, +)
  return parts
}
