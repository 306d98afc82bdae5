import Calibration
import DocumentReading
import FundCore
import ResultFacts

/// Reads the rows of a yearly table.
struct HistoryRowReader {
  /// The most problems that are told of one file.
  static let mostProblems = 50

  let columns: HistoryColumns
  let problems: ProblemCollector
  /// The grades, best first: those that were given, or those of the file in its order.
  private(set) var grades: [String]
  private let hasGivenGrades: Bool
  private(set) var rows: [YearlyHistory.Row] = []
  /// Where the cells of each row stand.
  private(set) var places: [[HistoryColumn: SourceLocation]] = []
  private var unusedLines: [Unused: [Int]] = [:]

  /// What a row can be that says nothing of a year.
  private enum Unused: CaseIterable {
    case total, note

    var words: LocalizedText {
      self == .total
        ? .init(en: "totals", zh: "合计行") : .init(en: "notes and signatures", zh: "注释与签章行")
    }
  }

  init(_ columns: HistoryColumns, grades: [String], problems: ProblemCollector) {
    self.columns = columns
    self.grades = grades.map(Scalar.name)
    hasGivenGrades = !grades.isEmpty
    self.problems = problems
  }

  /// What was left out, counted.
  var unused: [CountedReason] {
    Unused.allCases.compactMap { kind in
      unusedLines[kind].map {
        CountedReason(
          reason: kind.words, count: $0.count, firstRows: Array($0.prefix(3)),
          naming: columns.table.rowNaming)
      }
    }
  }

  /// Reads all rows.
  mutating func read() throws(Diagnostics) {
    do {
      try columns.table.forEachRow { row in
        take(row)
        try stopIfHopeless()
      } setAside: { problem, row in
        if let kind = emptyKind(row) {
          unusedLines[kind, default: []].append(row.line)
        } else {
          problems.report(problem)
        }
        try stopIfHopeless()
      }
    } catch let error as Diagnostics {
      throw error
    } catch {
      preconditionFailure("reading rows throws nothing but diagnostics, not \(error)")
    }
  }

  /// Puts the grades into the order that their names say, unless an order was given.
  mutating func orderGrades() {
    guard !hasGivenGrades else { return }
    let order = GradeScale.order(grades)
    grades = order.map { grades[$0] }
    rows = rows.map { row in
      YearlyHistory.Row(
        year: row.year, grade: row.grade.flatMap { order.firstIndex(of: $0) }, atRisk: row.atRisk,
        defaults: row.defaults, exposure: row.exposure, loss: row.loss, recovered: row.recovered)
    }
  }

  private func stopIfHopeless() throws {
    if problems.problems.count >= Self.mostProblems { throw Diagnostics(problems.problems) }
  }

  // MARK: Rows

  private mutating func take(_ row: borrowing TableRow) {
    if let kind = emptyKind(row) {
      unusedLines[kind, default: []].append(row.line)
      return
    }
    let year = value(.year, row) { Self.year($0) }
    let atRisk = value(.atRisk, row) { Scalar.number(Self.bare($0), in: 0...1e12) }
    let defaults = value(.defaults, row) { Scalar.integer(Self.bare($0), in: 0...1_000_000_000) }
    let grade = grade(row)
    let amounts = amounts(row)
    guard let year, let atRisk, let defaults, let grade, let amounts else { return }
    var places: [HistoryColumn: SourceLocation] = [:]
    for (column, number) in columns.numbers { places[column] = row.location(number) }
    self.places.append(places)
    rows.append(
      YearlyHistory.Row(
        year: year, grade: grade.number, atRisk: atRisk, defaults: defaults,
        exposure: amounts[.exposure], loss: amounts[.loss], recovered: amounts[.recovered]))
  }

  /// Whether a row is a total, or a note below the table.
  private func emptyKind(_ row: borrowing TableRow) -> Unused? {
    guard let number = columns[.year], number < row.cellCount else { return .note }
    let head = Scalar.name(row.text(number)).lowercased().filter { $0 != " " }
    let first = Scalar.name(row.text(0)).lowercased().filter { $0 != " " }
    let words = [
      "合计", "总计", "小计", "累计", "总和", "平均", "合计数", "total", "sum", "average", "mean", "all",
    ]
    if words.contains(where: { head.hasPrefix($0) || first.hasPrefix($0) }) { return .total }
    if case .success = Self.year(row.text(number)) { return nil }
    // A note is a single cell, or stands beside the numbers: 制表人：张三.
    let filled = (0..<row.cellCount).filter { !row.isEmpty($0) }
    if filled.count <= 1 || first.contains(":") { return .note }
    for column in [HistoryColumn.atRisk, .defaults] {
      guard let number = columns[column], number < row.cellCount else { continue }
      if !row.isEmpty(number) { return nil }
    }
    return .note
  }

  /// The value of a cell; `nil`, with a problem reported, if it has none.
  private func value<Value>(
    _ column: HistoryColumn, _ row: borrowing TableRow,
    _ read: (String) -> Result<Value, ScalarProblem>
  ) -> Value? {
    guard let number = columns[column] else { return nil }
    let text = row.text(number)
    if let problem = Scalar.spreadsheetError(text) {
      report(problem, column, row)
      return nil
    }
    switch row.isMissing(number) ? .failure(Scalar.missing(text)) : read(text) {
    case .success(let value): return value
    case .failure(let problem):
      report(problem, column, row)
      return nil
    }
  }

  private func report(
    _ problem: ScalarProblem, _ column: HistoryColumn, _ row: borrowing TableRow
  ) {
    guard let number = columns[column] else { return }
    problems.report(
      row.diagnostic(problem, column: number, name: columns.table.header[number].value))
  }

  // MARK: Cells

  /// `2021`, `2021年`, `2021年度`, `FY2021`.
  static func year(_ text: String) -> Result<Int, ScalarProblem> {
    var plain = Scalar.normalised(text)
    for end in ["年度", "年"] where plain.hasSuffix(end) {
      plain.removeLast(end.count)
      break
    }
    if plain.uppercased().hasPrefix("FY") { plain.removeFirst(2) }
    if plain.hasSuffix(".0") { plain.removeLast(2) }
    let digits = plain.filter { $0 != " " }
    if digits.utf8.count == 4, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let year = Int(digits), (1000...9999).contains(year)
    {
      return .success(year)
    }
    return .failure(
      ScalarProblem(
        "not-a-year", .init(en: "\(quoted(text)) is not a year", zh: "\(quoted(text))不是年份"),
        help: .init(
          en: "write the year with four digits, such as 2021; a row for each year",
          zh: "写四位数的年份，如2021；每年一行")))
  }

  /// A count without 笔, 户 or 家 behind it.
  private static func bare(_ text: String) -> String {
    let plain = Scalar.normalised(text)
    guard let last = plain.last, "笔户家个".contains(last) else { return plain }
    return String(plain.dropLast())
  }

  /// The number of the grade, `nil` inside for all grades together; `nil` with a problem reported.
  private mutating func grade(_ row: borrowing TableRow) -> (number: Int?, Void)? {
    guard let number = columns[.grade] else { return (nil, ()) }
    let name = Scalar.name(row.text(number))
    let isWhole = ["合计", "全部", "总计", "小计", "all", "total"].contains(name.lowercased())
    if row.isMissing(number) || isWhole { return (nil, ()) }
    if let index = grades.firstIndex(of: name) { return (index, ()) }
    guard !hasGivenGrades else {
      report(
        ScalarProblem(
          "unknown-grade",
          .init(en: "\(quoted(name)) is none of the grades given", zh: "\(quoted(name))不在所给的评级之中"),
          help: oneOf(grades)), .grade, row)
      return nil
    }
    guard grades.count < 30 else {
      report(
        ScalarProblem(
          "too-many-grades", .init(en: "there are more than 30 grades", zh: "评级超过30个"),
          help: .init(en: "take neighbouring grades together", zh: "请合并相邻的评级")), .grade, row)
      return nil
    }
    if let other = GradeScale.overlap(name, with: grades) {
      report(GradeScale.problem(name, overlaps: other), .grade, row)
      return nil
    }
    grades.append(name)
    return (grades.count - 1, ())
  }

  /// The amounts that stand there, in yuan; `nil` with a problem reported.
  private func amounts(_ row: borrowing TableRow) -> [HistoryColumn: Double]? {
    var amounts: [HistoryColumn: Double] = [:]
    var isGood = true
    for column in HistoryColumn.amounts {
      guard let number = columns[column], !row.isMissing(number) else { continue }
      switch row.money(number) {
      case .success(let amount): amounts[column] = amount.yuan
      case .failure(let problem):
        report(problem, column, row)
        isGood = false
      }
    }
    return isGood ? amounts : nil
  }
}
