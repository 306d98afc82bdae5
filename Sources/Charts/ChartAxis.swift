/// A place on an axis, with its label.
public struct ChartTick: Sendable, Hashable {
  /// Where it is.
  public var value: Double
  /// What stands there.
  public var label: String

  /// Creates a place.
  public init(_ value: Double, _ label: String) {
    self.value = value
    self.label = label
  }
}

/// The distance of round numbers: 1, 2 or 5 times a power of ten.
struct NiceStep: Hashable {
  /// 1, 2 or 5.
  let digit: Int
  /// The power of ten.
  let exponent: Int

  /// The smallest round distance that cuts a span into at most so many parts.
  ///
  /// - Precondition: A positive, finite span, and at least one part.
  init(span: Double, parts: Int) {
    precondition(span > 0 && span.isFinite && parts > 0, "an axis has a length")
    let least = span / Double(parts)
    var exponent = 0
    while power10(exponent + 1) <= least { exponent += 1 }
    while power10(exponent) > least, exponent > -300 { exponent -= 1 }
    // A hair of slack, so that a tenth of 0.3 is 0.03 and not the next step.
    let digit = [1, 2, 5].first { Double($0) * power10(exponent) >= least * (1 - 1e-9) }
    self.digit = digit ?? 1
    self.exponent = digit == nil ? exponent + 1 : exponent
  }

  /// The decimals that tell its multiples apart.
  var decimals: Int { max(0, -exponent) }

  /// A multiple, rounded once.
  func multiple(_ count: Int) -> Double {
    exponent >= 0
      ? Double(count * digit) * power10(exponent) : Double(count * digit) / power10(-exponent)
  }

  /// The largest multiple's count at or below a number.
  func count(below value: Double) -> Int {
    Int((value / multiple(1) + 1e-9).rounded(.down))
  }

  /// The smallest multiple's count at or above a number.
  func count(above value: Double) -> Int {
    Int((value / multiple(1) - 1e-9).rounded(.up))
  }
}

/// Ten to a whole power.
func power10(_ exponent: Int) -> Double {
  var power = 1.0
  for _ in 0..<exponent.magnitude { power *= 10 }
  return exponent < 0 ? 1 / power : power
}

/// A number with so many decimals and commas between thousands.
func plainNumber(_ value: Double, decimals: Int) -> String {
  let scaled = (abs(value) * power10(decimals)).rounded()
  guard scaled < 1e15 else { return "\(value)" }
  let digits = String(Int(scaled))
  let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
  var whole = ""
  for (index, digit) in padded.dropLast(decimals).enumerated() {
    if index > 0, (padded.count - decimals - index) % 3 == 0 { whole.append(",") }
    whole.append(digit)
  }
  let text = decimals == 0 ? whole : whole + "." + padded.suffix(decimals)
  return value < 0 && scaled > 0 ? "−" + text : text
}

/// An axis of a chart: what it measures, from where to where.
public struct ChartAxis: Sendable, Hashable {
  /// What stands beside it.
  public var title: String
  /// The lowest number that has to be seen.
  public var low: Double
  /// The highest.
  public var high: Double
  /// What follows each number: ` %`.
  public var suffix: String
  /// Ticks of one's own, such as the years; round numbers otherwise.
  public var marks: [ChartTick]?

  /// An axis of numbers; its ends become round.
  public init(_ title: String, from low: Double, to high: Double, suffix: String = "") {
    self.title = title
    self.low = low
    self.high = high
    self.suffix = suffix
  }

  /// An axis with ticks of one's own; its ends stay.
  public init(_ title: String, from low: Double, to high: Double, marks: [ChartTick]) {
    self.init(title, from: low, to: high)
    self.marks = marks
  }

  /// The ends and ticks for an axis with room for so many parts.
  func resolved(parts: Int) -> (low: Double, high: Double, ticks: [ChartTick]) {
    let span = high - low
    guard span > 0, span.isFinite, low.isFinite else {
      let value = low.isFinite ? low : 0
      return (
        value - 0.5, value + 0.5, [ChartTick(value, plainNumber(value, decimals: 0) + suffix)]
      )
    }
    if let marks { return (low, high, marks.filter { $0.value >= low && $0.value <= high }) }
    let step = NiceStep(span: span, parts: max(1, parts))
    let counts = step.count(below: low)...step.count(above: high)
    let ticks = counts.map {
      ChartTick(
        step.multiple($0), plainNumber(step.multiple($0), decimals: step.decimals) + suffix)
    }
    return (step.multiple(counts.lowerBound), step.multiple(counts.upperBound), ticks)
  }
}

/// From numbers to pixels, along a straight line.
struct Scale {
  let domain: (low: Double, high: Double)
  let range: (start: Double, end: Double)

  /// Where a number stands; a number outside stands at the end.
  func callAsFunction(_ value: Double) -> Double {
    let share = (value - domain.low) / (domain.high - domain.low)
    return range.start + min(max(share, 0), 1) * (range.end - range.start)
  }
}
