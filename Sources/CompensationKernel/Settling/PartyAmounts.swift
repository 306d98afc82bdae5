public import FundCore

/// One amount for each party.
///
/// Six fields and no inline array: they stay in registers, where an array indexed by a party goes
/// through memory. Measured, that was a third of a claim's time.
@frozen
public struct PartyAmounts: Hashable, Sendable {
  // Fund and bank, whom everybody asks for, lie together.
  @usableFromInline var fund: Int64
  @usableFromInline var bank: Int64
  @usableFromInline var province: Int64
  @usableFromInline var partner: Int64
  @usableFromInline var guarantor: Int64
  @usableFromInline var insurer: Int64

  /// Nothing for anybody.
  @inlinable
  public init() {
    province = 0
    fund = 0
    partner = 0
    guarantor = 0
    insurer = 0
    bank = 0
  }

  /// The amount of one party.
  @inlinable
  public subscript(party: Party) -> Money {
    @inline(__always)
    get {
      switch party {
      case .province: Money(fen: province)
      case .fund: Money(fen: fund)
      case .partner: Money(fen: partner)
      case .guarantor: Money(fen: guarantor)
      case .insurer: Money(fen: insurer)
      case .bank: Money(fen: bank)
      }
    }
    @inline(__always)
    set {
      switch party {
      case .province: province = newValue.fen
      case .fund: fund = newValue.fen
      case .partner: partner = newValue.fen
      case .guarantor: guarantor = newValue.fen
      case .insurer: insurer = newValue.fen
      case .bank: bank = newValue.fen
      }
    }
  }

  /// Adds every party's amount of another division.
  @inlinable
  @inline(__always)
  public static func += (left: inout PartyAmounts, right: PartyAmounts) {
    left.province &+= right.province
    left.fund &+= right.fund
    left.partner &+= right.partner
    left.guarantor &+= right.guarantor
    left.insurer &+= right.insurer
    left.bank &+= right.bank
  }

  /// Takes off every party's amount of another division.
  @inlinable
  @inline(__always)
  public static func -= (left: inout PartyAmounts, right: PartyAmounts) {
    left.province &-= right.province
    left.fund &-= right.fund
    left.partner &-= right.partner
    left.guarantor &-= right.guarantor
    left.insurer &-= right.insurer
    left.bank &-= right.bank
  }

  /// All parties together.
  @inlinable
  public var total: Money {
    @inline(__always)
    get { Money(fen: province &+ fund &+ partner &+ guarantor &+ insurer &+ bank) }
  }
}

extension PartyAmounts: CustomStringConvertible {
  /// The parties that have an amount, in order.
  public var description: String {
    Party.allCases.filter { self[$0] != .zero }.map { "\($0.name) \(self[$0])" }
      .joined(separator: ", ")
  }
}
