import DocumentReading
import FundCore

/// The columns for how likely a loan defaults: a probability of its own, or a grade.
struct TapeRisk {
  private let constantPD: Double?
  private let constantGrade: String?
  private var pd: JudgedColumn<Double>?
  private var gradeNames: NameColumn?
  /// The grade of the row that is being read.
  private var gradeText: Int?

  init(_ cells: TapeCells) {
    constantPD = cells.mapping.constants.pd
    constantGrade = cells.mapping.constants.grade
    let unit = cells.columns[.pd]?.unit
    pd = cells.values(.pd) { Scalar.yearlyProbability($0, in: unit) }
    gradeNames = cells.names(.grade, limit: Int(Int16.max))
  }

  /// The names of the grades.
  var grades: [String] { gradeNames?.names ?? constantGrade.map { [$0] } ?? [] }

  /// Sets the probability of default. Where both columns exist, the grade counts for loans without
  /// a probability of their own.
  mutating func fill(
    _ loan: inout LoanRecord, from row: borrowing TableRow, _ problems: inout TapeProblems
  ) {
    gradeText = nil
    if let pd, gradeNames == nil || !row.isMissing(pd.column) {
      loan.annualPD = self.pd?.value(row, &problems) ?? .nan
    } else if gradeNames != nil {
      gradeText = gradeNames?.text(row, &problems)
    } else {
      loan.annualPD = constantPD ?? .nan
      loan.grade = constantGrade == nil ? -1 : 0
    }
  }

  /// Sets the position of the grade, when the rest of the row is known to be right.
  mutating func grade(
    of loan: inout LoanRecord, _ row: borrowing TableRow, _ problems: inout TapeProblems
  ) {
    guard let gradeText else { return }
    loan.grade = Int16(gradeNames?.position(ofText: gradeText, row, &problems) ?? 0)
  }
}

/// Why a loan is not used whose name another has.
private let recurrence = LocalizedText(en: "id used more than once", zh: "编号重复")

/// The names of the loans, none twice.
struct TapeIDs {
  private let column: TapeColumn?
  private var texts = InternedColumn()
  /// The line on which each name stands first.
  private var lines: [Int32] = []
  private var digits = LongNumbers()
  /// Names that are known to recur: none of their loans is used.
  private let recurring: Set<String>
  /// The name that the row that is being read has again, if it has one again.
  private var repeated: String?
  /// The names that were met again.
  private(set) var found: Set<String> = []

  init(_ column: TapeColumn?, recurring: Set<String> = []) {
    self.column = column
    self.recurring = recurring
  }

  /// Keeps in mind that the name of the row that was read recurs.
  mutating func confirmRepeat() {
    if let repeated { found.insert(repeated) }
  }

  /// The name of a loan that is not used; `nil` if it has none.
  func nameIfAny(_ row: borrowing TableRow) -> String? {
    guard let column else { return String(row.number) }
    guard column.number < row.cellCount, !row.isMissing(column.number) else { return nil }
    return Scalar.name(withoutFormulaGuard(row.text(column.number)))
  }

  /// The name of a loan: its cell, or the number of its row.
  mutating func id(_ row: borrowing TableRow, _ problems: inout TapeProblems) -> String? {
    repeated = nil
    guard let column else { return String(row.number) }
    let written = texts.number(of: row, column: column.number)
    if written == lines.count { lines.append(0) }
    let text = texts.names[written]
    if lines[written] == 0, let fault = nameFault(text) {
      problems.note(
        TapeRowProblem(fault, of: TapeProperty.id.words), in: row, column: column.number,
        header: column.header)
      return nil
    }
    let name = Scalar.name(withoutFormulaGuard(text))
    var number = written
    if !name.utf8.elementsEqual(text.utf8) {
      number = texts.number(of: name)
      if number == lines.count { lines.append(0) }
    }
    if recurring.contains(name) {
      problems.note(Self.recurs(text), in: row, column: column.number, header: column.header)
      return nil
    }
    guard lines[number] > 0 else {
      lines[number] = Int32(clamping: row.line)
      digits.add(name)
      return name
    }
    repeated = name
    problems.note(
      duplicate(text, row.naming.words(Int(lines[number]))), in: row, column: column.number,
      header: column.header)
    return nil
  }

  private func duplicate(_ text: String, _ first: LocalizedText) -> TapeRowProblem {
    TapeRowProblem(
      ScalarProblem(
        "duplicate-id",
        .init(en: "\(quoted(text)) stands twice", zh: "\(quoted(text))出现两次"),
        help: .init(
          en: "give each loan a name of its own; the first stands in \(first)",
          zh: "每笔贷款编号应不同；前一笔在\(first)")),
      reason: recurrence)
  }

  /// The problem of each loan whose name recurs: which of them is meant, the order of the file does not
  /// say.
  private static func recurs(_ text: String) -> TapeRowProblem {
    TapeRowProblem(
      ScalarProblem(
        "duplicate-id",
        .init(en: "\(quoted(text)) stands more than once", zh: "\(quoted(text))出现多次"),
        help: .init(en: "give each loan a name of its own", zh: "每笔贷款编号应不同")),
      reason: recurrence)
  }

  /// What the names as a whole say.
  var notices: [LocalizedText] { column.map { digits.notices($0.header) } ?? [] }
}

/// The columns for the facts that coverage asks for.
struct TapeFacts {
  private var columns: [JudgedColumn<Bool>]
  private let facts: [String]
  /// The set of facts that do not hold, one bit a column, and its position in the tape.
  private var positions: [UInt64: Int32] = [0: 0]

  init(_ columns: [TapeColumn], mapping: TapeMapping) {
    facts = mapping.factColumns.map(\.fact)
    self.columns = zip(columns, facts).map { column, fact in
      let words = mapping.values[fact] ?? [:]
      return JudgedColumn(column, property: .init(same: fact)) { text in
        let word = Scalar.normalised(text)
        if word == "1" || word == "0" { return .success(word == "1") }
        return Scalar.flag(words[word] ?? word)
      }
    }
  }

  /// The position of the set of facts that do not hold for a loan.
  mutating func missing(
    _ row: borrowing TableRow, _ problems: inout TapeProblems, in sets: inout [Set<String>]
  ) -> Int32 {
    guard !columns.isEmpty else { return 0 }
    var bits: UInt64 = 0
    for index in columns.indices where columns[index].value(row, &problems) == false {
      bits |= 1 << UInt64(index)
    }
    if problems.isRowBad { return 0 }
    if let position = positions[bits] { return position }
    let position = Int32(sets.count)
    sets.append(Set(facts.indices.filter { bits >> UInt64($0) & 1 == 1 }.map { facts[$0] }))
    positions[bits] = position
    return position
  }
}
