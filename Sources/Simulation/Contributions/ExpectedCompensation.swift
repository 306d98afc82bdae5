import CompensationKernel
import FundCore
import RandomStreams

/// What each loan costs a fund on average, in closed form: where every loan is assessed once, claims hang on
/// nothing but the default, and the fund cannot run dry whatever happens.
struct ExpectedCompensation {
  /// In fen, shape `[loans]`.
  let ofLoan: [Double]

  /// - Returns: `nil` where it is not known without trials.
  init?(of fund: FundPlan, in plan: SimulationPlan) {
    let setup = FundSetup(plan: fund, simulation: plan)
    let hot = HotFund(setup: setup, simulation: plan)
    guard plan.defaults.timing == .maturity, plan.defaults.factors.known == nil,
      plan.parameterDraws?.clusterCount == nil, hot.canSettleByTotals, !hot.couplesClaims,
      !setup.canLoseCover,
      !hot.earlierDefaultRemovesCover, !hot.hasHeadroom
    else { return nil }
    let claims = LoanClaims(setup: setup, simulation: plan)
    var most = fund.cash.fees.reduce(Int64(0)) { $0 + $1.fen }
    var means = [Double](repeating: 0, count: plan.portfolio.loans.count)
    for (index, loan) in plan.portfolio.loans.enumerated() {
      let month = Int(loan.start) + Int(loan.term)
      let probability = plan.defaults.maturityProbability(of: index, loan)
      guard fund.cover.principal[index] > 0, probability > 0, month >= 0,
        month + hot.delay < plan.horizon,
        month >= hot.firstDefaultMonth, month <= hot.lastDefaultMonth
      else { continue }
      guard claims.table[index].isFixed else { return nil }
      let owed = claims.table[index].settled.owed.fen
      most += owed
      means[index] = probability * Double(owed)
    }
    guard most <= fund.cash.opening.fen else { return nil }
    ofLoan = means
  }
}

extension DefaultModel {
  /// The probability that a loan fails its one assessment; 0 where that lies outside the run.
  fileprivate func maturityProbability(of index: Int, _ loan: PlannedLoan) -> Double {
    let (month, months) = (Int(loan.start) + Int(loan.term), Int(loan.term))
    guard course.stress.indices.contains(month), risks[index].annualProbability > 0 else {
      return 0
    }
    let probability = termProbability(
      annual: course.probability(risks[index].annualProbability, in: month, age: months),
      months: months)
    guard case .gamma(let variance) = factors.dependence else { return probability }
    return expectedCut(probability, variance: variance)
  }
}
