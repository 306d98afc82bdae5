import FundCore

/// Plain numbers, shares and probabilities.
extension Scalar {
  /// A whole number, `10000`, `10,000` or `1万`.
  public static func integer(
    _ text: String, in range: ClosedRange<Int> = Int.min...Int.max
  ) -> Result<Int, ScalarProblem> {
    leadingNumber(normalised(text), example: "12").flatMap { leading in
      var exponent = 0
      if !leading.rest.isEmpty {
        guard let power = chineseMultipliers[String(leading.rest)] else {
          return .failure(
            ScalarProblem(
              "wrong-unit",
              .init(
                en: "\(quoted(text)) has \(quoted(String(leading.rest))) behind the number",
                zh: "\(quoted(text))的数字后面有\(quoted(String(leading.rest)))"),
              help: .init(en: "write the number alone, such as 12", zh: "只写数字，如12")))
        }
        exponent = power
      }
      guard let magnitude = leading.number.scaled(by: exponent) else {
        return .failure(
          ScalarProblem(
            "not-whole",
            .init(en: "\(quoted(text)) is not a whole number", zh: "\(quoted(text))不是整数"),
            help: .init(en: "write it without decimals", zh: "不写小数"))
        )
      }
      guard let value = Int(exactly: leading.number.isNegative ? -magnitude : magnitude),
        range.contains(value)
      else {
        return .failure(
          outOfRange(
            text, from: .init(same: "\(range.lowerBound)"), to: .init(same: "\(range.upperBound)")))
      }
      return .success(value)
    }
  }

  /// Every number that is not infinite.
  public static let anyNumber =
    -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude

  /// A number with decimals. Scientific notation is allowed here, as for parameters of models.
  public static func number(
    _ text: String, in range: ClosedRange<Double> = Scalar.anyNumber
  ) -> Result<Double, ScalarProblem> {
    let plain = normalised(text)
    let value: Double
    if plain.utf8.count <= 40, plain.contains("e") || plain.contains("E"),
      plain.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }),
      let scientific = Double(plain),
      scientific.isFinite
    {
      value = scientific
    } else {
      switch plainNumber(text, example: "0.15") {
      case .failure(let problem): return .failure(problem)
      case .success(let number): value = number.double()
      }
    }
    guard range.contains(value) else {
      return .failure(
        outOfRange(
          text, from: .init(same: "\(range.lowerBound)"), to: .init(same: "\(range.upperBound)")))
    }
    return .success(value)
  }

  /// The powers of ten of the Chinese units of counting.
  static let chineseMultipliers: [String: Int] = [
    "十": 1, "百": 2, "千": 3, "万": 4, "萬": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "億": 8,
    "十亿": 9, "百亿": 10, "千亿": 11, "万亿": 12,
  ]
}
