import ClaimRules
import FundCore
import LossStatistics
public import ScenarioInput
public import Simulation

// What a fund does that holds the sizes found.
extension SizeStudy {
  /// Runs the fund with every size found, on the same draws, and keeps what it does: figures, and its years.
  ///
  /// - Parameters:
  ///   - scenario: The scenario, with the fund alone.
  ///   - figures: What is wanted beside the years.
  ///   - simulate: Runs one plan.
  ///   - repeats: Runs trials again for what totals do not tell.
  public mutating func tell(
    _ scenario: Scenario, _ figures: [StudyFigure], simulate: StudySimulator,
    repeats: any StudyRepeats
  ) throws {
    var detail = StudyDetail(of: figures)
    if plan.years.trials > 0 {
      detail.years = .some(figures.compactMap(\.ofYear))
    }
    var plan = plan
    plan.capitalMonths = []
    plan.funds = requirements.map { self.plan.funds[0].holding(Money(fen: $0.size.value)) }
    let result = try simulate(plan, 0)
    guard result.trialCount == plan.trialCount, let estimates = RiskEstimates(result) else {
      throw StudyStopped()
    }
    let years = try detail.years(
      of: plan, asked: plan.funds.map { _ in plan.years },
      controls: estimates.funds.map(\.controls), repeats)
    var divided: [DividedFund?] = plan.funds.map { _ in nil }
    if !detail.traits.isEmpty, plan.trialCount >= StudyDetail.fewestDivided {
      divided = try repeats.division(
        plan,
        by: scenario.loanGroupings(of: plan.portfolio).filter { detail.traits.contains($0.by) },
        from: result)
    }
    self.figures = figures
    rows = requirements.indices.map { place in
      var fund = fund
      if balance == nil { fund.initial = Money(fen: requirements[place].size.value) }
      var row = StudyRow(
        variant: place, position: 0, run: 0, name: fund.name, fund: fund,
        estimates: estimates.funds[place], result: result.funds[place],
        banks: plan.portfolio.banks)
      (row.years, row.divided) = (years[place], divided[place])
      return row
    }
  }
}
