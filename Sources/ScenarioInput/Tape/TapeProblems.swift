import DocumentReading
import FundCore
import ResultFacts

/// A problem of a row: what is printed about it, and the reason under which it is counted.
struct TapeRowProblem {
  let problem: ScalarProblem
  let reason: LocalizedText

  init(_ problem: ScalarProblem, reason: LocalizedText) {
    self.problem = problem
    self.reason = reason
  }

  /// The problem of a cell that should say something about a property.
  init(_ problem: ScalarProblem, of property: LocalizedText) {
    self.problem = problem
    reason =
      switch problem.code {
      case "missing-value": .init(en: "no \(property)", zh: "缺\(property)")
      case "zero-term": .init(en: "term of zero or less", zh: "期限不为正")
      case "zero-principal": .init(en: "principal of zero", zh: "本金为零")
      case "unit-contradiction":
        .init(en: "\(property) in another unit than its column", zh: "\(property)的单位与该列不同")
      case "lost-digits":
        .init(en: "\(property) with digits lost in a spreadsheet", zh: "\(property)在电子表格中丢失了位数")
      case "spreadsheet-error":
        .init(en: "an error of a spreadsheet as \(property)", zh: "\(property)为电子表格的错误值")
      case "rate-period-unclear":
        .init(en: "\(property) of a period that nothing says", zh: "\(property)的计息周期不明")
      case "unknown-choice": .init(en: "unknown \(property)", zh: "\(property)无法识别")
      case "out-of-range", "negative-amount", "amount-too-large", "ratio-above-one":
        .init(en: "\(property) out of range", zh: "\(property)超出范围")
      default: .init(en: "unreadable \(property)", zh: "\(property)无法读取")
      }
  }
}

/// The problems of the rows of a tape: listed up to a limit, or counted by reason.
struct TapeProblems {
  /// Rows that were left out, by reason, in the order of first appearance.
  private(set) var setAside: [SetAsideRows] = []

  private let badRows: BadRows
  private let limit: Int
  private var listed: [Diagnostic] = []
  /// What was found wrong, each cause with the further rows that have it: it is told once.
  private var causes: [Cause: Repetition] = [:]
  /// How many problems of each kind were not listed, in the order of first appearance.
  private var unlisted: [(code: String, count: Int)] = []
  /// The line of the first problem that was not listed.
  private var firstUnlisted: Int?
  /// How often each problem of a column was told.
  private var told: [String: Int] = [:]
  /// What was found in the row that is being read: the first are listed, the rest only counted.
  private var row: [Diagnostic] = []
  /// The causes that this row is the first to have, and those that it has again.
  private var rowCauses: [Cause] = []
  private var rowRepeats: [Cause] = []
  private var rowCodes: [String] = []
  /// The problems of columns that this row counted.
  private var rowTold: [String] = []
  /// The rows that were left out.
  private(set) var kept: KeptRows
  /// The first reason found in the row that is being read.
  private var reason: LocalizedText?

  /// Collects the problems of a table; without one, no row is kept.
  init(_ table: DelimitedTable? = nil, badRows: BadRows, limit: Int) {
    kept = table.map { KeptRows(of: $0) } ?? KeptRows()
    self.badRows = badRows
    self.limit = limit
  }

  /// What makes two problems the same: the same words about the same column.
  private struct Cause: Hashable {
    let column: Int
    let code: String
    let message: LocalizedText
  }

  /// The rows beyond the first that have a cause.
  private struct Repetition {
    /// The problem's place among those listed.
    let place: SourceLocation
    var count = 0
    var lines: [Int] = []

    var words: LocalizedText {
      guard count > 0 else { return .empty }
      let rows = RowNaming(ofSheet: place.sheet).words(lines)
      let rest = count - lines.count
      return rest == 0
        ? .init(en: "; so in \(rows)", zh: "；\(rows)亦同")
        : .init(
          en: "; so in \(rows) and in \(grouped(rest)) more rows",
          zh: "；\(rows)及另外\(grouped(rest))行亦同")
    }
  }

  /// Whether the row that is being read has a problem.
  var isRowBad: Bool { reason != nil }

  /// Whether rows are refused and any was bad.
  var isTapeBad: Bool { !listed.isEmpty || !unlisted.isEmpty }

  /// Notes a problem of a cell.
  ///
  /// - Parameters:
  ///   - problem: The problem.
  ///   - row: The row that is being read.
  ///   - column: The cell.
  ///   - header: The name of its column in the file.
  mutating func note(
    _ problem: TapeRowProblem, in row: borrowing TableRow, column: Int, header: String
  ) {
    reason = reason ?? problem.reason
    guard badRows == .refuse else { return }
    let cause = Cause(
      column: column, code: problem.problem.code, message: problem.problem.message)
    if var known = causes[cause] {
      known.count += 1
      if known.lines.count < 3 { known.lines.append(row.line) }
      causes[cause] = known
      rowRepeats.append(cause)
      return
    }
    // All problems of a row are listed together, even if that makes a few more than the limit.
    if listed.count < limit, !isToldOften(problem.problem.code, header) {
      let found = row.diagnostic(problem.problem, column: column, name: header)
      self.row.append(found)
      rowCauses.append(cause)
      causes[cause] = Repetition(place: found.location)
    } else {
      rowCodes.append(problem.problem.code)
    }
  }

  /// Whether a problem that comes from the whole column, and not from its row, was told three times.
  private mutating func isToldOften(_ code: String, _ header: String) -> Bool {
    guard Self.codesOfColumns.contains(code) else { return false }
    let key = "\(code) \(header)"
    told[key, default: 0] += 1
    rowTold.append(key)
    return told[key, default: 0] > 3
  }

  private static let codesOfColumns: Set<String> = [
    "lost-digits", "spreadsheet-error", "unit-contradiction", "rate-period-unclear",
    "ratio-above-one", "unclear-date",
  ]

  /// Notes a row that does not have the shape of the table.
  mutating func noteShape(_ problem: Diagnostic, in bad: borrowing TableRow) {
    reason =
      switch problem.code {
      case "too-few-cells": .init(en: "too few cells", zh: "单元格不足")
      case "too-many-cells": .init(en: "too many cells", zh: "单元格过多")
      default: .init(en: "text behind a closing quote", zh: "右引号后有文字")
      }
    if badRows == .refuse {
      if listed.count < limit {
        row.append(problem)
      } else {
        rowCodes.append(problem.code)
      }
    }
    endRow(bad)
  }

  /// Forgets the row that is being read: it is no loan, or need not be judged.
  mutating func forgetRow() {
    for cause in rowRepeats {
      guard var known = causes[cause] else { continue }
      // The row's line is the last that was noted, unless there were enough before.
      if known.lines.count == known.count { known.lines.removeLast() }
      known.count -= 1
      causes[cause] = known
    }
    for cause in rowCauses { causes[cause] = nil }
    for key in rowTold { told[key, default: 0] -= 1 }
    clearRow()
  }

  private mutating func clearRow() {
    reason = nil
    row.removeAll(keepingCapacity: true)
    rowCauses.removeAll(keepingCapacity: true)
    rowRepeats.removeAll(keepingCapacity: true)
    rowCodes.removeAll(keepingCapacity: true)
    rowTold.removeAll(keepingCapacity: true)
  }

  /// Closes the row that was read. A row with several problems counts under the first.
  mutating func endRow(_ read: borrowing TableRow) {
    guard let reason else { return }
    listed += row.sorted { $0.location < $1.location }
    for code in rowCodes { leaveUnlisted(code, line: read.line) }
    clearRow()
    guard badRows == .setAside else { return }
    let number: Int
    if let index = setAside.firstIndex(where: { $0.reason == reason }) {
      setAside[index].add(line: read.line)
      number = index
    } else {
      setAside.append(SetAsideRows(reason: reason, firstLine: read.line, naming: read.naming))
      number = setAside.count - 1
    }
    kept.keep(read, reason: number)
  }

  /// The reasons for which rows were left out, the most frequent first, each with its count and its first
  /// rows.
  var reasonsInWords: LocalizedText {
    let reasons = setAside.sorted { ($0.count, $1.firstLine) > ($1.count, $0.firstLine) }
    let texts = reasons.prefix(10).map {
      LocalizedText(
        en: "\(grouped($0.count)) × \($0.counted.text)",
        zh: "\(grouped($0.count)) × \($0.counted.text)")
    }
    return texts.joined(with: .init(en: "; ", zh: "；"))
  }

  /// Reports what was listed, and how much was not.
  func report(to problems: ProblemCollector, of table: DelimitedTable) {
    let repeated = Dictionary(
      causes.values.map { ($0.place, $0.words) }, uniquingKeysWith: { first, _ in first })
    for problem in listed {
      problems.report(
        Diagnostic(
          code: problem.code, message: problem.message + (repeated[problem.location] ?? .empty),
          advice: problem.advice, location: problem.location))
    }
    let rest = unlisted.reduce(0) { $0 + $1.count }
    guard let firstUnlisted, rest > 0 else { return }
    let kinds = unlisted.map { "\(grouped($0.count)) \($0.code)" }.joined(separator: ", ")
    problems.report(
      "more-problems",
      .init(
        en: """
          and \(grouped(rest)) more \(rest == 1 ? "problem" : "problems"), the first in this \
          \(table.rowNaming.rawValue): \(kinds)
          """,
        zh: "另有\(grouped(rest))个问题，第一个在本行：\(kinds)"),
      help: listed.count < limit
        ? .init(en: "they have the cause of those above", zh: "原因与上面相同")
        : .init(
          en: """
            set `mostProblems: \(min(listed.count + rest, 10_000))` to see more, or `badRows: \
            setAside` to leave such rows out and count them
            """,
          zh: """
            用 `mostProblems: \(min(listed.count + rest, 10_000))` 显示更多；或用 `badRows: setAside` \
            剔除这些行并计数
            """
        ),
      at: table.place(line: firstUnlisted))
  }

  private mutating func leaveUnlisted(_ code: String, line: Int) {
    if firstUnlisted == nil { firstUnlisted = line }
    if let index = unlisted.firstIndex(where: { $0.code == code }) {
      unlisted[index].count += 1
    } else {
      unlisted.append((code, 1))
    }
  }
}

/// A number with commas between its thousands.
func grouped(_ number: some BinaryInteger) -> String {
  var digits = Array(String(number.magnitude).reversed())
  for place in stride(from: 3, to: digits.count + digits.count / 4, by: 4)
  where place < digits.count {
    digits.insert(",", at: place)
  }
  return (number < 0 ? "-" : "") + String(digits.reversed())
}
