public import FundCore

extension ThresholdTerms {
  /// What a threshold measures.
  public struct Measured: Sendable, Hashable {
    let numerator: RatioNumerator
    let denominator: RatioDenominator
    let measure: LoanMeasure

    /// A part, the whole that it is measured against, and which amount of a loan counts.
    public init(
      _ numerator: RatioNumerator, _ denominator: RatioDenominator, _ measure: LoanMeasure
    ) {
      self.numerator = numerator
      self.denominator = denominator
      self.measure = measure
    }
  }

  /// When a threshold is watched, and from which disbursed amount on.
  public struct Watch: Sendable, Hashable {
    let time: WatchTime
    let minimumDisbursed: Money

    /// Names both.
    public init(_ time: WatchTime, minimumDisbursed: Money) {
      self.time = time
      self.minimumDisbursed = minimumDisbursed
    }
  }
}
