/// How many of n independent values fall below a quantile: a binomial number, and the ranks that
/// enclose it with 95 % probability, or another.
struct BinomialRanks {
  /// The largest number with P(B < low) ≤ 2.5 %, or what is given. It can be 0, which is no rank.
  let low: Int

  /// The smallest number with P(B ≥ high) ≤ 2.5 %, likewise. It can be n + 1, which is no rank.
  let high: Int

  /// Finds both ranks by adding up probabilities, exact to rounding for every n.
  ///
  /// - Complexity: O(√n): probabilities below 1e-20 of the largest are left out.
  ///
  /// - Parameter tail: The probability that may lie to either side.
  init(count: Int, level: Level, tail: Double = 0.025) {
    let mode = min((count + 1) * level.millionths / 1_000_000, count)
    let odds = level.value / (1 - level.value)
    // Relative to that of the mode, outwards from it. P(k + 1) = P(k) · odds · (n − k) / (k + 1).
    var below: [Double] = []
    var last = 1.0
    while last > 1e-20, mode - below.count > 0 {
      let current = mode - below.count
      last *= Double(current) / (odds * Double(count - current + 1))
      below.append(last)
    }
    let first = mode - below.count
    var weights = below
    weights.reverse()
    weights.reserveCapacity(2 * below.count + 2)
    last = 1.0
    weights.append(last)
    while last > 1e-20, first + weights.count <= count {
      let next = first + weights.count
      last = last * odds * Double(count - next + 1) / Double(next)
      weights.append(last)
    }
    let allowance = tail * weights.reduce(0, +)
    low = first + Self.reach(weights, allowance)
    high = first + weights.count - Self.reach(weights.reversed(), allowance)
  }

  /// How many weights, from the first on, add up to no more than the allowance.
  private static func reach(_ weights: [Double], _ allowance: Double) -> Int {
    var sum = 0.0
    return weights.prefix { weight in
      sum += weight
      return sum <= allowance
    }.count
  }
}

/// The ranks that enclose a quantile among values of which some are not independent: those among as many
/// independent ones as would tell as much, stretched.
struct QuantileRanks {
  let low: Int
  let high: Int
  /// Whether ten of those lie to either side, and the ranks are ranks.
  let isReliable: Bool

  /// - Parameters:
  ///   - level: The level of the quantile.
  ///   - count: The number of values.
  ///   - effective: How many independent ones would tell as much; as many as there are if `nil`.
  ///   - tail: The probability that may lie to either side.
  init(_ level: Level, among count: Int, effective: Double?, tail: Double = 0.025) {
    let independent = effective.map { max(1, min(count, Int($0))) } ?? count
    let ranks = BinomialRanks(count: independent, level: level, tail: tail)
    let stretch = Double(count) / Double(independent)
    (low, high) =
      independent == count
      ? (ranks.low, ranks.high)
      : (
        Int((Double(ranks.low) * stretch).rounded(.down)),
        ranks.high > independent ? count + 1 : Int((Double(ranks.high) * stretch).rounded(.up))
      )
    isReliable =
      level.isReliable(among: independent) && ranks.low >= 1 && ranks.high <= independent
  }
}
