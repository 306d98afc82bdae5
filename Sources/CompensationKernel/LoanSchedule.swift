public import FundCore

/// How the principal of a loan is due over its term.
@frozen
public struct LoanSchedule: Hashable, Sendable {
  /// The principal at the start.
  public let principal: Money
  /// The term in months, from 1.
  public let termMonths: Int
  /// Whether the principal is repaid in equal monthly instalments, and not at the end.
  public let isAmortizing: Bool

  /// Creates a schedule.
  @inlinable
  public init(principal: Money, termMonths: Int, isAmortizing: Bool) {
    self.principal = principal
    self.termMonths = termMonths
    self.isAmortizing = isAmortizing
  }

  /// The principal outstanding in a month before that month's instalment; nothing after the month
  /// of maturity.
  ///
  /// Equal principal: whole-fen instalments at the ends of the months 1, 2, … after the start; the
  /// last one takes the remainder.
  ///
  /// - Parameter months: Months since the start; negative before it.
  @inlinable
  public func outstanding(monthsAfterStart months: Int) -> Money {
    guard months <= termMonths else { return .zero }
    guard isAmortizing else { return principal }
    let paidCount = min(max(0, months - 1), termMonths)
    return paidCount == termMonths
      ? .zero : Money(fen: principal.fen - principal.fen / Int64(termMonths) * Int64(paidCount))
  }
}

extension LoanSchedule {
  /// What is outstanding by schedule of a loan that is overdue in a month: the instalment of the month is
  /// unpaid, and after maturity the last one (I-38).
  ///
  /// - Parameter months: Months since the start.
  public func outstandingOverdue(monthsAfterStart months: Int) -> Money {
    outstanding(monthsAfterStart: min(months, termMonths))
  }
}

/// Simple interest by days, half up to the fen: for each stretch of days, what was unpaid in it, at `rate`
/// for a year of 360 days (I-44).
///
/// - Parameters:
///   - stretches: What was unpaid, and for how many days.
///   - annualRate: The loan's rate, or a penalty rate in its place.
public func interestByDays(_ stretches: [(unpaid: Money, days: Int)], annualRate: Ratio) -> Money {
  let sum = stretches.reduce(Int128(0)) { $0 + Int128($1.unpaid.fen) * Int128($1.days) }
  let year = Int128(360_000_000)
  return Money(fen: Int64((sum * Int128(annualRate.millionths) * 2 + year) / (year * 2)))
}

/// Simple interest on overdue principal, half up to the fen: `rate` a year for whole months of 30 days.
///
/// - Parameters:
///   - principal: The principal outstanding.
///   - annualRate: The loan's rate, or a penalty rate in its place.
///   - months: How many months bear interest.
@inlinable
public func overdueInterest(on principal: Money, annualRate: Ratio, months: Int) -> Money {
  principal.multiplied(
    by: annualRate.millionths * Int64(months), over: 12_000_000, rounding: .halfUp)
}

/// The part of a loss that the programme divides: as much of it as of the principal is covered,
/// half up to the fen (I-14).
///
/// - Parameters:
///   - total: The whole loss.
///   - covered: The covered principal, at most `principal`.
///   - principal: The principal of the loan at its start, above zero.
@inlinable
public func lossBase(of total: Money, covered: Money, principal: Money) -> Money {
  covered == principal
    ? total : total.multiplied(by: covered.fen, over: principal.fen, rounding: .halfUp)
}
