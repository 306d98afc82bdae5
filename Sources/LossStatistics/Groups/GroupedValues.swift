/// The values of a sample in the order of the trials, with their groups.
struct GroupedValues: Sendable {
  let values: [Int64]
  let groupCount: Int
  /// The group of the first value, where groups follow each other round and round.
  private let firstGroup: Int
  /// The group of each value, where some are left out; else `nil`.
  private let groupOf: [Int32]?
  /// How many values each group has.
  private let sizes: [Double]

  /// - Returns: `nil` where no two values share a group, or all do.
  init?(_ values: [Int64], _ groups: TrialGroups?) {
    guard let groups, groups.matter(among: values.count) else { return nil }
    self.values = values
    groupCount = groups.count
    firstGroup = groups.group(ofRow: 0)
    groupOf = nil
    var sizes = [Double](repeating: Double(values.count / groups.count), count: groups.count)
    for row in 0..<values.count % groups.count { sizes[groups.group(ofRow: row)] += 1 }
    self.sizes = sizes
  }

  private init(_ values: [Int64], _ groupOf: [Int32], groupCount: Int) {
    (self.values, self.groupOf, self.groupCount) = (values, groupOf, groupCount)
    firstGroup = 0
    var sizes = [Double](repeating: 0, count: groupCount)
    for group in groupOf { sizes[Int(group)] += 1 }
    self.sizes = sizes
  }

  /// The values as others, one by one; what becomes of a value may be nothing.
  func mapped(_ change: (Int64) -> Int64?) -> GroupedValues {
    var (kept, groups): ([Int64], [Int32]) = ([], [])
    for (row, value) in values.enumerated() {
      guard let value = change(value) else { continue }
      kept.append(value)
      groups.append(groupOf?[row] ?? Int32((firstGroup + row) % groupCount))
    }
    return GroupedValues(kept, groups, groupCount: groupCount)
  }

  /// The sums of a number over the values of each group.
  ///
  /// A loop over neighbours, which the compiler makes vectors of, where groups follow each other.
  @inline(__always)
  func sums(of number: (Int64) -> Double) -> [Double] {
    [Double](unsafeUninitializedCapacity: groupCount) { sums, count in
      count = groupCount
      sums.initialize(repeating: 0)
      let values = values.span
      if let groupOf {
        for row in values.indices { sums[Int(groupOf[row])] += number(values[row]) }
        return
      }
      var (row, group) = (0, firstGroup)
      while row < values.count {
        let length = min(groupCount - group, values.count - row)
        for step in 0..<length { sums[group + step] += number(values[unchecked: row + step]) }
        row += length
        group = 0
      }
    }
  }

  /// What the groups say of the mean of numbers.
  ///
  /// - Parameters:
  ///   - distance: The number of a value, less the mean of all.
  ///   - bears: Whether the mean rests on a value: whether it differs from the most frequent one.
  @inline(__always)
  func spread(
    of distance: (Int64) -> Double, where bears: (Int64) -> Bool
  ) -> GroupSpread {
    GroupSpread(
      sums(of: distance), trialCount: values.count,
      support: sums { bears($0) ? 1 : 0 }.count { $0 > 0 })
  }

  /// How many independent trials would tell as much of the probability that a value is at most a number.
  func effectiveCount(atMost limit: Int64) -> Double {
    GroupedCounts(sums { $0 <= limit ? 1 : 0 }, sizes: sizes).effectiveCount
  }

  /// The same of a value above one number and at most another.
  func effectiveCount(above low: Int64, atMost high: Int64) -> Double {
    GroupedCounts(sums { low < $0 && $0 <= high ? 1 : 0 }, sizes: sizes).effectiveCount
  }

  /// The same of a value of at least a number.
  func effectiveCount(atLeast limit: Int64) -> Double {
    GroupedCounts(sums { $0 >= limit ? 1 : 0 }, sizes: sizes).effectiveCount
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
