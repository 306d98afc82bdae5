// The only use of the C library in this target: at set-up, and once a gamma-factor cell.
import Foundation

/// base^exponent.
func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }

/// −ln(1 − p): the hazard of one slot that fails with probability p, at most 40.
///
/// 40 stands for certainty: a slot survives it with probability 4e-18.
@inline(__always)
func hazard(ofProbability probability: Double) -> Double {
  probability >= 1 ? 40 : min(40, -log1p(-probability))
}
