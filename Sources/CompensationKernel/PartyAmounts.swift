public import FundCore

/// One amount for each party, flat.
@frozen
public struct PartyAmounts: Sendable {
  @usableFromInline var fen: InlineArray<6, Int64>

  /// Nothing for anybody.
  @inlinable
  public init() { fen = InlineArray(repeating: 0) }

  /// The amount of one party.
  @inlinable
  public subscript(party: Party) -> Money {
    get { Money(fen: fen[party.rawValue]) }
    set { fen[party.rawValue] = newValue.fen }
  }

  /// Adds every party's amount of another division.
  @inlinable
  public static func += (left: inout PartyAmounts, right: PartyAmounts) {
    for index in 0..<6 { left.fen[index] &+= right.fen[index] }
  }

  /// Takes off every party's amount of another division.
  @inlinable
  public static func -= (left: inout PartyAmounts, right: PartyAmounts) {
    for index in 0..<6 { left.fen[index] &-= right.fen[index] }
  }

  /// All parties together.
  @inlinable
  public var total: Money {
    var sum: Int64 = 0
    for index in 0..<6 { sum += fen[index] }
    return Money(fen: sum)
  }
}

extension PartyAmounts: Equatable {
  public static func == (left: PartyAmounts, right: PartyAmounts) -> Bool {
    (0..<6).allSatisfy { left.fen[$0] == right.fen[$0] }
  }
}

extension PartyAmounts: CustomStringConvertible {
  /// The parties that have an amount, in order.
  public var description: String {
    Party.allCases.filter { self[$0] != .zero }.map { "\($0.name) \(self[$0])" }
      .joined(separator: ", ")
  }
}
