public import FundCore

/// Who has put money into a fund, and how much: the initial amount and new money, without what filling up gives,
/// which all give in proportion.
public struct Contributor: Hashable, Sendable {
  /// Its name, or what it is.
  public let name: LocalizedText
  /// What it has put in.
  public var putIn: Money
  /// The side whose account it is, where a fund has two: the one that refunds, or the one that pays; `nil` where
  /// all have put into one.
  public let isRefunding: Bool?

  /// Creates a contributor.
  public init(_ name: LocalizedText, putIn: Money, isRefunding: Bool? = nil) {
    self.name = name
    self.putIn = putIn
    self.isRefunding = isRefunding
  }
}

/// An amount that goes back to contributors in proportion to what each has put in: each its part, rounded down to
/// the fen; the last takes the remainder.
///
/// Source: Baotou, trial measures, Art. 21 (存量余额按比例返还出资人).
///
/// - Precondition: At least one contributor; what they have put in is above nothing.
public func divided(_ amount: Money, among contributors: [Contributor]) -> [Money] {
  let whole = contributors.reduce(Int128.zero) { $0 + Int128($1.putIn.fen) }
  precondition(whole > 0, "nothing was put in")
  var parts = contributors.map {
    // Rounded down also below zero, which no balance is.
    Money(fen: Int64(Int128(amount.fen) * Int128($0.putIn.fen) / whole))
  }
  parts[parts.count - 1] += amount - parts.reduce(.zero, +)
  return parts
}
