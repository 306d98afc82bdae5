public import FundCore

/// What is expected of a check, or found by it.
public enum CheckValue: Sendable, Hashable {
  /// An amount with what it is.
  public struct Amount: Sendable, Hashable {
    /// The key in JSON: `fund`.
    public let key: String
    /// What it is.
    public let name: LocalizedText
    /// How much.
    public let money: Money

    /// An amount.
    public init(_ key: String, _ name: LocalizedText, _ money: Money) {
      (self.key, self.name, self.money) = (key, name, money)
    }
  }

  /// A number.
  case number(Double)
  /// Amounts to the fen.
  case amounts([Amount])
  /// What has no size: a word, a digest, an article.
  case words(LocalizedText)

  /// A word that reads the same in both languages.
  static func word(_ text: String) -> CheckValue { .words(LocalizedText(same: text)) }

  /// The number, if it is one.
  public var number: Double? {
    if case .number(let value) = self { value } else { nil }
  }

  /// How far it is from another value: the difference of numbers, the sum of the amounts' distances in yuan.
  func distance(from expected: CheckValue) -> Double? {
    switch (self, expected) {
    case (.number(let own), .number(let other)): own == other ? 0 : own - other
    case (.amounts(let own), .amounts(let others)) where own.map(\.key) == others.map(\.key):
      zip(own, others).reduce(0) { $0 + abs(($1.0.money - $1.1.money).yuan) }
    default: nil
    }
  }
}
