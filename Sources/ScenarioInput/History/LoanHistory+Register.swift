import Calibration
import DocumentReading
import FundCore
import ResultFacts

/// What was read of a register with outcomes.
struct RegisterRead {
  var outcomes = LoanOutcomes()
  /// Rows that are not used, by reason.
  var unused: [CountedReason] = []
  /// What deserves a second look.
  var notices: [LocalizedText] = []
  /// Loans that were overdue and paid on.
  var curedCount = 0
  /// The last day of which the register tells; `nil` if it names no day.
  var lastDay: CivilDate?
  /// Whether somebody says that day, so that it is not only the last that is named.
  var isLastDayTold = false
  /// Where the header stands.
  var header: SourceLocation?
}

/// Reads a register with outcomes whose heads are known.
///
/// - Throws: All problems at once.
func readLoanHistory(
  _ columns: HistoryLoanColumns, _ request: HistoryRequest
) throws(Diagnostics) -> HistoryTable {
  let problems = ProblemCollector()
  var reader = HistoryLoanReader(columns, grades: request.grades, problems: problems)
  try reader.read()
  return try table(of: reader.register, request, problems)
}

/// Reads a register with outcomes by the columns that a terms file of `replay` names.
///
/// - Throws: All problems at once.
func readLoanHistory(
  terms: String, _ request: HistoryRequest
) throws(Diagnostics) -> HistoryTable {
  let problems = ProblemCollector()
  try FileKind.requireDocument(.terms, path: terms)
  let bytes = try readFileBytes(path: terms, limit: largestScenarioFile)
  let tree = try parseDocument(bytes: bytes, file: terms)
  try FileKind.require(.terms, tree)
  var replay = ReplayRequest(register: request.file)
  replay.terms = terms
  replay.recoveries = request.recoveries
  let folder = terms.lastIndex(of: "/").map { String(terms[..<$0]) } ?? ""
  let read = RegisterReading(request: replay, folder: folder, problems: problems, bytes: bytes)
    .outcomes(tree)
  guard var read else {
    try problems.throwIfAny()
    throw Diagnostics(
      "invalid-terms", .init(en: "the terms cannot be read", zh: "无法读取条款文件"),
      help: .init(en: "see the README for an example", zh: "README 中有示例"), at: tree.location)
  }
  let unknown =
    request.grades.isEmpty ? [] : read.outcomes.grades.filter { !request.grades.contains($0) }
  for grade in unknown {
    problems.report(
      "unknown-grade",
      .init(en: "\(quoted(grade)) is none of the grades given", zh: "\(quoted(grade))不在所给的评级之中"),
      help: oneOf(request.grades), at: SourceLocation(file: "--grades"))
  }
  try problems.throwIfAny()
  read.outcomes.orderGrades(request.grades)
  return try table(of: read, request, problems)
}

/// The history of a register that was read.
private func table(
  of read: RegisterRead, _ request: HistoryRequest, _ problems: ProblemCollector
) throws(Diagnostics) -> HistoryTable {
  if request.counting != nil {
    problems.report(
      "key-without-use",
      .init(en: "a register counts its loans month by month", zh: "登记簿逐月计算在险"),
      help: .init(en: "leave --counted out", zh: "去掉 --counted"),
      at: SourceLocation(file: "--counted"))
  }
  let words = HistoryProblemWords(
    header: read.header ?? SourceLocation(file: request.file), table: YearlyHistory(rows: []),
    places: [])
  var found: HistoryTable?
  if let last = request.until ?? read.lastDay {
    let (loans, recoveries) = read.outcomes.record(until: last)
    do throws(HistoryProblems) {
      let history = try loans.history()
      if problems.problems.isEmpty {
        words.report(history.problems(request.settings), of: history, to: problems)
      }
      found = HistoryTable(
        file: request.file, digest: loans.digest(recoveries),
        record: .loans(loans, recoveries: recoveries), history: history,
        unused: read.unused + loans.leftOut,
        notices: read.allNotices(last: last, isGiven: request.until != nil) + loans.moved)
    } catch {
      words.report(error.problems, of: nil, to: problems)
    }
  } else if problems.problems.isEmpty {
    words.report([.empty], of: nil, to: problems)
  }
  try problems.throwIfAny()
  guard let found else { preconditionFailure("a register without problems has a history") }
  return found
}

extension RegisterRead {
  /// What deserves a second look: what was noticed, loans that were cured, a last day that nobody gave.
  fileprivate func allNotices(last: CivilDate, isGiven: Bool) -> [LocalizedText] {
    var texts = notices
    if curedCount > 0 {
      texts.append(
        .init(
          en:
            "\(curedCount) loans were overdue and made up for it: counted as loans without a default",
          zh: "\(curedCount)笔贷款曾逾期、后恢复正常：不计为违约"))
    }
    if !isGiven, !isLastDayTold {
      texts.append(
        .init(
          en: "no --until: the last day is \(last), the last that is named",
          zh: "未给 --until：最后一日为数据中最晚的日期\(last)"))
    }
    return texts
  }
}

extension Calibration.LoanHistory {
  /// Loans that could not be used, by reason.
  fileprivate var leftOut: [CountedReason] {
    let words: [(Remark, LocalizedText)] = [
      (.impossible, .init(en: "loans with impossible dates", zh: "日期不可能的贷款")),
      (
        .notYetAssessed,
        .init(en: "loans last looked at in their month of start or before", zh: "观察截止不晚于放款当月的贷款")
      ),
      (
        .overdueAfterLastObserved,
        .init(en: "loans overdue only after they were last looked at", zh: "观察截止之后才逾期的贷款")
      ),
    ]
    return words.compactMap { remark, text in
      remarks[remark].map { CountedReason(reason: text, count: $0) }
    }
  }

  /// Loans that are used with a month moved, in words.
  fileprivate var moved: [LocalizedText] {
    let before = remarks[.overdueBeforeFirstAssessment].map {
      LocalizedText(
        en: "\($0) loans overdue in their month of start: counted in the month after it",
        zh: "\($0)笔贷款在放款当月逾期：计入次月")
    }
    let after = remarks[.overdueAfterTerm].map {
      LocalizedText(
        en: "\($0) loans overdue after their term: counted in its last month",
        zh: "\($0)笔贷款在期满之后逾期：计入期限的最后一月")
    }
    return [before, after].compactMap(\.self)
  }

  fileprivate func digest(_ recoveries: RecoveryHistory) -> String {
    var digest = SHA256()
    digest.add(Array(grades.joined(separator: "\u{1F}").utf8))
    for loan in loans {
      let overdue = loan.overdue ?? -1
      digest.add(
        Array(
          "\n\(loan.grade),\(loan.start),\(loan.term),\(overdue),\(loan.lastObserved),\(loan.loss ?? -1)"
            .utf8))
    }
    for item in recoveries.cases {
      let text =
        "\(item.year),\(item.recovered),\(item.lag ?? -1),\(item.observed),\(item.isClosed)"
      digest.add(Array(("\n" + text).utf8))
    }
    return digest.hexDigest()
  }
}
