import FundCore

/// What stands in cells in place of a value.
extension Scalar {
  /// Whether a text only says that there is no value: `NULL`, `nan`, `#N/A`, `-`, `无`, `？`.
  public static func isMissing(_ text: String) -> Bool {
    guard let first = text.utf8.first else { return true }
    // Few cells start like a mark, and no mark of full width has more than four signs.
    let canBeMark =
      first > 0x7F
      ? text.utf8.count <= 12
      : text.utf8.count <= 16 && " \tNnUuTtMm#-/?~.(<*\\".utf8.contains(first)
    return canBeMark && missingMarks.contains(normalised(text).lowercased())
  }

  /// The words and signs for no value, in lower case; dashes of every width are `-` by then.
  static let missingMarks: Set<String> = [
    "", "null", "nil", "none", "nan", "n/a", "na", "#n/a", "#na", "#n/a n/a", "~", "(null)", "\\n",
    "(n/a)", "tbd", "(none)", "missing",
    "<null>",
    "-", "--", "---", "----", "/", "\\", "?", "??", "???", ".", "..", "...", "…", "……", "*",
    "unknown",
    "无", "未知", "不详", "暂无", "空", "空白", "未填", "缺失", "(空)", "(空白)", "(blank)", "(无)", "(未知)", "(暂无)",
    "(不详)", "没有", "不适用", "待定", "待补",
    "待补充", "待填", "待核实",
  ]

  /// The problem of a cell that says nothing.
  public static func missing(_ text: String) -> ScalarProblem {
    ScalarProblem(
      "missing-value",
      normalised(text).isEmpty
        ? .init(en: "there is no value", zh: "没有值")
        : .init(en: "\(quoted(text)) is no value", zh: "\(quoted(text))不是值"),
      help: .init(en: "fill the cell, or leave the row out", zh: "填写该单元格，或删去该行"))
  }

  /// The problem of a cell in which a spreadsheet shows an error; `nil` for any other.
  public static func spreadsheetError(_ text: String) -> ScalarProblem? {
    // A sign of full width starts with 0xEF.
    guard let first = text.utf8.first, first == 0x23 || first == 0xEF, text.utf8.count <= 400 else {
      return nil
    }
    let word = normalised(text).uppercased()
    guard word.hasPrefix("#"), !missingMarks.contains(word.lowercased()) else { return nil }
    if word.count >= 3, word.allSatisfy({ $0 == "#" }) {
      return ScalarProblem(
        "spreadsheet-error",
        .init(
          en: "\(quoted(text)) is what a spreadsheet shows of a column that is too narrow",
          zh: "\(quoted(text))是电子表格列宽不足时的显示"),
        help: .init(
          en: "widen the column in the spreadsheet, and export the file again",
          zh: "在电子表格中加宽该列，再重新导出"))
    }
    if word == "#FORMULA!" { return uncomputedFormula }
    if word.hasPrefix("#FORMAT! ") { return unplacedFormat(text) }
    guard let cause = errorCauses[word.filter { $0 != "!" && $0 != "?" }] else { return nil }
    return ScalarProblem(
      "spreadsheet-error",
      .init(
        en: "\(quoted(text)) is an error of a spreadsheet: \(cause)",
        zh: "\(quoted(text))是电子表格的错误值：\(cause)"),
      help: .init(
        en: "correct the formula in the spreadsheet, and export the file again",
        zh: "在电子表格中改正公式，再重新导出"))
  }

  /// The problem of a cell with a formula that was never computed (`SheetTable.uncomputedFormula`).
  private static let uncomputedFormula = ScalarProblem(
    "uncomputed-formula",
    .init(
      en: "the cell holds a formula without its result, as programs write it that do not compute",
      zh: "单元格只有公式而没有结果（由不计算的程序写出）"),
    help: .init(
      en: "open the workbook in Excel, WPS or LibreOffice, which computes it, and save it",
      zh: "用 Excel、WPS 或 LibreOffice 打开工作簿（会重新计算）并保存"))

  /// The problem of a cell whose number format says other words than its number
  /// (`SheetTable.unplacedFormat`).
  private static func unplacedFormat(_ text: String) -> ScalarProblem {
    let parts = text.split(separator: " ", maxSplits: 2)
    let (number, format) = (parts.count > 1 ? parts[1] : "", parts.count > 2 ? parts[2] : "")
    return ScalarProblem(
      "unclear-format",
      .init(
        en: """
          the cell holds \(number), and its number format `\(format)` shows it with words that cannot be \
          held against the number
          """,
        zh: "单元格的值是\(number)，而其数字格式 `\(format)` 显示的文字与该值对不上"),
      help: .init(
        en: """
          give the cells the format General, and write the unit into the head of the column (or under \
          `units`)
          """,
        zh: "把单元格设为“常规”格式，单位写在列名里（或写在 `units` 下）"))
  }

  private static let errorCauses: [String: LocalizedText] = [
    "#REF": .init(en: "a formula refers to cells that are gone", zh: "公式引用的单元格已不存在"),
    "#VALUE": .init(en: "a formula was given a text for a number", zh: "公式把文字当成了数"),
    "#DIV/0": .init(en: "a division by zero", zh: "除数为零"),
    "#NAME": .init(en: "a formula has a name that is not known", zh: "公式中的名称无法识别"),
    "#NUM": .init(en: "a number that cannot be", zh: "无法计算的数"),
    "#NULL": .init(en: "two ranges without a common cell", zh: "两个区域没有公共单元格"),
    "#SPILL": .init(en: "a result that finds no room", zh: "结果没有位置展开"),
    "#CALC": .init(en: "a result that cannot be computed", zh: "无法计算的结果"),
    "#GETTING_DATA": .init(en: "data that had not arrived", zh: "数据尚未取到"),
  ]

  /// The problem of a name of which digits were lost; `nil` for any other.
  public static func lostDigits(_ text: String) -> ScalarProblem? {
    // Digits and letters of full width start with 0xEF.
    guard let first = text.utf8.first, (0x30...0x39).contains(first) || first == 0xEF,
      text.utf8.count <= 60, text.utf8.contains(where: { $0 == 0x45 || $0 == 0x65 || $0 == 0xEF }),
      isInPowersOfTen(normalised(text))
    else { return nil }
    return ScalarProblem(
      "lost-digits",
      .init(
        en: "\(quoted(text)) is a number that a spreadsheet shortened; its other digits are lost",
        zh: "\(quoted(text))是被电子表格缩写的数，其余各位已丢失"),
      help: .init(
        en:
          "give the column the format Text in the spreadsheet, fill it again, and export the file again",
        zh: "在电子表格中把该列设为“文本”格式，重新填写后再导出"))
  }

  /// `9.12102E+17`, `9.12e17`, `9E+17`; not `12E5`, which can be a name.
  private static func isInPowersOfTen(_ text: String) -> Bool {
    let parts = text.split(
      maxSplits: 1, omittingEmptySubsequences: false, whereSeparator: { $0 == "E" || $0 == "e" })
    guard parts.count == 2, parts[0].first?.isASCIIDigit ?? false else { return false }
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let sign = parts[1].first == "+" || parts[1].first == "-"
    let exponent = sign ? parts[1].dropFirst() : parts[1]
    return mantissa.count <= 2 && mantissa[0].count == 1 && (mantissa.count == 2 || sign)
      && mantissa.allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isASCIIDigit) }
      && (1...3).contains(exponent.count) && exponent.allSatisfy(\.isASCIIDigit)
  }

  /// What the digits of a name say of the spreadsheet it may have gone through.
  public enum LongNumber: Sendable {
    /// No number of 16 digits or more.
    case no
    /// One with other digits than zeros behind the fifteenth.
    case whole
    /// One of 16 digits whose last is a zero.
    case perhapsCut
    /// A longer one with nothing but zeros behind the fifteenth, as a spreadsheet leaves them.
    case cut
  }

  /// Whether a text is a number with more digits than the fifteen that a spreadsheet keeps.
  public static func longNumber(_ text: String) -> LongNumber {
    let count = text.utf8.count
    guard (16...30).contains(count), text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else {
      return .no
    }
    guard text.utf8.dropFirst(15).allSatisfy({ $0 == 0x30 }) else { return .whole }
    return count == 16 ? .perhapsCut : .cut
  }
}
