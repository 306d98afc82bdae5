import LossStatistics
public import Simulation

/// The years of a row's fund, on the first trials of its run.
public struct StudyYears: Sendable {
  /// A figure of one of the times.
  struct Column: Hashable, Sendable {
    let figure: YearFigure
    let period: Int
  }

  /// All that a run would say of them.
  public let figures: YearlyFigures
  /// The fund.
  public let fund: YearlyFigures.Fund
  let groups: TrialGroups?
  /// Figures in trial order, in fen or billionths: those in which the study compares.
  private let columns: [Column: [Int64]]

  /// On how many trials they rest.
  public var trials: Int { figures.trials }

  /// Takes the years of one of the funds of a run.
  ///
  /// - Parameters:
  ///   - trials: The years, trial by trial.
  ///   - figures: The same, estimated.
  ///   - place: The fund.
  ///   - wanted: What is compared.
  init(
    _ trials: YearlyTrials, _ figures: YearlyFigures, fund place: Int, wanted: StudyDetail.Years
  ) {
    self.figures = figures
    fund = figures.funds[place]
    groups = trials.groups
    let table = trials.tables[place]
    var columns: [Column: [Int64]] = [:]
    for figure in wanted.figures(of: table.periods, request: trials.request) {
      guard let period = Self.place(of: figure, among: table.periods) else { continue }
      let column = Column(figure: figure.source, period: period)
      if columns[column] == nil {
        columns[column] = table.column(column.figure, period: period)
      }
    }
    self.columns = columns
  }

  private static func place(of figure: YearStudyFigure, among periods: [YearPeriod]) -> Int? {
    periods.firstIndex { $0.kind == figure.time && $0.number == figure.number }
  }

  /// A figure in trial order, in fen or billionths; `nil` if the fund has none of the kind.
  func column(_ figure: YearStudyFigure) -> [Int64]? {
    Self.place(of: figure, among: fund.periods.map(\.period))
      .flatMap { columns[Column(figure: figure.source, period: $0)] }
  }

  /// A figure; `nil` if the fund has none of the kind, or where it is defined in no trial.
  func value(_ figure: YearStudyFigure) -> FigureValue? {
    guard let place = Self.place(of: figure, among: fund.periods.map(\.period)) else { return nil }
    let period = fund.periods[place]
    switch figure.kind {
    case .needsMoney: return FigureValue(period.chanceNeeded)
    case .odds(let indicator, let isAny):
      let odds = period.odds.first { $0.limit.indicator == indicator }
      return (isAny ? odds?.ever : odds?.atEnd).map { FigureValue($0) }
    case .figure(let figure, let statistic):
      guard let entry = period.entry(figure), !entry.quantiles.isEmpty else { return nil }
      switch statistic {
      case .mean: return entry.mean.map { FigureValue($0) } ?? .infinite
      case .worst: return entry.worst.map { FigureValue($0) } ?? .infinite
      case .quantile(let level): return entry.quantile(level).map { FigureValue($0) }
      }
    }
  }

  /// Whether the event of a probability happened, 1 or 0, in trial order.
  func events(_ figure: YearStudyFigure) -> [Int64]? {
    guard let column = column(figure) else { return nil }
    switch figure.kind {
    case .needsMoney: return column.map { $0 > 0 ? 1 : 0 }
    case .odds(let indicator, _):
      guard let limit = figures.request.limits.first(where: { $0.indicator == indicator }) else {
        return nil
      }
      return column.map { limit.isPassed(byBillionths: $0) ? 1 : 0 }
    case .figure: return nil
    }
  }
}

extension FigureValue {
  /// A ratio by nothing.
  static let infinite = FigureValue(
    .infinity, standardError: nil, interval95: nil, isReliable: true, trialsNeeded: nil,
    isExact: false)

  /// Takes a figure that a run keeps.
  init(_ known: KnownFigure) {
    self.init(
      known.value, standardError: known.standardError,
      interval95: known.low.flatMap { low in known.high.map { Interval(low: low, high: $0) } },
      isReliable: known.isReliable, trialsNeeded: known.trialsNeeded, isExact: known.isExact,
      method: known.method)
  }

  /// Takes a quantile that a run keeps; one that is infinite has no interval.
  init(_ known: KnownQuantile) {
    self.init(
      known.value ?? .infinity, standardError: nil,
      interval95: known.low.flatMap { low in known.high.map { Interval(low: low, high: $0) } },
      isReliable: known.isReliable,
      trialsNeeded: known.isReliable ? nil : Level(millionths: known.level).reliableTrialCount,
      isExact: false)
  }
}
