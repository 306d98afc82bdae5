/// The exact interval of a probability from few events: the probabilities under which as few, or as
/// many, are not rarer than 2.5 %.
///
/// Source: C. J. Clopper, E. S. Pearson, "The use of confidence or fiducial limits illustrated in the
/// case of the binomial", Biometrika 26(4), 1934, pp. 404–413.
///
/// - Parameters:
///   - events: The number of events; the work grows with it, or with the number of the others.
///   - trials: The number of trials, at least as many.
///   - allowance: The probability with which the interval may miss to each side.
func exactInterval(events: Int, of trials: Int, allowance: Double = 0.025) -> Interval {
  guard events <= trials - events else {
    let others = exactInterval(events: trials - events, of: trials, allowance: allowance)
    return Interval(low: 1 - others.high, high: 1 - others.low)
  }
  let share = Double(events) / Double(trials)
  return Interval(
    low: events == 0
      ? 0
      : crossing(from: 0, to: share) {
        1 - binomialAtMost(events - 1, of: trials, $0) < allowance
      },
    high: crossing(from: share, to: 1) { binomialAtMost(events, of: trials, $0) > allowance })
}

/// Where a condition that holds at the lower end of a range ceases to.
private func crossing(from low: Double, to high: Double, holds: (Double) -> Bool) -> Double {
  var (low, high) = (low, high)
  for _ in 0..<64 where high - low > high * 1e-15 {
    let middle = (low + high) / 2
    if holds(middle) { low = middle } else { high = middle }
  }
  return (low + high) / 2
}

/// The probability of at most so many events, by adding them up.
private func binomialAtMost(_ events: Int, of trials: Int, _ probability: Double) -> Double {
  var term = power(1 - probability, trials)
  let odds = probability / (1 - probability)
  var sum = term
  for count in 0..<events {
    term *= odds * Double(trials - count) / Double(count + 1)
    sum += term
  }
  return sum
}

/// A whole power, by squaring.
private func power(_ base: Double, _ exponent: Int) -> Double {
  var (square, rest, product) = (base, exponent, 1.0)
  while rest > 0 {
    if rest & 1 == 1 { product *= square }
    square *= square
    rest >>= 1
  }
  return product
}
