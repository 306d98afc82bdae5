/// The values of a sample in the order of the trials, with their groups.
struct GroupedValues: Sendable {
  let values: [Int64]
  /// The group of each value.
  let groupOf: [Int32]
  let groupCount: Int

  /// - Returns: `nil` where no two values share a group, or all do.
  init?(_ values: [Int64], _ groups: TrialGroups?) {
    guard let groups, groups.matter(among: values.count) else { return nil }
    self.values = values
    groupCount = groups.count
    groupOf = values.indices.map { Int32(truncatingIfNeeded: groups.group(ofRow: $0)) }
  }

  private init(_ values: [Int64], _ groupOf: [Int32], _ groupCount: Int) {
    (self.values, self.groupOf, self.groupCount) = (values, groupOf, groupCount)
  }

  /// The values as others, one by one; what becomes of a value may be nothing.
  func mapped(_ change: (Int64) -> Int64?) -> GroupedValues {
    var (kept, groups): ([Int64], [Int32]) = ([], [])
    for (value, group) in zip(values, groupOf) {
      guard let value = change(value) else { continue }
      kept.append(value)
      groups.append(group)
    }
    return GroupedValues(kept, groups, groupCount)
  }

  /// The sums of a number over the values of each group.
  func sums(of number: (Int64) -> Double) -> [Double] {
    var sums = [Double](repeating: 0, count: groupCount)
    for (value, group) in zip(values, groupOf) { sums[Int(group)] += number(value) }
    return sums
  }

  /// What the groups say of the mean of numbers.
  ///
  /// - Parameters:
  ///   - distance: The number of a value, less the mean of all.
  ///   - bears: Whether the mean rests on a value: whether it differs from the most frequent one.
  func spread(
    of distance: (Int64) -> Double, where bears: (Int64) -> Bool
  ) -> GroupSpread {
    var bearing = [Bool](repeating: false, count: groupCount)
    for (value, group) in zip(values, groupOf) where bears(value) { bearing[Int(group)] = true }
    return GroupSpread(
      sums(of: distance), trialCount: values.count, support: bearing.count { $0 })
  }

  /// How many independent trials would tell as much of the probability of an event.
  func effectiveCount(of event: (Int64) -> Bool) -> Double {
    var counts = [Double](repeating: 0, count: groupCount)
    var sizes = counts
    for (value, group) in zip(values, groupOf) {
      sizes[Int(group)] += 1
      if event(value) { counts[Int(group)] += 1 }
    }
    return GroupedCounts(counts, sizes: sizes).effectiveCount
  }

  /// The same of the events that a value is at most each of some cuts, which rise.
  func effectiveCounts(atMost cuts: [Int64]) -> [Double] {
    var buckets = [Double](repeating: 0, count: (cuts.count + 1) * groupCount)
    var sizes = [Double](repeating: 0, count: groupCount)
    for (value, group) in zip(values, groupOf) {
      var (low, high) = (0, cuts.count)
      while low < high {
        let middle = (low + high) / 2
        if cuts[middle] < value { low = middle + 1 } else { high = middle }
      }
      buckets[low * groupCount + Int(group)] += 1
      sizes[Int(group)] += 1
    }
    var counts = [Double](repeating: 0, count: groupCount)
    return cuts.indices.map { cut in
      for group in counts.indices { counts[group] += buckets[cut * groupCount + group] }
      return GroupedCounts(counts, sizes: sizes).effectiveCount
    }
  }
}

extension GroupedValues {
  /// How many times as far the mean varies as that of as many independent values would; at least 1.
  var designEffect: Double {
    let mean = values.reduce(0.0) { $0 + Double($1) } / Double(values.count)
    var squares = 0.0
    for value in values { squares += (Double(value) - mean) * (Double(value) - mean) }
    guard squares > 0 else { return 1 }
    let groups = sums { Double($0) - mean }.reduce(0) { $0 + $1 * $1 }
    return max(1, groups * Double(groupCount) / Double(max(1, groupCount - 1)) / squares)
  }
}

/// How often an event happened in each group, and in how many trials.
struct GroupedCounts {
  let counts: [Double]
  let sizes: [Double]

  init(_ counts: [Double], sizes: [Double]) {
    (self.counts, self.sizes) = (counts, sizes)
  }

  /// As many independent trials would tell as much: never more than there are, and fewer for few groups,
  /// by Student's distribution.
  ///
  /// Source: L. Kish, "Survey Sampling", 1965, section 5.4 (design effect); E. Korn, B. Graubard,
  /// "Confidence intervals for proportions with small expected number of positive counts estimated from
  /// survey data", Survey Methodology 24(2), 1998, pp. 193–201.
  var effectiveCount: Double {
    let trials = sizes.reduce(0, +)
    let share = counts.reduce(0, +) / trials
    let groups = Double(sizes.count { $0 > 0 })
    guard share > 0, share < 1, groups > 1 else { return trials }
    var squares = 0.0
    for (count, size) in zip(counts, sizes) {
      let distance = count - share * size
      squares += distance * distance
    }
    let effect = squares * groups / (groups - 1) / (trials * share * (1 - share))
    guard effect > 1 else { return trials }
    let reach = normalPoint95 / studentPoint95(degrees: max(9, Int(groups) - 1))
    return max(1, trials / effect * reach * reach)
  }
}
