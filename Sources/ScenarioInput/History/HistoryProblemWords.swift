import Calibration
import DocumentReading
import FundCore

/// What is wrong with a history, at its place in the file and with the way out.
struct HistoryProblemWords {
  /// Where the header stands, for problems of the whole table.
  let header: SourceLocation
  let table: YearlyHistory
  let places: [[HistoryColumn: SourceLocation]]

  private var whole: SourceLocation { SourceLocation(file: header.file, sheet: header.sheet) }

  private func place(_ row: Int, _ column: HistoryColumn) -> SourceLocation {
    places[row][column] ?? places[row][.year] ?? whole
  }

  /// Reports problems.
  ///
  /// - Parameter history: The history, if it came to one: bounds stand in it where estimates do not.
  func report(
    _ found: [HistoryProblem], of history: DefaultHistory?, to problems: ProblemCollector
  ) {
    for problem in found {
      problems.report(ofRow(problem) ?? ofWhole(problem, history))
    }
  }

  /// What was recovered cannot be more than what was lost.
  func checkAmounts(_ problems: ProblemCollector) {
    for (index, row) in table.rows.enumerated() {
      guard let recovered = row.recovered, recovered > row.loss ?? .infinity else { continue }
      problems.report(
        "recovered-above-loss",
        .init(
          en: "more was recovered than the \(row.loss ?? 0) yuan of the loss",
          zh: "追偿金额超过损失\(row.loss ?? 0)元"),
        help: .init(
          en: "give the loss before recoveries, and both in one unit", zh: "损失应填追偿前金额，且两列单位一致"),
        at: place(index, .recovered))
    }
  }

  /// What is no problem, but deserves a second look.
  func notices(_ history: DefaultHistory) -> [LocalizedText] {
    guard history.grades.count > 1 else { return [] }
    let seen = Set(table.rows.map { [$0.year, $0.grade ?? -1] })
    return history.years.flatMap { year in
      history.grades.indices.filter { !seen.contains([year, $0]) }.map { grade in
        LocalizedText(
          en: "no row for grade \(history.grades[grade]) in \(year): counted as no loan at risk",
          zh: "\(year)年没有评级\(history.grades[grade])的行：按无在险贷款处理")
      }
    }
  }

  // MARK: Rows

  private func ofRow(_ problem: HistoryProblem) -> Diagnostic? {
    switch problem {
    case .badNumber(let row):
      return Diagnostic(
        code: "bad-number",
        message: .init(en: "a number of this row cannot be", zh: "本行有不可能的数"),
        advice: .init(en: "numbers are 0 or more, years have four digits", zh: "各数应不小于0，年份为四位数"),
        location: place(row, .year))
    case .moreDefaultsThanAtRisk(let index):
      let row = table.rows[index]
      return Diagnostic(
        code: "more-defaults-than-at-risk",
        message: .init(
          en: "\(row.defaults) defaults among \(plain(row.atRisk)) loans at risk",
          zh: "违约\(row.defaults)笔，多于在险的\(plain(row.atRisk))笔"),
        advice: .init(
          en:
            "correct one of the two; loans at risk are all that ran in the year, defaulted ones too",
          zh: "更正其一；在险贷款包括当年存续的全部贷款，含已违约的"),
        location: place(index, .defaults))
    case .yearTwice(let index, let first):
      let (row, name) = (table.rows[index], gradeText(table.rows[index].grade))
      return Diagnostic(
        code: "year-twice",
        message: .init(
          en: "\(row.year)\(name.english) stands twice", zh: "\(row.year)年\(name.chinese)出现两次"),
        advice: .init(
          en: "keep one row; the first stands in \(place(first, .year).rowWords)",
          zh: "只保留一行；前一行在\(place(first, .year).rowWords)"), location: place(index, .year))
    case .gradesOverlap(let index, let other):
      return Diagnostic(
        code: "grades-overlap",
        message: .init(
          en: """
            this row counts a grade, and \(place(other, .year).rowWords) all grades together: its \
            loans would count twice
            """,
          zh: "本行按评级统计，\(place(other, .year).rowWords)为全部评级合计：同一贷款会重复计数"),
        advice: .init(
          en: "keep either the rows by grade or those of all grades", zh: "只保留分评级的行，或只保留合计的行"),
        location: place(index, .grade))
    default: return nil
    }
  }

  private func gradeText(_ grade: Int?) -> LocalizedText {
    guard let grade, table.grades.indices.contains(grade) else { return .empty }
    return .init(en: " of grade \(table.grades[grade])", zh: "评级\(table.grades[grade])")
  }

  private func plain(_ number: Double) -> String {
    number == number.rounded() && number < 1e15 ? "\(Int(number))" : "\(number)"
  }

  // MARK: The whole

  private func ofWhole(_ problem: HistoryProblem, _ history: DefaultHistory?) -> Diagnostic {
    let (code, message, advice): (String, LocalizedText, LocalizedText) =
      switch problem {
      case .yearsMissing(let years): missing(years)
      case .oneYearOnly(let year):
        (
          "one-year-only",
          .init(
            en: "only \(year) has loans at risk, and one year says nothing of how years differ",
            zh: "只有\(year)年有在险贷款；单独一年说明不了各年之间的差异"),
          .init(en: "add further years; five are few, two the least", zh: "请补充其他年份；至少两年，五年仍属偏少")
        )
      case .noDefault: noDefault(history)
      case .allDefaulted:
        (
          "all-defaulted", .init(en: "every loan at risk defaulted", zh: "全部在险贷款均违约"),
          .init(
            en: "check which column counts the loans at risk: all that ran, not those in trouble",
            zh: "核对在险一列：应为全部存续贷款，而不是问题贷款")
        )
      case .tooFewYearsForPersistence(let count):
        (
          "too-few-years",
          .init(
            en: "\(count) years are too few to estimate a persistence",
            zh: "仅有\(count)年，不足以估计持续性"),
          .init(
            en:
              "it takes \(CalibrationSettings.yearsForPersistence); give a value, such as `--persistence 0.4`",
            zh: "至少需要\(CalibrationSettings.yearsForPersistence)年；请直接给值，如 `--persistence 0.4`")
        )
      default:
        (
          "no-rows", .init(en: "no row has loans at risk", zh: "没有任何一行有在险贷款"),
          .init(en: "write a row for each year below the header", zh: "在表头之下每年写一行")
        )
      }
    return Diagnostic(
      code: code, message: message, advice: advice,
      location: header)
  }

  private func missing(_ years: [Int]) -> (String, LocalizedText, LocalizedText) {
    let list = years.prefix(10).map { "\($0)" }
    let more = years.count > 10
    return (
      "years-missing",
      .init(
        en: "no row for \(list.joined(separator: ", "))\(more ? ", …" : "")",
        zh: "缺少年份：\(list.joined(separator: "、"))\(more ? "……" : "")"),
      .init(
        en: "add the years, with 0 loans at risk if there were none: the order of years matters",
        zh: "请补上这些年份（没有贷款的年份在险填0）：年份的先后有意义")
    )
  }

  /// No estimate, but a bound.
  private func noDefault(_ history: DefaultHistory?) -> (String, LocalizedText, LocalizedText) {
    let atRisk = plain(history?.cells.joined().reduce(0) { $0 + $1.atRisk } ?? 0)
    let bounds = [0, 0.12].compactMap { correlation in
      history?.lowDefaultBound(grade: 0, level: 0.95, assetCorrelation: correlation)?.bound
    }.map { bound -> LocalizedText in
      let percent = (bound * 10_000).rounded(.up) / 100
      return .init(en: "\(percent) %", zh: "\(percent)%")
    }
    let known: LocalizedText =
      bounds.count == 2
      ? .init(
        en: """
          with 95 % confidence it lies below \(bounds[0]) if loans default independently, below \
          \(bounds[1]) with an asset correlation of 0.12 (Pluto and Tasche): take a value below \
          the bound as an assumption, and say so
          """,
        zh: """
          以95%的置信度，违约独立时低于\(bounds[0])，资产相关系数0.12时低于\(bounds[1])\
          （Pluto 与 Tasche）；可取不高于上限的值作为假定，并予说明
          """) : .init(en: "add further years", zh: "请补充其他年份")
    return (
      "no-default",
      .init(
        en: "not one default in \(atRisk) loan-years: no probability can be estimated",
        zh: "\(atRisk)笔年中没有一笔违约：无法估计违约概率"), known
    )
  }
}
