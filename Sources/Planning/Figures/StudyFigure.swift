public import CompensationKernel
import FundCore
public import LossStatistics
import Simulation

/// A figure in which variants are compared.
public enum StudyFigure: Hashable, Sendable {
  /// The probability of exhaustion within the horizon.
  case exhaustion
  /// The mean compensation.
  case compensation
  /// What the fund owes and does not pay, mean.
  case unpaid
  /// The credit that suspended or paused banks do not give, mean.
  case stoppedCredit
  /// What filling up gives the fund, mean.
  case filledUp
  /// What compensation does not exceed with this probability.
  case quantile(Level)
  /// The mean compensation of the worst trials beyond this probability.
  case shortfall(Level)
  /// The initial amount that survives with this probability.
  case capital(Level)
  /// The mean loss of a party after recoveries; that of the banks with what is outside cover.
  case loss(Party)
  /// The probability that a bank reaches a threshold; any bank if `nil`.
  case breach(threshold: String, bank: String?)
  /// The fund's mean discounted outlays.
  case netPresentValue
  /// What one who bears costs is left with, mean, by its name.
  case netCost(String)
  /// A rate of what the fund costs.
  case rate(CostRate)
  /// A figure of a year.
  case year(YearStudyFigure)
  /// A group's part of a figure.
  case contribution(ContributionPart)

  /// Whether it is a probability, and not an amount.
  public var isProbability: Bool {
    switch self {
    case .exhaustion, .breach: true
    case .year(let figure): figure.isProbability
    default: false
    }
  }

  /// Whether it is told in per cent: a probability, or a rate.
  public var isShare: Bool {
    switch self {
    case .rate: true
    case .year(let figure): figure.figure.map { !$0.isMoney && !$0.isMultiple } ?? true
    case .contribution(let part): part.figure.isProbability
    default: isProbability
    }
  }

  /// Whether it is a number without a unit: so many times.
  public var isMultiple: Bool { ofYear?.figure?.isMultiple ?? false }

  /// The figure of a year; `nil` if it is none.
  public var ofYear: YearStudyFigure? {
    if case .year(let figure) = self { figure } else { nil }
  }

  /// Whether it is one of what the fund costs, which a scenario has to ask for.
  public var isOfCost: Bool {
    switch self {
    case .netPresentValue, .netCost, .rate: true
    default: false
    }
  }
}

extension StudyFigure {
  /// The figures that only some clauses have, where a row has them.
  static func ofClauses(in rows: [StudyRow]) -> [StudyFigure] {
    [.filledUp, .stoppedCredit].filter { figure in rows.contains { $0.hasColumn(figure) } }
  }
}

extension Level {
  /// A level in per cent; `nil` if it does not lie between 0 and 100.
  public init?(percent: Double) {
    let millionths = (percent * 10_000).rounded()
    guard millionths >= 1, millionths <= 999_999 else { return nil }
    self.init(millionths: Int(millionths))
  }
}

/// A figure with its precision, in yuan or as a probability.
public struct FigureValue: Sendable, Hashable {
  /// The figure.
  public let value: Double
  /// Its standard error; `nil` where the trials do not show it.
  public let standardError: Double?
  /// The 95 % interval; `nil` where none is known to hold.
  public let interval95: Interval?
  /// Whether the interval holds; that of a quantile may end at the sample's own ends.
  public let isReliable: Bool
  /// How many trials would tell what these do not; `nil` where there is no such lack.
  public let trialsNeeded: Int?
  /// Whether nothing random moves the figure.
  public let isExact: Bool
  /// How it was found.
  public let method: EstimateMethod

  /// Takes a proportion, whose interval holds however few the events.
  public init(_ proportion: Proportion) {
    value = proportion.value
    standardError = proportion.standardError
    interval95 = proportion.interval95
    isReliable = true
    trialsNeeded = proportion.trialsNeeded
    isExact = proportion.isExact
    method = .plain
  }

  /// Takes an estimate.
  public init(_ estimate: Estimate) {
    value = estimate.value
    standardError = estimate.standardError
    interval95 = estimate.interval95
    isReliable = estimate.isReliable
    trialsNeeded = estimate.trialsNeeded
    isExact = estimate.isExact
    method = estimate.method
  }

  /// Puts one together.
  init(
    _ value: Double, standardError: Double?, interval95: Interval?, isReliable: Bool,
    trialsNeeded: Int?, isExact: Bool, method: EstimateMethod = .plain
  ) {
    self.method = method
    self.value = value
    self.standardError = standardError
    self.interval95 = interval95
    self.isReliable = isReliable
    self.trialsNeeded = trialsNeeded
    self.isExact = isExact
  }

  init(_ quantile: QuantileEstimate) {
    value = Double(quantile.value) / 100
    standardError = nil
    interval95 = Interval(low: Double(quantile.low) / 100, high: Double(quantile.high) / 100)
    isReliable = quantile.isReliable
    trialsNeeded = quantile.isReliable ? nil : quantile.level.reliableTrialCount
    isExact = false
    method = .plain
  }
}
