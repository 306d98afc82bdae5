extension LossSample {
  /// How an event is spread over groups of trials that share what is not known; `nil` where there are
  /// none, or where too few trials share a group.
  public func nested(where event: (Int64) -> Bool) -> NestedProportion? {
    guard let grouped else { return nil }
    let successes = grouped.sums { event($0) ? 1 : 0 }
    let trials = grouped.sums { _ in 1 }
    return NestedProportion(
      successes: successes.map { Int($0) }, trials: trials.map { Int($0) })
  }
}
