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
    for premium in schedule.costs.premiums {
      guard let lane = lane(of: premium.party), let place = parties.firstIndex(of: premium.party)
      else { continue }
      premiums.add(premium, on: cost.standing[lane], place: place)
    }
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
    for (place, party) in parties.enumerated() {
      let outside = party.role == .bank ? outcome.pointee.outsideCover : 0
      figures[next] = premiums.netCost(
        party, place: place, loss: outcome.pointee.losses[places[place]].fen + outside,
        fees: outcome.pointee.fees)
      next += 1
    }
    if hasPremiums { figures[next] = premiums.ofBorrowers }
    return figures
  }

  private func lane(of party: Party) -> Int? {
    party.role == .fund ? 0 : schedule.payers.firstIndex(of: party).map { $0 + 1 }
  }
}
