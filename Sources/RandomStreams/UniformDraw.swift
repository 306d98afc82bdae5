/// Uniform numbers, each from one word.
public enum UniformDraw {
  /// A number above 0 and below 1, from the upper 52 bits of a word.
  ///
  /// The values are the odd multiples of 2⁻⁵³, so that 1 − u is exact and has the same law, and
  /// ½ is never hit.
  @inlinable
  public static func unit(from word: UInt64) -> Double {
    // Bits of a number in [1, 2), which needs no conversion; the subtraction is exact.
    Double(bitPattern: word &>> 12 | 0x3FF0_0000_0000_0000) - (1 - 0x1p-53)
  }

  /// A whole number of a closed range, from one word.
  ///
  /// No value's probability is off by more than one part in 2⁶⁴ / `range.count`: for ranges of
  /// fewer than 2³² numbers, less than 2⁻³² of itself.
  @inlinable
  public static func integer(in range: ClosedRange<Int>, from word: UInt64) -> Int {
    let count = UInt64(bitPattern: Int64(range.upperBound &- range.lowerBound)) &+ 1
    return range.lowerBound &+ Int(truncatingIfNeeded: word.multipliedFullWidth(by: count).high)
  }

  /// A whole number of a closed range of fewer than 2³¹ numbers, from the lower 32 bits of a word.
  ///
  /// No value's probability is off by more than `range.count` / 2³² of itself: for the 13 months
  /// 12 … 24, less than 2⁻²⁸. The upper half of the word is left for another draw.
  @inlinable
  public static func integer(in range: ClosedRange<Int>, fromLowerHalf word: UInt64) -> Int {
    let count = UInt64(truncatingIfNeeded: range.upperBound &- range.lowerBound &+ 1)
    return range.lowerBound &+ Int(truncatingIfNeeded: ((word & 0xFFFF_FFFF) &* count) &>> 32)
  }
}
