/// A section of a number format's code, taken apart (ECMA-376 part 1, section 18.8.31).
struct FormatSection {
  /// The numbers that it is for, if it says so.
  private(set) var condition: FormatCondition?
  /// The signs that stand for digits, with the point between them.
  private(set) var digits = ""
  /// What stands before and behind the digits, with the signs of per cent.
  private(set) var before = ""
  private(set) var behind = ""
  /// What stands between digits, by how many of them come before it.
  private(set) var between: [Int: String] = [:]
  /// How many signs of per cent are shown, and how many in a second line that nobody sees.
  private(set) var percents = 0
  private(set) var hiddenPercents = 0
  /// How often the number is shown divided by a thousand.
  private(set) var thousands = 0
  /// How many digits stand behind a point that is a letter among letters: `0!.0000`.
  private(set) var digitsBehindMark = 0
  /// Whether it is a section of texts.
  private(set) var isForTexts = false
  /// Whether it shows a quotient or a power of ten, or hours that count on beyond a day.
  private(set) var isOwnForm = false
  /// Whether digits and letters of dates stand in it.
  var isMixed: Bool { !groups.isEmpty && digits.contains { $0 != "." } }

  private var hasMark = false
  private var isInSecondLine = false
  private var isJapanese = false
  private var hasLetterGap = true
  private var isInSeconds = false
  /// The date letters in groups: `yyyy`, `m`, `d`.
  private var groups: [[Character]] = []

  /// The sections of a code.
  static func all(of code: String) -> [FormatSection] {
    var signs = Array(code)[...]
    var sections: [FormatSection] = []
    repeat { sections.append(FormatSection(&signs)) } while !signs.isEmpty && sections.count < 5
    // A semicolon at the end leaves an empty section behind it.
    if code.last == ";", sections.count < 4 {
      var none: ArraySlice<Character> = []
      sections.append(FormatSection(&none))
    }
    return sections
  }

  /// Takes a section and the semicolon behind it off a code.
  private init(_ signs: inout ArraySlice<Character>) {
    loop: while let sign = signs.popFirst() {
      switch sign {
      case ";": break loop
      case "\"":
        addLiteral(String(signs.prefix { $0 != "\"" }))
        signs = signs.drop { $0 != "\"" }.dropFirst()
      case "\\", "!":
        if let literal = signs.popFirst() { addLiteral(String(literal)) }
      case "_", "*": _ = signs.popFirst()
      case "[":
        addBracket(String(signs.prefix { $0 != "]" }))
        signs = signs.drop { $0 != "]" }.dropFirst()
      default: add(sign, before: &signs)
      }
    }
    finish()
  }

  private mutating func add(_ sign: Character, before rest: inout ArraySlice<Character>) {
    switch sign {
    case "0", "#", "?", ".": addDigit(sign)
    case ",": addComma(before: rest)
    case "%":
      if isInSecondLine { hiddenPercents += 1 } else { percents += 1 }
      addLiteral("%")
    case "E" where rest.first == "+" || rest.first == "-":
      rest = rest.dropFirst().drop { "0#?".contains($0) }
      isOwnForm = true
    case "/" where !digits.isEmpty && (rest.first.map(Self.isDenominator) ?? false):
      rest = rest.drop(while: Self.isDenominator)
      isOwnForm = true
    case "G", "g":
      let word = ["eneral", "/通用格式"].first { String(rest.prefix($0.count)).lowercased() == $0 }
      rest = rest.dropFirst(word?.count ?? 0)
      if word == nil { addLiteral(String(sign)) } else { addDigit("#") }
    case "A", "a":
      // AM/PM, A/P; aaaa is a day of the week.
      if rest.first == "M" || rest.first == "m" || rest.first == "/" {
        rest = rest.drop { "AaMm/Pp".contains($0) }
      }
      hasLetterGap = true
    case "y", "Y", "m", "M", "d", "D", "h", "H", "s", "S", "e":
      let letter = Character(sign.lowercased())
      if let last = groups.last?.first, last == letter, !hasLetterGap {
        groups[groups.count - 1].append(letter)
      } else {
        groups.append([letter])
      }
      (hasLetterGap, isInSeconds) = (false, letter == "s")
    case "@": isForTexts = true
    default: addLiteral(String(sign))
    }
  }

  private static func isDenominator(_ sign: Character) -> Bool {
    sign == "#" || sign == "?" || sign.isASCII && sign.isNumber
  }

  private mutating func addDigit(_ sign: Character) {
    hasLetterGap = true
    // Decimals of seconds.
    if isInSeconds { return }
    if !behind.isEmpty {
      if behind == "." { hasMark = true }
      between[digits.count, default: ""] += behind
      behind = ""
    }
    if hasMark, sign != "." { digitsBehindMark += 1 }
    digits.append(sign)
  }

  /// A comma behind the last digit before the point divides by a thousand, one between digits separates
  /// thousands.
  private mutating func addComma(before rest: ArraySlice<Character>) {
    hasLetterGap = true
    guard !digits.isEmpty, groups.isEmpty else { return }
    let isBetween = rest.prefix { $0 != "." && $0 != ";" && $0 != "\"" }.contains {
      "0#?".contains($0)
    }
    if !isBetween { thousands += 1 }
  }

  private mutating func addLiteral(_ literal: String) {
    (hasLetterGap, isInSeconds) = (true, false)
    if literal.contains(where: \.isNewline) { isInSecondLine = true }
    if isInSecondLine { return }
    if digits.isEmpty { before += literal } else { behind += literal }
  }

  private mutating func addBracket(_ content: String) {
    hasLetterGap = true
    if content.hasPrefix("$") {
      addCurrency(content.dropFirst())
    } else if let condition = FormatCondition(content) {
      self.condition = condition
    } else if !content.isEmpty, content.lowercased().allSatisfy({ "hms".contains($0) }) {
      isOwnForm = true
      isInSeconds = content.lowercased().hasPrefix("s")
    }
  }

  /// A currency with the language that it belongs to: `[$¥-804]`, `[$$-409]`, `[$¥-ja-JP]`, `[$-411]`.
  private mutating func addCurrency(_ content: Substring) {
    let sign = content.prefix { $0 != "-" }
    let language = content.dropFirst(sign.count + 1)
    // The lower half of the number is the language; 0411 is Japanese.
    let isJapanese =
      language.lowercased().hasPrefix("ja")
      || UInt32(language, radix: 16).map { $0 & 0xFFFF == 0x0411 } ?? false
    if isJapanese { self.isJapanese = true }
    addLiteral(String(sign))
  }

  /// Takes off the blanks at the outer ends, and tells the yen from the yuan.
  private mutating func finish() {
    if before.contains(where: { "¥￥".contains($0) })
      || behind.contains(where: { "¥￥".contains($0) })
    {
      for yen in ["JP¥", "JP￥", "¥", "￥"] where isJapanese {
        before = before.replacing(yen, with: "JPY")
        behind = behind.replacing(yen, with: "JPY")
      }
      for (long, short) in [("CN¥", "¥"), ("CN￥", "¥")] {
        before = before.replacing(long, with: short)
        behind = behind.replacing(long, with: short)
      }
    }
    before = String(before.drop(while: Self.isBlank))
    while let last = behind.last, Self.isBlank(last) { behind.removeLast() }
  }

  private static func isBlank(_ sign: Character) -> Bool { sign == " " || sign == "\u{A0}" }

  /// What the code shows of a date; `nil` if it is none.
  var dateParts: DateParts? {
    guard !groups.isEmpty, !isForTexts, !isOwnForm else { return nil }
    var parts = DateParts()
    for (place, group) in groups.enumerated() {
      switch group.first {
      case "y", "e": parts.hasYear = true
      case "d": parts.hasDay = true
      case "h", "s": parts.hasTime = true
      default:
        // Minutes stand behind hours or before seconds.
        let isMinute =
          (place > 0 && groups[place - 1].first == "h")
          || (place + 1 < groups.count && groups[place + 1].first == "s")
        if isMinute { parts.hasTime = true } else { parts.hasMonth = true }
      }
    }
    return parts
  }
}
