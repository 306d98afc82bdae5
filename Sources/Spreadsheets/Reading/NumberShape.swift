/// What a section of a number format makes of a number.
enum NumberShape: Hashable {
  /// The number.
  case plain
  /// The number with words.
  case worded(Wording)
  /// The digits of the number with words between them.
  case spread(SpreadDigits)
  /// A day or a time.
  case date(DateParts)
  /// Words in place of the number, such as 是 for 1.
  case literal(String)
  /// Nothing.
  case hidden
  /// Something of which nobody can say whether it means the number of the cell: 25,000万元 for 25,000,000.
  case unplaced

  /// The number times a hundred, with its sign.
  static let percent = NumberShape.worded(Wording(behind: "%", shift: 2))

  /// A number with what stands before and behind it, such as 万元.
  struct Wording: Hashable {
    let before: String
    let behind: String
    /// At least so many digits before the point.
    let digits: Int
    /// By how many powers of ten the number is multiplied.
    let shift: Int
    /// The words of a number that is not positive: the sign is written anyway, however the format does.
    let unsignedBefore: String
    let unsignedBehind: String

    init(before: String = "", behind: String, digits: Int = 1, shift: Int = 0) {
      self.before = before
      self.behind = behind
      self.digits = max(1, digits)
      self.shift = shift
      unsignedBefore = withoutSigns(before)
      unsignedBehind = withoutSigns(behind)
    }
  }

  /// Words between the digits of whole numbers: `0"亿"0000"万"`, `0000-00-00`.
  struct SpreadDigits: Hashable {
    let words: Wording
    /// What stands before the last so many digits.
    let between: [Int: String]
  }

  /// What a section says.
  init(_ section: FormatSection) {
    let (before, behind) = (section.before, section.behind)
    if let parts = section.dateParts {
      self = section.isMixed ? .unplaced : .date(parts)
    } else if section.isForTexts {
      self = saysSomething(before + behind) ? .unplaced : .plain
    } else if section.digits.isEmpty {
      self = section.isOwnForm ? .plain : saysSomething(before) ? .literal(before) : .hidden
      // A dash or nothing at all shows no number, and means none but zero.
    } else if section.isOwnForm {
      self = Self.worded(section, shift: 2 * section.percents)
    } else {
      self = Self.scaled(section)
    }
  }

  private static func worded(_ section: FormatSection, shift: Int) -> NumberShape {
    let zeros = section.digits.allSatisfy { $0 == "0" } ? section.digits.count : 0
    let (before, behind) = (section.before, section.behind)
    if shift == 0, zeros < 2, before.isEmpty, behind.isEmpty { return .plain }
    return .worded(Wording(before: before, behind: behind, digits: zeros, shift: shift))
  }

  private static func scaled(_ section: FormatSection) -> NumberShape {
    // Thousands are blanks in many countries, and 万 before the last four digits is what they say anyway.
    let whole = section.digits.prefix { $0 != "." }.count
    let between = section.between.filter { place, words in
      !words.allSatisfy { " \u{A0}\u{202F},'’".contains($0) }
        && words != ScaleWords.name(whole - place)
    }
    let power = 3 * section.thousands + section.digitsBehindMark - 2 * section.hiddenPercents
    if power == 0 {
      return between.isEmpty
        ? worded(section, shift: 2 * section.percents) : spread(section, between)
    }
    guard section.percents == 0 else { return .unplaced }
    if power == -2 {
      return saysSomething(section.behind)
        ? .unplaced : .worded(Wording(before: section.before, behind: "%", shift: 2))
    }
    let words = ScaleWords(before: section.before, behind: section.behind)
    let isMarkAlone = between.values.allSatisfy { $0 == "." } && between.count <= 1
    guard isMarkAlone, let placed = words.placed(power) else {
      // 2024.03 of 202403, 2024.03.15 of 20240315.
      let isAsShown =
        power == section.digitsBehindMark && !words.hasMultiplier
        && (!isMarkAlone || ScaleWords.name(power) == nil)
      return isAsShown ? spread(section, between) : .unplaced
    }
    return .worded(Wording(before: placed.before, behind: placed.behind, shift: -power))
  }

  private static func spread(_ section: FormatSection, _ between: [Int: String]) -> NumberShape {
    let whole = section.digits.prefix { $0 != "." }.count
    // Words behind the point are none that can be placed.
    guard section.percents == 0, between.keys.allSatisfy({ $0 <= whole }) else { return .unplaced }
    let firstZero = section.digits.firstIndex(of: "0").map {
      section.digits.distance(from: section.digits.startIndex, to: $0)
    }
    return .spread(
      SpreadDigits(
        words: Wording(
          before: section.before, behind: section.behind,
          digits: whole - min(whole, firstZero ?? whole)),
        between: Dictionary(uniqueKeysWithValues: between.map { (whole - $0.key, $0.value) })))
  }
}

/// Whether a text has more than dashes, blanks and brackets.
private func saysSomething(_ text: String) -> Bool {
  text.contains { $0.isLetter || $0.isNumber || $0.isCurrencySymbol || "%‰‱".contains($0) }
}

/// The text without the signs and brackets of negative numbers at its ends.
private func withoutSigns(_ text: String) -> String {
  let signs = "-−–—－()（）△▲▼负 \u{A0}"
  var rest = text[...]
  while let first = rest.first, signs.contains(first) { rest.removeFirst() }
  while let last = rest.last, signs.contains(last) { rest.removeLast() }
  return String(rest)
}
