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
  /// 2⁶⁴ / `growth`, rounded down.
  @usableFromInline let reciprocal: UInt64

  /// Creates the interest of an annual rate, which is not negative.
  public init(annualRate: Ratio) {
    self.annualRate = annualRate
    growth = 12_000_000 + UInt64(annualRate.millionths)
    reciprocal = .max / growth
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
    let (product, overflow) = amount.fen.multipliedReportingOverflow(by: 12_000_000)
    guard !overflow else { return smallestLargeBalance(growingTo: amount) }
    let raised = UInt64(bitPattern: product) &- 6_000_000 &+ growth &- 1
    // Below 2⁶⁴ the rounded reciprocal makes the quotient one too small at most.
    let quotient = raised.multipliedFullWidth(by: reciprocal).high
    let rest = raised &- quotient &* growth
    return Money(fen: Int64(truncatingIfNeeded: quotient &+ (rest >= growth ? 1 : 0)))
  }

  /// The same where the product exceeds 64 bits.
  @usableFromInline
  @inline(never)
  func smallestLargeBalance(growingTo amount: Money) -> Money {
    let raised = Int128(amount.fen) * 12_000_000 - 6_000_000 + Int128(growth) - 1
    return Money(fen: Int64(raised / Int128(growth)))
  }
}
