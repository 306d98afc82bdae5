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
  /// The laws by the place of a factor: of all loans alone, or of each sector.
  public let laws: [Law]

  /// The law of a factor in a period, if something is known of it. Place 0 is the common factor, place k + 1
  /// that of sector k, of which one has no common factor beside it.
  func law(of period: Int, place: Int) -> Law? {
    guard period == self.period else { return nil }
    if laws.count == 1 { return place == 0 ? laws[0] : nil }
    return place > 0 ? laws[place - 1] : nil
  }

  /// Creates what is known.
  public init(period: Int, laws: [Law]) { (self.period, self.laws) = (period, laws) }
}
