/// What a figure of the summary is measured in, by its name: what a precision of it may be.
public enum FigureKind: Sendable, Hashable {
  /// A probability: known to so many points.
  case probability
  /// An amount of money: known to a part of itself, or to an amount.
  case amount
  /// Months, at most so many: known to a part of itself.
  case months(most: Double)
  /// A ratio or a count: known to a part of itself.
  case number
  /// Set beforehand, or told of these trials alone: it has no error.
  case exact

  /// What lies outside these cannot be.
  var limits: ClosedRange<Double> {
    switch self {
    case .probability: 0...1
    case .months(let most): 0...most
    case .amount, .number, .exact: -.infinity...(.infinity)
    }
  }

  private static let probabilities: Set<String> = [
    "survival", "exhaustion", "exhaustionProbability", "exhaustionByYear", "breach",
    "thresholdReadings", "needsMoney",
  ]
  private static let numbers: Set<String> = [
    "defaults", "claimRate", "claimRatePeak", "lendingMultiple", "leverage", "leveragePeak",
    "lossRate", "lossRatePeak", "nonPerforming", "nonPerformingPeak", "recoveryRate", "useOfMoney",
  ]
  private static let exactOnes: Set<String> = [
    "initial", "claimDelayMonths", "coverage", "controls", "selfChecks", "notKnown",
    "compensationHistogram", "standardDeviation", "budgetConfidence", "budgetFloor", "rare",
  ]

  /// Finds out what a figure is.
  ///
  /// - Parameters:
  ///   - name: Its name in the summary: `compensation.q99`, `2026.needsMoney`.
  ///   - horizon: The months of the run.
  public init(of name: String, horizon: Int) {
    var parts = name.split(separator: ".").map(String.init)
    // The year, or the whole run, of a figure by year.
    if let first = parts.first, parts.count > 1, first == "run" || Int(first) != nil {
      parts.removeFirst()
    }
    let (root, last) = (parts.first ?? "", parts.last ?? "")
    if Self.exactOnes.contains(root) || Self.exactOnes.contains(last) || last == "undefinedTrials"
      || last == "discountRate" || last == "loans" || last == "initial"
    {
      self = .exact
    } else if Self.probabilities.contains(root) || root == "limits"
      || (root == "survivalByInitial" && last == "survival")
    {
      self = .probability
    } else if root == "timeToExhaustion" {
      self = .months(most: Double(horizon))
    } else if Self.numbers.contains(root) || last.hasSuffix("Rate") {
      self = .number
    } else {
      self = .amount
    }
  }

  /// Whether it is a probability: then a share is meant in points.
  public var isProbability: Bool { self == .probability }
}
