import ClaimRules
import CompensationKernel
import DocumentReading
import FundCore
import Simulation

// The run that goes on from a state.
extension ResumedReading {
  /// The scenario after the state's day: loans on which nothing can happen any more go, and the factors of
  /// the last period are drawn given what was seen.
  func resumed(_ scenario: Scenario, at tree: SourceLocation) -> Scenario? {
    guard fits(start: scenario.start, horizon: scenario.horizon) else { return nil }
    let standings = fits(
      scenario.funds, banks: scenario.portfolio.banks, in: scenario.fundTrees, at: tree)
    guard !standings.contains(nil) else { return nil }
    var scenario = scenario
    let gone = state.monthsGone
    let opening = scenario.start
    let byID = Dictionary(
      scenario.portfolio.loans.enumerated().map { ($0.element.id, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    let places = state.loans.map { byID[$0.loan.id] }
    let bySector = scenario.defaults.factors.assetCorrelations.count > 1
    var resumed = ResumedRun(
      source: source, opening: opening, standings: standings.compactMap(\.self), positions: places,
      risks: places.map { place in
        LoanRisk(
          sector: bySector ? place.map { scenario.portfolio.loans[$0].sector } ?? 0 : 0,
          annualProbability: place.map { scenario.defaults.annualPD[$0] } ?? 0)
      }, stressGone: Array(scenario.defaults.course.stress.prefix(gone)))
    scenario.defaults.factors.monthsBefore = gone
    scenario.keepLiving(of: state, at: places)
    resumed.positions = Self.positions(of: state, in: scenario.portfolio)
    scenario.resumed = resumed
    scenario.start = state.nextMonth
    scenario.horizon -= gone
    scenario.defaults.course.stress.removeFirst(gone)
    return scenario
  }

  private static func positions(of state: RegisterState, in tape: LoanTape) -> [Int?] {
    let byID = Dictionary(
      tape.loans.enumerated().map { ($0.element.id, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    return state.loans.map { byID[$0.loan.id] }
  }
}

extension Scenario {
  /// Leaves out the loans of a state that were repaid in full by its day: they only make customers.
  fileprivate mutating func keepLiving(of state: RegisterState, at places: [Int?]) {
    var isOver = [Bool](repeating: false, count: portfolio.loans.count)
    for (item, place) in zip(state.loans, places) {
      guard let place else { continue }
      let hasMatured = item.loan.maturesOn.month < state.nextMonth
      isOver[place] = hasMatured && (item.loan.loss == nil || item.loan.loss?.curedOn != nil)
    }
    portfolio.earlier = zip(portfolio.loans, isOver).filter(\.1).map(\.0).sorted {
      $0.start < $1.start
    }
    let kept = portfolio.loans.indices.filter { !isOver[$0] }
    defaults.annualPD = kept.map { defaults.annualPD[$0] }
    portfolio.loans = kept.map { portfolio.loans[$0] }
  }
}
