import Foundation
import LossStatistics
import Testing

/// What of a frequency's variance lies between groups of trials, and what is chance within them.
@Suite struct NestedProportionTests {
  /// By hand: frequencies 3/4, 1/4 and 2/4. Σk²/n = (9 + 1 + 4)/4 = 3.5, K²/N = 36/12 = 3, so
  /// MSB = 0.5/2 = 0.25; MSW = (6 − 3.5)/9 = 2.5/9; n₀ = (12 − 48/12)/2 = 4.
  @Test func `three groups of four by hand`() throws {
    let nested = try #require(NestedProportion(successes: [3, 1, 2], trials: [4, 4, 4]))
    #expect(nested.mean == 0.5)
    #expect(abs(nested.withinVariance - 2.5 / 9) < 1e-15)
    #expect(abs(nested.betweenVariance - (0.25 - 2.5 / 9) / 4) < 1e-15)
    #expect(nested.share == nil, "six events tell no share")
  }

  /// Groups of unequal size by hand: 2 of 2, 0 of 3, 3 of 5. Σk²/n = 2 + 0 + 1.8 = 3.8, K²/N = 2.5,
  /// MSB = 0.65; MSW = (5 − 3.8)/7; n₀ = (10 − 38/10)/2 = 3.1. A group without trials counts for nothing.
  @Test func `unequal groups by hand`() throws {
    let nested = try #require(
      NestedProportion(successes: [2, 0, 0, 3], trials: [2, 0, 3, 5]))
    #expect(nested.groupCount == 3)
    #expect(abs(nested.withinVariance - 1.2 / 7) < 1e-15)
    #expect(abs(nested.betweenVariance - (0.65 - 1.2 / 7) / 3.1) < 1e-15)
  }

  @Test func `groups that cannot be taken apart`() {
    #expect(NestedProportion(successes: [1, 2], trials: [3, 3]) == nil, "two groups")
    #expect(NestedProportion(successes: [1, 0, 1], trials: [1, 1, 1]) == nil, "one trial each")
    #expect(NestedProportion(successes: [], trials: []) == nil)
  }

  /// All alike in a group: everything lies between. All groups alike: nothing does, and what chance
  /// leaves below zero counts as none.
  @Test func `the ends of the share`() throws {
    let between = try #require(
      NestedProportion(successes: [20, 0, 20, 0], trials: [20, 20, 20, 20]))
    #expect(between.share == 1)
    let alike = try #require(NestedProportion(successes: [5, 5, 5, 5], trials: [20, 20, 20, 20]))
    #expect(alike.share == 0 && alike.betweenVariance < 0)
    let never = try #require(NestedProportion(successes: [0, 0, 0], trials: [20, 20, 20]))
    #expect(never.share == nil && never.betweenVariance == 0)
  }

  /// Beta(a, b) between groups: its variance is ab / ((a+b)² (a+b+1)), and the share 1 / (a+b+1). The mean
  /// of 400 estimates lies within 3.9 of its standard errors of either, in 1 of 10,000 seeds not, and the
  /// error that each tells is, on average, what they spread by (to a fifth).
  ///
  /// The cases: 20 trials a group, or 2 to 9 by turns; 1 to 3 probabilities are drawn uniformly, and the
  /// smallest or largest of them is a Beta variable.
  @Test(arguments: [(1, 1, 20...20), (1, 3, 20...20), (3, 1, 2...9), (1, 2, 2...9)])
  func `the beta-binomial law`(_ a: Int, _ b: Int, _ sizes: ClosedRange<Int>) throws {
    var words = Words(seed: UInt64(10 * a + b))
    let groups = 200
    var variances: [Double] = []
    var shares: [Double] = []
    var errors: [Double] = []
    for _ in 0..<400 {
      let trials = (0..<groups).map { sizes.lowerBound + $0 % sizes.count }
      let successes = trials.map { count in
        // Beta(n, 1) is the largest of n, Beta(1, n) the smallest.
        let draws = (0..<max(a, b)).map { _ in words.uniform() }
        let probability = a > b ? draws.max()! : draws.min()!
        return (0..<count).count { _ in words.uniform() < probability }
      }
      let nested = try #require(NestedProportion(successes: successes, trials: trials))
      variances.append(nested.betweenVariance)
      shares.append(try #require(nested.share))
      errors.append(try #require(nested.shareError))
    }
    let sum = Double(a + b)
    let (variance, share) = (Double(a * b) / (sum * sum * (sum + 1)), 1 / (sum + 1))
    #expect(distance(variances, from: variance) < 3.9)
    // A ratio of two estimates: its bias is of the order 1/groups.
    #expect(abs(mean(shares) - share) < 3.9 * deviation(shares) / 20 + share / Double(groups))
    #expect(abs(mean(errors) / deviation(shares) - 1) < 0.2)
  }

  /// Where all groups have one probability the variance between them is 0 without bias, half of its
  /// estimates below; one share in ten at most lies beyond 1.64 of its largest error under that: the
  /// F distribution's √(2/G)/n. (3.9 standard errors: 1 of 10,000 seeds fails.)
  @Test func `nothing between groups that are alike`() throws {
    var words = Words(seed: 7)
    var variances: [Double] = []
    var beyond = 0
    for _ in 0..<400 {
      let successes = (0..<100).map { _ in (0..<10).count { _ in words.uniform() < 0.2 } }
      let nested = try #require(
        NestedProportion(successes: successes, trials: Array(repeating: 10, count: 100)))
      variances.append(nested.betweenVariance)
      #expect(nested.share! >= 0)
      if nested.share! > 1.64 * (2.0 / 100).squareRoot() / 10 { beyond += 1 }
    }
    #expect(distance(variances, from: 0) < 3.9)
    #expect((100...300).contains(variances.count { $0 < 0 }))
    #expect(beyond < 40 + 24, "400 · 0.1, and four standard errors of that")
  }

  /// Squared widths add up: 3 at 90 %, and 4 at 90 % beside it, which are 4.7662 at 95 %.
  @Test func `the share of a width`() throws {
    let own = Interval(low: 1, high: 4)
    let share = try #require(
      own.widthShare(beside: Interval(low: 0, high: 4 * 1.959964 / 1.644854)))
    #expect(abs(share - 9.0 / 25) < 1e-6)
    let none = Interval(low: 2, high: 2)
    #expect(none.widthShare(beside: own) == 0 && own.widthShare(beside: none) == 1)
    #expect(none.widthShare(beside: none) == nil)
  }

  private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  private func deviation(_ values: [Double]) -> Double {
    let middle = mean(values)
    let squares = values.reduce(0) { $0 + ($1 - middle) * ($1 - middle) }
    return (squares / Double(values.count - 1)).squareRoot()
  }

  /// In standard errors of the mean.
  private func distance(_ values: [Double], from truth: Double) -> Double {
    abs(mean(values) - truth) / (deviation(values) / Double(values.count).squareRoot())
  }
}
