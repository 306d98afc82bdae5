public import ClaimRules
import FundCore
public import LossStatistics
public import ScenarioInput
public import Simulation

/// How much a year can be lent under a fund of a given size, so that it still lasts so long with such a
/// probability.
///
/// Found by bisection over the number of loans: every try is a run of its own with the same seed, on
/// the same business cycles (`Scenario.withLending`). The ends of the interval are the amounts of
/// lending at which the 95 % interval of survival just holds the wanted probability.
public struct LendingStudy: Sendable {
  /// One try.
  public struct Trial: Sendable {
    /// How many times the scenario's loans.
    public let factor: Double
    /// The number of loans.
    public let loans: Int
    /// What is lent a year, in yuan.
    public let yearlyLending: Double
    /// The probability that the fund lasts, by time, in the order of `months`.
    public let survival: [Proportion]
  }

  /// The largest lending for one probability and one time.
  public struct Capacity: Sendable {
    /// The probability of survival.
    public let level: Level
    /// How long, in months from the start.
    public let months: Int
    /// How many times the scenario's loans; `nil` if it lies outside what was tried.
    public let factor: Double?
    /// The 95 % interval; an end is `nil` where it lies outside what was tried.
    public let low: Double?
    /// Its upper end.
    public let high: Double?
  }

  /// The fund.
  public let fund: FundAgreement
  /// What the scenario lends a year, in yuan.
  public let yearlyLending: Double
  /// What was found.
  public let capacities: [Capacity]
  /// All tries, by what is lent.
  public let trials: [Trial]

  /// The smallest and the largest multiple of the scenario's loans that is tried.
  public static let range = 1.0 / 32...32.0
  /// The most loans of a try.
  public static let largestLoanCount = 500_000

  /// Searches.
  ///
  /// - Parameters:
  ///   - scenario: The scenario, with the fund alone.
  ///   - levels: The probabilities of survival.
  ///   - months: The times, in months from the start.
  ///   - simulate: Runs one plan.
  public init(
    _ scenario: Scenario, levels: [Level], months: [Int],
    simulate: StudySimulator
  ) throws {
    var search = Search(scenario: scenario, months: months)
    var capacities: [Capacity] = []
    for (place, count) in months.enumerated() {
      for level in levels.sorted() {
        func limit(_ figure: (Proportion) -> Double) throws -> Double? {
          try search.largest(simulate) { figure($0.survival[place]) >= level.value }
        }
        capacities.append(
          Capacity(
            level: level, months: count, factor: try limit(\.value),
            low: try limit(\.interval95.low), high: try limit(\.interval95.high)))
      }
    }
    fund = scenario.funds[0]
    yearlyLending = scenario.yearlyLending
    self.capacities = capacities
    trials = search.tried.values.sorted { $0.factor < $1.factor }
  }

  /// Tries that are not made twice.
  private struct Search {
    let scenario: Scenario
    let months: [Int]
    var tried: [Double: Trial] = [:]

    mutating func trial(
      _ factor: Double, _ simulate: StudySimulator
    ) throws -> Trial {
      if let known = tried[factor] { return known }
      let scaled = scenario.withLending(times: factor)
      var plan = scaled.compiled(version: "").plan
      plan.funds = [plan.funds[0]]
      plan.reportedFunds = nil
      plan.capitalMonths = months
      let result = try simulate(plan, nil)
      guard result.trialCount == plan.trialCount else { throw StudyStopped() }
      let opening = plan.funds[0].cash.opening.fen
      let trial = Trial(
        factor: factor, loans: scaled.portfolio.loans.count, yearlyLending: scaled.yearlyLending,
        survival: months.map { count in
          LossSample(
            result.funds[0].column(.neededCapitalThrough(months: count)), groups: result.groups
          ).share(atMost: opening)
        })
      tried[factor] = trial
      return trial
    }

    /// The largest factor, to a hundredth of itself, that passes a test; `nil` if it lies outside.
    mutating func largest(
      _ simulate: StudySimulator, _ passes: (Trial) -> Bool
    ) throws -> Double? {
      let top = min(
        LendingStudy.range.upperBound,
        Double(LendingStudy.largestLoanCount) / Double(max(1, scenario.portfolio.loans.count)))
      var low = 1.0
      var high = 1.0
      if passes(try trial(1, simulate)) {
        repeat {
          low = high
          high *= 2
          if high > top { return nil }
        } while passes(try trial(high, simulate))
      } else {
        repeat {
          high = low
          low /= 2
          if low < LendingStudy.range.lowerBound { return nil }
        } while !passes(try trial(low, simulate))
      }
      while high - low > low / 100 {
        let middle = (low + high) / 2
        if passes(try trial(middle, simulate)) { low = middle } else { high = middle }
      }
      return low
    }
  }
}
