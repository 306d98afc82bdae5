import RandomStreams

/// Whether less is recovered of the defaults of bad years.
///
/// Rank correlation between a year's default rate and the part recovered, and how often a random
/// order of the years gives one as low: years, not cases, are what is independent.
///
/// Source: C. Spearman, "The proof and measurement of association between two things", American
/// Journal of Psychology 15(1), 1904; permutation as in E. Pitman, Supplement to the Journal of the
/// Royal Statistical Society 4, 1937.
public struct BadYearTest: Sendable, Hashable {
  /// The years compared.
  public let yearCount: Int

  /// Spearman's rank correlation; below 0 recoveries are low in bad years.
  public let rankCorrelation: Double

  /// How often chance alone gives one as low. Exact up to seven years, beyond from 20,000 orders.
  public let pValue: Double

  /// The fewest years that can say anything: four have 24 orders.
  public static let fewestYears = 4

  /// Compares years; `nil` with fewer than four, or if the rates do not differ.
  ///
  /// - Precondition: As many recoveries as default rates.
  public init?(defaultRates: [Double], recoveries: [Double], seed: UInt64) {
    precondition(defaultRates.count == recoveries.count, "a recovery for each default rate")
    guard defaultRates.count >= Self.fewestYears else { return nil }
    let rates = Self.ranks(defaultRates)
    let recovered = Self.ranks(recoveries)
    let scale = (dot(rates, rates) * dot(recovered, recovered)).squareRoot()
    guard scale > 0 else { return nil }
    yearCount = rates.count
    rankCorrelation = dot(rates, recovered) / scale
    let limit = dot(rates, recovered) + 1e-9
    pValue =
      rates.count <= 7
      ? Self.exact(rates, recovered, limit) : Self.drawn(rates, recovered, limit, seed)
  }

  /// Ranks less their mean; equal values share theirs.
  private static func ranks(_ values: [Double]) -> [Double] {
    values.map { value in
      let below = values.count { $0 < value }
      let above = values.count { $0 > value }
      return Double(below - above) / 2
    }
  }

  private static func exact(_ first: [Double], _ second: [Double], _ limit: Double) -> Double {
    var (low, all) = (0, 0)
    func permute(_ values: inout [Double], _ count: Int) {
      guard count > 1 else {
        all += 1
        if dot(first, values) <= limit { low += 1 }
        return
      }
      // B. R. Heap, "Permutations by interchanges", Computer Journal 6(3), 1963.
      for index in 0..<count {
        permute(&values, count - 1)
        if index < count - 1 { values.swapAt(count % 2 == 0 ? index : 0, count - 1) }
      }
    }
    var values = second
    permute(&values, values.count)
    return Double(low) / Double(all)
  }

  private static func drawn(
    _ first: [Double], _ second: [Double], _ limit: Double, _ seed: UInt64
  ) -> Double {
    var words = DrawKey(seed: seed, trial: 1 << 33, purpose: .calibration).sequence()
    let count = 20_000
    let low = (0..<count).count { _ in dot(first, second.shuffled(using: &words)) <= limit }
    // The order that was seen is one of the orders.
    return Double(low + 1) / Double(count + 1)
  }
}
