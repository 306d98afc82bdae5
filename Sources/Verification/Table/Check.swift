public import FundCore

/// One thing that the program has to come to, with where that is known from.
public struct Check: Sendable {
  /// How far what is found may be from what is expected.
  public enum Allowance: Sendable, Hashable {
    /// Not at all: to the fen, or to the last bit.
    case exact
    /// By so much.
    case absolute(Double)
    /// By such a part of what is expected.
    case relative(Double)
    /// As chance allows: by so many standard errors as the whole table allows.
    case chance

    /// Its word in JSON.
    public var kind: String {
      switch self {
      case .exact: "exact"
      case .absolute, .relative: "tolerance"
      case .chance: "statistical"
      }
    }

    /// The largest distance that is allowed; `nil` where chance decides.
    func largest(of expected: Double) -> Double? {
      switch self {
      case .exact: 0
      case .absolute(let distance): distance
      case .relative(let part): part * abs(expected)
      case .chance: nil
      }
    }
  }

  /// What is checked, in a few words; no two checks share it.
  public let name: LocalizedText
  /// What has to come out.
  public let expected: CheckValue
  /// How closely.
  public let allowance: Allowance
  /// Where it is known from: an article, a paper, a closed form.
  public let source: LocalizedText

  /// A check.
  init(
    _ name: LocalizedText, _ expected: CheckValue, _ allowance: Allowance = .exact,
    source: LocalizedText
  ) {
    self.name = name
    self.expected = expected
    self.allowance = allowance
    self.source = source
  }

  /// A check of a number.
  init(
    _ name: LocalizedText, _ expected: Double, _ allowance: Allowance, source: LocalizedText
  ) {
    self.init(name, .number(expected), allowance, source: source)
  }

  /// The same check with a wrong value: it has to fail, or it shows nothing.
  ///
  /// - Parameter finding: What is found; it says how far wrong is wrong enough.
  func spoiled(_ finding: Finding) -> Check {
    Check(name, finding.spoiled(expected, allowance), allowance, source: source)
  }
}
