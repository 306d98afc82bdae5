import DocumentReading
public import FundCore
import ReportForm

/// What a figure of a run has to be: `survival>=95%`.
public struct Requirement: Sendable {
  /// How a figure is compared with its bound.
  public enum Comparison: String, Sendable, CaseIterable {
    case atLeast = ">="
    case atMost = "<="
    case above = ">"
    case below = "<"

    /// Whether a value stands so to a bound.
    func holds(_ value: Double, _ bound: Double) -> Bool {
      switch self {
      case .atLeast: value >= bound
      case .atMost: value <= bound
      case .above: value > bound
      case .below: value < bound
      }
    }
  }

  /// As it was written.
  public let text: String
  /// The fund that it concerns, by its name or a part of it; `nil` for every fund.
  public let fund: String?
  /// The name of the figure.
  public let figure: String
  /// How it is compared.
  public let comparison: Comparison
  /// With what: yuan, a probability or a ratio, months or a count.
  public let bound: Double
  /// The bound as it was written.
  public let boundText: String

  /// Reads a requirement: `[FUND:]FIGURE COMPARISON BOUND`.
  ///
  /// - Returns: `nil` if it is none.
  public init?(_ text: String) {
    let plain = text.replacing("≥", with: ">=").replacing("≤", with: "<=")
      .replacing("＞", with: ">").replacing("＜", with: "<").replacing("＝", with: "=")
    let found = Comparison.allCases.compactMap { comparison in
      plain.firstRange(of: comparison.rawValue).map { (comparison, $0) }
    }
    guard let (comparison, range) = found.first else { return nil }
    let left = Self.trimmed(plain[..<range.lowerBound])
    boundText = Self.trimmed(plain[range.upperBound...])
    guard !left.isEmpty, let bound = Self.number(boundText) else { return nil }
    let colon = left.firstIndex { $0 == ":" || $0 == "：" }
    fund = colon.map { Self.trimmed(left[..<$0]) }
    figure = colon.map { Self.trimmed(left[left.index(after: $0)...]) } ?? left
    guard !figure.isEmpty else { return nil }
    self.text = text
    self.comparison = comparison
    self.bound = bound
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    var plain = String(text)
    while plain.last?.isWhitespace ?? false { plain.removeLast() }
    while plain.first?.isWhitespace ?? false { plain.removeFirst() }
    return plain
  }

  /// A number, a share in per cent, or an amount of money.
  private static func number(_ text: String) -> Double? {
    if let sign = text.last, sign == "%" || sign == "％" {
      return Double(trimmed(text.dropLast())).map { $0 / 100 }
    }
    if let number = Double(text), number.isFinite { return number }
    guard case .success(let money) = Scalar.money(text, sign: .any) else { return nil }
    return money.yuan
  }

  /// What a figure says of the requirement.
  public func verdict(_ found: SummaryFigure, fund: String) -> Verdict {
    let isMet = comparison.holds(found.value, bound)
    let ends = found.interval.map { [$0.lowerBound, $0.upperBound] } ?? [found.value]
    return Verdict(
      requirement: self, fund: fund, found: found, isMet: isMet,
      isCertain: ends.allSatisfy { comparison.holds($0, bound) == isMet })
  }

  /// Whether a requirement is met.
  ///
  /// The estimate decides, so that a size that was found for a probability meets it; whether its 95 % interval
  /// holds the bound, so that chance alone can have decided, is said beside.
  public struct Verdict: Sendable {
    let requirement: Requirement
    let fund: String
    let found: SummaryFigure
    /// Whether it is met.
    public let isMet: Bool
    /// Whether the whole 95 % interval says the same.
    public let isCertain: Bool

    /// In words: by how much it was missed, and with what interval.
    public var words: LocalizedText {
      let (text, fund, value) = (requirement.text, isolated(fund), requirement.show(found.value))
      let between =
        found.interval.map { interval -> LocalizedText in
          let (low, high) = (
            requirement.show(interval.lowerBound), requirement.show(interval.upperBound)
          )
          return .init(en: " (95 % interval \(low) to \(high))", zh: "（95%区间\(low)至\(high)）")
        } ?? .empty
      let doubt: LocalizedText =
        isCertain
        ? .empty
        : .init(
          en: "; the interval holds the bound: more trials would decide", zh: "；区间含有该界限，增加模拟次数才能确定")
      guard !isMet else {
        return .init(
          en: "met: \(text), \(fund): \(value)\(between)\(doubt)",
          zh: "达到：\(text)，\(fund)：\(value)\(between)\(doubt)")
      }
      let miss = requirement.show(abs(found.value - requirement.bound))
      return .init(
        en: "missed by \(miss): \(text), \(fund): \(value)\(between)\(doubt)",
        zh: "未达到，相差\(miss)：\(text)，\(fund)：\(value)\(between)\(doubt)")
    }
  }

  /// A value as the bound was written: in per cent where that was.
  private func show(_ value: Double) -> LocalizedText {
    guard value.isFinite else { return .init(same: "∞") }
    if boundText.hasSuffix("%") || boundText.hasSuffix("％") {
      let digits = NumberFormat.trimmed(value * 100, decimals: 3)
      return .init(en: "\(digits) %", zh: "\(digits)%")
    }
    return .init(same: NumberFormat.trimmed(value, decimals: abs(value) < 1_000 ? 6 : 2))
  }
}
