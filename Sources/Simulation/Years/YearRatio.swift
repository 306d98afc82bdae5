import FundCore

/// A ratio of two amounts of which neither is below nothing, but for a loss rate.
public enum YearRatio: Sendable, Hashable {
  /// Both are nothing: it is not defined.
  case undefined
  /// Something by nothing.
  case infinite
  /// Part and whole.
  case of(Int64, Int64)

  /// A part by a whole.
  public init(_ part: Int64, by whole: Int64) {
    if whole > 0 {
      self = .of(part, whole)
    } else {
      self = part == 0 ? .undefined : .infinite
    }
  }

  /// As a number; `nil` if it is not defined, or infinite.
  public var value: Double? {
    if case .of(let part, let whole) = self { Double(part) / Double(whole) } else { nil }
  }

  /// In billionths, rounded away from the good end, so that comparing it with a limit in millionths is
  /// comparing the ratio.
  func billionths(towards end: WorstEnd) -> Int64 {
    switch self {
    case .undefined: return Self.undefinedMark
    case .infinite: return Self.infiniteMark
    case .of(let part, let whole):
      let product = Int128(part) * Int128(Self.unit)
      var quotient = product / Int128(whole)
      let rest = product % Int128(whole)
      if end == .high, rest > 0 { quotient += 1 }
      if end == .low, rest < 0 { quotient -= 1 }
      return Int64(clamping: min(quotient, Int128(Self.infiniteMark - 1)))
    }
  }

  /// Whether it passes a limit in millionths: lies above it, or below it where little is bad. What is not
  /// defined passes none; infinite lies above every one.
  public func passes(_ millionths: Int64, towards end: WorstEnd) -> Bool {
    switch self {
    case .undefined: false
    case .infinite: end == .high
    case .of(let part, let whole):
      end == .high
        ? Int128(part) * 1_000_000 > Int128(whole) * Int128(millionths)
        : Int128(part) * 1_000_000 < Int128(whole) * Int128(millionths)
    }
  }

  /// One in the numbers of a table.
  public static let unit: Int64 = 1_000_000_000
  /// What stands in a table for an infinite ratio: more than any that is told, and still a number of which
  /// samples can be made.
  public static let infiniteMark: Int64 = 1 << 51
  /// What stands in a table for a ratio that is not defined.
  public static let undefinedMark = Int64.min
}
