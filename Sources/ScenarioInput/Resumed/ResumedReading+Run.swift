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
    let standings = fits(scenario.funds, banks: scenario.portfolio.banks, at: tree)
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
      }, stressGone: Array(scenario.defaults.stress.prefix(gone)))
    scenario.defaults.factors.monthsBefore = gone
    do throws(FactorKnowledge.Obstacle) {
      _ = try FactorKnowledge(resumed, scenario.defaults).known()
    } catch {
      report(error, at: tree)
      return nil
    }
    let conditions = FactorKnowledge(resumed, scenario.defaults).conditions
    guard isRecoveryFree(scenario, conditions, at: tree) else { return nil }
    scenario.keepLiving(of: state, at: places)
    resumed.positions = Self.positions(of: state, in: scenario.portfolio)
    scenario.resumed = resumed
    scenario.start = state.nextMonth
    scenario.horizon -= gone
    scenario.defaults.stress.removeFirst(gone)
    return scenario
  }

  private static func positions(of state: RegisterState, in tape: LoanTape) -> [Int?] {
    let byID = Dictionary(
      tape.loans.enumerated().map { ($0.element.id, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    return state.loans.map { byID[$0.loan.id] }
  }

  private func report(_ obstacle: FactorKnowledge.Obstacle, at tree: SourceLocation) {
    let (month, year) = (state.day, state.monthsOfFactorYear)
    let when = LocalizedText(
      en: "\(year) months of the factor's running period have gone by on \(month)",
      zh: "至\(month)，因子的当期已过去\(year)个月")
    switch obstacle {
    case .mixing:
      problems.report(
        "factor-not-known",
        .init(
          en: """
            \(when), or periods hang together: what the defaults say of factor and mixing variable \
            together is not computed for `dependence: studentT`
            """,
          zh: "\(when)，或各期相关：`dependence: studentT` 下，已发生的违约对因子和混合变量的联合信息尚未计算"),
        help: .init(
          en: """
            use `dependence: gaussian`, or a state from the end of a year of the opening without \
            `persistence`
            """,
          zh: "改用 `dependence: gaussian`，或在没有 `persistence` 时用启动后整年末的状态"), at: tree)
    case .sectors:
      problems.report(
        "factor-not-known",
        .init(
          en: """
            \(when), or periods hang together: what the defaults say of several sectors' factors together \
            is not computed
            """,
          zh: "\(when)，或各期相关：已发生的违约对多个行业因子的联合信息尚未计算"),
        help: .init(
          en: """
            give one `assetCorrelation` for all, or `sectorCorrelation: 0`, or a state from the end of a \
            year of the opening without `persistence`
            """,
          zh: "全部贷款用一个 `assetCorrelation`，或写 `sectorCorrelation: 0`，或在没有 `persistence` 时用启动后整年末的状态"),
        at: tree)
    }
  }

  /// Recoveries that are loaded on the factor tell of it, too, and old claims hang on factors of years gone
  /// by.
  private func isRecoveryFree(
    _ scenario: Scenario, _ conditions: Bool, at tree: SourceLocation
  ) -> Bool {
    let hasOpen = state.funds.contains { !$0.claims.isEmpty }
    guard scenario.recovery.loading > 0, conditions || hasOpen else { return true }
    problems.report(
      "recovery-not-known",
      .init(
        en: """
          `recovery.loading` ties recoveries to the factor: what those that came in say of it, and what it \
          means for claims that were paid, is not computed for a run from a state
          """,
        zh: "`recovery.loading` 使追偿与因子相关：已到账追偿对因子的信息，及其对已付补偿的影响，接续模拟中尚未计算"),
      help: .init(
        en: "leave `loading` out under `recovery` for this run",
        zh: "本次模拟在 `recovery` 中去掉 `loading`"),
      at: tree)
    return false
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
