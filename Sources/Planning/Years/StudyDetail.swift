public import Simulation

/// What a study keeps of its rows beside their totals: it takes trials that are run again.
public struct StudyDetail: Sendable {
  /// Which figures of years are compared.
  public enum Years: Sendable {
    /// None: no years are run.
    case none
    /// What a report of years holds: money, what to budget, indicators and the odds of limits.
    case usual
    /// Some.
    case some([YearStudyFigure])

    /// The figures, given the times of a run.
    func figures(of periods: [YearPeriod], request: YearRequest) -> [YearStudyFigure] {
      switch self {
      case .none: []
      case .usual: YearStudyFigure.usual(of: periods, request: request)
      case .some(let figures): figures
      }
    }
  }

  /// Beyond so many rows a comparison tells nothing of who uses the funds up where nobody asks for it.
  public static let mostDivided = 12
  /// Beyond so many rows it tells nothing of years.
  public static let mostWithYears = 40

  /// The years.
  public var years = Years.none
  /// By what traits rows are told apart in who uses their funds up; none for no such answer.
  public var traits: Set<LoanTrait> = []

  /// Nothing beside totals.
  public init() {}

  /// What some figures need.
  public init(of figures: [StudyFigure]) {
    let years = figures.compactMap(\.ofYear)
    if !years.isEmpty { self.years = .some(years) }
    traits = Set(
      figures.compactMap { if case .contribution(let part) = $0 { part.by } else { nil } })
  }
}

extension StudyDetail {
  /// In fewer trials no tail has parts.
  static let fewestDivided = 100

  /// The years of the funds of a plan, each with what its variant asks of them.
  ///
  /// - Parameters:
  ///   - requests: What is asked, one a fund.
  ///   - controls: By what mean amounts are sharpened, one a fund.
  func years(
    of plan: SimulationPlan, asked requests: [YearRequest], controls: [FundControls],
    _ repeats: any StudyRepeats
  ) throws -> [StudyYears?] {
    var found = [StudyYears?](repeating: nil, count: plan.funds.count)
    if case .none = years { return found }
    for request in Set(requests) where request.trials > 0 {
      let places = requests.indices.filter { requests[$0] == request }
      var plan = plan
      plan.years = request
      plan.funds = places.map { plan.funds[$0] }
      let trials = try repeats.years(plan)
      let figures = YearlyFigures(trials, controls: places.map { controls[$0] })
      for (place, fund) in places.enumerated() {
        found[fund] = StudyYears(trials, figures, fund: place, wanted: years)
      }
    }
    return found
  }
}

extension YearStudyFigure {
  /// The money that a comparison tells of a year, on average.
  public static let money: [YearFigure] = [.compensation, .returned, .netOutlay, .closing, .unpaid]
  /// The indicators.
  public static let indicators: [YearFigure] = [
    .leverage, .claimRate, .recoveryRate, .lossRate, .nonPerforming, .useOfMoney,
  ]

  /// Those that a comparison tells of the calendar years and of the whole run.
  static func usual(of periods: [YearPeriod], request: YearRequest) -> [YearStudyFigure] {
    periods.filter { $0.kind != .programme }.flatMap { usual(of: $0, request: request) }
  }

  /// Those of one time: money on average, what to budget, indicators by their medians, the odds of limits.
  public static func usual(of period: YearPeriod, request: YearRequest) -> [YearStudyFigure] {
    let isYear = period.kind != .run
    var kinds = money.map { Kind.figure($0, .mean) }
    if isYear { kinds += [.needsMoney, .figure(.budget, .quantile(request.confidence))] }
    kinds += indicators.map {
      .figure($0 == .leverage && !isYear ? .lendingMultiple : $0, .quantile(500_000))
    }
    kinds += request.limits.compactMap { limit in
      isYear
        ? .odds(limit.indicator, atAnyMonthEnd: false)
        : limit.indicator.peak.map { _ in .odds(limit.indicator, atAnyMonthEnd: true) }
    }
    return kinds.map { YearStudyFigure($0, of: period) }
  }
}

/// Runs trials of a study's plans again, with more kept of them.
public protocol StudyRepeats {
  /// The years of the funds of a plan, on its first trials.
  ///
  /// - Throws: `StudyStopped` if it was stopped.
  func years(_ plan: SimulationPlan) throws -> YearlyTrials
  /// Who uses the funds of a plan up.
  ///
  /// - Throws: `StudyStopped` if it was stopped.
  func division(
    _ plan: SimulationPlan, by groupings: [LoanGrouping], from result: SimulationResult
  ) throws -> [DividedFund]
}
