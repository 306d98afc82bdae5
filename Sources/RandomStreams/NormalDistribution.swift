/// Φ(x), the standard normal distribution function, with a relative error below 4e-15 down to
/// x = −37, where it underflows.
///
/// Source: W. J. Cody, "Rational Chebyshev approximations for the error function", Mathematics of
/// Computation 23(107), 1969, pp. 631–637; coefficients for Φ as in his ANORM (SPECFUN).
public func normalCumulative(_ argument: Double) -> Double {
  let size = abs(argument)
  if size <= 0.67448975 {
    let square = size > 1.11e-16 ? argument * argument : 0
    let ratio =
      polynomial(
        square, 0.065682337918207449113, 2.2352520354606839287, 161.02823106855587881,
        1067.6894854603709582, 18154.981253343561249)
      / polynomial(
        square, 1, 47.20258190468824187, 976.09855173777669322, 10260.932208618978205,
        45507.789335026729956)
    return 0.5 + argument * ratio
  }
  let tail = normalUpperTail(size)
  return argument > 0 ? 1 - tail : tail
}

/// 1 − Φ(x) for x above 0.67.
private func normalUpperTail(_ size: Double) -> Double {
  guard size < 40 else { return size.isNaN ? size : 0 }
  let factor: Double
  if size <= 5.656854249492380195 {
    factor =
      polynomial(
        size, 1.0765576773720192317e-8, 0.39894151208813466764, 8.8831497943883759412,
        93.506656132177855979, 597.27027639480026226, 2494.5375852903726711,
        6848.1904505362823326, 11602.651437647350124, 9842.7148383839780218)
      / polynomial(
        size, 1, 22.266688044328115691, 235.38790178262499861, 1519.377599407554805,
        6485.558298266760755, 18615.571640885098091, 34900.952721145977266,
        38912.003286093271411, 19685.429676859990727)
  } else {
    let inverse = 1 / (size * size)
    let ratio =
      inverse
      * polynomial(
        inverse, 0.02307344176494017303, 0.21589853405795699, 0.1274011611602473639,
        0.022235277870649807, 0.001421619193227893466, 2.9112874951168792e-5)
      / polynomial(
        inverse, 1, 1.28426009614491121, 0.468238212480865118, 0.0659881378689285515,
        0.00378239633202758244, 7.29751555083966205e-5)
    factor = (0.398942280401432677939946 - ratio) / size
  }
  // exp(−x²/2) in two parts: a square with few bits is exact.
  let coarse = Double(Int(size * 16)) / 16
  let rest = (size - coarse) * (size + coarse)
  return exponential(-coarse * coarse * 0.5) * exponential(-rest * 0.5) * factor
}

/// φ(x), the standard normal density.
public func normalDensity(_ argument: Double) -> Double {
  0.398942280401432677939946 * exponential(-0.5 * argument * argument)
}

/// Φ⁻¹(p), with a relative error of about 1e-15.
///
/// - Parameter probability: Above 0 and below 1; 0 and 1 give the infinities.
///
/// Source: M. J. Wichura, "Algorithm AS 241: The percentage points of the normal distribution",
/// Applied Statistics 37(3), 1988, pp. 477–484, routine PPND16.
public func normalQuantile(_ probability: Double) -> Double {
  let centred = probability - 0.5
  if abs(centred) <= 0.425 {
    let square = 0.180625 - centred * centred
    return centred
      * polynomial(
        square, 2.5090809287301226727e+3, 3.3430575583588128105e+4, 6.7265770927008700853e+4,
        4.5921953931549871457e+4, 1.3731693765509461125e+4, 1.9715909503065514427e+3,
        1.3314166789178437745e+2, 3.3871328727963666080e0)
      / polynomial(
        square, 5.2264952788528545610e+3, 2.8729085735721942674e+4, 3.9307895800092710610e+4,
        2.1213794301586595867e+4, 5.3941960214247511077e+3, 6.8718700749205790830e+2,
        4.2313330701600911252e+1, 1)
  }
  let tail = centred < 0 ? probability : 1 - probability
  guard tail > 0 else { return centred < 0 ? -.infinity : .infinity }
  let size = normalTailQuantile((-logarithm(tail)).squareRoot())
  return centred < 0 ? -size : size
}

/// The quantile beyond the centre, by √(−ln of the tail probability).
private func normalTailQuantile(_ root: Double) -> Double {
  if root <= 5 {
    let shifted = root - 1.6
    return polynomial(
      shifted, 7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1,
      1.27045825245236838258e0, 3.64784832476320460504e0, 5.76949722146069140550e0,
      4.63033784615654529590e0, 1.42343711074968357734e0)
      / polynomial(
        shifted, 1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2,
        1.48103976427480074590e-1, 6.89767334985100004550e-1, 1.67638483018380384940e0,
        2.05319162663775882187e0, 1)
  }
  let shifted = root - 5
  return polynomial(
    shifted, 2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3,
    2.65321895265761230930e-2, 2.96560571828504891230e-1, 1.78482653991729133580e0,
    5.46378491116411436990e0, 6.65790464350110377720e0)
    / polynomial(
      shifted, 2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5,
      7.86869131145613259100e-4, 1.48753612908506148525e-2, 1.36929880922735805310e-1,
      5.99832206555887937690e-1, 1)
}
