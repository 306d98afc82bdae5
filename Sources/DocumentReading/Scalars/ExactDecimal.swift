import FundCore

/// A decimal number, exact: `digits` ÷ 10^`decimals`.
struct ExactDecimal: Hashable {
  /// All digits as one whole number, at most `largestDigits`.
  var digits: Int128
  /// How many of the digits stand behind the point; no zeros at the end.
  var decimals: Int
  var isNegative: Bool

  /// Digits beyond this number are refused, so that later products stay within `Int128`.
  static let digitLimit = 22

  /// This number times 10^`exponent`, if that is whole.
  func scaled(by exponent: Int) -> Int128? {
    let power = exponent - decimals
    guard power >= 0 else { return digits == 0 ? 0 : nil }
    var result = digits
    for _ in 0..<power {
      let (product, overflow) = result.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      result = product
    }
    return result
  }

  /// The nearest floating-point number to this number ÷ 10^`shift`.
  func double(shift: Int = 0) -> Double {
    let magnitude = Double("\(digits)e-\(decimals + shift)") ?? .infinity
    return isNegative ? -magnitude : magnitude
  }
}

/// A number at the start of a text, and what follows it.
struct LeadingNumber {
  let number: ExactDecimal
  let rest: Substring
}

extension Scalar {
  /// Reads the number that a normalised text starts with.
  ///
  /// Thousands may be separated by commas or blanks, which have to stand right; `_` may stand
  /// between any two digits.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - name: What messages call it; the text itself if `nil`.
  ///   - example: A number.
  static func leadingNumber(
    _ text: some StringProtocol, named name: String? = nil, example: String
  ) -> Result<LeadingNumber, ScalarProblem> {
    let whole = String(text)
    let name = name ?? whole
    if let problem = missingValue(whole, named: name, example: example) {
      return .failure(problem)
    }
    if let problem = notANumber(whole, named: name, example: example) { return .failure(problem) }
    let (sign, unsigned) = signPrefix(Substring(whole))
    guard let (written, rest) = splitNumber(unsigned) else {
      return .failure(noNumber(whole, named: name, example: example))
    }
    if let problem = scientific(rest, in: name, example: example) { return .failure(problem) }
    if let problem = misplacedSeparator(written, in: name) { return .failure(problem) }
    let digits = written.filter { $0.isASCII && ($0.isNumber || $0 == ".") }
    return exact(digits, isNegative: sign, in: name).map {
      LeadingNumber(number: $0, rest: rest.drop { $0 == " " })
    }
  }

  /// A text that is a number and nothing else.
  static func plainNumber(_ text: String, example: String) -> Result<ExactDecimal, ScalarProblem> {
    leadingNumber(normalised(text), example: example).flatMap { leading in
      leading.rest.isEmpty
        ? .success(leading.number)
        : .failure(
          ScalarProblem(
            "wrong-unit",
            .init(
              en: "\(quoted(text)) has \(quoted(String(leading.rest))) behind the number",
              zh: "\(quoted(text))的数字后面有\(quoted(String(leading.rest)))"),
            help: .init(en: "write the number alone, such as \(example)", zh: "只写数字，如\(example)")))
    }
  }

  /// Takes a sign off the start.
  static func signPrefix(_ text: Substring) -> (isNegative: Bool, rest: Substring) {
    switch text.first {
    case "-": (true, text.dropFirst().drop { $0 == " " })
    case "+": (false, text.dropFirst().drop { $0 == " " })
    default: (false, text)
    }
  }

  /// Divides a text behind the last digit of the number that it starts with.
  private static func splitNumber(_ text: Substring) -> (number: Substring, rest: Substring)? {
    guard let first = text.first, first.isASCIIDigit else { return nil }
    var end = text.startIndex
    var index = text.startIndex
    while index < text.endIndex {
      let character = text[index]
      let next = text.index(after: index)
      if character.isASCIIDigit {
        end = next
      } else {
        let isSeparator =
          character == "," || character == "." || character == "_" || character == " "
        guard isSeparator, next < text.endIndex, text[next].isASCIIDigit else { break }
      }
      index = next
    }
    return (text[..<end], text[end...])
  }

  private static func exact(
    _ digits: String, isNegative: Bool, in text: String
  ) -> Result<ExactDecimal, ScalarProblem> {
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    let whole = parts[0].drop { $0 == "0" }
    var fraction = parts.count > 1 ? parts[1] : ""
    while fraction.last == "0" { fraction.removeLast() }
    guard whole.count + fraction.count <= ExactDecimal.digitLimit else {
      return .failure(
        ScalarProblem(
          "too-many-digits",
          .init(
            en: "\(quoted(text)) has more than \(ExactDecimal.digitLimit) digits",
            zh: "\(quoted(text))超过\(ExactDecimal.digitLimit)位"),
          help: .init(en: "check the number; write only the digits that matter", zh: "核对该数；只写有效的位数")
        ))
    }
    let value = Int128(whole + fraction) ?? 0
    return .success(
      ExactDecimal(
        digits: value, decimals: fraction.count, isNegative: isNegative && value != 0))
  }
}

extension Character {
  /// Whether this is one of 0 … 9.
  var isASCIIDigit: Bool { self >= "0" && self <= "9" && isASCII }
}
