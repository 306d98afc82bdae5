import CompensationKernel
import FundCore

/// Reckons the cost figures of trials from what they left behind, in the order of a fund's cost columns.
struct CostFigures {
  private let schedule: CoveredSchedule
  private let places: [PartyPlace]
  private let parties: [Party]
  private let hasPremiums: Bool
  /// The figures of the last trial.
  private let figures: UnsafeMutableBufferPointer<Int64>

  init(_ schedule: CoveredSchedule, _ setup: FundSetup, in memory: WorkingMemory) {
    self.schedule = schedule
    (places, parties) = (setup.places, setup.parties)
    hasPremiums = !schedule.costs.premiums.isEmpty
    figures = memory.table(
      0, count: OutcomeColumn.costs(schedule.costs, parties: setup.parties).count)
  }

  /// The figures of a trial.
  ///
  /// - Parameters:
  ///   - outcome: What the trial left behind, complete.
  ///   - cost: What its cost is reckoned from.
  func of(
    _ outcome: UnsafePointer<TrialOutcome>, _ cost: TrialCost
  ) -> UnsafeMutableBufferPointer<Int64> {
    var premiums = PremiumSums(partyCount: parties.count)
    for premium in schedule.costs.premiums { add(premium, cost, to: &premiums) }
    let outlays = DiscountFactors.present(cost.flows.pointee + cost.fees.pointee)
    figures[0] = outlays + premiums.fundPresent
    figures[1] = cost.lent.pointee
    figures[2] = principalYears(cost.standing[0].months)
    figures[3] = principalYears(Int128(DiscountFactors.present(cost.standing[0].present)))
    var next = 4
    for lane in 1..<cost.standing.count {
      figures[next] = principalYears(cost.standing[lane].months)
      next += 1
    }
    for (index, party) in parties.enumerated() {
      var net = outcome.pointee.losses[places[index]].fen - premiums.taken[index]
      switch party.role {
      case .fund: net += outcome.pointee.fees + premiums.ofFund
      case .bank: net += outcome.pointee.outsideCover + premiums.ofBanks
      case .partner, .payer: break
      }
      figures[next] = net
      next += 1
    }
    if hasPremiums { figures[next] = premiums.ofBorrowers }
    return figures
  }

  /// What premiums come to in a trial.
  private struct PremiumSums {
    /// By party.
    var taken: [Int64]
    var (ofFund, ofBanks, ofBorrowers): (Int64, Int64, Int64) = (0, 0, 0)
    /// What the fund pays less what it takes, discounted.
    var fundPresent: Int64 = 0

    init(partyCount: Int) { taken = Array(repeating: 0, count: partyCount) }
  }

  private func add(
    _ premium: CostTerms.Premium, _ cost: TrialCost, to sums: inout PremiumSums
  ) {
    guard let lane = lane(of: premium.party), let place = parties.firstIndex(of: premium.party)
    else { return }
    let standing = cost.standing[lane]
    let nominal = premium.parts(on: standing.months)
    let fraction = Self.premiumFraction
    let present = premium.parts(
      on: standing.present >> Int128(DiscountFactors.fraction - fraction), fraction: fraction)
    sums.taken[place] += nominal.whole
    sums.ofFund += nominal.ofFund
    switch premium.paidBy {
    case .borrower: sums.ofBorrowers += nominal.ofPayer
    case .bank: sums.ofBanks += nominal.ofPayer
    case .fund: break
    }
    sums.fundPresent += present.ofFund - (lane == 0 ? present.whole : 0)
  }

  /// Binary digits behind the point with which a discounted premium is reckoned.
  private static var premiumFraction: Int { 40 }

  private func lane(of party: Party) -> Int? {
    party.role == .fund ? 0 : schedule.payers.firstIndex(of: party).map { $0 + 1 }
  }
}
