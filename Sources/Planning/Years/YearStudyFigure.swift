public import Simulation

/// A figure of a year in which variants are compared, under the name that `run --require` has for it:
/// `2026.budget.q95`, `run.claimRate.q50`, `year1.netOutlay`, `2026.needsMoney`, `2026.limits.leverage.atEnd`.
public struct YearStudyFigure: Hashable, Sendable {
  /// What is told of a figure's distribution.
  public enum Statistic: Hashable, Sendable {
    /// The mean.
    case mean
    /// What so many millionths of the trials stay at or below.
    case quantile(Int)
    /// The mean of the worst 1 %, towards the bad end.
    case worst
  }

  /// What it is.
  public enum Kind: Hashable, Sendable {
    /// An amount or a ratio.
    case figure(YearFigure, Statistic)
    /// The probability that the year needs money at its start.
    case needsMoney
    /// How likely the scenario's limit on an indicator is passed: at the year's end, or at any month's.
    case odds(LimitedIndicator, atAnyMonthEnd: Bool)
  }

  /// What kind of time it is of.
  public let time: YearPeriod.Kind
  /// The calendar year, or the year of the run from 1; 0 for the whole run.
  public let number: Int
  /// What it is.
  public let kind: Kind

  /// A figure of a time.
  public init(_ kind: Kind, of period: YearPeriod) {
    (time, number) = (period.kind, period.number)
    self.kind = kind
  }

  /// The levels whose quantiles are known, in millionths, beside that of the budget.
  static let levels = [10_000, 50_000, 500_000, 950_000, 990_000]

  /// The figure of a name; `nil` if it is none. Without a statistic it is the mean.
  public init?(word: String) {
    var parts = word.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count >= 2 else { return nil }
    let first = parts.removeFirst()
    if first == "run" {
      (time, number) = (.run, 0)
    } else if let year = Int(first), (1_000...9_999).contains(year) {
      (time, number) = (.calendar, year)
    } else if first.hasPrefix("year"), let year = Int(first.dropFirst(4)), year >= 1 {
      (time, number) = (.programme, year)
    } else {
      return nil
    }
    let name = parts.removeFirst()
    guard let kind = Self.kind(name, parts) else { return nil }
    self.kind = kind
  }

  private static func kind(_ name: String, _ rest: [String]) -> Kind? {
    if name == "needsMoney" { return rest.isEmpty ? .needsMoney : nil }
    if name == "limits" {
      guard rest.count == 2, let indicator = LimitedIndicator(rawValue: rest[0]) else { return nil }
      switch rest[1] {
      case "atEnd": return .odds(indicator, atAnyMonthEnd: false)
      case "atAnyMonthEnd" where indicator.peak != nil: return .odds(indicator, atAnyMonthEnd: true)
      default: return nil
      }
    }
    guard let figure = YearFigure(rawValue: name) else { return nil }
    switch rest.joined(separator: ".") {
    case "", "mean": return .figure(figure, .mean)
    case "meanOfWorst1": return .figure(figure, .worst)
    case let word where word.hasPrefix("q"):
      guard let percent = Double(word.dropFirst()), percent > 0, percent < 100 else { return nil }
      return .figure(figure, .quantile(Int((percent * 10_000).rounded())))
    default: return nil
    }
  }

  /// The name of its time.
  var timeWord: String {
    switch time {
    case .run: "run"
    case .calendar: "\(number)"
    case .programme: "year\(number)"
    }
  }

  /// Its name.
  public var word: String {
    switch kind {
    case .needsMoney: "\(timeWord).needsMoney"
    case .odds(let indicator, let isAny):
      "\(timeWord).limits.\(indicator.rawValue).\(isAny ? "atAnyMonthEnd" : "atEnd")"
    case .figure(let figure, .mean): "\(timeWord).\(figure.rawValue)"
    case .figure(let figure, .worst): "\(timeWord).\(figure.rawValue).meanOfWorst1"
    case .figure(let figure, .quantile(let level)):
      "\(timeWord).\(figure.rawValue).q\(percentWord(millionths: level))"
    }
  }

  /// Whether it is a probability.
  public var isProbability: Bool {
    if case .figure = kind { false } else { true }
  }

  /// The amount or ratio that it tells; `nil` of a probability.
  public var figure: YearFigure? {
    if case .figure(let figure, _) = kind { figure } else { nil }
  }

  /// The figure whose trials it is made of.
  var source: YearFigure {
    switch kind {
    case .figure(let figure, _): figure
    case .needsMoney: .budget
    case .odds(let indicator, let isAny):
      isAny ? indicator.peak ?? indicator.figure : indicator.figure
    }
  }
}

extension YearFigure {
  /// Whether it is told as so many times, and not in per cent.
  public var isMultiple: Bool {
    switch self {
    case .leverage, .leveragePeak, .lendingMultiple: true
    default: false
    }
  }
}

/// A level in per cent, as names hold it: 95, 97.5.
func percentWord(millionths: Int) -> String {
  let text = "\(Double(millionths) / 10_000)"
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}
