/// A proportion in millionths, exact: 30 % is 300 000 millionths.
@frozen
public struct Ratio: Hashable, Comparable, Sendable, Codable {
  /// The proportion times a million.
  public let millionths: Int64

  /// Creates a proportion of whole millionths.
  @inlinable
  public init(millionths: Int64) { self.millionths = millionths }

  /// Nothing.
  @inlinable
  public static var zero: Ratio { Ratio(millionths: 0) }

  /// The whole.
  @inlinable
  public static var one: Ratio { Ratio(millionths: 1_000_000) }

  /// A proportion of whole per cent.
  @inlinable
  public static func percent(_ percent: Int64) -> Ratio { Ratio(millionths: percent * 10_000) }

  /// The proportion as a number, for statistics only.
  @inlinable
  public var value: Double { Double(millionths) / 1_000_000 }

  /// Whether a proportion is smaller.
  @inlinable
  public static func < (left: Ratio, right: Ratio) -> Bool { left.millionths < right.millionths }

  /// Two proportions together.
  @inlinable
  public static func + (left: Ratio, right: Ratio) -> Ratio {
    Ratio(millionths: left.millionths + right.millionths)
  }

  /// A proportion less another.
  @inlinable
  public static func - (left: Ratio, right: Ratio) -> Ratio {
    Ratio(millionths: left.millionths - right.millionths)
  }

  /// Whether `part` ÷ `whole` reaches this proportion (达到, ≥), by exact cross-multiplication.
  ///
  /// A ratio without a denominator (nothing disbursed yet) is reached by any positive part.
  @inlinable
  public func isReached(by part: Money, of whole: Money) -> Bool {
    guard part.fen > 0 else { return false }
    let left = part.fen.multipliedFullWidth(by: 1_000_000)
    let right = whole.fen.multipliedFullWidth(by: millionths)
    return left.high != right.high ? left.high > right.high : left.low >= right.low
  }
}

extension Ratio: CustomStringConvertible {
  /// The proportion in per cent, exact.
  public var description: String {
    let magnitude = millionths.magnitude
    var decimals = String(magnitude % 10_000)
    decimals = String(repeating: "0", count: 4 - decimals.count) + decimals
    while decimals.hasSuffix("0") { decimals.removeLast() }
    let sign = millionths < 0 ? "-" : ""
    return "\(sign)\(magnitude / 10_000)\(decimals.isEmpty ? "" : "." + decimals)%"
  }
}
