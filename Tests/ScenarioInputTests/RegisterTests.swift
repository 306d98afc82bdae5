import ClaimRules
import FundCore
import Testing

@testable import ScenarioInput

/// What a register tells, and each way in which it can contradict itself.
struct `A register` {
  @Test func `tells by the day what happened to each loan, in the order of the file`() throws {
    let outcome = readRegister(text: RegisterText.good)
    #expect(outcome.problems == "")
    let read = try #require(outcome.register)
    #expect(
      read.described == [
        "L1 A 2024-01-15 filed 2024-02-01, overdue 2024-06-01, lost 800000 yuan and 20000 yuan, "
          + "back 2024-12-01 300000 yuan less 10000 yuan",
        "L2 A 2024-03-01 filed 2024-03-20", "L3 B 2024-04-01 filed –",
      ])
    let register = read.register(until: try #require(CivilDate(year: 2025, month: 6, day: 30)))
    #expect(register.enterprises == ["甲公司", "乙公司"])
    #expect(register.loans.map(\.enterprise) == [0, 0, 1])
    #expect(read.lastDay == CivilDate(year: 2025, month: 1, day: 10))
    let loss = try #require(register.loans[0].loss)
    #expect(loss.appliedOn == CivilDate(year: 2024, month: 7, day: 10))
    #expect(loss.recoveries[0].returnedOn == CivilDate(year: 2024, month: 12, day: 16))
  }

  /// A spoiled row: what is replaced in the loan that defaulted, and the problem.
  struct Case: Sendable, CustomTestStringConvertible {
    let old: String
    let new: String
    let problem: String
    var testDescription: String { "\(old) → \(new)" }

    init(_ old: String, _ new: String, _ problem: String) {
      (self.old, self.new, self.problem) = (old, new, problem)
    }
  }

  @Test(arguments: [
    Case("2024-06-01", "2023-06-01", "r.csv:2:35: error[overdue-before-disbursement]: overdueDate"),
    Case("2024-12-01", "2024-05-31", "r.csv:2:101: error[recovery-before-default]: recoveredDate"),
    Case("30万", "83万", "error[recovered-above-loss]: recovered: 830000 yuan were recovered"),
    Case("80万", "101万", "r.csv:2:46: error[loss-above-principal]: lossPrincipal: 1010000 yuan"),
    Case("80万", "", "error[missing-loss]: lossPrincipal"),
    Case("2024-07-10", "2024-05-10", "error[dates-out-of-order]: appliedDate: 2024-05-10 lies"),
    Case("2024-07-01", "2024-05-01", "error[dates-out-of-order]: recognisedDate: 2024-05-01"),
    Case("2024-02-01", "2024-01-01", "error[dates-out-of-order]: filedDate: 2024-01-01 lies"),
    Case("2025-01-10", "2024-01-10", "error[dates-out-of-order]: writtenOffDate: 2024-01-10"),
    Case("2024-12-16", "2024-11-30", "error[dates-out-of-order]: returnedDate: 2024-11-30 lies"),
    Case("2024-06-01", "", "error[no-overdue-date]: lossPrincipal: there is a loss of principal"),
    Case("2024-12-01", "", "error[no-recovery-date]: recoveredDate: 300000 yuan"),
    Case("30万", "", "error[no-recovery]: recoveredDate: there is a date of the recovery"),
    Case("1万,2024-12-16", "31万,2024-12-16", "error[costs-above-recovery]: recoveryCosts: 310000"),
    Case("2万,2024-07", "161万,2024-07", "error[interest-above-loss]: lossInterest: 1610000 yuan"),
    Case("2024-01-15", "2024-01", "r.csv:2:16: error[invalid-date]: start: '2024-01'"),
    Case("2024-06-01", "2024-06", "error[invalid-date]: overdueDate: '2024-06'"),
    Case("2024-06-01", "1/6/2024", "error[unclear-date]: overdueDate"),
    Case("80万", "80公斤", "error[wrong-unit]: lossPrincipal: '80公斤'"),
    Case("80万", "-80万", "error[negative-amount]: lossPrincipal"),
    Case("chargedOff", "lost", "r.csv:2:126: error[unknown-choice]: status: 'lost'"),
    Case("chargedOff", "paid", "error[contradictory-status]: overdueDate: the loan is paid"),
    Case("L1", "L2", "r.csv:3:1: error[duplicate-id]: id: 'L2' stands twice"),
  ]) func `says where it contradicts itself`(_ spoiled: Case) {
    let row = RegisterText.defaulted.replacing(spoiled.old, with: spoiled.new, maxReplacements: 1)
    let text = [RegisterText.header, row, RegisterText.others].joined(separator: "\n")
    let outcome = readRegister(text: text)
    #expect(outcome.register == nil)
    #expect(outcome.problems.contains(spoiled.problem), "\(outcome.problems)")
    #expect(outcome.problems.contains("help: "))
  }

  @Test func `has all its problems told at once, each with its row`() {
    let text = RegisterText.good.replacing("2024-06-01", with: "2023-06-01")
      .replacing("L3,", with: "L2,").replacing("micro", with: "tiny")
      .replacing("80万", with: "800万")
    let problems = readRegister(text: text).problems
    for part in [
      "r.csv:2:35: error[overdue-before-disbursement]", "r.csv:2:46: error[loss-above-principal]",
      "r.csv:4:1: error[duplicate-id]", "r.csv:4:", "error[unknown-choice]: size: 'tiny'",
    ] { #expect(problems.contains(part), "\(problems)") }
  }

  /// What a register can say of loans that were overdue and are not lost, or not wholly. Each was refused
  /// as a contradiction, or had no column.
  @Test(arguments: [
    // Cured: nothing is lost, whether the cell is empty or 0; a paid loan may have been overdue.
    (",2024-06-01,80万,2024-08-01,,,running", true, Money.zero, Money.yuan(1_000_000)),
    (",2024-06-01,,2024-08-01,,,paid", true, .zero, .yuan(1_000_000)),
    (",2024-06-01,0,2024-08-01,90万,2024-05-31,running", true, .zero, .yuan(900_000)),
    // Overdue, and nothing lost so far.
    (",2024-06-01,,,90万,,running", true, .zero, .yuan(900_000)),
    (",2024-06-01,0,,,,running", true, .zero, .yuan(1_000_000)),
    (",2024-06-01,80万,,90万,,chargedOff", true, .yuan(800_000), .yuan(900_000)),
    (",2024-06-01,80万,,70万,,chargedOff", true, .yuan(800_000), .yuan(700_000)),
    // Refused.
    (",2024-06-01,80万,2024-05-01,,,running", false, .zero, .zero),
    (",2024-06-01,,,,,running", false, .zero, .zero),
    (",2024-06-01,,,101万,,running", false, .zero, .zero),
    (",,,2024-08-01,,,running", false, .zero, .zero),
    (",2024-06-01,,,,,paid", false, .zero, .zero),
  ]) func `tells of overdue loans that are not lost`(
    cells: String, isGood: Bool, lost: Money, overdue: Money
  ) throws {
    let text =
      "id,enterprise,bank,size,start,term,principal,overdueDate,lossPrincipal,curedDate,"
      + "overduePrincipal,interestPaidTo,status\nL1,甲公司,A,small,2024-01-15,12,100万\(cells)\n"
    let mapping =
      "columns: {id: id, enterprise: enterprise, bank: bank, size: size, start: start, term: term, "
      + "principal: principal, overdueDate: overdueDate, lossPrincipal: lossPrincipal, curedDate: "
      + "curedDate, overduePrincipal: overduePrincipal, interestPaidTo: interestPaidTo, status: status}\n"
      + "constants: {model: bank, collateral: patent, ipPart: 100%, repayment: bullet, rate: 4%}\n"
      + "facts: {others: met}\n"
    let outcome = readRegister(text: text, mapping)
    let isContradiction = cells.contains("80万,2024-08")
    #expect((outcome.register != nil) == (isGood && !isContradiction), "\(outcome.problems)")
    if isContradiction { #expect(outcome.problems.contains("error[cured-and-lost]")) }
    guard let read = outcome.register else { return }
    let until = try #require(CivilDate(year: 2025, month: 1, day: 1))
    let loan = read.register(until: until).loans[0]
    #expect(loan.loss?.principal == lost)
    #expect(loan.overduePrincipal == overdue)
  }

  @Test func `can have bad rows set aside and counted by reason`() throws {
    let text =
      RegisterText.good.replacing("80万", with: "800万")
      + "L4,丙公司,B,micro,2024-04-01,24,70万,2024-09-01,,,,,,,,,,,chargedOff\n"
    let outcome = readRegister(text: text, RegisterText.mapping + "\nbadRows: setAside")
    let read = try #require(outcome.register, "\(outcome.problems)")
    #expect(read.tape.loans.map(\.id) == ["L2", "L3"])
    #expect(read.histories.count == 2)
    #expect(
      read.tape.setAside.map { "\($0.reason.english): \($0.count) from line \($0.firstLine)" } == [
        "loss above the principal: 1 from line 2", "overdue without a loss: 1 from line 5",
      ])
    #expect(read.unusedIDs == ["L1", "L4"])
  }

  @Test func `keeps loans of a window, and knows the names of the others`() throws {
    let window = "\nwindow: {from: 2024-01, until: 2024-03}"
    let outcome = readRegister(text: RegisterText.good, RegisterText.mapping + window)
    let read = try #require(outcome.register, "\(outcome.problems)")
    #expect(read.tape.loans.map(\.id) == ["L1", "L2"])
    #expect(read.unusedIDs == ["L3"])
  }

  @Test(arguments: [
    ("recovered: recovered, ", "", "'recoveredDate' has a column, and 'recovered' has none"),
    ("overdueDate: overdueDate, ", "", "error[missing-key]"),
    ("start: start", "start: begin", "error[unknown-column]: r.csv has no column 'begin'"),
    ("size: size, ", "", "error[missing-property]: 'size' has neither a column nor a constant"),
    ("columns:", "tape: r.csv\ncolumns:", "error[unknown-key]: the key 'tape'"),
    ("status: status", "chargeOffDate: status", "error[unknown-key]: the key 'chargeOffDate'"),
  ]) func `needs a mapping that says enough`(old: String, new: String, problem: String) {
    let yaml = RegisterText.mapping.replacing(old, with: new, maxReplacements: 1)
    let problems = readRegister(text: RegisterText.good, yaml).problems
    #expect(problems.contains(problem), "\(problems)")
  }

  @Test func `has properties that a portfolio has not`() {
    let yaml = plainTapeMapping.replacing("bank: bank}\n", with: "bank: bank, overdueDate: x}\n")
    #expect(readMapping(yaml).problems.contains("error[unknown-key]: the key 'overdueDate'"))
  }

  @Test func `has a digest of all that happened`() throws {
    let first = try #require(readRegister(text: RegisterText.good).register)
    let same = RegisterText.good.replacing("2024-06-01", with: "2024年6月1日")
    #expect(try #require(readRegister(text: same).register).digestInput == first.digestInput)
    for other in ["2024-06-02", "2024-06-01,79万"] {
      let text = RegisterText.good.replacing(
        other.hasSuffix("万") ? "2024-06-01,80万" : "2024-06-01", with: other)
      let changed = try #require(readRegister(text: text).register)
      #expect(changed.digestInput != first.digestInput)
    }
  }
}
