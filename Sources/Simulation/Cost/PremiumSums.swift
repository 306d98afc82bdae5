import CompensationKernel
import FundCore

/// What premiums come to, for each of those between whom they change hands.
struct PremiumSums {
  /// By party, in the order of the parties.
  private(set) var taken: [Int64]
  private(set) var ofFund: Int64 = 0
  private(set) var ofBanks: Int64 = 0
  private(set) var ofBorrowers: Int64 = 0
  /// What the fund pays less what it takes, discounted.
  private(set) var fundPresent: Int64 = 0

  init(partyCount: Int) { taken = Array(repeating: 0, count: partyCount) }

  /// Adds a premium on covered principal that stands.
  ///
  /// - Parameter place: That of the taker among the parties.
  mutating func add(_ premium: CostTerms.Premium, on standing: CoveredAmount, place: Int) {
    let nominal = premium.parts(on: standing.months)
    let fraction = Self.fraction
    let present = premium.parts(
      on: standing.present >> Int128(DiscountFactors.fraction - fraction), fraction: fraction)
    taken[place] += nominal.whole
    ofFund += nominal.ofFund
    switch premium.paidBy {
    case .borrower: ofBorrowers += nominal.ofPayer
    case .bank: ofBanks += nominal.ofPayer
    case .fund: break
    }
    fundPresent += present.ofFund - (premium.party.role == .fund ? present.whole : 0)
  }

  /// What a party is left with, given its loss after recoveries, and the fund's fees.
  func netCost(_ party: Party, place: Int, loss: Int64, fees: Int64) -> Int64 {
    let net = loss - taken[place]
    switch party.role {
    case .fund: return net + fees + ofFund
    case .bank: return net + ofBanks
    case .partner, .payer: return net
    }
  }

  /// Binary digits behind the point with which a discounted premium is reckoned.
  private static var fraction: Int { 40 }
}
