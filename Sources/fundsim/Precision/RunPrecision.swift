import ArgumentParser
import FundCore
import LossStatistics
import PartialResults
import Reporting
import ResultFacts
import ScenarioInput
import Simulation
import Synchronization

/// The precision that a run has to reach: looks at its figures, and tells whether they are known well enough.
final class RunPrecision: Sendable {
  private let targets: [RiskReport.FundTarget]
  private let words: RunWords
  /// After how many trials the run ends at the latest.
  private let most: Int
  private let items = Mutex<[PrecisionOutcome.Item]>([])

  /// Finds out whether the figures and funds are known, by a run of one trial.
  ///
  /// - Returns: `nil` if nothing was asked for.
  /// - Throws: `ValidationError` with what may be written if one is not known, or cannot be known so.
  init?(_ arguments: PrecisionArguments, of request: RunRequest) throws {
    let wanted = arguments.targets
    guard !wanted.isEmpty else { return nil }
    var report = try request.smallestReport()
    // Years and rare trials have numbers of their own, however many trials are run.
    report.years = nil
    report.rare = nil
    var targets: [RiskReport.FundTarget] = []
    for target in wanted {
      let funds =
        try target.fund.map { [try request.source.position(ofFund: $0)] }
        ?? Array(request.source.funds.indices)
      for fund in funds {
        try target.check(report, fund: fund)
        targets.append(.init(target, fund: fund))
      }
    }
    self.targets = targets
    words = request.words
    most = request.compiled.plan.trialCount
  }

  /// The looks at a run.
  func looks<Run: RunSample & SendableMetatype>() -> RunLooks<Run> where Run.Failure == Never {
    RunLooks(after: StoppingRule.looks(upTo: most)) { self.isEnough($0) }
  }

  private func isEnough<Run: RunSample>(_ run: Run) -> Bool where Run.Failure == Never {
    guard let report = RiskReport(run, words: words, rare: nil) else { return false }
    return items.withLock { items in
      items = report.look(at: items, targets)
      return items.allSatisfy(\.isReached)
    }
  }

  /// What the looks found, with one at the end where a run was stopped between two.
  func outcome<Run: RunSample>(_ run: Run) -> PrecisionOutcome where Run.Failure == Never {
    if items.withLock({ $0.first?.looks.last?.trials }) != run.trialCount { _ = isEnough(run) }
    let items = items.withLock { $0 }
    let isReached = items.allSatisfy(\.isReached)
    // Between two looks a run ends by its time limit or a signal alone.
    let isAtLook = StoppingRule.looks(upTo: most).contains(run.trialCount)
    var outcome = PrecisionOutcome(
      items,
      end: !isAtLook ? .stopped : isReached ? .reached : run.trialCount == most ? .trials : .stopped
    )
    outcome.drawCount = run.frame.drawCount
    return outcome
  }
}
