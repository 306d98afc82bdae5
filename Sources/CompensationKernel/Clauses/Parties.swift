public import FundCore

/// Who stands at which place of a division.
public struct Parties: Hashable, Sendable {
  /// The most payers beside the fund, a pool's partner and the bank that a programme can name.
  public static let mostPayers = 3

  /// The payers at `first`, `second` and `third`.
  private let payers: [Party]

  /// The parties that every programme may name.
  public static let shared = Parties(paying: [])

  /// Gives each payer a place: those of the shared list their own, unless there are others, too.
  ///
  /// - Parameter payers: Who pays under the models of a programme, at most `mostPayers` beside fund,
  ///   partner and bank.
  public init(paying payers: some Sequence<Party>) {
    let shared = Party.shared.filter { $0.role == .payer }
    let named = Party.ordered(payers).filter { $0.role == .payer }
    self.payers =
      named.allSatisfy(shared.contains) ? shared : Array(named.prefix(Self.mostPayers))
  }

  /// All of them, in the order of results, the bank last.
  public var all: [Party] { Party.ordered([.fund, .partner, .bank] + payers) }

  /// Those of results for programs: all, and the shared ones that have no place here.
  public var listed: [Party] { Party.ordered(Party.shared + payers) }

  /// The place of a party; `nil` if it has none, and so bears nothing.
  public func place(of party: Party) -> PartyPlace? {
    switch party.role {
    case .fund: .fund
    case .partner: .partner
    case .bank: .bank
    case .payer:
      payers.firstIndex(of: party).map { [PartyPlace.first, .second, .third][$0] }
    }
  }

  /// The places of some parties.
  public func places(of parties: Set<Party>) -> Set<PartyPlace> {
    Set(parties.compactMap { place(of: $0) })
  }

  /// The party at a place; `nil` where nobody stands.
  public func party(at place: PartyPlace) -> Party? {
    switch place {
    case .fund: .fund
    case .partner: .partner
    case .bank: .bank
    case .first: payers.first
    case .second: payers.dropFirst().first
    case .third: payers.dropFirst(2).first
    }
  }

  /// What a party has in a division; nothing if it has no place.
  public func amount(of party: Party, in parts: PartyAmounts) -> Money {
    place(of: party).map { parts[$0] } ?? .zero
  }
}
