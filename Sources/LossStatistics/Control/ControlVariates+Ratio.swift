extension ControlVariates {
  /// One side of a ratio.
  public struct RatioSide: Sendable {
    let place: Int
    let mean: Estimate

    /// Names the place of the figure, and its sharpened mean.
    public init(_ place: Int, mean: Estimate) {
      (self.place, self.mean) = (place, mean)
    }
  }

  /// The ratio of two means, both sharpened: its error is that of part − ratio · whole (linearised; the
  /// whole varies little).
  ///
  /// Source: W. G. Cochran, "Sampling Techniques", 3rd edition, 1977, section 2.11.
  ///
  /// - Parameters:
  ///   - part: What is divided.
  ///   - whole: By what, its mean in the same unit.
  ///   - moments: How they move together, in numbers of which `unit` make one of the means' unit.
  ///   - unit: 100 fen a yuan.
  /// - Returns: `nil` as for a mean, or if the whole is nothing.
  public func ratio(
    of part: RatioSide, over whole: RatioSide, _ moments: RatioMoments, unit: Double
  ) -> Estimate? {
    guard whole.mean.value != 0 else { return nil }
    let ratio = part.mean.value / whole.mean.value
    return mean(
      of: [Part(part.place), Part(whole.place, times: -ratio)], plain: part.mean,
      deviation: moments.deviation(at: ratio))?
      .divided(by: whole.mean.value * unit).replaced(by: ratio)
  }
}
