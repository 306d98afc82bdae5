import FundCore

import DocumentReading

/// A column of words, shares or dates that recur: each different text is judged once.
struct JudgedColumn<Value> {
  /// Beyond this number of different texts, nothing more is remembered.
  private static var memoryLimit: Int { 1 << 16 }

  let column: Int
  /// The name of the column in the file.
  let header: String
  /// What it says, in words.
  let property: LocalizedText
  private let judge: (String) -> Result<Value, ScalarProblem>
  private var texts = InternedColumn()
  private var verdicts: [Result<Value, ScalarProblem>] = []

  init(
    _ place: TapeColumn, property: LocalizedText,
    judge: @escaping (String) -> Result<Value, ScalarProblem>
  ) {
    column = place.number
    header = place.header
    self.property = property
    self.judge = judge
  }

  /// The value of a cell; `nil`, with a problem noted, if it has none.
  mutating func value(_ row: borrowing TableRow, _ problems: inout TapeProblems) -> Value? {
    switch verdict(row) {
    case .success(let value): return value
    case .failure(let problem):
      problems.note(
        TapeRowProblem(problem, of: property), in: row, column: column, header: header)
      return nil
    }
  }

  private mutating func verdict(_ row: borrowing TableRow) -> Result<Value, ScalarProblem> {
    guard verdicts.count < Self.memoryLimit else { return judge(row.text(column)) }
    let number = texts.number(of: row, column: column)
    if number == verdicts.count { verdicts.append(judge(texts.names[number])) }
    return verdicts[number]
  }
}

/// A column of names. Only names of loans that are used get a position.
struct NameColumn {
  let column: Int
  /// The name of the column in the file.
  let header: String
  /// What it names, in words.
  let property: LocalizedText
  /// The names in use, each at its position.
  var names: [String] { used.names }

  private let limit: Int
  /// The problem of a row beyond the limit; made once, because millions of rows can have it.
  private let tooMany: TapeRowProblem
  private let words: [String: String]
  private var texts = InternedColumn()
  /// Whether each text is a name.
  private var isName: [Bool] = []
  private var used = InternedColumn()
  /// The position of each text; −1 as long as no loan uses it.
  private var positions: [Int32] = []

  /// - Parameters:
  ///   - place: The column.
  ///   - property: What it names, in words.
  ///   - limit: The largest number of names.
  ///   - words: Our names for theirs, which are normalised; others get their normal form.
  init(
    _ place: TapeColumn, property: LocalizedText, limit: Int, words: [String: String]
  ) {
    column = place.number
    header = place.header
    self.property = property
    self.limit = limit
    self.words = words
    tooMany = TapeRowProblem(
      ScalarProblem(
        "too-many-names",
        .init(
          en: "there are more than \(grouped(limit)) different names",
          zh: "不同的名称超过\(grouped(limit))个"),
        help: .init(
          en: "map them to fewer names under `values`", zh: "在 `values` 下归并名称")),
      reason: .init(
        en: "\(property) beyond the first \(grouped(limit))",
        zh: "\(property)超过\(grouped(limit))个"))
  }

  /// The number of a cell's text, for `position(ofText:_:_:)`; `nil`, with a problem noted, if the
  /// cell holds none.
  mutating func text(_ row: borrowing TableRow, _ problems: inout TapeProblems) -> Int? {
    let number = texts.number(of: row, column: column)
    if number == isName.count { isName.append(fault(texts.names[number]) == nil) }
    guard !isName[number], let fault = fault(texts.names[number]) else { return number }
    problems.note(TapeRowProblem(fault, of: property), in: row, column: column, header: header)
    return nil
  }

  /// Why a text is no name; a word of the mapping is one, whatever it looks like.
  private func fault(_ text: String) -> ScalarProblem? {
    if !words.isEmpty, words[Scalar.normalised(text)] != nil { return nil }
    return nameFault(text)
  }

  /// Our name for a text.
  func name(ofText number: Int) -> String {
    let text = texts.names[number]
    return (words.isEmpty ? nil : words[Scalar.normalised(text)])
      ?? Scalar.name(withoutFormulaGuard(text))
  }

  /// The position of the name with this text; `nil`, with a problem noted, if there are too many.
  mutating func position(
    ofText number: Int, _ row: borrowing TableRow, _ problems: inout TapeProblems
  ) -> Int32? {
    while positions.count <= number { positions.append(-1) }
    if positions[number] >= 0 { return positions[number] }
    guard used.names.count < limit else {
      problems.note(tooMany, in: row, column: column, header: header)
      return nil
    }
    let position = Int32(used.number(of: name(ofText: number)))
    positions[number] = position
    return position
  }
}

/// A column of the file.
struct TapeColumn {
  /// Its number, from 0.
  let number: Int
  /// Its name in the file.
  let header: String
  /// The unit in which it counts, if anything says it.
  var unit: ColumnUnit?
}

/// Why a text is no name: it says nothing, or a spreadsheet spoilt it.
func nameFault(_ text: String) -> ScalarProblem? {
  // Most names are longer than any mark, and start with no digit.
  if Scalar.isMissing(text) { return Scalar.missing(text) }
  return Scalar.spreadsheetError(text) ?? Scalar.lostDigits(text)
}
