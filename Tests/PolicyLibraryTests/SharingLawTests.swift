import CompensationKernel
import FundCore
import PolicyLibrary
import Testing

@testable import Verification

/// Laws that the shares of every model of every built-in programme obey.
@Suite struct `The shares of a model` {
  /// Losses from a fen to ten million yuan: around each power of ten, and around the losses at
  /// which a cap begins to cut.
  private static let losses: [Money] = {
    let powers = (0...9).map { (0..<$0).reduce(Int64(1)) { product, _ in product * 10 } }
    let caps = [500_000_000, 750_000_000] as [Int64]
    let fen = (powers + caps).flatMap { [$0 - 1, $0, $0 + 1, $0 + 3, $0 * 7 / 3] }
    return Set(fen).filter { $0 >= 0 }.sorted().map { Money(fen: $0) }
  }()

  @Test(arguments: PolicyDocument.builtInIDs)
  func `sum to the whole loss, to the fen`(id: String) throws {
    try forEachModel(of: id) { facts, terms in
      for loss in Self.losses {
        let claim = try facts(loss).settled(under: terms).settlement
        #expect(claim.parts.total == loss)
        #expect(claim.paid == claim.parts[.fund] + claim.parts[.partner])
        for party in PartyPlace.allCases {
          #expect(claim.parts[party] >= .zero, "\(party) of \(loss)")
        }
      }
    }
  }

  @Test(arguments: PolicyDocument.builtInIDs)
  func `never give the fund less of a larger loss`(id: String) throws {
    try forEachModel(of: id) { facts, terms in
      var before = Money.zero
      for loss in Self.losses {
        let claim = try facts(loss).settled(under: terms).settlement
        #expect(claim.owed >= before, "\(loss)")
        before = claim.owed
      }
    }
  }

  @Test(arguments: PolicyDocument.builtInIDs)
  func `leave to the bank what an empty fund does not pay`(id: String) throws {
    try forEachModel(of: id, balance: .single(.zero)) { facts, terms in
      for loss in Self.losses {
        let claim = try facts(loss).settled(under: terms).settlement
        #expect(claim.parts[.fund] + claim.parts[.partner] == .zero)
        #expect(claim.unpaid == claim.owed)
        #expect(claim.parts.total == loss)
      }
    }
  }

  @Test(arguments: PolicyDocument.builtInIDs)
  func `divide a recovery without remainder`(id: String) throws {
    try forEachModel(of: id) { facts, terms in
      for loss in Self.losses {
        let recoveries = [loss, Money(fen: loss.fen / 3), Money(fen: loss.fen * 2)]
        for (recovered, costs) in recoveries.flatMap({
          [($0, .zero), ($0, Money(fen: $0.fen / 7))]
        }) {
          let worked = WorkedRecovery(
            facts: facts(loss), recovered: recovered, costs: costs, parts: PartyAmounts())
          let division = try worked.division(under: terms)
          #expect(division.parts.total == recovered - costs)
          #expect(division.toPayingAccount <= division.toFund)
        }
      }
    }
  }

  @Test(arguments: PolicyDocument.builtInIDs)
  func `are allowed by the articles as the file gives them`(id: String) throws {
    let terms = try builtIn(id).terms
    for (model, clauses) in terms.models {
      #expect(throws: Never.self, "\(model)") {
        try clauses.sharing(agreed: [:], rounding: terms.rounding.value).get()
      }
      #expect(clauses.payers.flatMap(\.caps).allSatisfy { $0.perClaim.value > .zero })
      for payer in clauses.payers { #expect(payer.share.value.allows(payer.share.value.value)) }
    }
  }

  private func forEachModel(
    of id: String, balance: ClaimFacts.Balance = .enough,
    _ body: ((Money) -> ClaimFacts, CompensationTerms) throws -> Void
  ) throws {
    let terms = try builtIn(id).terms
    for model in terms.models.keys {
      for year in [1, 2] {
        try body(
          {
            ClaimFacts(
              model: model, principal: $0, interest: .zero, ipPart: .one, balance: balance,
              agreed: [:], yearOfOperation: year)
          }, terms)
      }
    }
  }
}
