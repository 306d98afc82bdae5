public import FundCore

/// Which ends of 0 … 1 a probability may reach.
public enum ProbabilityRange: Sendable {
  /// 0 ≤ p ≤ 1.
  case closed
  /// 0 < p < 1.
  case open
  /// 0 ≤ p < 1.
  case belowOne
}

extension Scalar {
  /// A share, `45%`, `45 %`, `0.45`, `百分之45` or `4.5‰`, exact to the millionth.
  public static func ratio(
    _ text: String, in range: ClosedRange<Ratio> = .zero ... .one
  ) -> Result<Ratio, ScalarProblem> {
    share(text).flatMap { share in
      guard let magnitude = share.number.scaled(by: 6 - share.shift) else {
        return .failure(
          ScalarProblem(
            "ratio-too-fine",
            .init(
              en: "\(quoted(text)) is finer than a millionth", zh: "\(quoted(text))精确到了百万分之一以下"),
            help: .init(
              en: "round it to four decimals of a per cent, such as 33.3333%",
              zh: "按百分数保留四位小数，如33.3333%")))
      }
      guard let millionths = Int64(exactly: share.number.isNegative ? -magnitude : magnitude),
        range.contains(Ratio(millionths: millionths))
      else {
        return .failure(
          outOfRange(
            text, from: .init(same: "\(range.lowerBound)"), to: .init(same: "\(range.upperBound)")))
      }
      return .success(Ratio(millionths: millionths))
    }
  }

  /// A probability, written like a share, to the precision of a floating-point number.
  public static func probability(
    _ text: String, in range: ProbabilityRange = .closed
  ) -> Result<Double, ScalarProblem> {
    share(text).flatMap { share in
      let value = share.number.double(shift: share.shift)
      let isAllowed =
        switch range {
        case .closed: value >= 0 && value <= 1
        case .open: value > 0 && value < 1
        case .belowOne: value >= 0 && value < 1
        }
      return isAllowed ? .success(value) : .failure(notAProbability(text, in: range))
    }
  }

  private static func notAProbability(_ text: String, in range: ProbabilityRange) -> ScalarProblem {
    let limits: LocalizedText =
      switch range {
      case .closed: .init(en: "from 0% to 100%", zh: "0%至100%")
      case .open: .init(en: "above 0% and below 100%", zh: "大于0%且小于100%")
      case .belowOne: .init(en: "from 0% to below 100%", zh: "0%以上、小于100%")
      }
    return ScalarProblem(
      "out-of-range",
      .init(
        en: "\(quoted(text)) is not a probability \(limits)", zh: "\(quoted(text))不是\(limits)的概率"),
      help: .init(en: "give a probability \(limits), such as 2%", zh: "给出\(limits)的概率，如2%"))
  }

  /// A number and the power of ten by which its unit divides it.
  private struct Share {
    let number: ExactDecimal
    let shift: Int
  }

  private static func share(_ text: String) -> Result<Share, ScalarProblem> {
    var plain = Substring(normalised(text))
    let isPrefixed = plain.hasPrefix("百分之")
    if isPrefixed { plain = plain.dropFirst(3).drop { $0 == " " } }
    return leadingNumber(plain, example: "45%").flatMap { leading in
      let unit = leading.rest.lowercased()
      switch unit {
      case "" where isPrefixed, "%" where !isPrefixed, "percent" where !isPrefixed,
        "per cent" where !isPrefixed:
        return .success(Share(number: leading.number, shift: 2))
      case "‰" where !isPrefixed: return .success(Share(number: leading.number, shift: 3))
      case "%", "‰":
        return .failure(
          ScalarProblem(
            "wrong-unit",
            .init(en: "\(quoted(text)) has two signs for per cent", zh: "\(quoted(text))有两个百分号"),
            help: .init(en: "write a share as 45% or 0.45", zh: "比例写成45%或0.45")))
      case "":
        // Nobody means 4500 % by 45.
        guard leading.number.double() <= 1 else {
          let written = String(plain)
          return .failure(
            ScalarProblem(
              "ratio-above-one",
              .init(
                en: "\(quoted(text)) has no per cent sign and is above 1",
                zh: "\(quoted(text))大于1，却没有百分号"),
              help: bareNumberAdvice(written, leading.number)))
        }
        return .success(Share(number: leading.number, shift: 0))
      default:
        return .failure(
          ScalarProblem(
            "wrong-unit",
            .init(
              en: "\(quoted(text)) ends in \(quoted(String(leading.rest))), not in %",
              zh: "\(quoted(text))以\(quoted(String(leading.rest)))结尾，而不是 %"),
            help: .init(en: "write a share as 45% or 0.45", zh: "比例写成45%或0.45")))
      }
    }
  }

  private static func bareNumberAdvice(_ written: String, _ number: ExactDecimal) -> LocalizedText {
    number.double() <= 100
      ? .init(
        en: "write \(written)% or \(number.double(shift: 2))",
        zh: "写成\(written)%或\(number.double(shift: 2))")
      : .init(en: "write a share as 45% or 0.45", zh: "比例写成45%或0.45")
  }
}
