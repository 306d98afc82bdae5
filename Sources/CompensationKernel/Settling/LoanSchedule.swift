public import FundCore

/// What is outstanding of a loan in a month, before that month's instalment.
@frozen
public struct KnownBalance: Hashable, Sendable {
  /// Months after the start, from 1.
  public let month: Int
  /// What is outstanding.
  public let balance: Money

  /// Creates a balance.
  @inlinable
  public init(month: Int, balance: Money) {
    self.month = month
    self.balance = balance
  }
}

/// How the principal of a loan is due over its term.
@frozen
public struct LoanSchedule: Hashable, Sendable {
  /// The principal at the start.
  public let principal: Money
  /// The term in months, from 1.
  public let termMonths: Int
  /// Whether principal is repaid every month, and not at the end.
  public let isAmortizing: Bool
  /// The payments of an annuity; `nil` where the instalments of principal are equal.
  public let level: LevelPayment?
  /// In which month after the start `balance` is outstanding, before that month's instalment.
  @usableFromInline let balanceMonth: Int
  /// The principal, or what is known to be outstanding of it later.
  @usableFromInline let balance: Money

  /// Creates a schedule without an annuity.
  @inlinable
  public init(principal: Money, termMonths: Int, isAmortizing: Bool) {
    self.init(
      principal: principal, termMonths: termMonths, isAmortizing: isAmortizing, level: nil,
      known: KnownBalance(month: 1, balance: principal))
  }

  /// Creates an annuity (等额本息): level payments of a twelfth of the rate on what is outstanding, and
  /// principal. Without interest, they are equal principal.
  public init(principal: Money, termMonths: Int, annuityRate: Ratio) {
    self.init(
      principal: principal, termMonths: termMonths, isAmortizing: true,
      level: LevelPayment(repaying: principal, over: termMonths, annualRate: annuityRate),
      known: KnownBalance(month: 1, balance: principal))
  }

  /// Creates a schedule from its parts.
  ///
  /// - Parameters:
  ///   - principal: The principal at the start.
  ///   - termMonths: The term in months, from 1.
  ///   - isAmortizing: Whether principal is repaid every month.
  ///   - level: The payments of an annuity.
  ///   - known: What is outstanding in a month after the start, 1 … `termMonths`, before its
  ///     instalment.
  @inlinable
  public init(
    principal: Money, termMonths: Int, isAmortizing: Bool, level: LevelPayment?,
    known: KnownBalance
  ) {
    self.principal = principal
    self.termMonths = termMonths
    self.isAmortizing = isAmortizing
    self.level = level
    (balanceMonth, balance) = (known.month, known.balance)
  }

  /// The same loan, of which it is known what is outstanding in a month; its instalments from then on
  /// follow from that.
  ///
  /// - Parameters:
  ///   - balance: What is outstanding, before the month's instalment.
  ///   - month: Months after the start, 1 … `termMonths`.
  public func resumed(with balance: Money, monthsAfterStart month: Int) -> LoanSchedule {
    precondition((1...termMonths).contains(month), "a balance is known within the term")
    return LoanSchedule(
      principal: principal, termMonths: termMonths, isAmortizing: isAmortizing,
      level: level.flatMap {
        LevelPayment(
          repaying: balance, over: termMonths - month + 1, annualRate: $0.annualRate)
      }, known: KnownBalance(month: month, balance: balance))
  }

  /// What is known to be outstanding: the principal at the start, or a balance of a later month.
  public var known: KnownBalance { KnownBalance(month: balanceMonth, balance: balance) }

  /// The principal outstanding in a month before that month's instalment; nothing after the month
  /// of maturity. Before the month of a known balance it is that balance.
  ///
  /// Instalments fall due at the ends of the months 1, 2, … after the start; the last one takes the
  /// remainder. Equal principal: whole-fen instalments, rounded down.
  ///
  /// - Parameter months: Months since the start; negative before it.
  @inlinable
  public func outstanding(monthsAfterStart months: Int) -> Money {
    guard months <= termMonths else { return .zero }
    guard isAmortizing else { return balance }
    let paidCount = max(0, months - balanceMonth)
    if let level { return level.balance(of: balance, after: paidCount) }
    let count = termMonths - balanceMonth + 1
    return Money(fen: balance.fen - balance.fen / Int64(count) * Int64(paidCount))
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

/// Days over which the same principal was unpaid.
public struct UnpaidStretch: Hashable, Sendable {
  /// What was unpaid.
  public let unpaid: Money
  /// For how many days.
  public let days: Int

  /// Creates a stretch.
  public init(unpaid: Money, days: Int) {
    self.unpaid = unpaid
    self.days = days
  }
}

/// Simple interest by days, half up to the fen: for each stretch of days, what was unpaid in it, at `rate`
/// for a year of 360 days (I-44).
///
/// - Parameters:
///   - stretches: What was unpaid, and for how many days.
///   - annualRate: The loan's rate, or a penalty rate in its place.
public func interestByDays(_ stretches: [UnpaidStretch], annualRate: Ratio) -> Money {
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
