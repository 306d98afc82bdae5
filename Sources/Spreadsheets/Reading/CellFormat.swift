/// What a number format makes of a number, as far as it changes what the cell says: a date, a percentage,
/// a number with words around it, leading zeros (ECMA-376 part 1, section 18.8.31).
///
/// How many decimals are shown, colours and separators of thousands change nothing: the whole number is
/// read.
enum CellFormat: Hashable {
  /// The number.
  case plain
  /// The number times a hundred, with its sign.
  case percent
  /// The number with what stands before and behind it, such as 万元, and at least so many digits.
  case worded(before: String, behind: String, digits: Int)
  /// A day or a time.
  case date(DateParts)

  /// What a date shows.
  struct DateParts: Hashable {
    var hasYear = false
    var hasMonth = false
    var hasDay = false
    var hasTime = false

    /// Whether it shows a time of the day alone.
    var isTimeAlone: Bool { hasTime && !hasYear && !hasMonth && !hasDay }
  }

  /// The format that a workbook names by a number without saying it (section 18.8.30), those of Chinese
  /// workbooks among them.
  init(builtIn number: Int) {
    self =
      switch number {
      case 9, 10: .percent
      case 14, 15, 30, 31: .date(DateParts(hasYear: true, hasMonth: true, hasDay: true))
      case 22: .date(DateParts(hasYear: true, hasMonth: true, hasDay: true, hasTime: true))
      case 16, 28, 29, 51, 53, 54, 58: .date(DateParts(hasMonth: true, hasDay: true))
      case 17, 27, 36, 50, 52, 57: .date(DateParts(hasYear: true, hasMonth: true))
      case 18...21, 32...35, 45, 47, 55, 56: .date(DateParts(hasTime: true))
      default: .plain
      }
  }

  /// The format that a code says. Only its first section counts, that of positive numbers.
  init(code: String) {
    let section = FormatSection(code)
    if let parts = section.dateParts {
      self = .date(parts)
    } else if section.isPercent {
      self = .percent
    } else if section.isScaled || section.isGeneral || section.digits.isEmpty {
      self = .plain
    } else {
      let (before, behind) = (section.before, section.behind)
      let zeros = section.digits.allSatisfy { $0 == "0" } ? section.digits.count : 0
      self =
        before.isEmpty && behind.isEmpty && zeros < 2
        ? .plain : .worded(before: before, behind: behind, digits: zeros)
    }
  }
}

/// The first section of a format code, taken apart.
private struct FormatSection {
  /// The signs that stand for digits, with the point between them.
  private(set) var digits = ""
  private(set) var before = ""
  private(set) var behind = ""
  private(set) var isPercent = false
  /// Whether what is shown is not the number: in thousands, or with a condition.
  private(set) var isScaled = false
  private(set) var isGeneral = false
  private var letters: [Character] = []
  private var hasLetterGap = true
  /// The date letters in groups: `yyyy`, `m`, `d`.
  private var groups: [[Character]] = []

  init(_ code: String) {
    var signs = Array(code)[...]
    while let sign = signs.popFirst() {
      switch sign {
      case ";":
        endGroup()
        finish()
        return
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
    endGroup()
    finish()
  }

  private mutating func add(_ sign: Character, before rest: inout ArraySlice<Character>) {
    switch sign {
    case "0", "#", "?", ".":
      endGroup()
      if !behind.isEmpty { isScaled = true }
      digits.append(sign)
    case ",":
      endGroup()
      let isBetween = rest.first.map { "0#?".contains($0) } ?? false
      if !digits.isEmpty, !isBetween { isScaled = true } else { digits.append("#") }
    case "%": isPercent = true
    case "E" where rest.first == "+" || rest.first == "-":
      rest.removeFirst()
      digits.append("#")
    case "G" where String(rest.prefix(6)) == "eneral":
      rest.removeFirst(6)
      digits.append("#")
    case "A", "a":
      // AM/PM, A/P.
      if rest.first == "M" || rest.first == "m" || rest.first == "/" {
        rest = rest.drop { "Mm/Pp".contains($0) }
      }
      endGroup()
    case "y", "Y", "m", "M", "d", "D", "h", "H", "s", "S", "e":
      let letter = Character(sign.lowercased())
      if let last = groups.last?.first, last == letter, !hasLetterGap {
        groups[groups.count - 1].append(letter)
      } else {
        groups.append([letter])
      }
      hasLetterGap = false
    case "@": isGeneral = true
    default: addLiteral(String(sign))
    }
  }

  private mutating func endGroup() { hasLetterGap = true }

  private mutating func addLiteral(_ literal: String) {
    endGroup()
    if digits.isEmpty { before += literal } else { behind += literal }
  }

  private mutating func addBracket(_ content: String) {
    endGroup()
    if content.hasPrefix("$") {
      // A currency, with a language behind it: [$¥-804].
      addLiteral(String(content.dropFirst().prefix { $0 != "-" }))
    } else if let first = content.first, "<>=".contains(first) {
      isScaled = true
    } else if !content.isEmpty, content.lowercased().allSatisfy({ "hms".contains($0) }) {
      // Hours that count on beyond a day are a number of days.
      isGeneral = true
    }
  }

  /// Takes off the blanks at the outer ends.
  private mutating func finish() {
    before = String(before.drop(while: isBlank))
    while let last = behind.last, isBlank(last) { behind.removeLast() }
  }

  private func isBlank(_ sign: Character) -> Bool { sign == " " || sign == "\u{A0}" }

  /// What the code shows of a date; `nil` if it is none.
  var dateParts: CellFormat.DateParts? {
    guard !groups.isEmpty, !isGeneral else { return nil }
    var parts = CellFormat.DateParts()
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
