import DocumentReading
import FundCore
import Testing

@testable import ScenarioInput

/// Recoveries in a file of their own, and the file of holidays.
struct `A file of recoveries` {
  static let header = "id,bank,date,amount,costs,returned\n"

  @Test func `adds several recoveries to a loan, in the order of their dates`() throws {
    let text = Self.header + "L1,A,2025-03-01,10万,,\nL1,,2024-09-01,20万,5000,2024-09-10\n"
    let outcome = readRegister(text: RegisterText.good, recoveries: text)
    let read = try #require(outcome.register, "\(outcome.problems)")
    #expect(
      read.described[0].hasSuffix(
        ", back 2024-09-01 200000 yuan less 5000 yuan, back 2024-12-01 300000 yuan less 10000 yuan, "
          + "back 2025-03-01 100000 yuan less 0 yuan"))
    #expect(outcome.recoveries?.count == 2)
  }

  @Test(arguments: [
    ("L9,A,2024-09-01,1万,,", "x.csv:2:1: error[unknown-loan]: id: the register has no loan 'L9'"),
    ("L1,Z,2024-09-01,1万,,", "x.csv:2:4: error[unknown-bank]: bank: the register has no bank 'Z'"),
    ("L1,B,2024-09-01,1万,,", "x.csv:2:4: error[other-bank]"),
    ("L1,A,2024-05-01,1万,,", "x.csv:2:6: error[recovery-before-default]: date: 2024-05-01"),
    ("L1,A,2024-09-01,60万,,", "x.csv:2:17: error[recovered-above-loss]: amount: 900000 yuan"),
    ("L2,A,2024-09-01,1万,,", "x.csv:2:1: error[no-default]"),
    ("L1,A,2024-09-01,1万,2万,", "error[costs-above-recovery]"),
    ("L1,A,2024-09-01,1万,,2024-08-01", "error[dates-out-of-order]: returned: 2024-08-01"),
    ("L1,A,,1万,,", "error[no-recovery-date]"),
    ("L1,A,2024-09-01,0,,", "error[no-recovery]"),
    ("L1,A,,,,", "error[zero-recovery]"),
    (",A,2024-09-01,1万,,", "x.csv:2:1: error[missing-value]"),
    ("L1,A,2024-09-01", "error[too-few-cells]"),
  ]) func `is held against the register`(row: String, problem: String) {
    let outcome = readRegister(text: RegisterText.good, recoveries: Self.header + row + "\n")
    #expect(outcome.problems.contains(problem), "\(outcome.problems)")
    #expect(outcome.register == nil)
  }

  @Test func `counts recoveries of loans that are not used`() throws {
    let register = RegisterText.good.replacing("micro", with: "tiny")
    let text = Self.header + "L3,B,2024-09-01,1万,,\nL1,A,2025-03-01,1万,,\n"
    let outcome = readRegister(
      text: register, RegisterText.mapping + "\nbadRows: setAside", recoveries: text)
    let read = try #require(outcome.recoveries, "\(outcome.problems)")
    #expect(read.ofUnusedLoans == 1)
    #expect(read.count == 1)
  }
}

/// Rows of a register without the shape of the table used to leave their recoveries `unknown-loan`.
struct `Recoveries of a misshapen row` {
  @Test(arguments: ["L3,乙公司,B,micro", "L3,乙公司,B,micro,2024-04-01,24,70万,,,,,,,,,,,,running,,x"])
  func `count as those of a loan that is not used`(row: String) throws {
    let whole = "L3,乙公司,B,micro,2024-04-01,24,70万,,,,,,,,,,,,running"
    #expect(RegisterText.good.contains(whole))
    let outcome = readRegister(
      text: RegisterText.good.replacing(whole, with: row),
      RegisterText.mapping + "\nbadRows: setAside",
      recoveries: `A file of recoveries`.header + "L3,B,2024-09-01,1万,,\n")
    let read = try #require(outcome.recoveries, "\(outcome.problems)")
    #expect(read.ofUnusedLoans == 1)
    #expect(outcome.problems.isEmpty)
  }
}

struct `A file of holidays` {
  private func read(_ text: String) -> (calendar: WorkCalendar?, problems: String) {
    let collector = ProblemCollector()
    do {
      let table = try DelimitedTable(bytes: Array(text.utf8), file: "h.csv")
      let calendar = readHolidays(table, problems: collector)
      try collector.throwIfAny()
      return (calendar, "")
    } catch {
      return (nil, "\(error)")
    }
  }

  @Test(arguments: ["", "day,kind\n"]) func `may have a header`(header: String) throws {
    let lines = "2024-02-12,holiday\n2024-02-04,workday\n"
    let calendar = try #require(read(header + lines).calendar)
    let holiday = try #require(CivilDate(year: 2024, month: 2, day: 12))
    let workday = try #require(CivilDate(year: 2024, month: 2, day: 4))
    #expect(calendar == WorkCalendar(holidays: [holiday], extraWorkdays: [workday]))
  }

  @Test(arguments: [
    ("2024-02-30,holiday\n", "h.csv:1:1: error[invalid-date]"),
    ("2024-02-10,holiday\n2024-02-11,feast\n", "h.csv:2:12: error[unknown-choice]"),
    ("2024-02-10,holiday\n2024-02-10,workday\n", "h.csv:2:1: error[day-twice]"),
    ("day,kind,why\n", "h.csv:1: error[wrong-columns]"),
  ]) func `says what it cannot use`(text: String, problem: String) {
    #expect(read(text).problems.contains(problem), "\(read(text).problems)")
  }
}
