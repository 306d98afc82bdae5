public import LossStatistics

/// Numbers as text, with no more digits than their error allows.
public enum NumberFormat {
  /// The decimals of a figure that stands beside its standard error: two digits of the error if
  /// they are 10 … 35, else one. Negative for tens, hundreds, …
  ///
  /// Source: Particle Data Group, Review of Particle Physics, introduction, section 5.3 (rounding).
  public static func decimals(standardError: Double) -> Int? {
    guard standardError > 0, standardError.isFinite else { return nil }
    let exponent = decimalExponent(of: standardError)
    let leading = standardError / power10(exponent)
    // 0.096 is rounded to 0.10, which has its two digits without a further decimal.
    return leading < 3.55 ? 1 - exponent : -exponent
  }

  /// The decimals of a figure that stands beside an interval: one digit of half its length, two
  /// if the first is a one.
  public static func decimals(interval: Interval) -> Int? {
    let half = (interval.high - interval.low) / 2
    guard half > 0, half.isFinite else { return nil }
    let exponent = decimalExponent(of: half)
    return half / power10(exponent) < 1.95 ? 1 - exponent : -exponent
  }

  /// A number with so many decimals and commas between thousands. Negative decimals round to
  /// tens, hundreds, … "∞" beyond all bounds, "–" where there is no number.
  public static func fixed(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return value == .infinity ? "∞" : "–" }
    guard abs(value) < 1e15 else { return "\(value)" }
    var places = min(max(decimals, 0), 12)
    // A Double has no digits beyond the sixteenth.
    while places > 0, abs(value) * power10(places) > 9e15 { places -= 1 }
    let step = power10(-min(decimals, 0))
    let units =
      decimals < 0
      ? (abs(value) / step).rounded() * step : (abs(value) * power10(places)).rounded()
    let digits = String(UInt64(units))
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    let whole = grouped(String(padded.dropLast(places)))
    let text = places == 0 ? whole : whole + "." + padded.suffix(places)
    return value < 0 && units > 0 ? "-" + text : text
  }

  /// A whole number with commas between thousands.
  public static func whole(_ value: Int) -> String {
    (value < 0 ? "-" : "") + grouped(String(value.magnitude))
  }

  /// A number with at most so many decimals, and no zeros behind the last that counts.
  public static func trimmed(_ value: Double, decimals: Int) -> String {
    var text = fixed(value, decimals: decimals)
    guard text.contains(".") else { return text }
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }

  /// A figure of which only a few digits are wanted: so many that count.
  public static func significant(_ value: Double, digits: Int) -> String {
    guard value != 0, value.isFinite else { return fixed(value, decimals: 0) }
    return fixed(value, decimals: min(6, digits - 1 - decimalExponent(of: abs(value))))
  }

  /// A figure of which nothing is known but that it is about so large.
  public static func rough(_ value: Double) -> String {
    guard value != 0, value.isFinite else { return fixed(value, decimals: 0) }
    return trimmed(value, decimals: min(6, 1 - decimalExponent(of: abs(value))))
  }

  private static func grouped(_ digits: String) -> String {
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return text
  }

  /// ⌊log₁₀⌋, found by comparison, so that 1000 is not 999.999….
  private static func decimalExponent(of value: Double) -> Int {
    var exponent = 0
    while value >= power10(exponent + 1) { exponent += 1 }
    while value < power10(exponent), exponent > -300 { exponent -= 1 }
    return exponent
  }

  private static func power10(_ exponent: Int) -> Double {
    var power = 1.0
    for _ in 0..<exponent.magnitude { power *= 10 }
    return exponent < 0 ? 1 / power : power
  }
}
