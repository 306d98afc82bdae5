public import FundCore
import ReportForm
public import ResultFacts

/// One input on which the answers of a report rest, in words: a label and its value, with the fact behind
/// both. Faces print it in the block that it concerns; programs read the fact.
public struct InputLine: Sendable, Hashable {
  /// The fact: its key, what it concerns, and its value.
  public let fact: InputFact
  /// What it is called.
  public let label: LocalizedText
  /// The value in words, with its unit.
  public let value: LocalizedText

  /// Says a fact in words.
  public init(_ fact: InputFact) {
    self.fact = fact
    label = Self.labels[fact.key] ?? LocalizedText(same: fact.key)
    value = fact.value.words
  }

  /// The lines of a result, in the order of a scenario file.
  ///
  /// - Parameters:
  ///   - provenance: Where the result comes from.
  ///   - isWanted: Whether a block is wanted; all are unless told otherwise.
  public static func all(
    of provenance: Provenance, where isWanted: (InputFact.Block) -> Bool = { _ in true }
  ) -> [InputLine] {
    provenance.inputs.filter { isWanted($0.block) }.map { InputLine($0) }
  }

  /// The lines that stand with the loans: the months of the run, the loans, and the model. Trials and seed
  /// stand with the origin of a report.
  static func general(_ provenance: Provenance) -> [InputLine] {
    all(of: provenance) { $0.fund == nil }.filter { !["trials", "seed"].contains($0.fact.key) }
  }

  /// The lines of a fund that its report does not say in the terms beside them: shares, overrides and
  /// readings stand there with their articles.
  public static func further(ofFund position: Int, _ provenance: Provenance) -> [InputLine] {
    all(of: provenance) { $0 == .fund(position) }.filter { !saidWithTerms.contains($0.fact.key) }
  }

  private static let saidWithTerms: Set<String> = [
    "funds[].name", "funds[].programme", "funds[].model", "funds[].initial", "funds[].claimDelay",
    "funds[].shares", "funds[].readings", "funds[].overrides", "funds[].fee",
    "funds[].interestRate", "funds[].start", "funds[].refundShare", "funds[].fillUp",
    "funds[].afterSuspension",
  ]
}

extension InputValue {
  /// The value in words, with its unit.
  var words: LocalizedText {
    switch self {
    case .money(let amount):
      // Ten decimals of a million or an 亿 are exact to the fen.
      MoneyScale.best(amount, decimals: 10)
    case .ratio(let ratio): LocalizedText(same: "\(ratio)")
    case .proportion(let digits):
      LocalizedText(same: Double(digits).map { Self.digits($0 * 100) + "%" } ?? digits)
    case .number(let digits): LocalizedText(same: Double(digits).map { Self.digits($0) } ?? digits)
    case .count(let count): LocalizedText(same: NumberFormat.whole(count))
    case .months(let months): .init(en: "\(months) months", zh: "\(months)个月")
    case .month(let month): LocalizedText(same: "\(month)")
    case .words(let words): words
    case .range(let low, let high):
      low == high
        ? low.words : .init(en: "\(low.words) to \(high.words)", zh: "\(low.words)至\(high.words)")
    case .items(let items): items.map(\.words).joined(with: .init(en: "; ", zh: "；"))
    }
  }

  /// A number with all its digits, and no more than a floating-point number has.
  private static func digits(_ value: Double) -> String {
    // Twelve digits that count, so that a hundred times a decimal fraction shows none that are not there.
    let magnitude = abs(value)
    var decimals = 12
    var bound = 1.0
    while decimals > 0, bound <= magnitude {
      bound *= 10
      decimals -= 1
    }
    return NumberFormat.trimmed(value, decimals: decimals)
  }
}

extension InputItem {
  /// The item in words: what it belongs to, its value, and of how many loans.
  var words: LocalizedText {
    guard let loans else {
      return .init(en: "\(name) \(value.words)", zh: "\(name) \(value.words)")
    }
    let count = NumberFormat.whole(loans)
    return .init(
      en: "\(name) \(value.words) (\(count) loans)", zh: "\(name) \(value.words)（\(count)笔）")
  }
}
