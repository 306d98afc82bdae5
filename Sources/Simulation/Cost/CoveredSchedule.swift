import CompensationKernel
import FundCore

/// The covered principal that stands behind a fund whose cost is reckoned, before the first trial.
///
/// A class, because the threads of a run share it; nothing changes after it has been made.
final class CoveredSchedule: Sendable {
  let costs: CostTerms
  /// The payers beside the fund: each has a lane behind the fund's own.
  let payers: [Party]
  let loans: CoveredLoans
  /// What stands if no loan defaults, by lane.
  let whole: [CoveredAmount]
  /// What is lent in the run of it, in fen.
  let lent: Int64
  /// The loans whose cover can be lost by a suspension, by bank.
  let losable: [[Int32]]
  /// The loans whose covered principal hangs on the path (I-40); they are no part of `whole`.
  let unsettled: [Int32]
  /// All fees of the run, times discount factors.
  let fees: Int128

  /// `nil` where the fund's cost is not reckoned.
  init?(_ plan: FundPlan, in simulation: SimulationPlan) {
    guard let costs = plan.costs else { return nil }
    self.costs = costs
    payers = plan.parties.filter { $0.role == .payer }
    let loans = CoveredLoans(plan, costs, payers: payers, in: simulation)
    self.loans = loans
    var whole = Array(repeating: CoveredAmount(), count: payers.count + 1)
    var (lent, unsettled): (Int64, [Int32]) = (0, [])
    let canLose = plan.thresholds.contains { $0.effect != .warning }
    var losable: [[Int32]] = Array(
      repeating: [], count: canLose ? simulation.portfolio.banks.count : 0)
    for (index, loan) in loans.planned.enumerated() where loans.lanes[index] != 0 {
      if plan.cover.headroom?.concerns(index) ?? false {
        unsettled.append(Int32(index))
        continue
      }
      guard loans.covered(index) > 0 else { continue }
      let standing = loans.standing(index, from: 0)
      for lane in whole.indices where loans.lanes[index] >> lane & 1 != 0 {
        whole[lane] += standing
      }
      lent += loans.lent(index, covered: loans.covered(index))
      if canLose, loan.start >= 0 { losable[Int(loan.bank)].append(Int32(index)) }
    }
    for item in plan.carried?.cases ?? [] {
      let (index, covered) = (Int(item.loan), plan.cover.principal[Int(item.loan)])
      guard item.standsUntilClaim, covered > 0 else { continue }
      let standing = loans.overdue(
        index, from: item.overdueMonth, until: item.claimMonth, covered: covered)
      let lanes = plan.lanes(ofLoan: index, loans.planned[index], payers: payers)
      for lane in whole.indices where lanes >> lane & 1 != 0 { whole[lane] += standing }
    }
    (self.whole, self.lent, self.unsettled, self.losable) = (whole, lent, unsettled, losable)
    fees = zip(plan.cash.fees, loans.factors.factors).reduce(Int128(0)) {
      $0 + Int128($1.0.fen) * Int128($1.1)
    }
  }
}

extension CarriedCase {
  /// Whether it stands as overdue until its claim.
  fileprivate var standsUntilClaim: Bool {
    switch stage {
    case .overdue(let isInForce), .realising(let isInForce): isInForce
    case .uncovered, .settled: false
    }
  }
}
