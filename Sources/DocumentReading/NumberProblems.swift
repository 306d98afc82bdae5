/// What is wrong with a text that should be a number.
extension Scalar {
  /// Refuses words and notations that programs write for numbers and people do not mean.
  static func notANumber(_ text: String, example: String) -> ScalarProblem? {
    let word = text.lowercased().drop { "+-.".contains($0) }
    let message: String
    if ["nan", "inf", "infinity"].contains(String(word)) {
      message = "\(quoted(text)) is not a number"
    } else if word.hasPrefix("0x") || word.hasPrefix("0o") || word.hasPrefix("0b") {
      message = "\(quoted(text)) is not a decimal number"
    } else if text.hasPrefix("#") {
      message = "\(quoted(text)) is an error of a spreadsheet"
    } else {
      return nil
    }
    return ScalarProblem("not-a-number", message, help: "write a number, such as \(example)")
  }

  /// Refuses a text that does not start with a digit.
  static func noNumber(_ text: String, example: String) -> ScalarProblem {
    let numerals = "零〇一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟"
    if text.contains(where: { numerals.contains($0) }) {
      return ScalarProblem(
        "not-a-number", "\(quoted(text)) is written in Chinese numerals",
        help: "write digits, such as \(example)")
    }
    return ScalarProblem(
      "not-a-number", "\(quoted(text)) is not a number", help: "write a number, such as \(example)")
  }

  /// Refuses `e7` behind a number.
  static func scientific(
    _ rest: Substring, in text: String, example: String
  ) -> ScalarProblem? {
    guard let letter = rest.first, letter == "e" || letter == "E" else { return nil }
    let exponent = rest.dropFirst().drop { $0 == "+" || $0 == "-" }
    guard exponent.first?.isASCIIDigit ?? false else { return nil }
    return ScalarProblem(
      "scientific-notation", "\(quoted(text)) is in scientific notation",
      help: "write the number out, such as \(example)")
  }

  /// Refuses thousands separators that do not stand before three digits each.
  static func misplacedSeparator(_ number: Substring, in text: String) -> ScalarProblem? {
    let parts = number.split(separator: ".", omittingEmptySubsequences: false)
    if parts.count > 2 {
      return ScalarProblem(
        "misplaced-separator", "\(quoted(text)) has two decimal points",
        help: "separate thousands with commas, as in 1,000,000.50")
    }
    let fraction = parts.dropFirst().first ?? ""
    guard !fraction.contains(where: { $0 == "," || $0 == " " }) else {
      return ScalarProblem(
        "misplaced-separator", "\(quoted(text)) has a thousands separator behind the decimal point",
        help: "write a point before the decimals only, as in 1,000,000.50")
    }
    for separator: Character in [",", " "] where parts[0].contains(separator) {
      let groups = parts[0].split(separator: separator, omittingEmptySubsequences: false)
      let counts = groups.map { group in group.count { $0.isASCIIDigit } }
      let isRight =
        (1...3).contains(counts[0]) && counts.dropFirst().allSatisfy { $0 == 3 }
        && groups.allSatisfy { group in group.allSatisfy { $0.isASCIIDigit } }
      if !isRight {
        return ScalarProblem(
          "misplaced-separator", "\(quoted(text)) has thousands separators in the wrong places",
          help: "separate groups of three digits, as in 1,000,000, or leave the separators out")
      }
    }
    return nil
  }

  /// Refuses a value outside of its limits.
  static func outOfRange(_ text: String, from low: String, to high: String) -> ScalarProblem {
    ScalarProblem(
      "out-of-range", "\(quoted(text)) does not lie in \(low) … \(high)",
      help: "give a value from \(low) to \(high)")
  }
}
