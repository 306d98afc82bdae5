import FundCore
import Verification

extension CheckValue {
  /// The value in words: a number with every digit that tells it, amounts to the fen.
  var words: LocalizedText {
    switch self {
    case .number(let number): return .init(same: Self.text(number))
    case .words(let text): return text
    case .amounts(let amounts):
      return amounts.map { amount in
        let money = LocalizedText(same: amount.money.digits)
        return .init(en: "\(amount.name) \(money)", zh: "\(amount.name)\(money)")
      }.joined()
    }
  }

  /// A whole number without a fraction, any other in its shortest form.
  static func text(_ number: Double) -> String {
    guard number == number.rounded(), abs(number) < 1e15 else { return "\(number)" }
    return "\(Int(number))"
  }
}

extension Money {
  /// Yuan with two decimals.
  fileprivate var digits: String {
    let (yuan, rest) = fen.magnitude.quotientAndRemainder(dividingBy: 100)
    return (fen < 0 ? "-" : "") + "\(yuan)." + (rest < 10 ? "0" : "") + "\(rest)"
  }
}

extension CheckResult {
  /// What was found in words, or why nothing was.
  var foundWords: LocalizedText { found?.words ?? problem ?? .empty }

  /// How far off it is: standard errors of a statistical check, else the distance; nothing for words.
  var errorWords: LocalizedText {
    if let deviation { return .init(same: "z = \(Self.rounded(deviation))") }
    guard let error else { return .empty }
    return .init(same: error == 0 ? "0" : Self.short(error))
  }

  /// Two decimals.
  private static func rounded(_ number: Double) -> String {
    guard number.isFinite, abs(number) < 1e6 else { return "\(number)" }
    let hundredths = Int((abs(number) * 100).rounded())
    let (whole, rest) = hundredths.quotientAndRemainder(dividingBy: 100)
    return (number < 0 && hundredths > 0 ? "−" : "") + "\(whole)." + (rest < 10 ? "0" : "")
      + "\(rest)"
  }

  /// Two digits, with a power of ten.
  private static func short(_ number: Double) -> String {
    guard number.isFinite else { return "\(number)" }
    var (size, power) = (abs(number), 0)
    while size >= 9.95, power < 400 { (size, power) = (size / 10, power + 1) }
    while size < 0.995, power > -400 { (size, power) = (size * 10, power - 1) }
    let tenths = Int((size * 10).rounded())
    return (number < 0 ? "−" : "") + "\(tenths / 10).\(tenths % 10)e\(power)"
  }
}
