#if canImport(Glibc)
  internal import Glibc  // for the square root alone, which IEEE 754 fixes to the last bit
#else
  internal import Foundation
#endif

// The exponential and the logarithm are written out here because those of the C library differ
// in the last bit from one version to the next, and a seed must give the same results everywhere.
// Swift never fuses or reorders these operations.
//
// Source: fdlibm 5.3, e_exp.c and e_log.c. Copyright (C) 1993 by Sun Microsystems, Inc. All rights
// reserved. Developed at SunSoft, a Sun Microsystems, Inc. business. Permission to use, copy,
// modify, and distribute this software is freely granted, provided that this notice is preserved.

private let upperLog2 = 6.93147180369123816490e-01
private let lowerLog2 = 1.90821492927058770002e-10

/// e to the power of `exponent`, with an error below one unit in the last place.
public func exponential(_ exponent: Double) -> Double {
  guard exponent < 709.78 else { return exponent.isNaN ? exponent : .infinity }
  guard exponent > -745.2 else { return 0 }
  let scale = Double(Int(exponent * 1.44269504088896338700 + (exponent < 0 ? -0.5 : 0.5)))
  let high = exponent - scale * upperLog2
  let low = scale * lowerLog2
  let rest = high - low
  let square = rest * rest
  let polynomial =
    rest - square
    * (1.66666666666666019037e-01 + square
      * (-2.77777777770155933842e-03 + square
        * (6.61375632143793436117e-05 + square
          * (-1.65339022054652515390e-06 + square * 4.13813679705723846039e-08))))
  let significand = 1 - ((low - (rest * polynomial) / (2 - polynomial)) - high)
  return Double(sign: .plus, exponent: Int(scale), significand: significand)
}

/// The natural logarithm, with an error below one unit in the last place.
public func logarithm(_ number: Double) -> Double {
  guard number > 0 else { return number == 0 ? -.infinity : .nan }
  guard number < .infinity else { return number }
  var exponent = Double(number.exponent)
  var significand = number.significand
  if significand > 1.4142135623730951 {
    significand *= 0.5
    exponent += 1
  }
  let fraction = significand - 1
  let ratio = fraction / (2 + fraction)
  let square = ratio * ratio
  let fourth = square * square
  let even =
    fourth
    * (3.999999999940941908e-01 + fourth
      * (2.222219843214978396e-01 + fourth * 1.531383769920937332e-01))
  let odd =
    square
    * (6.666666666666735130e-01 + fourth
      * (2.857142874366239149e-01 + fourth
        * (1.818357216161805012e-01 + fourth * 1.479819860511658591e-01)))
  let halfSquare = 0.5 * fraction * fraction
  let correction = ratio * (halfSquare + even + odd) + exponent * lowerLog2
  return exponent * upperLog2 - ((halfSquare - correction) - fraction)
}

/// ln(1 + `number`), accurate for small numbers too.
public func logarithm(onePlus number: Double) -> Double {
  let sum = 1 + number
  guard sum > 0 else { return logarithm(sum) }
  // What the rounding of the sum lost is put back to first order.
  return logarithm(sum) + (number - (sum - 1)) / sum
}

/// A polynomial, its coefficients from the highest power down.
func polynomial(_ argument: Double, _ coefficients: Double...) -> Double {
  coefficients.reduce(0) { $0 * argument + $1 }
}

/// cos(πx), to ten digits: sines by their series about ½.
public func cosineOfPi(times number: Double) -> Double {
  let whole = abs(number).truncatingRemainder(dividingBy: 2)
  let angle = .pi * (0.5 - (whole > 1 ? 2 - whole : whole))
  let square = angle * angle
  var (term, sum) = (angle, angle)
  for step in 1...10 {
    term *= -square / Double((2 * step) * (2 * step + 1))
    sum += term
  }
  return sum
}
