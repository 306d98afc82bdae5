/// What becomes of a fraction of a fen (interpretation I-1).
@frozen
public enum RoundingRule: String, CaseIterable, Sendable {
  /// The fraction is dropped.
  case down
  /// Half a fen or more becomes a fen.
  case halfUp

  /// What is added to the whole fen of a quotient: 0 or 1.
  ///
  /// - Parameters:
  ///   - rest: The remainder, 0 ..< `denominator`.
  ///   - denominator: The divisor of the quotient.
  @inlinable
  public func increment(rest: Int64, of denominator: Int64) -> Int64 {
    switch self {
    case .down: 0
    case .halfUp: rest >= denominator - rest ? 1 : 0
    }
  }
}
