import LossStatistics

/// Trials that are run again, each with how many of the run's it stands for.
struct WeightedTrials {
  /// Their numbers.
  var trials: [Int] = []
  /// How many trials of its kind each stands for.
  private(set) var times: [Double] = []
  /// How much a trial of its kind counts: 1, or less at a quantile.
  private(set) var counting: [Double] = []
  /// The kinds, by their places in `trials`, with how many trials each has in all.
  private var strata: [(places: Range<Int>, all: Int)] = []
  /// How many trials bear on the figure: the tail, in whole or in part.
  var bearing = 0
  /// By what sums are divided: (1 − α)·n.
  var divisor = 1.0
  /// The quantile beyond which they lie; 0 for all trials.
  var quantile = 0.0

  /// How much each counts in all.
  var weights: [Double] { zip(times, counting).map { $0 * $1 } }

  /// Whether every trial that bears on the figure is among them.
  var isWhole: Bool { trials.count == bearing }

  /// Adds some of the trials of one kind, evenly over the run, at most so many.
  mutating func add(_ all: [Int], weight: Double, limit: Int) {
    guard !all.isEmpty, weight > 0 else { return }
    bearing += all.count
    let kept = min(limit, all.count)
    strata.append((trials.count..<trials.count + kept, all.count))
    for place in 0..<kept {
      trials.append(all[place * all.count / kept])
      times.append(Double(all.count) / Double(kept))
      counting.append(weight)
    }
  }

  /// What is added to the variance of a part because only some trials are run again.
  ///
  /// Source: W. G. Cochran, "Sampling Techniques", 3rd edition, 1977, section 6.3 (the ratio in a sample
  /// from a finite population).
  ///
  /// - Parameter residuals: What each part differs from its share of the whole.
  func samplingVariance(_ residuals: [Double]) -> Double {
    strata.reduce(0) { sum, stratum in
      let count = Double(stratum.places.count)
      guard stratum.places.count < stratum.all, count > 1 else { return sum }
      let values = residuals[stratum.places]
      let mean = values.reduce(0, +) / count
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
      let reach = Double(stratum.all) * counting[stratum.places.lowerBound] / divisor
      return sum + reach * reach * variance * (1 / count - 1 / Double(stratum.all))
    }
  }

  /// The trials beyond a quantile; those at it count in part, as in any expected shortfall.
  ///
  /// - Parameters:
  ///   - values: The amount of every trial, in trial order.
  ///   - level: The level of the quantile.
  ///   - limit: How many trials may be run again.
  static func tail(of values: [Int64], beyond level: Level, limit: Int) -> WeightedTrials {
    let sorted = LossSample.ascending(values)
    let quantile = sorted[level.rank(among: values.count) - 1]
    var (above, at): ([Int], [Int]) = ([], [])
    for (trial, value) in values.enumerated() {
      if value > quantile { above.append(trial) } else if value == quantile { at.append(trial) }
    }
    var tail = WeightedTrials()
    tail.divisor = Double(values.count * (1_000_000 - level.millionths)) / 1_000_000
    tail.quantile = Double(quantile)
    tail.add(above, weight: 1, limit: limit)
    // Nothing has no parts.
    if quantile > 0 {
      tail.add(
        at, weight: max(0, tail.divisor - Double(above.count)) / Double(at.count),
        limit: max(1, limit / 4))
    }
    return tail
  }

  /// The trials in which a fund ran dry.
  static func exhausted(_ months: [Int64], limit: Int) -> WeightedTrials {
    var some = WeightedTrials()
    some.divisor = Double(months.count)
    some.add(months.indices.filter { months[$0] >= 0 }, weight: 1, limit: limit)
    return some
  }

  /// The first trials, which stand for all.
  static func first(_ count: Int, of trialCount: Int) -> WeightedTrials {
    var some = WeightedTrials()
    some.divisor = Double(trialCount)
    let kept = min(count, trialCount)
    some.trials = Array(0..<kept)
    some.times = Array(repeating: Double(trialCount) / Double(max(1, kept)), count: kept)
    some.counting = Array(repeating: 1, count: kept)
    some.strata = [(0..<kept, trialCount)]
    some.bearing = trialCount
    return some
  }
}
