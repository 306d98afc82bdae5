import FundCore

/// What is wrong with a text that should be a number.
extension Scalar {
  /// Refuses words and notations that programs write for numbers and people do not mean.
  ///
  /// - Parameters:
  ///   - text: What should be the number.
  ///   - name: What messages call it: the whole of which it is a part.
  ///   - example: A number.
  static func notANumber(_ text: String, named name: String, example: String) -> ScalarProblem? {
    let word = text.lowercased().drop { "+-.".contains($0) }
    let message: LocalizedText
    if ["nan", "inf", "infinity"].contains(String(word)) {
      message = .init(en: "\(quoted(name)) is not a number", zh: "\(quoted(name))不是数字")
    } else if word.hasPrefix("0x") || word.hasPrefix("0o") || word.hasPrefix("0b") {
      message = .init(en: "\(quoted(name)) is not a decimal number", zh: "\(quoted(name))不是十进制数")
    } else if text.hasPrefix("#") {
      message = .init(
        en: "\(quoted(name)) is an error of a spreadsheet", zh: "\(quoted(name))是电子表格的错误值")
    } else {
      return nil
    }
    return ScalarProblem(
      "not-a-number", message,
      help: .init(en: "write a number, such as \(example)", zh: "写数字，如\(example)"))
  }

  /// Refuses a text that does not start with a digit.
  static func noNumber(_ text: String, named name: String, example: String) -> ScalarProblem {
    let numerals = "零〇一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟"
    if text.contains(where: { numerals.contains($0) }) {
      return ScalarProblem(
        "not-a-number",
        .init(en: "\(quoted(name)) is written in Chinese numerals", zh: "\(quoted(name))是中文数字"),
        help: .init(en: "write digits, such as \(example)", zh: "写阿拉伯数字，如\(example)"))
    }
    return ScalarProblem(
      "not-a-number", .init(en: "\(quoted(name)) is not a number", zh: "\(quoted(name))不是数字"),
      help: .init(en: "write a number, such as \(example)", zh: "写数字，如\(example)"))
  }

  /// Refuses `e7` behind a number.
  static func scientific(
    _ rest: Substring, in text: String, example: String
  ) -> ScalarProblem? {
    guard let letter = rest.first, letter == "e" || letter == "E" else { return nil }
    let exponent = rest.dropFirst().drop { $0 == "+" || $0 == "-" }
    guard exponent.first?.isASCIIDigit ?? false else { return nil }
    return ScalarProblem(
      "scientific-notation",
      .init(en: "\(quoted(text)) is in scientific notation", zh: "\(quoted(text))是科学记数法"),
      help: .init(en: "write the number out, such as \(example)", zh: "把数字写全，如\(example)"))
  }

  /// Refuses thousands separators that do not stand before three digits each.
  static func misplacedSeparator(_ number: Substring, in text: String) -> ScalarProblem? {
    let parts = number.split(separator: ".", omittingEmptySubsequences: false)
    if parts.count > 2 {
      return ScalarProblem(
        "misplaced-separator",
        .init(en: "\(quoted(text)) has two decimal points", zh: "\(quoted(text))有两个小数点"),
        help: .init(
          en: "separate thousands with commas, as in 1,000,000.50", zh: "千分位用逗号，如1,000,000.50"))
    }
    let fraction = parts.dropFirst().first ?? ""
    guard !fraction.contains(where: { $0 == "," || $0 == " " }) else {
      return ScalarProblem(
        "misplaced-separator",
        .init(
          en: "\(quoted(text)) has a thousands separator behind the decimal point",
          zh: "\(quoted(text))的小数点后面有千分位分隔符"),
        help: .init(
          en: "write a point before the decimals only, as in 1,000,000.50",
          zh: "小数点只用在小数之前，如1,000,000.50"))
    }
    for separator: Character in [",", " "] where parts[0].contains(separator) {
      let groups = parts[0].split(separator: separator, omittingEmptySubsequences: false)
      let counts = groups.map { group in group.count { $0.isASCIIDigit } }
      let isRight =
        (1...3).contains(counts[0]) && counts.dropFirst().allSatisfy { $0 == 3 }
        && groups.allSatisfy { group in group.allSatisfy { $0.isASCIIDigit } }
      if !isRight {
        return ScalarProblem(
          "misplaced-separator",
          .init(
            en: "\(quoted(text)) has thousands separators in the wrong places",
            zh: "\(quoted(text))的千分位分隔符位置不对"),
          help: .init(
            en: "separate groups of three digits, as in 1,000,000, or leave the separators out",
            zh: "每三位分一组，如1,000,000，或不用分隔符"))
      }
    }
    return nil
  }

  /// Refuses a value outside of its limits.
  static func outOfRange(_ text: String, from low: LocalizedText, to high: LocalizedText)
    -> ScalarProblem
  {
    ScalarProblem(
      "out-of-range",
      .init(
        en: "\(quoted(text)) does not lie in \(low) … \(high)",
        zh: "\(quoted(text))不在\(low)至\(high)之间"),
      help: .init(en: "give a value from \(low) to \(high)", zh: "取\(low)至\(high)之间的值"))
  }
}
