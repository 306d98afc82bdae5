public import Calibration
import DocumentReading
public import FundCore
public import ResultFacts

/// A history of loans at risk and defaults that was read from a file and can be calibrated.
public struct HistoryTable: Sendable {
  /// The file, as the analyst named it.
  public let file: String
  /// The digest of what was understood, in hexadecimal digits.
  public let digest: String
  /// The table, or the loans.
  public let record: HistoryRecord
  /// The record as the likelihood wants it.
  public let history: DefaultHistory
  /// Rows that say nothing of a year, by reason.
  public let unused: [CountedReason]
  /// What deserves a second look.
  public let notices: [LocalizedText]
}

/// How a yearly table is to be read.
public struct HistoryRequest: Sendable {
  /// The file.
  public var file: String
  /// A terms file of `replay`, which names the columns of a register; `nil` where its heads are known.
  public var terms: String?
  /// The file of recoveries, in place of that of the terms file.
  public var recoveries: String?
  /// What the loans at risk count; `nil` if nobody says it, and the table counts loan-years unless
  /// its heads say otherwise.
  public var counting: YearlyHistory.Counting?
  /// The last day of which a register tells; `nil` for the last that is named.
  public var until: CivilDate?
  /// The grades, best first; empty for the order of the file.
  public var grades: [String] = []
  /// How the table will be calibrated: what stands in the way is told with everything else.
  public var settings = CalibrationSettings()

  /// Asks for a file.
  public init(file: String) { self.file = file }
}

/// Reads a yearly table, or a register with outcomes: a row a loan.
///
/// - Throws: All problems at once.
public func readHistory(_ request: HistoryRequest) throws(Diagnostics) -> HistoryTable {
  try FileKind.requireTable(path: request.file)
  if let terms = request.terms { return try readLoanHistory(terms: terms, request) }
  let opened = try DelimitedTable(path: request.file, isHeadedLater: true)
  if let columns = try HistoryLoanColumns(opened) { return try readLoanHistory(columns, request) }
  return try readYearlyTable(HistoryColumns(opened), file: opened.file, request)
}

private func readYearlyTable(
  _ columns: HistoryColumns, file: String, _ request: HistoryRequest
) throws(Diagnostics) -> HistoryTable {
  let problems = ProblemCollector()
  let counting = request.counting ?? .loanYears
  if request.counting == nil, columns.saysAtStart, let number = columns[.atRisk] {
    let head = columns.table.header[number]
    problems.report(
      "counting-unclear",
      .init(
        en: "\(quoted(head.value)) counts the loans of a year's start, not loan-years",
        zh: "\(quoted(head.value))是年初贷款笔数，而不是在险笔年"),
      help: .init(
        en: """
          add `--counted atStart --remaining 6.5` with the mean months that the loans had left, at most \
          12 each, or `--counted loanYears` if the numbers are loan-years
          """,
        zh: """
          加上 `--counted atStart --remaining 6.5`：年初各笔贷款平均剩余月数（每笔最多计12）；\
          若确为笔年，加 `--counted loanYears`
          """),
      at: head.location)
  }
  var reader = HistoryRowReader(columns, grades: request.grades, problems: problems)
  try reader.read()
  reader.orderGrades()
  let areRowsGood = problems.problems.isEmpty
  let table = YearlyHistory(grades: reader.grades, rows: reader.rows, counting: counting)
  let words = HistoryProblemWords(
    header: columns.table.place(line: columns.table.heading.line), table: table,
    places: reader.places)
  words.checkAmounts(problems)
  var history: DefaultHistory?
  do throws(HistoryProblems) {
    let found = try table.history()
    history = found
    if areRowsGood { words.report(found.problems(request.settings), of: found, to: problems) }
  } catch {
    // Rows that could not be read may be the very years that seem to be missing.
    words.report(
      error.problems.filter { areRowsGood || !$0.isOfWhole }, of: nil, to: problems)
  }
  try problems.throwIfAny()
  guard let history else { preconditionFailure("a table without problems has a history") }
  return HistoryTable(
    file: file, digest: table.digest, record: .table(table), history: history,
    unused: reader.unused, notices: columns.notices + words.notices(history))
}

extension HistoryProblem {
  /// Whether the problem is one of the whole table, which a further row could mend.
  fileprivate var isOfWhole: Bool {
    switch self {
    case .empty, .yearsMissing, .oneYearOnly, .noDefault, .allDefaulted, .tooFewYearsForPersistence:
      true
    default: false
    }
  }
}

extension YearlyHistory {
  /// The digest of what the table says.
  fileprivate var digest: String {
    var text = grades.joined(separator: "\u{1F}") + "\n\(counting)\n"
    for row in rows {
      let amounts = [row.exposure, row.loss, row.recovered].map { $0.map { "\($0)" } ?? "" }
      text += "\(row.year),\(row.grade ?? -1),\(row.atRisk),\(row.defaults),"
      text += amounts.joined(separator: ",") + "\n"
    }
    return SHA256.hexDigest(of: Array(text.utf8))
  }
}
