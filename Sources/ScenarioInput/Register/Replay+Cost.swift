public import ClaimRules
import CompensationKernel
import FundCore
public import Simulation

extension Replay {
  /// What the fund cost, and whom, by its months; `nil` where its terms do not ask for that. Of a trial that was written down as
  /// a register it is what the run says of that trial.
  public var cost: CourseCost? {
    guard let terms = agreement.costs else { return nil }
    let payers = agreement.bearing.filter { $0.role == .payer }
    let pairs = payers.map { payer in
      (payer, course(counting: { standsBehind(payer, $0, $1) }).outstanding)
    }
    return CourseCost(
      course, terms,
      losses: agreement.bearing.map { party in
        let outside = party.role == .bank ? totals.outsideCover : .zero
        return CourseCost.Loss(
          party, agreement.parties.amount(of: party, in: totals.losses) + outside)
      }, standing: Dictionary(uniqueKeysWithValues: pairs))
  }

  /// Whether a payer bears a share of a loss on a loan that the fund covers.
  private func standsBehind(
    _ payer: Party, _ loan: RegisterLoan, _ outcome: ClaimRules.LoanOutcome
  ) -> Bool {
    guard let cover = outcome.cover, cover.isCoveredByFund, !cover.idlePayers.contains(payer),
      let sharing = agreement.sharing[agreement.model(of: loan.model)]
    else { return false }
    let place = agreement.parties.place(of: payer)
    return sharing.payers.contains { $0.party == place && $0.share > .zero }
  }
}

extension FundAgreement {
  /// The parties that can bear a part of a loss, the bank last.
  fileprivate var bearing: [Party] {
    var present: Set<PartyPlace> = [.fund, .bank]
    for payer in sharing.values.flatMap(\.payers) { present.insert(payer.party) }
    if case .socialFirst = accounts { present.insert(.partner) }
    return parties.all.filter { parties.place(of: $0).map(present.contains) ?? false }
  }
}
