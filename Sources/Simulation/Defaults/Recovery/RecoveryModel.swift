public import FundCore
public import RandomStreams

/// What is recovered after a default, and when.
public struct RecoveryModel: Sendable {
  /// The part of the loss base that is recovered.
  public enum Part: Sendable {
    /// The same part of every loss.
    case fixed(Double)
    /// A Beta draw, independent of everything.
    case beta(QuantileTable)
    /// The Beta quantile at Φ(√q X + √(1−q) ε), with X the systematic factor of the loan's sector
    /// in the period of the claim month.
    case loadedBeta(QuantileTable, loading: Double)
  }

  /// The part that is recovered.
  public let part: Part
  /// Months from the claim to the recovery, uniform on whole months, both bounds included.
  public let lag: ClosedRange<Int>
  /// The costs of recovery as a part of what is recovered.
  public let costs: Ratio
  /// Months after which overdue principal is written off; `nil` for never (I-10).
  public let writeOffMonths: Int?

  /// Whether what is recovered hangs on the factor.
  var isLoaded: Bool {
    if case .loadedBeta = part { true } else { false }
  }

  /// Creates a model.
  public init(part: Part, lag: ClosedRange<Int>, costs: Ratio = .zero, writeOffMonths: Int? = nil) {
    self.part = part
    self.lag = lag
    self.costs = costs
    self.writeOffMonths = writeOffMonths
  }

  /// The part of a loss that a word recovers in all, given that more than a part of it is.
  ///
  /// - Parameters:
  ///   - passed: The probability that no more than `least` is recovered.
  ///   - factor: The factor of the claim's period, where the recovery is loaded on one.
  ///   - drawn: The law of the part in this trial; that of the model if `nil`.
  func part(
    from word: UInt64, beyond least: Double, passed: Double, factor: @autoclosure () -> Double,
    under drawn: Part? = nil
  ) -> Double {
    switch drawn ?? part {
    case .fixed(let value): return max(value, least)
    case .beta(let table):
      guard least > 0 else { return table.value(from: word) }
      let below = drawn == nil ? passed : table.probability(atMost: least)
      return max(least, table.value(at: below + (1 - below) * UniformDraw.unit(from: word)))
    case .loadedBeta(let table, let loading):
      let shift = loading.squareRoot() * factor()
      let own = (1 - loading).squareRoot()
      let unit = UniformDraw.unit(from: word)
      func inside(_ probability: Double) -> Double { min(max(probability, 1e-300), 1 - 0x1p-53) }
      var below = 0.0
      if least > 0 {
        let score = normalQuantile(inside(table.probability(atMost: least)))
        below = normalCumulative((score - shift) / own)
      }
      let score = normalQuantile(inside(below + (1 - below) * unit))
      return max(least, table.value(at: inside(normalCumulative(shift + own * score))))
    }
  }

  /// The part of the loss that is recovered, given the factor of the claim's period.
  ///
  /// - Parameter drawn: The law of the part in this trial; that of the model if `nil`.
  @inline(__always)
  func recoveredPart(
    of event: DefaultEvent, factor: @autoclosure () -> Double, _ drawn: Part?, _ tables: DrawTables
  )
    -> Double
  {
    guard case .loadedBeta(let beta, let loading) = drawn ?? part else { return event.recovery }
    let mixed =
      loading.squareRoot() * factor()
      + (1 - loading).squareRoot() * tables.normal.value(at: event.recovery)
    return beta.value(at: min(max(tables.cumulative.probability(at: mixed), 1e-300), 1 - 0x1p-53))
  }
}

/// A part of an amount, half up to the fen. The part is a draw, hence not exact to start with.
@inline(__always)
func roundedPart(_ part: Double, of amount: Int64) -> Int64 {
  amount < 1 << 50
    ? roundedSmallPart(part, of: amount) : Int64(part * Double(amount) + 0.5)
}

/// The same for amounts below 2⁵⁰, in half the instructions.
///
/// Adding 1.5 · 2⁵² rounds to the nearest whole number, and a half to the even one; so the product is
/// lifted before, by one or two units in its last place, of which the last is uncertain anyway.
@inline(__always)
func roundedSmallPart(_ part: Double, of amount: Int64) -> Int64 {
  let lifted = part * Double(amount) * (1 + 0x1p-52)
  return Int64(bitPattern: (lifted + 0x1.8p52).bitPattern &- 0x1.8p52.bitPattern)
}
