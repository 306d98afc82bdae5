import Calibration
import DocumentReading
import FundCore
import ResultFacts

/// Reads a register with outcomes.
///
/// - Throws: All problems at once.
func readLoanHistory(
  _ columns: HistoryLoanColumns, file: String, _ request: HistoryRequest
) throws(Diagnostics) -> HistoryTable {
  let problems = ProblemCollector()
  if request.counting != nil {
    problems.report(
      "key-without-use",
      .init(en: "a register counts its loans month by month", zh: "登记簿逐月计算在险"),
      help: .init(en: "leave --counted out", zh: "去掉 --counted"),
      at: SourceLocation(file: "--counted"))
  }
  var reader = HistoryLoanReader(columns, grades: request.grades, problems: problems)
  try reader.read()
  reader.orderGrades()
  let words = HistoryProblemWords(
    file: file, line: columns.table.heading.line, table: YearlyHistory(rows: []), places: [])
  var found: HistoryTable?
  if let last = reader.lastDay(request.until) {
    let (loans, recoveries) = reader.record(until: last)
    do throws(HistoryProblems) {
      let history = try loans.history()
      if problems.problems.isEmpty {
        words.report(history.problems(request.settings), of: history, to: problems)
      }
      let notice = LocalizedText(
        en: "no --until: the last day is \(last), the last that is named",
        zh: "未给 --until：最后一日为数据中最晚的日期\(last)")
      found = HistoryTable(
        file: file, digest: loans.digest(recoveries), record: .loans(loans, recoveries: recoveries),
        history: history, unused: reader.unused + loans.leftOut,
        notices: (request.until == nil ? [notice] : []) + loans.moved)
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
        Array("\n\(loan.grade),\(loan.start),\(loan.term),\(overdue),\(loan.lastObserved)".utf8))
    }
    for item in recoveries.cases {
      let text =
        "\(item.year),\(item.recovered),\(item.lag ?? -1),\(item.observed),\(item.isClosed)"
      digest.add(Array(("\n" + text).utf8))
    }
    return digest.hexDigest()
  }
}
