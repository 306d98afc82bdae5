import RandomStreams

/// Finds shifts towards the trials of a pilot that reached an amount: a mixture of standard normal laws of
/// moved centre, fitted by weighted expectation and maximisation.
///
/// A single shift (the weighted mean) stands between the ways into failure where one bad year of several suffices, and misses
/// all of them. So the trials are first told apart by the one or two innovations that lead most into the
/// direction of the mean; groups that too few trials bear are dropped.
///
/// Source: R. Rubinstein, D. Kroese, "The Cross-Entropy Method", 2004, chapters 3 and 4; N. Kurtz, J. Song,
/// "Cross-entropy-based adaptive importance sampling using Gaussian mixture", Structural Safety 42, 2013,
/// pp. 35–44.
struct ShiftFit {
  /// The most shifts of a level.
  private static let mostShifts = 16
  /// The least share of a group, and of a shift while they are fitted.
  private static let leastShare = 0.02
  private static let leastFitted = 0.01
  private static let steps = 10

  private let width: Int
  /// Shape `[trials × width]`.
  private var innovations: [Double] = []
  private var weights: [Double] = []
  private var points: [Double] = []

  /// - Parameter width: How many innovations a trial has.
  init(width: Int) { self.width = width }

  /// How many trials there are.
  var count: Int { weights.count }

  /// Adds the trials of a pilot's rows that reached the amount.
  mutating func add(_ rows: RareRows, where isReached: (Int) -> Bool) {
    for row in 0..<rows.count where isReached(row) {
      weights.append(rows.notes.weights[row])
      points.append(rows.notes.points[row])
      innovations += rows.notes.innovations[row * width..<(row + 1) * width]
    }
  }

  /// The shifts, and the number of points that these trials had.
  ///
  /// - Returns: `nil` without trials.
  func level() -> RareMixture.Level? {
    let total = weights.reduce(0, +)
    guard total > 0 else { return nil }
    return RareMixture.Level(
      points: zip(weights, points).reduce(0) { $0 + $1.0 * $1.1 } / total, shifts: shifts(total))
  }

  private func shifts(_ total: Double) -> [RareMixture.Shift] {
    let whole = RareMixture.Shift(share: 1, moves: mean(of: Array(0..<count), total))
    guard width > 0 else { return [whole] }
    var shifts = groups(towards: whole.moves, total)
    guard !shifts.isEmpty else { return [whole] }
    for _ in 0..<Self.steps { shifts = refined(shifts, total) }
    return shifts.isEmpty ? [whole] : shifts
  }

  /// The weighted mean of some trials.
  private func mean(of rows: [Int], _ total: Double) -> [Double] {
    var sums = [Double](repeating: 0, count: width)
    for row in rows {
      let weight = weights[row] / total
      for index in 0..<width { sums[index] += weight * innovations[row * width + index] }
    }
    return sums
  }

  /// Shifts to the groups that enough trials bear, the heaviest first.
  private func groups(towards mean: [Double], _ total: Double) -> [RareMixture.Shift] {
    var rowsOfGroup: [Int: [Int]] = [:]
    for row in 0..<count { rowsOfGroup[group(ofRow: row, towards: mean), default: []].append(row) }
    // As many independent trials as a centre has coordinates, or it is mostly noise.
    let least = 5 + Double(width) / 2
    let groups = rowsOfGroup.sorted { $0.key < $1.key }.compactMap {
      _, rows -> (rows: [Int], weight: Double)? in
      let sum = rows.reduce(0) { $0 + weights[$1] }
      let squares = rows.reduce(0) { $0 + weights[$1] * weights[$1] }
      guard sum >= Self.leastShare * total, sum * sum >= least * squares else { return nil }
      return (rows, sum)
    }
    let kept = groups.enumerated().sorted {
      ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset)
    }.prefix(Self.mostShifts).map(\.element)
    let sum = kept.reduce(0) { $0 + $1.weight }
    return kept.map {
      RareMixture.Shift(share: $0.weight / sum, moves: self.mean(of: $0.rows, $0.weight))
    }
  }

  /// The one or two innovations that lead most into a direction.
  private func group(ofRow row: Int, towards mean: [Double]) -> Int {
    var (first, second) = (0, 0)
    var (most, next) = (-Double.infinity, -Double.infinity)
    for index in 0..<width {
      let reach = innovations[row * width + index] * mean[index]
      if reach > most {
        (second, next) = (first, most)
        (first, most) = (index, reach)
      } else if reach > next {
        (second, next) = (index, reach)
      }
    }
    return first * width + (next > 0.6 * most ? second : first)
  }

  /// One step of expectation and maximisation.
  private func refined(_ shifts: [RareMixture.Shift], _ total: Double) -> [RareMixture.Shift] {
    var sums = [Double](repeating: 0, count: shifts.count)
    var moves = [Double](repeating: 0, count: shifts.count * width)
    var exponents = [Double](repeating: 0, count: shifts.count)
    for row in 0..<count {
      var largest = -Double.infinity
      for (number, shift) in shifts.enumerated() {
        var exponent = shift.constant
        for index in 0..<width { exponent += shift.moves[index] * innovations[row * width + index] }
        exponents[number] = exponent
        largest = max(largest, exponent)
      }
      for number in exponents.indices {
        exponents[number] = exponential(exponents[number] - largest)
      }
      let share = weights[row] / exponents.reduce(0, +)
      for number in exponents.indices where exponents[number] > 1e-12 {
        let part = share * exponents[number]
        sums[number] += part
        for index in 0..<width {
          moves[number * width + index] += part * innovations[row * width + index]
        }
      }
    }
    let kept = shifts.indices.filter { sums[$0] > Self.leastFitted * total }
    let sum = kept.reduce(0) { $0 + sums[$1] }
    return kept.map { number in
      RareMixture.Shift(
        share: sums[number] / sum,
        moves: moves[number * width..<(number + 1) * width].map { $0 / sums[number] })
    }
  }
}
