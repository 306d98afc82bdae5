public import LossStatistics

/// Which trials of a run, or of a part of it, share a draw of the parameters.
public struct DrawSharing: Sendable {
  /// How many draws there are; 0 where the parameters are known.
  public let drawCount: Int
  /// The number of the first trial.
  let firstTrial: Int

  /// How an event is spread over the draws; `nil` where the parameters are known, or where too few trials
  /// share a draw.
  ///
  /// - Parameter events: One entry a trial, in trial order.
  public func nested(_ events: [Bool]) -> NestedProportion? {
    NestedProportion(successes: count(of: events), trials: trials(of: events.count))
  }

  /// How many of so many trials have each draw, shape `[draws]`.
  func trials(of count: Int) -> [Int] {
    self.count(of: Array(repeating: true, count: drawCount > 0 ? count : 0))
  }

  /// In how many trials an event happened, by draw, shape `[draws]`.
  ///
  /// - Parameter events: One entry a trial, in trial order.
  func count(of events: [Bool]) -> [Int] {
    guard drawCount > 0 else { return [] }
    var counts = [Int](repeating: 0, count: drawCount)
    var place = firstTrial % drawCount
    for event in events {
      if event { counts[place] += 1 }
      place = place + 1 == drawCount ? 0 : place + 1
    }
    return counts
  }
}
