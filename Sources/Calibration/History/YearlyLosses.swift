/// What one year's defaults cost, before recoveries.
public struct YearlyLosses: Sendable, Hashable {
  /// The year of the defaults.
  public let year: Int
  /// The defaults whose loss is known.
  public let count: Int
  /// Their losses together.
  public let sum: Double
  /// The sum of the squares of the single losses; `nil` where only their sum is known.
  public let squares: Double?
  /// The mean amount of a loan at risk; `nil` where it is not known.
  public let exposure: Double?

  /// Creates a year.
  public init(year: Int, count: Int, sum: Double, squares: Double?, exposure: Double?) {
    self.year = year
    self.count = count
    self.sum = sum
    self.squares = squares
    self.exposure = exposure
  }
}

/// The law of the loss of one default, as far as a history tells it.
public struct LossSeverity: Sendable, Hashable {
  /// The mean.
  public let mean: Double
  /// The variance between single losses.
  public let variance: Double
  /// The variance of the mean itself, which is an estimate from so many losses.
  public let varianceOfMean: Double

  /// Creates a law.
  public init(mean: Double, variance: Double, varianceOfMean: Double) {
    self.mean = mean
    self.variance = variance
    self.varianceOfMean = varianceOfMean
  }

  /// The fewest losses from which the spread between them is told.
  public static let fewestLosses = 3

  /// The law for a year to come, from the years before it.
  ///
  /// Where the mean amounts at risk are known, of all years and of the one to come, losses count in
  /// parts of them, so that loans that grow are no surprise. Where single losses are not known, the
  /// spread between them is what the means of the years show: of *d* defaults it has the variance
  /// σ² / d.
  ///
  /// - Returns: `nil` where too little is known: fewer than three losses, or the sums of a single year.
  public init?(_ years: [YearlyLosses], exposure: Double?) {
    let known = years.filter { $0.count > 0 }
    let isScaled = (exposure ?? 0) > 0 && known.allSatisfy { ($0.exposure ?? 0) > 0 }
    let units = known.map { isScaled ? $0.exposure ?? 1 : 1 }
    let scale = isScaled ? exposure ?? 1 : 1
    let count = known.reduce(0) { $0 + $1.count }
    guard count >= Self.fewestLosses else { return nil }
    let rates = zip(known, units).map { $0.sum / $1 }
    let mean = rates.reduce(0, +) / Double(count)
    var spread = 0.0
    if known.allSatisfy({ $0.squares != nil }) {
      let squares = zip(known, units).reduce(0) { $0 + ($1.0.squares ?? 0) / ($1.1 * $1.1) }
      spread = (squares - Double(count) * mean * mean) / Double(count - 1)
    } else {
      guard known.count >= 2 else { return nil }
      let squares = zip(known, rates).reduce(0) { sum, item in
        let away = item.1 / Double(item.0.count) - mean
        return sum + Double(item.0.count) * away * away
      }
      spread = squares / Double(known.count - 1)
    }
    self.init(
      mean: mean * scale, variance: max(0, spread) * scale * scale,
      varianceOfMean: max(0, spread) * scale * scale / Double(count))
  }

  /// The law as if its mean were certain.
  var withCertainMean: LossSeverity {
    LossSeverity(mean: mean, variance: variance, varianceOfMean: 0)
  }
}
