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

  /// Creates a model.
  public init(part: Part, lag: ClosedRange<Int>, costs: Ratio = .zero, writeOffMonths: Int? = nil) {
    self.part = part
    self.lag = lag
    self.costs = costs
    self.writeOffMonths = writeOffMonths
  }

  /// Draws part and lag for the defaults of a trial. A loan's draws have the address of the loan,
  /// whatever else happens in the trial.
  ///
  /// What would arrive after the horizon even from a claim in the month of default is not drawn.
  func draw(for defaults: TrialDefaults, horizon: Int, seed: UInt64, trial: Int) {
    let key = DrawKey(seed: seed, trial: UInt64(trial), purpose: .recovery)
    let range = lag
    for index in 0..<defaults.count {
      let word = key.word(at: address(of: defaults.events[index]) | 1)
      defaults.events[index].lag = Int16(
        truncatingIfNeeded: UniformDraw.integer(in: range, from: word))
    }
    switch part {
    case .fixed(let value):
      drawParts(for: defaults, horizon: horizon) { _ in value }
    case .beta(let table):
      drawParts(for: defaults, horizon: horizon) {
        table.value(at: UniformDraw.unit(from: key.word(at: $0)))
      }
    case .loadedBeta:
      drawParts(for: defaults, horizon: horizon) { UniformDraw.unit(from: key.word(at: $0)) }
    }
  }

  /// Draws the parts that may arrive within the horizon, each at its address.
  @inline(__always)
  private func drawParts(
    for defaults: TrialDefaults, horizon: Int, _ part: (UInt64) -> Double
  ) {
    for index in 0..<defaults.count {
      let event = defaults.events[index]
      guard Int(event.month) &+ Int(event.lag) < horizon else { continue }
      defaults.events[index].recovery = part(address(of: event))
    }
  }

  @inline(__always)
  private func address(of event: DefaultEvent) -> UInt64 {
    UInt64(UInt32(bitPattern: event.loan)) &<< 1
  }

  /// The part of the loss that is recovered, given the factor of the claim's period.
  @inline(__always)
  func recoveredPart(
    of event: DefaultEvent, factor: @autoclosure () -> Double, _ tables: DrawTables
  )
    -> Double
  {
    guard case .loadedBeta(let beta, let loading) = part else { return event.recovery }
    let mixed =
      loading.squareRoot() * factor()
      + (1 - loading).squareRoot() * tables.normal.value(at: event.recovery)
    return beta.value(at: min(max(tables.cumulative.probability(at: mixed), 1e-300), 1 - 0x1p-53))
  }
}

/// A part of an amount, half up to the fen. The part is a draw, hence not exact to start with.
@inline(__always)
func roundedPart(_ part: Double, of amount: Int64) -> Int64 {
  // Both are positive: the conversion rounds down.
  Int64(part * Double(amount) + 0.5)
}
