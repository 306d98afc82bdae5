/// The quantile of Student's t distribution.
///
/// - Parameters:
///   - probability: Above 0 and below 1; 0 and 1 give the infinities.
///   - degreesOfFreedom: Above 0, not necessarily whole.
///
/// With T of ν degrees, T² / (ν + T²) has the Beta law of parameters ½ and ν/2.
///
/// Source: M. Abramowitz, I. Stegun, "Handbook of Mathematical Functions", 26.7.1.
public func studentTQuantile(_ probability: Double, degreesOfFreedom: Double) -> Double {
  let tail = min(probability, 1 - probability)
  guard tail > 0 else { return probability < 0.5 ? -.infinity : .infinity }
  // What lies between −t and t, by both tails; 1 − 2p is exact from p = ¼ on.
  let between = TailProbabilities(lower: 1 - 2 * tail, upper: 2 * tail)
  let point = betaQuantile(between, a: 0.5, b: degreesOfFreedom / 2)
  let size = (degreesOfFreedom * point.value / point.complement).squareRoot()
  return probability < 0.5 ? -size : size
}
