// The only use of the C library in this target: at set-up, and once a gamma-factor cell.
import Foundation

/// base^exponent.
func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }

/// −ln(1 − p): the hazard of an assessment that fails with probability p; `certainty` for p = 1.
@inline(__always)
func hazard(ofProbability probability: Double, certainty: Double) -> Double {
  probability >= 1 ? certainty : -log1p(-probability)
}

/// What stands for the hazard of a slot that fails for certain: a slot survives it with probability
/// 4e-18. No smaller probability has a larger hazard than 36.8.
let certainHazard = 40.0

/// The whole part of a number from 0 up to 2⁵¹, or, of a whole number n above 0, perhaps n − 1.
///
/// What lies below n gives at most n − 1: taking off ½ is exact from ¼ on, so less than n − ½ is
/// left.
///
/// Adding 1.5 · 2⁵² rounds, and leaves the whole number in the low bits; `Int(_:)` takes ten
/// instructions more to see that a number lies within its range.
@inline(__always)
func wholePartBelow(_ number: Double) -> Int {
  let rounded = number - 0.5 + 0x1.8p52
  return Int(truncatingIfNeeded: rounded.bitPattern &- 0x1.8p52.bitPattern)
}

/// The whole part of a number from 0 up to 2⁵¹, exactly, in the same way.
@inline(__always)
func wholePart(_ number: Double) -> Int64 {
  let rounded = number + 0x1.8p52
  let nearest = Int64(truncatingIfNeeded: rounded.bitPattern &- 0x1.8p52.bitPattern)
  return nearest &- (rounded - 0x1.8p52 > number ? 1 : 0)
}
