public import FundCore

/// One amount for each party, by its place.
///
/// Six fields and no inline array: they stay in registers, where an array indexed by a place goes
/// through memory. Measured, that was a third of a claim's time.
@frozen
public struct PartyAmounts: Hashable, Sendable {
  // Fund and bank, whom everybody asks for, lie together.
  @usableFromInline var fund: Int64
  @usableFromInline var bank: Int64
  @usableFromInline var first: Int64
  @usableFromInline var partner: Int64
  @usableFromInline var second: Int64
  @usableFromInline var third: Int64

  /// Nothing for anybody.
  @inlinable
  public init() {
    first = 0
    fund = 0
    partner = 0
    second = 0
    third = 0
    bank = 0
  }

  /// The amount at one place.
  @inlinable
  public subscript(place: PartyPlace) -> Money {
    @inline(__always)
    get {
      switch place {
      case .first: Money(fen: first)
      case .fund: Money(fen: fund)
      case .partner: Money(fen: partner)
      case .second: Money(fen: second)
      case .third: Money(fen: third)
      case .bank: Money(fen: bank)
      }
    }
    @inline(__always)
    set {
      switch place {
      case .first: first = newValue.fen
      case .fund: fund = newValue.fen
      case .partner: partner = newValue.fen
      case .second: second = newValue.fen
      case .third: third = newValue.fen
      case .bank: bank = newValue.fen
      }
    }
  }

  /// Adds every party's amount of another division.
  @inlinable
  @inline(__always)
  public static func += (left: inout PartyAmounts, right: PartyAmounts) {
    left.first &+= right.first
    left.fund &+= right.fund
    left.partner &+= right.partner
    left.second &+= right.second
    left.third &+= right.third
    left.bank &+= right.bank
  }

  /// Takes off every party's amount of another division.
  @inlinable
  @inline(__always)
  public static func -= (left: inout PartyAmounts, right: PartyAmounts) {
    left.first &-= right.first
    left.fund &-= right.fund
    left.partner &-= right.partner
    left.second &-= right.second
    left.third &-= right.third
    left.bank &-= right.bank
  }

  /// All parties together.
  @inlinable
  public var total: Money {
    @inline(__always)
    get { Money(fen: first &+ fund &+ partner &+ second &+ third &+ bank) }
  }
}

extension PartyAmounts: CustomStringConvertible {
  /// The places that have an amount, in order.
  public var description: String {
    PartyPlace.allCases.filter { self[$0] != .zero }.map { "\($0) \(self[$0])" }
      .joined(separator: ", ")
  }
}
