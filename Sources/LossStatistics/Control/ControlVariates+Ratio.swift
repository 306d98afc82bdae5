extension ControlVariates {
  /// The ratio of two means, both sharpened: its error is that of part − ratio · whole (linearised; the
  /// whole varies little).
  ///
  /// Source: W. G. Cochran, "Sampling Techniques", 3rd edition, 1977, section 2.11.
  ///
  /// - Parameters:
  ///   - places: Of part and whole.
  ///   - means: Their sharpened means, in one unit.
  ///   - moments: How they move together, in numbers of which `unit` make one of the means' unit.
  ///   - unit: 100 fen a yuan.
  /// - Returns: `nil` as for a mean, or if the whole is nothing.
  public func ratio(
    _ places: (part: Int, whole: Int), means: (part: Estimate, whole: Estimate),
    _ moments: RatioMoments, unit: Double
  ) -> Estimate? {
    guard means.whole.value != 0 else { return nil }
    let ratio = means.part.value / means.whole.value
    return mean(
      of: [Part(places.part), Part(places.whole, times: -ratio)], plain: means.part,
      deviation: moments.deviation(at: ratio))?
      .divided(by: means.whole.value * unit).replaced(by: ratio)
  }
}
