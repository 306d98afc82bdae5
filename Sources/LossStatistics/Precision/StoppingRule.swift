/// When a run has gone on long enough: it is looked at after 4,096 trials, then after twice as many, and so
/// on, and ends when what is asked for is known well enough.
///
/// A run that is looked at more often than once can end at a moment when its figure lies off by chance,
/// so that the usual interval would hold the truth too seldom. Each look's interval is therefore wider:
/// 2.178 standard errors for 1.96, Pocock's constant for two looks at 5 % together. Two are enough: an error
/// falls by √2 from look to look and is itself known within a few per cent, so that chance decides at one
/// look, or between two neighbours.
///
/// Source: S. J. Pocock, "Group sequential methods in the design and analysis of clinical trials",
/// Biometrika 64(2), 1977, pp. 191–199; the constant was
/// computed again, 2.1783.
public enum StoppingRule {
  /// After how many trials a run is looked at first.
  public static let firstLook = 4_096
  /// How many times wider than a look's own 95 % interval the interval at a stop is.
  public static let stretch = 2.178 / normalPoint95

  /// After how many trials a run of at most so many is looked at, ascending; the last is its end.
  public static func looks(upTo most: Int) -> [Int] {
    var counts: [Int] = []
    var next = firstLook
    while next < most {
      counts.append(next)
      next *= 2
    }
    return counts + [most]
  }

  /// The interval at a look: the 95 % interval of these trials alone, made wider on both sides.
  public static func interval(_ interval: Interval, around value: Double) -> Interval {
    Interval(
      low: value - stretch * (value - interval.low), high: value + stretch * (interval.high - value)
    )
  }
}
