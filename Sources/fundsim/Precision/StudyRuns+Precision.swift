import LossStatistics
import Reporting

extension StudyRuns {
  /// Does a study after 4,096 trials, then after twice as many, and so on, until its figures are known well
  /// enough; once, where nothing is asked for. Every study goes on from the trials of the one before.
  ///
  /// - Parameters:
  ///   - targets: What is asked for.
  ///   - most: How many trials there are at most.
  ///   - study: Does it with so many trials.
  ///   - look: Looks at its figures, given what the looks before found.
  func looking<Study>(
    for targets: [PrecisionTarget], upTo most: Int, _ study: (_ trials: Int) throws -> Study,
    look: (Study, [PrecisionOutcome.Item]) -> [PrecisionOutcome.Item]
  ) throws -> (study: Study, precision: PrecisionOutcome?) {
    guard !targets.isEmpty else { return (try study(most), nil) }
    var items: [PrecisionOutcome.Item] = []
    for trials in StoppingRule.looks(upTo: most) {
      beginLook()
      let found = try study(trials)
      items = look(found, items)
      let isReached = items.allSatisfy(\.isReached)
      guard isReached || trials == most else { continue }
      return (found, PrecisionOutcome(items, end: isReached ? .reached : .trials))
    }
    preconditionFailure("the last look ends a study")
  }
}
