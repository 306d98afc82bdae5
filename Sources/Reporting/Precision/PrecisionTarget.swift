import DocumentReading
import FundCore
public import LossStatistics
import ReportForm

/// How well a figure has to be known: `2%`, `exhaustion=0.1%`, `保险:compensation=10万`.
public struct PrecisionTarget: Sendable, Hashable {
  /// How large half of its interval may be.
  public enum Bound: Sendable, Hashable {
    /// A part of the figure.
    case relative(Double)
    /// In the figure's own unit: yuan, or a part of one for a probability.
    case absolute(Double)
  }

  /// As it was written.
  public let text: String
  /// The fund that it concerns, by its name or a part of it; `nil` for every fund.
  public let fund: String?
  /// The name of the figure; `nil` for the command's own.
  public let figure: String?
  private let share: Double?
  private let amount: Double?

  /// Reads a target: `[[FUND:]FIGURE=]PART`.
  ///
  /// - Returns: `nil` if it is none.
  public init?(_ text: String) {
    self.text = text
    let plain = text.replacing("＝", with: "=").replacing("％", with: "%")
    let parts = plain.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      .map { Self.trimmed($0) }
    guard let bound = parts.last, !bound.isEmpty else { return nil }
    if bound.hasSuffix("%") {
      guard let percent = Double(bound.dropLast()), percent > 0, percent <= 100 else { return nil }
      (share, amount) = (percent / 100, nil)
    } else {
      guard case .success(let money) = Scalar.money(bound), money > .zero else { return nil }
      (share, amount) = (nil, money.yuan)
    }
    guard parts.count == 2 else {
      (fund, figure) = (nil, nil)
      return
    }
    let name = parts[0]
    let colon = name.firstIndex { $0 == ":" || $0 == "：" }
    // A party of a study's figure has a colon too: `loss:bank`.
    let isParty = colon.map { ["loss", "cost", "premium"].contains(name[..<$0]) } ?? false
    fund = isParty ? nil : colon.map { Self.trimmed(name[..<$0]) }
    figure = isParty ? name : colon.map { Self.trimmed(name[name.index(after: $0)...]) } ?? name
    guard figure != "" else { return nil }
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    var plain = String(text)
    while plain.last?.isWhitespace ?? false { plain.removeLast() }
    while plain.first?.isWhitespace ?? false { plain.removeFirst() }
    return plain
  }

  /// Whether it is an amount of money.
  public var isAmount: Bool { amount != nil }

  /// The bound for a figure: a share is a part of an amount, and points of a probability.
  public func bound(isProbability: Bool) -> Bound {
    if let share { return isProbability ? .absolute(share) : .relative(share) }
    return .absolute(amount ?? 0)
  }

  /// What a look says of the target.
  ///
  /// - Parameters:
  ///   - value: The figure.
  ///   - interval: Its 95 % interval by the trials so far; `nil` where none is known.
  ///   - kind: What it is measured in.
  public func look(
    _ value: Double, _ interval: Interval?, _ kind: FigureKind, trials: Int
  ) -> PrecisionOutcome.Look {
    let wide = interval.map { StoppingRule.interval($0, around: value) }
    let half = wide.map { ($0.high - $0.low) / 2 }
    let most: Double =
      switch bound(isProbability: kind.isProbability) {
      case .relative(let part): part * abs(value)
      case .absolute(let amount): amount
      }
    let limits = kind.limits
    return PrecisionOutcome.Look(
      trials: trials, value: value,
      interval: wide.map {
        Interval(
          low: max(limits.lowerBound, $0.low), high: min(limits.upperBound, $0.high))
      }, half: half, wanted: most, isReached: half.map { $0 <= most } ?? false)
  }
}
