import FundCore
import LossStatistics
public import ScenarioInput
public import Simulation

/// Finds the readings that move the headline of a run: every fund under every reading that it does not
/// use, beside itself on the first trials of the run.
///
/// It takes at most `largestTrialCount` trials, whatever the run takes, and fewer where the portfolio is
/// large, so that its work stays below a bound. What it finds depends on the scenario alone: every shard
/// of a run finds the same.
public struct HeadlineScreen {
  let scenario: Scenario
  let plan: SimulationPlan

  /// Prepares for a scenario.
  ///
  /// - Parameters:
  ///   - scenario: The scenario.
  ///   - plan: Its plan, the scenario's funds first.
  public init(_ scenario: Scenario, plan: SimulationPlan) {
    self.scenario = scenario
    self.plan = plan
  }

  /// The most trials that it takes.
  public static let largestTrialCount = 2_000
  /// The fewest on which anything is said.
  static let smallestTrialCount = HeadlineReading.smallestTrialCount
  /// About so many loans times trials times funds are looked at for each fund of the scenario.
  static let largestWork = 200_000_000
  /// So many loans times funds are held at once.
  static let largestBatch = 4_000_000

  /// The readings that move the headline of a fund, those of the first fund first; within a fund the one
  /// that moves exhaustion most.
  ///
  /// - Parameter simulate: Runs the trials of a plan.
  /// - Returns: `nil` if a run was stopped before all readings were looked at.
  public func readings(
    simulate: (SimulationPlan, Range<Int>) throws -> SimulationResult
  ) rethrows -> [HeadlineReading]? {
    // So few trials cannot tell five points of exhaustion.
    guard plan.trialCount >= Self.smallestTrialCount else { return [] }
    var all: [HeadlineReading] = []
    for position in scenario.funds.indices {
      let alternatives = scenario.alternatives(ofFund: position)
      guard let found = try self.readings(ofFund: position, alternatives, simulate: simulate) else {
        return nil
      }
      all += found.filter(\.movesHeadline).enumerated().sorted {
        (Self.move($1.element), $0.offset) < (Self.move($0.element), $1.offset)
      }.map(\.element)
    }
    return all
  }

  private static func move(_ reading: HeadlineReading) -> Int {
    abs(reading.inUse.exhausted - reading.other.exhausted)
  }

  private func readings(
    ofFund position: Int, _ alternatives: [AlternativeFund],
    simulate: (SimulationPlan, Range<Int>) throws -> SimulationResult
  ) rethrows -> [HeadlineReading]? {
    let loans = max(1, scenario.portfolio.loans.count)
    let affordable = Self.largestWork / loans / max(1, alternatives.count)
    let count = min(
      plan.trialCount, Self.largestTrialCount, max(Self.smallestTrialCount, affordable))
    let batchSize = max(1, Self.largestBatch / loans)
    var found: [HeadlineReading] = []
    for first in stride(from: 0, to: alternatives.count, by: batchSize) {
      let batch = Array(alternatives[first..<min(first + batchSize, alternatives.count)])
      let result = try simulate(
        scenario.plan(like: plan, fund: position, beside: batch), 0..<count)
      // A run that was stopped says nothing of readings.
      guard result.trialCount == count else { return nil }
      for (place, alternative) in batch.enumerated() {
        found.append(
          HeadlineReading(
            fund: position, interpretation: alternative.interpretation.id,
            question: alternative.interpretation.question, trials: count,
            answers: HeadlineReading.Answers(
              inUse: Self.answer(
                of: result.funds[0], alternative.inUse.name, alternative.inUse.text),
              other: Self.answer(
                of: result.funds[place + 1], alternative.other.name, alternative.other.text))))
      }
    }
    return found
  }

  private static func answer(
    of result: FundResult, _ reading: String, _ text: LocalizedText
  ) -> HeadlineReading.Answer {
    let exhaustion = LossSample(result.column(.exhaustionMonth), groups: result.groups)
    return HeadlineReading.Answer(
      reading: reading, text: text, exhaustion: exhaustion.share(atMost: -1).complement,
      compensation: LossSample(result.column(.compensation), groups: result.groups).mean
        .divided(by: 100))
  }
}
