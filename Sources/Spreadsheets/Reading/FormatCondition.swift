/// The numbers that a section of a number format is for: `[>=10000]`.
struct FormatCondition: Hashable {
  private enum Comparison: String, CaseIterable {
    // The longer before the shorter that they start with.
    case notEqual = "<>"
    case atMost = "<="
    case atLeast = ">="
    case below = "<"
    case above = ">"
    case equal = "="
  }

  private let comparison: Comparison
  private let bound: Double

  /// The condition that stands between brackets; `nil` if it is none.
  init?(_ content: String) {
    guard let comparison = Comparison.allCases.first(where: { content.hasPrefix($0.rawValue) }),
      let bound = Double(
        content.dropFirst(comparison.rawValue.count).filter { $0 != " " && $0 != "\u{A0}" })
    else { return nil }
    self.comparison = comparison
    self.bound = bound
  }

  func holds(_ number: Double) -> Bool {
    switch comparison {
    case .notEqual: number != bound
    case .atMost: number <= bound
    case .atLeast: number >= bound
    case .below: number < bound
    case .above: number > bound
    case .equal: number == bound
    }
  }
}
