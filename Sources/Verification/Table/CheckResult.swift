public import FundCore

/// What came of a check.
public struct CheckResult: Sendable {
  /// What it is about.
  public let group: CheckGroup
  /// The check.
  public let check: Check
  /// What was found; `nil` where nothing was.
  public let found: CheckValue?
  /// Found less expected: of numbers the difference, of amounts the sum of their distances in yuan; `nil` of words.
  public let error: Double?
  /// How many standard errors that is; `nil` where there is no chance in it.
  public let deviation: Double?
  /// Whether it holds.
  public let holds: Bool
  /// Why nothing was found.
  public let problem: LocalizedText?

  /// Judges what was found.
  ///
  /// - Parameter limit: How many standard errors are allowed.
  init(_ check: Check, of group: CheckGroup, _ finding: Finding, limit: Double) {
    self.group = group
    self.check = check
    let value = finding.value
    found = value
    error = value.distance(from: check.expected)
    problem = nil
    deviation = check.allowance == .chance ? finding.deviation(from: check.expected) : nil
    switch check.expected {
    case .words, .amounts: holds = value == check.expected
    case .number(let expected):
      if let largest = check.allowance.largest(of: expected) {
        holds =
          value == check.expected || value.number.map { abs($0 - expected) <= largest } ?? false
      } else {
        holds = deviation.map { abs($0) <= limit } ?? false
      }
    }
  }

  /// A check whose value could not be found.
  init(_ check: Check, of group: CheckGroup, problem: LocalizedText) {
    self.group = group
    self.check = check
    (found, error, deviation, holds) = (nil, nil, nil, false)
    self.problem = problem
  }
}
