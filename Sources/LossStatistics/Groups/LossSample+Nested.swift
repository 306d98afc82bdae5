extension LossSample {
  /// How an event is spread over groups of trials that share what is not known; `nil` where there are
  /// none, or where too few trials share a group.
  public func nested(where event: (Int64) -> Bool) -> NestedProportion? {
    guard let grouped else { return nil }
    var successes = [Int](repeating: 0, count: grouped.groupCount)
    var trials = successes
    for (row, value) in grouped.values.enumerated() {
      let group = grouped.group(ofRow: row)
      trials[group] += 1
      if event(value) { successes[group] += 1 }
    }
    return NestedProportion(successes: successes, trials: trials)
  }
}
