/// What a number format makes of numbers, as far as it changes what the cell says: a date, a percentage, a
/// number with words around it, leading zeros (ECMA-376 part 1, section 18.8.31).
///
/// How many decimals are shown, colours and separators of thousands change nothing: the whole number is
/// read.
struct CellFormat: Hashable {
  /// A section of the code.
  private struct Section: Hashable {
    /// The numbers that it is for; `nil` if it does not say.
    let condition: FormatCondition?
    let shape: NumberShape
  }

  /// The sections for numbers, at least one.
  private let sections: [Section]
  /// The code, to be named where its words cannot be placed; empty for the formats that have a number.
  let code: String
  /// Whether every number is what it is.
  let isPlain: Bool

  /// The number.
  static let plain = CellFormat(.plain)

  private init(_ shape: NumberShape) {
    sections = [Section(condition: nil, shape: shape)]
    code = ""
    isPlain = shape == .plain
  }

  /// The format that a workbook names by a number without saying it (section 18.8.30), those of Chinese
  /// workbooks among them.
  init(builtIn number: Int) {
    switch number {
    case 9, 10: self.init(.percent)
    case 14, 15, 30, 31: self.init(.date(DateParts(hasYear: true, hasMonth: true, hasDay: true)))
    case 22:
      self.init(.date(DateParts(hasYear: true, hasMonth: true, hasDay: true, hasTime: true)))
    case 16, 28, 29, 51, 53, 54, 58: self.init(.date(DateParts(hasMonth: true, hasDay: true)))
    case 17, 27, 36, 50, 52, 57: self.init(.date(DateParts(hasYear: true, hasMonth: true)))
    case 18...21, 32...35, 45, 47, 55, 56: self.init(.date(DateParts(hasTime: true)))
    default: self = .plain
    }
  }

  /// The format that a code says.
  ///
  /// - Complexity: Linear in the code.
  init(code: String) {
    var read = FormatSection.all(of: code)
    // The last section of several, or the fourth, is that of texts.
    if read.count > 1, read.count > 3 || read.last?.isForTexts == true { read.removeLast() }
    sections = read.prefix(3).map { Section(condition: $0.condition, shape: NumberShape($0)) }
    self.code = code
    isPlain = sections.allSatisfy { $0.shape == .plain || $0.shape == .hidden }
  }

  /// What the format makes of a number.
  ///
  /// The first two sections are for the numbers that their conditions name; without conditions the first
  /// is for positive numbers, the second for negative ones, the third for the rest.
  func shape(of number: Double) -> NumberShape {
    guard sections.count > 1 || sections[0].condition != nil else {
      return sections[0].shape == .hidden ? .plain : sections[0].shape
    }
    guard let (place, isStated) = section(for: number) else {
      // Programs differ in what they show of numbers that no condition is for.
      return saysWords ? .unplaced : .plain
    }
    let shape = sections[place].shape
    switch shape {
    case .hidden: return number == 0 || !saysWords ? .plain : .unplaced
    // What stands for zero, such as a dash, or 无, is zero.
    case .literal where number == 0 && !isStated: return .plain
    default: return shape
    }
  }

  /// Whether any section adds to the number what changes its meaning.
  private var saysWords: Bool { !isPlain }

  private func section(for number: Double) -> (place: Int, isStated: Bool)? {
    let stated = sections.prefix(2).firstIndex { $0.condition?.holds(number) ?? false }
    if let stated { return (stated, true) }
    let hasConditions = sections.contains { $0.condition != nil }
    for (place, section) in sections.enumerated() where section.condition == nil {
      let takesAll = place == sections.count - 1
      let isUsual = place == 0 ? number > 0 || sections.count == 2 && number == 0 : number < 0
      if takesAll || isUsual { return (place, hasConditions) }
    }
    return nil
  }
}

/// What a date shows.
struct DateParts: Hashable {
  var hasYear = false
  var hasMonth = false
  var hasDay = false
  var hasTime = false

  /// Whether it shows a time of the day alone.
  var isTimeAlone: Bool { hasTime && !hasYear && !hasMonth && !hasDay }
}
