/// An amount of Chinese yuan in whole fen (1 yuan = 100 fen).
///
/// Amounts are added and subtracted, never multiplied by each other. Input is limited to
/// `Money.largestInput`, so that no total of a portfolio comes near the range of `Int64`.
@frozen
public struct Money: Hashable, Comparable, Sendable, Codable {
  /// The amount in fen.
  public var fen: Int64

  /// Creates an amount of whole fen.
  @inlinable
  public init(fen: Int64) { self.fen = fen }

  /// Nothing.
  @inlinable
  public static var zero: Money { Money(fen: 0) }

  /// The largest amount that an input may state: a trillion yuan.
  public static let largestInput = Money(fen: 100_000_000_000_000)

  /// An amount of whole yuan.
  @inlinable
  public static func yuan(_ yuan: Int64) -> Money { Money(fen: yuan * 100) }

  /// The amount in yuan, for statistics and display only.
  @inlinable
  public var yuan: Double { Double(fen) / 100 }

  /// Whether an amount is smaller.
  @inlinable
  public static func < (left: Money, right: Money) -> Bool { left.fen < right.fen }

  /// Two amounts together.
  @inlinable
  public static func + (left: Money, right: Money) -> Money { Money(fen: left.fen + right.fen) }

  /// An amount less another.
  @inlinable
  public static func - (left: Money, right: Money) -> Money { Money(fen: left.fen - right.fen) }

  /// Adds an amount.
  @inlinable
  public static func += (left: inout Money, right: Money) { left.fen += right.fen }

  /// Takes off an amount.
  @inlinable
  public static func -= (left: inout Money, right: Money) { left.fen -= right.fen }
}

extension Money {
  /// This amount times `ratio`, in whole fen. The product is exact before it is rounded.
  ///
  /// - Parameters:
  ///   - ratio: The proportion to take.
  ///   - rule: Who gains the fraction of a fen. There is no default, because that is a question
  ///     of policy and not of arithmetic.
  /// - Precondition: The amount is not negative.
  @inlinable
  @inline(__always)
  public func multiplied(by ratio: Ratio, rounding rule: RoundingRule) -> Money {
    multiplied(by: ratio.millionths, over: 1_000_000, rounding: rule)
  }

  /// This amount times `numerator` / `denominator`, in whole fen, exact before it is rounded.
  ///
  /// - Precondition: Neither the amount nor the numerator is negative, the denominator is
  ///   positive, and the result lies within `Int64`.
  @inlinable
  @inline(__always)  // A constant denominator then compiles to a multiplication.
  public func multiplied(
    by numerator: Int64, over denominator: Int64, rounding rule: RoundingRule
  ) -> Money {
    precondition(fen >= 0 && numerator >= 0, "only a non-negative amount can be shared")
    precondition(denominator > 0, "a proportion has a positive denominator")
    let (product, overflow) = fen.multipliedReportingOverflow(by: numerator)
    guard !overflow else { return multipliedWide(by: numerator, over: denominator, rule) }
    let whole = product / denominator
    let rest = product &- whole &* denominator
    return Money(fen: whole &+ rule.increment(rest: rest, of: denominator))
  }

  /// The same where the product exceeds 64 bits.
  @usableFromInline
  @inline(never)
  func multipliedWide(
    by numerator: Int64, over denominator: Int64, _ rule: RoundingRule
  ) -> Money {
    let wide = Int128(fen) * Int128(numerator)
    let (whole, rest) = wide.quotientAndRemainder(dividingBy: Int128(denominator))
    return Money(fen: Int64(whole) + rule.increment(rest: Int64(rest), of: denominator))
  }
}

extension Money: CustomStringConvertible {
  /// The exact amount in yuan, with two decimals where it has fen.
  public var description: String {
    let magnitude = fen.magnitude
    let cents = magnitude % 100
    let sign = fen < 0 ? "-" : ""
    let decimals = cents == 0 ? "" : "." + (cents < 10 ? "0" : "") + "\(cents)"
    return "\(sign)\(magnitude / 100)\(decimals) yuan"
  }
}

extension Money {
  /// The amount, exact, as a reader of each language counts it: in yuan, and in Chinese in 万元 or
  /// 亿元 where that takes no more than a few decimals.
  public var words: LocalizedText {
    LocalizedText(english: description, chinese: chinese)
  }

  private var chinese: String {
    let sign = fen < 0 ? "-" : ""
    let amount = fen.magnitude
    // As far as 万元 go with four decimals, and 元 with two decimals of a 万.
    for (unit, decimals, name) in [(10_000_000_000 as UInt64, 4, "亿元"), (1_000_000, 2, "万元")] {
      let step = decimals == 4 ? unit / 10_000 : unit / 100
      guard amount >= unit, amount % step == 0 else { continue }
      let fraction = String(amount % unit / step)
      var digits = String(repeating: "0", count: decimals - fraction.count) + fraction
      while digits.hasSuffix("0") { digits.removeLast() }
      return "\(sign)\(amount / unit)\(digits.isEmpty ? "" : "." + digits)\(name)"
    }
    return description.replacing(" yuan", with: "元")
  }
}
