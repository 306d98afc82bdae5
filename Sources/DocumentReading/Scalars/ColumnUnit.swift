import FundCore

/// What a column counts in.
public enum ColumnUnit: Hashable, Sendable {
  /// Yuan times a power of ten: 4 for 万元.
  case yuan(power: Int)
  /// Days.
  case days
  /// So many months.
  case months(Int)
  /// A part of a whole.
  case share(ShareUnit)
  /// A unit that cannot be converted: another currency, weeks.
  case foreign
}

/// What a share or a rate is counted in.
public struct ShareUnit: Hashable, Sendable {
  /// The power of ten that divides: 2 for %, 3 for ‰, 4 for 万分之, 1 for 折; `nil` if nothing says it.
  public var power: Int?
  /// How often a year the rate is due: 12 for a monthly rate, 360 for a daily one; `nil` if nothing
  /// says it.
  public var perYear: Int?

  /// A unit, or the part of one that is said.
  public init(power: Int? = nil, perYear: Int? = nil) {
    self.power = power
    self.perYear = perYear
  }
}

/// What a column is a quantity of: this decides which words can be its unit.
public enum UnitQuantity: Sendable {
  case money
  case term
  /// An interest rate.
  case rate
  /// A probability.
  case probability
  /// A part of a whole.
  case part

  /// The unit in which a column without one counts.
  public var usual: ColumnUnit {
    switch self {
    case .money: .yuan(power: 0)
    case .term: .months(1)
    case .rate: .share(ShareUnit(power: nil, perYear: 1))
    case .probability, .part: .share(ShareUnit())
    }
  }
}

extension UnitQuantity {
  /// The unit that a word or phrase names; `nil` if it names none.
  ///
  /// - Parameter words: The phrase and nothing else, such as 万元, `10k yuan`, `months` or 月‰.
  public func unit(_ words: String) -> ColumnUnit? {
    let phrase = compact(words)
    guard !phrase.isEmpty, phrase.utf8.count <= 60 else { return nil }
    switch self {
    case .money: return moneyUnit(phrase)
    case .term: return termUnits[phrase]
    case .rate, .probability: return shareUnit(phrase, isRate: true).map { .share($0) }
    case .part: return shareUnit(phrase, isRate: false).map { .share($0) }
    }
  }

  /// Words that say what units can be given.
  public var examples: String {
    switch self {
    case .money: "元, 千元, 万元, 百万元, 亿元"
    case .term: "天, 月, 季, 年"
    case .rate: "年%, 月%, 月‰, 年‰, 日‱"
    case .probability: "%, ‰, bp"
    case .part: "%, ‰, 折"
    }
  }
}

/// Lower case, without blanks, brackets around it, and the words that introduce a unit.
private func compact(_ words: String) -> String {
  var phrase = Scalar.bracketed(words).lowercased().filter { $0 != " " && $0 != "_" }[...]
  while phrase.first == "(", phrase.last == ")" { phrase = phrase.dropFirst().dropLast() }
  for opening in ["单位", "units", "unit", "均为", "为", "以", "in", ":", "(", "#"]
  where phrase.hasPrefix(opening) && phrase.count > opening.count {
    phrase = phrase.dropFirst(opening.count)
  }
  if phrase.hasSuffix("计"), phrase.count > 1 { phrase = phrase.dropLast() }
  return String(phrase)
}

// MARK: Money

private func moneyUnit(_ phrase: String) -> ColumnUnit? {
  var rest = phrase[...]
  var hasCurrency = false
  for word in foreignCurrencies where rest.hasPrefix(word) || rest.hasSuffix(word) {
    let left = rest.hasSuffix(word) ? rest.dropLast(word.count) : rest.dropFirst(word.count)
    return left.isEmpty || moneyPowers[String(left)] != nil ? .foreign : nil
  }
  while let word = yuanWords.first(where: { rest.hasSuffix($0) || rest.hasPrefix($0) }) {
    rest = rest.hasSuffix(word) ? rest.dropLast(word.count) : rest.dropFirst(word.count)
    hasCurrency = true
  }
  if rest.isEmpty { return hasCurrency ? .yuan(power: 0) : nil }
  if let power = moneyPowers[String(rest)] { return .yuan(power: power) }
  return hasCurrency && (rest == "m" || rest == "mm") ? .yuan(power: 6) : nil
}

/// The longer before the shorter that they hold.
private let yuanWords = ["人民币", "yuan", "rmb", "cny", "元", "圆", "¥"]

private let moneyPowers: [String: Int] = [
  "千": 3, "仟": 3, "万": 4, "萬": 4, "十万": 5, "百万": 6, "佰万": 6, "千万": 7, "亿": 8, "億": 8, "十亿": 9,
  "百亿": 10, "k": 3, "'000": 3, "000": 3, "000s": 3, "1000": 3, "1,000": 3, "thousand": 3,
  "thousands": 3, "wan": 4, "w": 4, "10k": 4, "10000": 4, "10,000": 4, "tenthousand": 4,
  "tenthousands": 4,
  "100k": 5, "mn": 6, "mln": 6, "million": 6, "millions": 6, "1000000": 6, "1,000,000": 6,
  "10million": 7, "10m": 7, "yi": 8, "100million": 8, "100m": 8, "100mn": 8, "hundredmillion": 8,
  "bn": 9, "billion": 9, "billions": 9,
]

// MARK: Terms

private let termUnits: [String: ColumnUnit] = {
  var units: [String: ColumnUnit] = [:]
  for word in ["天", "日", "日历天", "日历日", "自然日", "天数", "日数", "day", "days", "d"] {
    units[word] = .days
  }
  for word in ["月", "个月", "月数", "月份数", "month", "months", "mo", "mos", "mth", "mths", "m"] {
    units[word] = .months(1)
  }
  for word in ["季", "季度", "个季度", "quarter", "quarters"] { units[word] = .months(3) }
  for word in ["半年", "halfyears"] { units[word] = .months(6) }
  for word in ["年", "年数", "周年", "year", "years", "yr", "yrs", "y"] { units[word] = .months(12) }
  for word in ["周", "星期", "week", "weeks"] { units[word] = .foreign }
  return units
}()

// MARK: Shares and rates

/// The unit of a phrase of signs and periods, such as `%`, 月‰, 年化, `% p.a.`.
private func shareUnit(_ phrase: String, isRate: Bool) -> ShareUnit? {
  var rest = phrase
  var unit = ShareUnit()
  if let (word, power) = signWords.first(where: { rest.contains($0.0) }) {
    unit.power = power
    rest = rest.replacing(word, with: "", maxReplacements: 1)
  } else if !isRate, let (word, power) = tenthWords.first(where: { rest.contains($0.0) }) {
    unit.power = power
    rest = rest.replacing(word, with: "", maxReplacements: 1)
  }
  if isRate, let (word, times) = periodWords.first(where: { rest.contains($0.0) }) {
    unit.perYear = times
    rest = rest.replacing(word, with: "", maxReplacements: 1)
  }
  for filler in ["利率", "rate", "per", "a", "each", "每", "之", "率", "息", "化"] {
    rest = rest.replacing(filler, with: "")
  }
  guard rest.allSatisfy({ "/·,;、，.-_()".contains($0) }), unit != ShareUnit() else { return nil }
  return unit
}

/// The longer before the shorter that they hold.
private let signWords: [(String, Int)] = [
  ("万分之", 4), ("万分比", 4), ("千分之", 3), ("千分比", 3), ("千分数", 3), ("百分之", 2), ("百分比", 2), ("百分数", 2),
  ("百分号", 2), ("basispoints", 4), ("basispoint", 4), ("个基点", 4), ("基点", 4), ("bps", 4), ("bp", 4),
  ("‱", 4), ("permille", 3), ("promille", 3), ("‰", 3), ("percentage", 2), ("percent", 2),
  ("pct", 2),
  ("%", 2),
]

private let tenthWords: [(String, Int)] = [("折", 1), ("成", 1)]

private let periodWords: [(String, Int)] = [
  ("annually", 1), ("annual", 1), ("yearly", 1), ("peryear", 1), ("ayear", 1), ("year", 1),
  ("p.a.", 1), ("p.a", 1), ("年", 1), ("monthly", 12), ("permonth", 12), ("amonth", 12),
  ("month", 12),
  ("p.m.", 12), ("月", 12), ("daily", 360), ("perday", 360), ("aday", 360), ("day", 360), ("日", 360),
  ("天", 360),
]
