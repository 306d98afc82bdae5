import FundCore

/// The unit that the head of a column says, and where.
extension UnitQuantity {
  /// What a head says of its unit.
  public enum Heard: Hashable, Sendable {
    case nothing
    case unit(ColumnUnit)
    /// Two units that differ.
    case contradiction
  }

  /// The unit in the head of a column: in brackets of any kind, behind a slash, an underscore, a colon,
  /// a comma, a hyphen or a blank, at its end (贷款金额万元, 期限天数), or in the name itself (月利率).
  public func unit(inHead text: String) -> Heard {
    let head = Scalar.bracketed(text)
    var found: [ColumnUnit] = []
    let (outside, inside) = divided(head)
    for phrase in inside {
      if let unit = unit(phrase) { found.append(unit) } else { found += listed(phrase) }
    }
    if found.isEmpty, let unit = unitAtEnd(of: outside) ?? unitAtStart(of: outside) {
      found.append(unit)
    }
    if self != .money, self != .term { return shareUnit(found, named: outside) }
    guard let first = found.first else { return .nothing }
    return found.allSatisfy { $0 == first } ? .unit(first) : .contradiction
  }

  /// The unit in a title or a remark above a table: behind 单位, or, of money, in brackets of its own.
  public func unit(inTitle text: String) -> ColumnUnit? {
    let title = Scalar.bracketed(text).lowercased()
    for marker in ["单位", "units", "unit"] {
      var rest = title[...]
      while let place = rest.firstRange(of: marker) {
        // 填报单位 is who reports; 金额单位 and 货币单位 are units.
        let before = rest[..<place.lowerBound]
        let isOfReporter = reporterWords.contains { before.hasSuffix($0) }
        rest = rest[place.upperBound...]
        let phrase = String(rest.drop { ":为均 ".contains($0) }.prefix { !"()".contains($0) })
        if !isOfReporter, let unit = unit(phrase) ?? listed(phrase).first { return unit }
      }
    }
    // In brackets alone, (月) says how often a table is made.
    guard self == .money else { return nil }
    return divided(title).inside.lazy.compactMap { unit($0) }.first
  }

  /// A head without the brackets and endings that say a unit.
  func withoutUnit(_ text: String) -> String {
    let head = Scalar.bracketed(text)
    var (outside, inside) = divided(head)
    inside.removeAll { unit($0) != nil || !listed($0).isEmpty }
    if inside.count == divided(head).inside.count, let length = lengthOfUnit(atEndOf: outside) {
      outside = String(outside.dropLast(length))
    }
    return Scalar.headKey(outside + inside.map { "(\($0))" }.joined())
  }

  // MARK: Pieces

  /// The text outside of brackets, and the texts in brackets.
  private func divided(_ head: String) -> (outside: String, inside: [String]) {
    var outside = ""
    var inside: [String] = []
    var depth = 0
    for sign in head {
      if sign == "(" {
        depth += 1
        if depth == 1 { inside.append("") } else { inside[inside.count - 1].append(sign) }
      } else if sign == ")", depth > 0 {
        depth -= 1
        if depth > 0 { inside[inside.count - 1].append(sign) }
      } else if depth > 0 {
        inside[inside.count - 1].append(sign)
      } else {
        outside.append(sign)
      }
    }
    return (outside, inside)
  }

  /// The units in a list such as `元, 月, %`.
  private func listed(_ phrase: String) -> [ColumnUnit] {
    let parts = phrase.split { ",;、/|".contains($0) }
    guard parts.count > 1 else { return [] }
    return parts.compactMap { unit(String($0)) }
  }

  private func unitAtEnd(of head: String) -> ColumnUnit? {
    lengthOfUnit(atEndOf: head).flatMap { unit(String(head.suffix($0))) }
  }

  /// The unit with which a head starts: 万元金额.
  private func unitAtStart(of head: String) -> ColumnUnit? {
    guard self == .money else { return nil }
    guard let word = amountWords.first(where: { head.hasPrefix($0) }),
      head.dropFirst(word.count).contains(where: { "额金款息数".contains($0) })
    else { return nil }
    return unit(word)
  }

  /// How many characters at the end of a head say its unit, with the signs before them.
  private func lengthOfUnit(atEndOf head: String) -> Int? {
    let signs = Array(head)
    // The longest ending that starts behind a sign: `10k yuan` before `yuan`.
    for start in signs.indices.dropFirst() where isBreak(signs, at: start) {
      if unit(String(signs[start...])) != nil { return signs.count - start }
    }
    let endings: [String] =
      switch self {
      case .money: amountWords + foreignCurrencyEndings
      case .term: ["天数", "日数", "月数", "年数"]
      case .rate, .probability, .part: []
      }
    if let ending = endings.first(where: { head.hasSuffix($0) }) { return ending.count }
    let isOneWord =
      self == .term && (head.hasSuffix("限天") || head.hasSuffix("限月") || head.hasSuffix("限年"))
    return isOneWord ? 1 : nil
  }

  /// What separates a unit from what it measures.
  private static let separators = Set<Character>("/_:,-·|; 、")

  private func isBreak(_ signs: [Character], at index: Int) -> Bool {
    if Self.separators.contains(signs[index]) { return false }
    if Self.separators.contains(signs[index - 1]) { return true }
    return signs[index].isUppercase && signs[index - 1].isLowercase
  }

  // MARK: Rates

  /// The unit of a share, whose sign may stand anywhere, or of a rate, whose name says its period (月利率).
  private func shareUnit(_ found: [ColumnUnit], named head: String) -> Heard {
    var powers: [Int] = []
    var periods: [Int] = []
    for case .share(let unit) in found {
      powers += unit.power.map { [$0] } ?? []
      periods += unit.perYear.map { [$0] } ?? []
    }
    let name = head.lowercased().filter { $0 != " " }
    for (word, times) in periodNames where self != .part && name.contains(word) {
      periods.append(times)
      break
    }
    if powers.isEmpty, let (_, power) = embeddedSigns.first(where: { name.contains($0.0) }) {
      powers.append(power)
    }
    if Set(powers).count > 1 || Set(periods).count > 1 { return .contradiction }
    let unit = ShareUnit(power: powers.first, perYear: periods.first)
    return unit == ShareUnit() ? .nothing : .unit(.share(unit))
  }
}

/// The longer before the shorter that end them.
private let amountWords = ["百万元", "千万元", "万元", "亿元", "千元"]

private let reporterWords = ["填报", "编制", "报送", "制表", "填表", "主管", "所属", "business "]

private let periodNames: [(String, Int)] = [
  ("月利率", 12), ("月息", 12), ("月化", 12), ("月费率", 12), ("月违约", 12), ("monthly", 12), ("permonth", 12),
  ("日利率", 360), ("日息", 360), ("日费率", 360), ("daily", 360), ("perday", 360), ("年利率", 1), ("年化", 1),
  ("年息", 1), ("年违约", 1), ("annual", 1), ("peryear", 1), ("yearly", 1),
]

private let embeddedSigns: [(String, Int)] = [
  ("万分之", 4), ("千分之", 3), ("百分之", 2), ("‱", 4), ("‰", 3), ("%", 2),
]
