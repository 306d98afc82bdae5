import ClaimRules
import CompensationKernel
import FundCore
import Simulation

// What the programme had come to by the day of a state.
extension CarriedBookBuilder {
  /// The sums since the opening, from which indicators count on.
  var soFar: CarriedBook.SoFar {
    var soFar = CarriedBook.SoFar()
    let totals = standing.totals
    soFar.paid = totals.compensation.fen
    soFar.returned = totals.returned.fen
    soFar.putIn = (totals.opening + totals.injected + totals.filledUp).fen
    soFar.covered = standing.covers.filter(\.decision.isCoveredByFund).reduce(0) {
      $0 + $1.decision.coveredPrincipal.fen
    }
    return soFar
  }
}
