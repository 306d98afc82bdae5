import Calibration
import Testing

struct `A yearly table` {
  private func problems(_ table: YearlyHistory) -> [HistoryProblem] {
    do throws(HistoryProblems) {
      _ = try table.history()
      return []
    } catch {
      return error.problems
    }
  }

  private func row(
    _ year: Int, _ grade: Int? = nil, _ atRisk: Double = 200, _ defaults: Int = 5
  ) -> YearlyHistory.Row {
    YearlyHistory.Row(year: year, grade: grade, atRisk: atRisk, defaults: defaults)
  }

  @Test func `becomes a history in the order of its years, whatever the order of its rows`() throws
  {
    let table = YearlyHistory(
      grades: ["A", "B"],
      rows: [row(2021, 1, 50, 3), row(2020, 0, 100, 1), row(2020, 1, 40, 2), row(2021, 0, 90, 0)])
    let history = try table.history()
    #expect(history.years == 2020..<2022 && history.grades == ["A", "B"])
    #expect(history.cells[0].map(\.defaults) == [1, 2])
    #expect(history.cells[1].map(\.atRisk) == [90, 50])
    #expect(history.defaultCount == 6 && history.before(2021).years == 2020..<2021)
  }

  /// HISTORY.md §1: 12-month loans that all default evenly: 1.36 % of those at the start is 2.5 % a
  /// year. Such loans have 12, 11, … 1 months left, 6.5 on average; exactly, the share is the mean of
  /// 1 − 0.975^(m/12).
  @Test func `that counts loans at the start is converted`() {
    let counting = YearlyHistory.Counting.atStart(meanRemainingMonths: 6.5)
    let table = YearlyHistory(rows: [row(2020, nil, 100_000, 1360)], counting: counting)
    #expect(abs(1360 / table.loanYears(table.rows[0]) - 0.025) < 0.00005)
    // Half of the year's loan-years without a default; the whole year changes nothing.
    #expect(abs(table.loanYears(row(2020, nil, 120, 0)) - 65) < 1e-9)
    let whole = YearlyHistory(rows: [], counting: .atStart(meanRemainingMonths: 12))
    #expect(abs(whole.loanYears(row(2020, nil, 200, 7)) - 200) < 1e-9)
    #expect(whole.loanYears(row(2020, nil, 7, 7)) == 7)
  }

  @Test func `tells all that is wrong with its rows at once`() {
    let table = YearlyHistory(
      grades: ["A"],
      rows: [
        row(2020, 0), row(2020, 0), row(2022, 0, 10, 11), row(2022), row(2025, 0, -1, 0),
        row(2025, 3),
      ])
    #expect(
      problems(table) == [
        .gradesOverlap(row: 0, other: 3), .yearTwice(row: 1, first: 0),
        .gradesOverlap(row: 1, other: 3), .moreDefaultsThanAtRisk(row: 2),
        .gradesOverlap(row: 2, other: 3), .badNumber(row: 4), .gradesOverlap(row: 4, other: 3),
        .badNumber(row: 5), .gradesOverlap(row: 5, other: 3), .yearsMissing([2021, 2023, 2024]),
      ])
    #expect(problems(YearlyHistory(rows: [])) == [.empty])
    let counting = YearlyHistory.Counting.atStart(meanRemainingMonths: 18)
    #expect(
      problems(YearlyHistory(rows: [row(2020)], counting: counting)) == [.badRemainingTerm(18)])
    #expect(problems(YearlyHistory(rows: [row(2020, nil, .nan, 0)])) == [.badNumber(row: 0)])
    #expect(
      problems(YearlyHistory(rows: [row(.min), row(.max)]))
        == [.badNumber(row: 0), .badNumber(row: 1)])
  }

  @Test func `that says too little is not calibrated`() {
    func problems(
      _ rows: [(atRisk: Double, defaults: Int)],
      _ settings: CalibrationSettings = CalibrationSettings()
    ) -> [HistoryProblem] {
      do throws(HistoryProblems) {
        _ = try CalibrationResult(Samples.table(rows), settings)
        return []
      } catch {
        return error.problems
      }
    }
    #expect(problems([(200, 3)]) == [.oneYearOnly(2020)])
    #expect(problems([(200, 0), (200, 0)]) == [.noDefault])
    #expect(problems([(20, 20), (30, 30)]) == [.allDefaulted])
    #expect(problems([(0, 0), (0, 0)]) == [.empty])
    #expect(problems([(20, 20)]) == [.oneYearOnly(2020), .allDefaulted])
    #expect(
      problems([(20, 2), (20, 1)], CalibrationSettings(correlation: .fixed(1.5)))
        == [.parameterOutOfRange(1.5)])
  }

  @Test func `knows what was recovered of each year's losses`() {
    let rows = [
      YearlyHistory.Row(year: 2020, atRisk: 9, defaults: 1, loss: 100, recovered: 40),
      YearlyHistory.Row(year: 2021, atRisk: 9, defaults: 1, loss: 300, recovered: 60),
      YearlyHistory.Row(year: 2022, atRisk: 9, defaults: 0),
    ]
    let recoveries = YearlyHistory(rows: rows).recoveries
    #expect(recoveries.map(\.rate) == [0.4, 0.2] && recoveries.map(\.year) == [2020, 2021])
    #expect(recoveries.moments?.mean == 0.25)
  }
}

struct `A register of loans` {
  /// Months from a January: 24 000 is January of year 2000.
  private let january = 24_000

  @Test func `counts a loan in each assessed month until it defaults or is last seen`() throws {
    let loans = [
      // Started in January, assessed February … January: 11 months of 2000 and one of 2001.
      HistoricalLoan(start: january, term: 12, lastObserved: january + 40),
      // Overdue in the fourth month after its start.
      HistoricalLoan(start: january, term: 12, overdue: january + 4, lastObserved: january + 40),
      // Last seen in the second.
      HistoricalLoan(start: january, term: 12, lastObserved: january + 2),
    ]
    let history = try LoanHistory(loans: loans).history()
    #expect(history.years == 2000..<2002 && history.assessment == .monthly)
    #expect(abs(history.cells[0][0].atRisk - (11.0 + 4 + 2) / 12) < 1e-12)
    #expect(abs(history.cells[1][0].atRisk - 1.0 / 12) < 1e-12)
    #expect(history.cells.map { $0[0].defaults } == [1, 0])
  }

  /// With every loan within its year, months or years, the same is known of the probability.
  @Test func `agrees with the table of the same loans`() throws {
    var loans: [HistoricalLoan] = []
    for (year, defaults) in [4, 7, 3, 9, 5].enumerated() {
      for number in 0..<200 {
        let start = january + 12 * year - 1
        let overdue = number < defaults ? start + 1 + number % 12 : nil
        loans.append(
          HistoricalLoan(start: start, term: 12, overdue: overdue, lastObserved: start + 12))
      }
    }
    let result = try CalibrationResult(LoanHistory(loans: loans).history())
    #expect(abs(result.best.parameters.pds[0] - 0.028) < 0.0005)
    #expect(abs(result.posterior[0].high / 0.0579 - 1) < 0.03)
    #expect(abs(result.posterior[1].high / 0.203 - 1) < 0.03)
  }

  @Test func `says what it could not use, and how often`() {
    let history = LoanHistory(
      loans: [
        HistoricalLoan(start: 0, term: 0, lastObserved: 5),
        HistoricalLoan(start: 0, term: 12, lastObserved: 0),
        HistoricalLoan(start: 0, term: 12, overdue: 9, lastObserved: 5),
        HistoricalLoan(start: 3, term: 12, overdue: 3, lastObserved: 20),
        HistoricalLoan(start: 3, term: 12, overdue: 16, lastObserved: 20),
        HistoricalLoan(grade: 2, start: 3, term: 12, lastObserved: 20),
        HistoricalLoan(start: -5, term: 3, lastObserved: 20),
      ])
    #expect(
      history.remarks == [
        .impossible: 2, .notYetAssessed: 1, .overdueAfterLastObserved: 1,
        .overdueBeforeFirstAssessment: 1, .overdueAfterTerm: 1,
      ])
    #expect(history.loans.map(\.overdue) == [4, 15, nil])
    #expect(LoanHistory.year(ofMonth: -1) == -1 && LoanHistory.year(ofMonth: -12) == -1)
  }
}

struct `The table of ages` {
  /// Loans of 36 months, a thousand a year, that default in their second year or evenly.
  private func history(secondYearOnly: Bool) -> LoanHistory {
    var loans: [HistoricalLoan] = []
    for year in 0..<6 {
      for number in 0..<1000 {
        let start = 12 * year + number % 12
        let month = secondYearOnly ? 13 + number % 12 : 1 + number % 36
        let overdue = number % 20 == 7 && start + month <= 90 ? start + month : nil
        loans.append(HistoricalLoan(start: start, term: 36, overdue: overdue, lastObserved: 90))
      }
    }
    return LoanHistory(loans: loans)
  }

  @Test func `contradicts one probability for all ages where only the second year has defaults`() {
    let table = AgeTable(history(secondYearOnly: true))
    #expect(table.rows.map(\.age) == [1, 2, 3] && table.contradictsConstantPD)
    #expect(table.rows[0].defaults == 0 && table.rows[2].defaults == 0)
    let expected = table.rows.reduce(0) { $0 + $1.expected }
    #expect(abs(expected - Double(table.rows[1].defaults)) < 1e-9)
  }

  /// Multipliers of a scenario: the second year has all defaults, the others none, which is not never.
  @Test func `says by how much each year's probability differs`() {
    let table = AgeTable(history(secondYearOnly: true))
    #expect(table.curve.map(\.from) == [1, 13, 25] && table.curve.map(\.until) == [12, 24, nil])
    for (stretch, row) in zip(table.curve, table.rows) {
      #expect(abs(stretch.factor - (Double(row.defaults) + 0.5) / (row.expected + 0.5)) < 1e-12)
    }
    #expect(table.curve[1].factor > 2 && table.curve[0].factor > 0)
    // Ages that hold less than a tenth of the expected defaults go with their neighbour.
    let long = (0..<600).map { number in
      HistoricalLoan(
        start: 0, term: 120, overdue: number < 500 ? 1 + number % 14 : nil, lastObserved: 130)
    }
    #expect(AgeTable(LoanHistory(loans: long)).curve.count < 11)
  }

  @Test func `does not where they come evenly`() {
    let table = AgeTable(history(secondYearOnly: false))
    #expect(!table.contradictsConstantPD && table.test?.degrees == 2)
    #expect(table.rows[0].loanYears > 5800 && table.rows[0].rate > 0.01)
  }

  /// One stratum, two ages of 600 months each, 30 and 10 defaults: (30 − 20)² over the variance
  /// 40 · 1160 / 1199 · ¼ of the hypergeometric law.
  @Test func `is the log-rank test`() {
    var loans: [HistoricalLoan] = []
    for number in 0..<600 {
      loans.append(
        HistoricalLoan(start: 11, term: 1, overdue: number < 30 ? 12 : nil, lastObserved: 12))
      loans.append(
        HistoricalLoan(start: -1, term: 13, overdue: number < 10 ? 12 : nil, lastObserved: 12))
    }
    // The older loans' first twelve months lie in the year before, without defaults.
    let test = AgeTable(LoanHistory(loans: loans)).test
    let variance = 40.0 * 1160 / 1199 / 4
    #expect(abs((test?.statistic ?? 0) - 100 / variance) < 1e-9)
    #expect(AgeTable(LoanHistory(loans: [])).test == nil)
  }
}
