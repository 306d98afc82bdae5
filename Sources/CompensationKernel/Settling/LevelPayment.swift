public import FundCore

/// The payment of an annuity (等额本息), the same every month: first the interest of the month, a
/// twelfth of the annual rate on what is outstanding, half up to the fen, then principal. The last
/// payment takes what is left, whatever it comes to.
@frozen
public struct LevelPayment: Hashable, Sendable {
  /// The annual rate, above zero.
  public let annualRate: Ratio
  /// The payment, half up to the fen.
  public let amount: Money

  /// Creates the payments from their parts.
  @inlinable
  public init(annualRate: Ratio, amount: Money) {
    self.annualRate = annualRate
    self.amount = amount
  }

  /// The payment that repays an amount: A = P / (v + v² + … + vⁿ) with v = 1 / (1 + rate / 12).
  ///
  /// The sum is worked out as a binary fraction of 80 places, so that A is known to a millionth of
  /// a fen.
  ///
  /// - Parameters:
  ///   - principal: What is repaid, at most `Money.largestInput`.
  ///   - count: The number of payments, 1 … 1,200.
  ///   - annualRate: The annual rate.
  /// - Returns: `nil` without interest: the principal is then paid in equal parts.
  public init?(repaying principal: Money, over count: Int, annualRate: Ratio) {
    guard annualRate > .zero else { return nil }
    precondition(principal <= .largestInput && principal >= .zero, "an amount of an input")
    let one = UInt128(1) << 80
    let growth = 12_000_000 + UInt128(annualRate.millionths)
    var sum: UInt128 = 0
    for _ in 0..<count { sum = (one + sum) * 12_000_000 / growth }
    let payment = (UInt128(principal.fen) * one * 2 + sum) / (2 * sum)
    self.init(annualRate: annualRate, amount: Money(fen: Int64(payment)))
  }

  /// What is outstanding of a balance after so many payments.
  public func balance(of balance: Money, after count: Int) -> Money {
    var rest = balance
    for _ in 0..<count {
      let interest = rest.multiplied(
        by: annualRate.millionths, over: 12_000_000, rounding: .halfUp)
      rest = max(.zero, rest + interest - amount)
    }
    return rest
  }
}
