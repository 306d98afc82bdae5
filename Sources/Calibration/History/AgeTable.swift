import RandomStreams

/// Defaults by the age of the loans, and whether they contradict one probability for all ages.
public struct AgeTable: Sendable, Hashable {
  /// One year of age.
  public struct Row: Sendable, Hashable {
    /// The year since the start, from 1.
    public let age: Int
    /// Loan-years at risk.
    public let loanYears: Double
    /// Defaults.
    public let defaults: Int
    /// The defaults to be expected if age made no difference, given those of each year and grade.
    public let expected: Double

    /// Defaults by loan-year.
    public var rate: Double { loanYears > 0 ? Double(defaults) / loanYears : 0 }
  }

  /// The rows, from the first year on.
  public let rows: [Row]

  /// The fewest expected defaults of ages that are taken together.
  private static let fewestExpected = 3.0

  /// The test of one probability for all ages; `nil` with too few defaults to tell.
  public let test: ChiSquareTest?

  /// Ages that are taken together, with the multiplier of a constant probability that fits them.
  public struct Stretch: Sendable, Hashable {
    /// The first month since the start.
    public let from: Int
    /// The last month; `nil` for all later ones.
    public let until: Int?
    /// The multiplier.
    public let factor: Double
  }

  /// What a constant probability has to be multiplied by, as `ageCurve:` of a scenario says it: the
  /// defaults over those to be expected, of neighbouring years of age taken together until a tenth of all
  /// defaults is to be expected in them.
  ///
  /// The expected ones of all ages sum to the defaults: the multiplier of the history's loans is 1 on
  /// average. Half a default stands on both sides, so that ages without one do not become safe.
  public var curve: [Stretch] {
    let all = rows.reduce(0) { $0 + $1.expected }
    let groups = Self.groups(rows.map(\.expected), least: max(Self.fewestExpected, all / 10))
    return groups.enumerated().map { index, group in
      let defaults = group.reduce(0) { $0 + Double(rows[$1].defaults) }
      let expected = group.reduce(0) { $0 + rows[$1].expected }
      let last = index + 1 < groups.count ? (group.last ?? 0) + 1 : nil
      return Stretch(
        from: 12 * (group.first ?? 0) + 1, until: last.map { 12 * $0 },
        factor: (defaults + 0.5) / (expected + 0.5))
    }
  }

  /// Whether a constant probability contradicts the table, at 1 %.
  public var contradictsConstantPD: Bool { (test?.pValue ?? 1) < 0.01 }

  /// Makes the table of a history of loans.
  ///
  /// The test is the log-rank test over ages, stratified by year and grade: bad years and grades,
  /// which have their ages too, do not count. Ages with fewer than three expected defaults are taken
  /// together with their neighbour.
  ///
  /// Source: N. Mantel, "Evaluation of survival data and two new rank order statistics arising in its
  /// consideration", Cancer Chemotherapy Reports 50(3), 1966, pp. 163–170.
  public init(_ history: LoanHistory) {
    let cells = history.ageCells
    let strata = Dictionary(grouping: cells) { [$0.key.year, $0.key.grade] }
    let count = (cells.keys.map(\.age).max() ?? -1) + 1
    var months = [Int](repeating: 0, count: count)
    var defaults = months
    var expected = [Double](repeating: 0, count: count)
    var covariance = expected.map { _ in [Double](repeating: 0, count: count) }
    for key in strata.keys.sorted(by: { ($0[0], $0[1]) < ($1[0], $1[1]) }) {
      let stratum = (strata[key] ?? []).sorted { $0.key.age < $1.key.age }
      let atRisk = Double(stratum.reduce(0) { $0 + $1.value.months })
      let failed = Double(stratum.reduce(0) { $0 + $1.value.defaults })
      let spread = atRisk > 1 ? failed * (atRisk - failed) / (atRisk - 1) : 0
      for (place, cell) in stratum {
        let share = Double(cell.months) / atRisk
        months[place.age] += cell.months
        defaults[place.age] += cell.defaults
        expected[place.age] += failed * share
        for (other, otherCell) in stratum {
          let product = share * Double(otherCell.months) / atRisk
          covariance[place.age][other.age] +=
            spread * ((place.age == other.age ? share : 0) - product)
        }
      }
    }
    rows = (0..<count).map {
      Row(
        age: $0 + 1, loanYears: Double(months[$0]) / 12, defaults: defaults[$0],
        expected: expected[$0])
    }
    test = Self.test(
      Self.groups(expected, least: Self.fewestExpected),
      zip(defaults, expected).map { Double($0) - $1 }, covariance: covariance)
  }

  /// Neighbouring ages with so many expected defaults together; none if they make one group only.
  private static func groups(_ expected: [Double], least: Double) -> [[Int]] {
    var groups: [[Int]] = []
    var open: [Int] = []
    for age in expected.indices {
      open.append(age)
      if open.reduce(0, { $0 + expected[$1] }) >= least {
        groups.append(open)
        open = []
      }
    }
    guard groups.count >= 2 else { return [] }
    groups[groups.count - 1] += open
    return groups
  }

  private static func test(
    _ groups: [[Int]], _ excess: [Double], covariance: [[Double]]
  ) -> ChiSquareTest? {
    guard !groups.isEmpty else { return nil }
    // One group is the rest of the others: its row would add nothing.
    let kept = groups.dropLast()
    let sums = kept.map { group in group.reduce(0) { $0 + excess[$1] } }
    let matrix = kept.map { first in
      kept.map { second in
        first.reduce(0) { sum, row in second.reduce(sum) { $0 + covariance[row][$1] } }
      }
    }
    guard let triangle = Triangle(matrix) else { return nil }
    let solved = triangle.solved(sums)
    return ChiSquareTest(statistic: dot(solved, solved), degrees: kept.count)
  }
}

/// A test whose statistic has a chi-square law if nothing is there.
public struct ChiSquareTest: Sendable, Hashable {
  /// The statistic.
  public let statistic: Double

  /// The degrees of freedom.
  public let degrees: Int

  /// How often chance alone gives as much.
  public var pValue: Double {
    1 - regularizedIncompleteGamma(Double(degrees) / 2, statistic / 2)
  }
}
