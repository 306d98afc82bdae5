public import FundCore

/// One month's interest at one rate, forwards and backwards: what `monthlyInterest` comes to, with
/// what depends on the rate alone worked out once.
///
/// Integers only: a division by an unchanging number is a multiplication by its reciprocal, and one
/// look at the remainder.
@frozen
public struct MonthlyInterest: Sendable {
  @usableFromInline let annualRate: Ratio
  /// Twelve million and the rate in millionths: what a balance of twelve million grows to.
  @usableFromInline let growth: UInt64
  /// The next whole number above 2⁶³⁺ᵏ / `growth`, and k − 1, with 2ᵏ the first power of two that is
  /// not below `growth`.
  @usableFromInline let reciprocal: UInt64
  @usableFromInline let shift: UInt64
  /// The largest amount for which all numbers on the way stay below 2⁶³.
  @usableFromInline let limit: Int64

  /// Creates the interest of an annual rate, which is not negative.
  public init(annualRate: Ratio) {
    self.annualRate = annualRate
    growth = 12_000_000 + UInt64(annualRate.millionths)
    shift = UInt64(63 - (growth - 1).leadingZeroBitCount)
    reciprocal = growth.dividingFullWidth((high: 1 &<< shift, low: 0)).quotient + 1
    limit = (.max - Int64(growth)) / 12_000_000
  }

  /// The interest on a balance, which is not negative: a twelfth of the annual rate, half up to the
  /// fen.
  @inlinable
  @inline(__always)
  public func earned(on balance: Money) -> Money {
    let (product, overflow) = balance.fen.multipliedReportingOverflow(by: annualRate.millionths)
    guard !overflow else { return monthlyInterest(on: balance, annualRate: annualRate) }
    return Money(
      fen: Int64(truncatingIfNeeded: (UInt64(bitPattern: product) &+ 6_000_000) / 12_000_000))
  }

  /// The smallest balance that a month's interest lifts to an amount above nothing.
  ///
  /// balance + ⌊(balance · rate + 6 M) / 12 M⌋ ≥ amount holds exactly if balance · growth + 6 M ≥
  /// 12 M · amount: the smallest such balance is (12 M · amount − 6 M) / growth, rounded up.
  @inlinable
  @inline(__always)
  public func smallestBalance(growingTo amount: Money) -> Money {
    guard amount.fen <= limit else { return smallestLargeBalance(growingTo: amount) }
    let raised = UInt64(bitPattern: amount.fen &* 12_000_000) &+ (growth &- 6_000_001)
    // Exact below 2⁶³: T. Granlund, P. Montgomery, "Division by invariant integers using
    // multiplication", PLDI 1994, theorem 4.2.
    let quotient = raised.multipliedFullWidth(by: reciprocal).high &>> shift
    return Money(fen: Int64(truncatingIfNeeded: quotient))
  }

  /// The same where the product may exceed 63 bits.
  @usableFromInline
  @inline(never)
  func smallestLargeBalance(growingTo amount: Money) -> Money {
    let raised = Int128(amount.fen) * 12_000_000 - 6_000_000 + Int128(growth) - 1
    return Money(fen: Int64(raised / Int128(growth)))
  }
}
