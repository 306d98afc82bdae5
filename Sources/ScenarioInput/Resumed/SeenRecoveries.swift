import Calibration
import ClaimRules
import CompensationKernel
import FundCore
import RandomStreams
import Simulation

/// What came back of the losses of a state, where recoveries are loaded on the factor: then it tells of the
/// factors of the claims' periods, and what is still to come hangs on them.
struct SeenRecoveries {
  /// A claim with what came back of it.
  private struct Item {
    /// The month of the claim, from the opening on.
    let month: Int
    let sector: Int
    /// The part of the loss that came back so far.
    let part: Double
    let isOpen: Bool
  }

  /// The part of a recovery's score that the factor explains.
  let loading: Double
  private var items: [Item] = []

  init(_ resumed: ResumedRun, loading: Double) {
    self.loading = loading
    guard loading > 0 else { return }
    var known: Set<Int> = []
    for position in resumed.state.funds.indices {
      let fund = resumed.state.funds[position]
      for claim in fund.claims where known.insert(claim.loan).inserted {
        guard let loss = resumed.state.loans[claim.loan].loan.loss else { continue }
        let whole = loss.recoveries.reduce(Money.zero) {
          $0 + $1.split(base: claim.total, of: claim.total).covered.recovered
        }
        // A claim on what was left after recoveries came is for a loss without them.
        let isLeft = loss.recoveries.contains { $0.receivedOn < claim.on }
        let total = Double(claim.total.fen) + (isLeft ? Double(whole.fen) : 0)
        let part = total > 0 ? Double(whole.fen) / total : 0
        items.append(
          Item(
            month: max(0, claim.on.month.months(since: resumed.opening)),
            sector: Int(resumed.risks[claim.loan].sector), part: part,
            isOpen: part == 0 || loss.writtenOffOn == nil && part < 1))
      }
    }
  }

  /// Whether any claim was made.
  var matter: Bool { !items.isEmpty }

  /// The month of the first claim.
  var firstMonth: Int? { items.map(\.month).min() }

  /// The recoveries that say something: of a claim on which nothing came so far, nothing is known.
  ///
  /// - Parameter law: That of the part that is recovered.
  func all(_ law: RecoveryAssumptions, periodMonths: Int) -> [SeenRecovery] {
    guard law.standardDeviation > 0 else { return [] }
    let sum =
      law.mean * (1 - law.mean) / (law.standardDeviation * law.standardDeviation) - 1
    return items.filter { $0.part > 0 }.map { item in
      let probability = regularizedIncompleteBeta(
        min(item.part, 1), a: law.mean * sum, b: (1 - law.mean) * sum)
      return SeenRecovery(
        period: item.month / periodMonths, sector: item.sector,
        score: normalQuantile(min(max(probability, 1e-9), 1 - 1e-9)), isOpen: item.isOpen)
    }
  }
}
