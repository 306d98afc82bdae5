/// Writes what a number says under the format of its cell.
struct CellWriter {
  /// By the number of a cell's style.
  var formats: [CellFormat] = []
  /// Whether days are counted from 1904, as old Macintosh workbooks do.
  var countsFrom1904 = false

  /// The format of a style; a plain one for styles that are not there.
  private func format(_ style: Int) -> CellFormat {
    formats.indices.contains(style) ? formats[style] : .plain
  }

  /// Adds the text of a number as the file has it, as a cell of comma-separated values.
  func append(_ raw: Slice<UnsafeBufferPointer<UInt8>>, style: Int, to text: inout [UInt8]) {
    let format = format(style)
    // Most numbers are what they are.
    if format.isPlain, raw.count <= DecimalText.mostDigits, raw.allSatisfy(isPlainDigit) {
      text.append(contentsOf: raw)
      return
    }
    guard let number = DecimalText(raw), number.isWritable else {
      text.append(contentsOf: raw)
      return
    }
    guard !format.isPlain, let value = Double(String(decoding: raw, as: UTF8.self)) else {
      return append(number, to: &text)
    }
    switch format.shape(of: value) {
    case .plain, .hidden: append(number, to: &text)
    case .date(let parts):
      guard appendDate(value, parts, to: &text) else { return append(number, to: &text) }
    case .literal(let words): appendCell(Array(words.utf8), to: &text)
    case .worded(let words):
      append(words, of: number, to: &text) { digits in
        number.append(to: &digits, shifted: words.shift, leastDigits: words.digits)
      }
    case .spread(let digits):
      append(digits.words, of: number, to: &text) { append(number, spread: digits, to: &$0) }
    case .unplaced:
      var mark = Array("\(SheetTable.unplacedFormat) ".utf8)
      append(number, to: &mark)
      mark += " \(format.code.prefix(60))".utf8
      appendCell(mark, to: &text)
    }
  }

  /// Adds a number between its words, behind its sign.
  private func append(
    _ words: NumberShape.Wording, of number: DecimalText, to text: inout [UInt8],
    digits: (inout [UInt8]) -> Void
  ) {
    let isSigned = number.isNegative || number.digits.isEmpty
    var cell: [UInt8] = []
    if number.isNegative { cell.append(UInt8(ascii: "-")) }
    cell += (isSigned ? words.unsignedBefore : words.before).utf8
    digits(&cell)
    cell += (isSigned ? words.unsignedBehind : words.behind).utf8
    appendCell(cell, to: &text)
  }

  /// Adds the digits of a number with the words that stand between them.
  private func append(
    _ number: DecimalText, spread pattern: NumberShape.SpreadDigits, to text: inout [UInt8]
  ) {
    var digits: [UInt8] = []
    number.append(to: &digits, leastDigits: pattern.words.digits)
    let whole = digits.firstIndex(of: UInt8(ascii: ".")) ?? digits.count
    // Words that stand before all digits of this number are shown all the same.
    for place in pattern.between.keys.sorted(by: >) where place > whole {
      text += (pattern.between[place] ?? "").utf8
    }
    for (index, digit) in digits.enumerated() {
      if index <= whole, let words = pattern.between[whole - index] { text += words.utf8 }
      text.append(digit)
    }
    if whole == digits.count, let words = pattern.between[0] { text += words.utf8 }
  }

  private func append(_ number: DecimalText, to text: inout [UInt8]) {
    if number.isNegative { text.append(UInt8(ascii: "-")) }
    number.append(to: &text)
  }

  private func isPlainDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  // MARK: Dates

  /// The last day that a spreadsheet knows: 31 December 9999.
  private static let lastSerial = 2_958_465.0

  /// - Returns: Whether there is such a day.
  private func appendDate(
    _ serial: Double, _ parts: DateParts, to text: inout [UInt8]
  ) -> Bool {
    guard serial >= 0, serial < Self.lastSerial + 1 else { return false }
    var day = Int(serial.rounded(.down))
    var second = Int(((serial - Double(day)) * 86_400).rounded())
    if second == 86_400 { (day, second) = (day + 1, 0) }
    if parts.isTimeAlone {
      appendTime(second, to: &text)
      return true
    }
    let (year, month, dayOfMonth) = date(day)
    if parts.hasYear, !parts.hasDay, !parts.hasTime {
      append(year, digits: 4, to: &text)
      if parts.hasMonth {
        text.append(UInt8(ascii: "-"))
        append(month, digits: 2, to: &text)
      }
      return true
    }
    append(year, digits: 4, to: &text)
    text.append(UInt8(ascii: "-"))
    append(month, digits: 2, to: &text)
    text.append(UInt8(ascii: "-"))
    append(dayOfMonth, digits: 2, to: &text)
    if parts.hasTime, second > 0 {
      text.append(UInt8(ascii: " "))
      appendTime(second, to: &text)
    }
    return true
  }

  private func appendTime(_ second: Int, to text: inout [UInt8]) {
    append(second / 3_600, digits: 2, to: &text)
    text.append(UInt8(ascii: ":"))
    append(second / 60 % 60, digits: 2, to: &text)
    text.append(UInt8(ascii: ":"))
    append(second % 60, digits: 2, to: &text)
  }

  private func append(_ number: Int, digits: Int, to text: inout [UInt8]) {
    var power = (1..<digits).reduce(1) { power, _ in power * 10 }
    while power > 0 {
      text.append(UInt8(ascii: "0") + UInt8(number / power % 10))
      power /= 10
    }
  }

  /// The date of a day's number. Spreadsheets that count from 1900 take that year for a leap year: day 60
  /// is a 29 February that never was (ECMA-376 part 1, section 18.17.4.1).
  private func date(_ serial: Int) -> (year: Int, month: Int, day: Int) {
    if countsFrom1904 { return civil(serial + 1_462 - 25_569) }
    if serial == 60 { return (1900, 2, 29) }
    return civil(serial - 25_569 + (serial < 60 ? 1 : 0))
  }

  /// The date of a day counted from 1970 (H. Hinnant, chrono-Compatible Low-Level Date Algorithms).
  private func civil(_ day: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = day + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    return (
      yearOfEra + era * 400 + (month >= 10 ? 1 : 0), month < 10 ? month + 3 : month - 9,
      dayOfYear - (153 * month + 2) / 5 + 1
    )
  }
}
