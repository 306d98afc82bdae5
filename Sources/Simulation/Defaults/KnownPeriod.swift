/// What is known of the factors of a period that began before the run: their law given what was seen.
///
/// The word that would have drawn the factor draws it still: a standard normal score z becomes
/// F⁻¹(Φ(z)), F being the conditional law. So trials stay addressed, and a run in which nothing was seen is
/// the run without.
public struct KnownPeriod: Hashable, Sendable {
  /// The law of one factor as its values at even normal scores.
  public struct Law: Hashable, Sendable {
    private static let reach = 8.5
    private static let density = 16.0

    /// The scores at which the law is asked for.
    public static var scores: [Double] {
      (0...Int(2 * reach * density)).map { Double($0) / density - reach }
    }

    private let values: [Double]

    /// The law of the factor with the other sign.
    var mirrored: Law { Law(values.reversed().map { -$0 }) }

    /// Creates a law.
    ///
    /// - Parameter values: The factor at each of `scores`; of a gamma factor, the normal score of its
    ///   probability.
    public init(_ values: [Double]) {
      precondition(values.count == Self.scores.count, "a value for each score")
      self.values = values
    }

    /// The factor at a score: a cubic through four neighbours.
    func value(at score: Double) -> Double {
      let place = min(max((score + Self.reach) * Self.density, 0), Double(values.count - 1))
      let cell = min(max(Int(place), 1), values.count - 3)
      let part = place - Double(cell)
      let (before, left) = (values[cell - 1], values[cell])
      let (right, after) = (values[cell + 1], values[cell + 2])
      return left * (part + 1) * (part - 1) * (part - 2) / 2
        - right * (part + 1) * part * (part - 2) / 2
        - before * part * (part - 1) * (part - 2) / 6 + after * (part + 1) * part * (part - 1) / 6
    }
  }

  /// The period, counted from the opening.
  public let period: Int
  /// The laws by the place of a factor: of all loans alone, or of each sector; none where there are paths.
  public private(set) var laws: [Law]
  /// Paths of all factors up to that period, where these are not independent given what was seen.
  public private(set) var paths: Paths?

  /// The law of a factor in a period, if something is known of it. Place 0 is the common factor, place k + 1
  /// that of sector k, of which one has no common factor beside it.
  func law(of period: Int, place: Int) -> Law? {
    guard period == self.period, !laws.isEmpty else { return nil }
    if laws.count == 1 { return place == 0 ? laws[0] : nil }
    return place > 0 ? laws[place - 1] : nil
  }

  /// Creates what is known.
  public init(period: Int, laws: [Law]) { (self.period, self.laws) = (period, laws) }

  /// Creates what is known from paths.
  public init(period: Int, paths: Paths) {
    (self.period, laws, self.paths) = (period, [], paths)
  }

  /// The same for a factor of the other sign: a large gamma factor is bad, a large normal one good.
  public var mirrored: KnownPeriod {
    var mirrored = self
    mirrored.laws = laws.map(\.mirrored)
    return mirrored
  }
}

extension KnownPeriod {
  /// Drawn courses of all factors up to the known period, of equal weight. A trial follows the one to which the
  /// score of the known period's first factor leads: a low score to a bad one.
  public struct Paths: Hashable, Sendable {
    private let periods: Range<Int>
    private let placeCount: Int
    /// Shape `[paths][periods][places]`, the worst first.
    private let factors: [Double]
    /// √(W/ν), shape `[paths][periods]`; empty for Gaussian factors.
    private let scales: [Double]

    /// Creates paths.
    ///
    /// - Parameter periods: The periods that they tell, counted from the opening.
    /// - Precondition: At least one, and a scale for each period or none.
    public init(periods: Range<Int>, placeCount: Int, factors: [Double], scales: [Double]) {
      precondition(
        !factors.isEmpty && factors.count % (periods.count * placeCount) == 0, "whole paths")
      (self.periods, self.placeCount) = (periods, placeCount)
      (self.factors, self.scales) = (factors, scales)
    }

    /// The number of the path to which a uniform number leads.
    func number(at unit: Double) -> Int {
      let count = factors.count / (periods.count * placeCount)
      return min(Int(unit * Double(count)), count - 1)
    }

    /// The factor of a place in a period; `nil` beside the known ones.
    @inline(__always)
    func factor(ofPath number: Int, period: Int, place: Int) -> Double? {
      guard periods.contains(period), place < placeCount else { return nil }
      return factors[
        (number * periods.count + period - periods.lowerBound) * placeCount + place]
    }

    /// √(W/ν) of a period; `nil` beside the known ones, and for Gaussian factors.
    func scale(ofPath number: Int, period: Int) -> Double? {
      guard periods.contains(period), !scales.isEmpty else { return nil }
      return scales[number * periods.count + period - periods.lowerBound]
    }
  }
}
