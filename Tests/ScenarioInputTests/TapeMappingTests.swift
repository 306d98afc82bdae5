import CompensationKernel
import DocumentReading
import FundCore
import Testing

@testable import ScenarioInput

struct `The mapping of a loan tape` {
  @Test func `holds what the scenario says`() throws {
    let mapping = try #require(
      readMapping(
        """
        tape: loans.csv
        columns: {start: s, term: t, principal: p, bank: b, employees: e, status: st}
        constants: {model: guarantor, collateral: trademark, ipPart: 60%, repayment: equalPrincipal, sector: all, rate: 5%, pd: 4%}
        facts: {columns: {registeredInArea: reg_flag}, others: met}
        dateFormat: dd/MM/yyyy
        values: {status: {CHGOFF: chargedOff}, registeredInArea: {J: yes}}
        sizeByEmployees: {micro: 9, small: 99, medium: 299}
        window: {from: 2004-01, until: 2008-12}
        badRows: setAside
        mostProblems: 5
        """
      ).mapping)
    #expect(mapping.tape?.value == "loans.csv")
    #expect(mapping.columns[.bank]?.value == "b")
    #expect(mapping.constants.ipPart == .percent(60))
    #expect(mapping.constants.model == .guarantor)
    #expect(mapping.dateFormat == .dayMonthYear)
    #expect(mapping.values["status"] == ["CHGOFF": "chargedOff"])
    #expect(mapping.employeeLimits?.size(employees: 9) == .micro)
    #expect(mapping.employeeLimits?.size(employees: 10) == .small)
    #expect(mapping.employeeLimits?.size(employees: 299) == .medium)
    #expect(mapping.employeeLimits?.size(employees: 300) == .large)
    #expect(mapping.window?.until == CivilMonth(year: 2008, month: 12))
    #expect(mapping.badRows == .setAside)
    #expect(mapping.mostProblems == 5)
    #expect(mapping.hasRate && mapping.hasDefaultProbability)
  }

  @Test func `may leave the file to the command line`() {
    let yaml = plainTapeMapping.replacing("t.csv", with: "--portfolio")
    #expect(readMapping(yaml).problems == "")
    #expect(readMapping(yaml).mapping?.tape == nil)
  }

  @Test func `refuses bad rows and lists 20 problems if it does not say otherwise`() {
    let mapping = readMapping(plainTapeMapping).mapping
    #expect(mapping?.badRows == .refuse)
    #expect(mapping?.mostProblems == 20)
    #expect(mapping?.hasRate == false)
    #expect(mapping?.hasDefaultProbability == false)
  }

  @Test func `knows the facts of which the tape says nothing`() {
    var mapping = readMapping(plainTapeMapping + "\nfacts: {columns: {a: x}}").mapping
    #expect(mapping?.unknownFacts(among: ["a", "b", "c"]) == ["b", "c"])
    mapping?.otherFactsAreMet = true
    #expect(mapping?.unknownFacts(among: ["a", "b", "c"]) == [])
  }

  @Test func `asks for every property that has no source`() {
    #expect(
      readMapping("columns: {id: x}").problems == """
        s.yaml:1:1: error[missing-key]: the key 'tape' is missing in 'portfolio'
          help: add `tape: loans.csv`
        s.yaml:1:10: error[missing-key]: the key 'start' is missing in 'portfolio.columns'
          help: add `start: disbursement_date`
        s.yaml:1:10: error[missing-key]: the key 'term' is missing in 'portfolio.columns'
          help: add `term: term_months`
        s.yaml:1:10: error[missing-key]: the key 'principal' is missing in 'portfolio.columns'
          help: add `principal: amount`
        """)
    #expect(
      readMapping("tape: t.csv\ncolumns: {start: a, term: b, principal: c}").problems == """
        s.yaml:1:1: error[missing-property]: 'bank' has neither a column nor a constant
          help: add `bank: …` under `columns` or under `constants`
        s.yaml:1:1: error[missing-property]: 'model' has neither a column nor a constant
          help: add `model: …` under `columns` or under `constants`
        s.yaml:1:1: error[missing-property]: 'collateral' has neither a column nor a constant
          help: add `collateral: …` under `columns` or under `constants`
        s.yaml:1:1: error[missing-property]: 'repayment' has neither a column nor a constant
          help: add `repayment: …` under `columns` or under `constants`
        s.yaml:1:1: error[missing-property]: 'size' has neither a column nor a constant
          help: add `size: …` under `columns` or `constants`, or `employees: …` under `columns` with `sizeByEmployees`
        s.yaml:1:1: error[missing-property]: 'ipPart' has neither a column nor a constant
          help: add `ipPart: …` or `ipAmount: …` under `columns`, or `ipPart: 100%` under `constants`
        """)
  }

  @Test(arguments: [
    ("size: b, ipPart: c", "size: small", "s.yaml:3:13", "'size' has both a column and a constant"),
    (
      "size: b, ipAmount: c", "ipPart: 100%", "s.yaml:3:13",
      "'ipPart' is a constant, and 'ipAmount' is given too"
    ),
    (
      "size: b, ipAmount: c, ipPart: d", "rate: 5%", "s.yaml:2:133",
      "'ipPart' and 'ipAmount' both have a column"
    ),
    (
      "size: b, ipPart: c, grade: d", "pd: 4%", "s.yaml:3:13",
      "'pd' is a constant, and 'grade' is given too"
    ),
    (
      "size: b, ipPart: c, pd: d", "grade: A", "s.yaml:3:13",
      "'grade' is a constant, and 'pd' is given too"
    ),
  ]) func `refuses two sources for one property`(
    columns: String, constants: String, place: String, message: String
  ) {
    let yaml = """
      tape: t.csv
      columns: {start: s, term: t, principal: p, bank: b, model: m, collateral: c, repayment: r, sector: k, \(columns)}
      constants: {\(constants)}
      """
    #expect(
      readMapping(yaml).problems
        == "\(place): error[two-sources]: \(message)\n  help: keep one of the two")
  }

  @Test func `wants number of employees and limits of sizes together`() {
    let rest =
      "constants: {model: bank, collateral: patent, ipPart: 1, repayment: bullet, sector: a}"
    let columns = "tape: t.csv\ncolumns: {start: s, term: t, principal: p, bank: b"
    let limits = "sizeByEmployees: {micro: 9, small: 99, medium: 299}"
    #expect(
      readMapping("\(columns), employees: e}\n\(rest)").problems == """
        s.yaml:2:64: error[missing-key]: 'employees' has a column, and 'sizeByEmployees' is missing
          help: add `sizeByEmployees: {micro: 9, small: 99, medium: 299}`
        """)
    #expect(
      readMapping("\(columns)}\n\(rest)\n\(limits)").problems == """
        s.yaml:1:1: error[missing-key]: 'sizeByEmployees' is given, and 'employees' has no column
          help: add `employees: …` under `columns`
        """)
    #expect(
      readMapping("\(columns), size: z, employees: e}\n\(rest)\n\(limits)").problems == """
        s.yaml:2:73: error[two-sources]: 'size' is given, and follows from 'employees' too
          help: keep one of the two
        """)
    #expect(
      readMapping(
        "\(columns), employees: e}\n\(rest)\nsizeByEmployees: {micro: 9, small: 9, medium: 8}"
      )
      .problems == """
        s.yaml:4:18: error[sizes-not-increasing]: portfolio.sizeByEmployees: the limits do not grow with the size
          help: write the largest number of employees of each size, such as {micro: 9, small: 99, medium: 299}
        """)
  }

  @Test(arguments: [
    (
      "values: {status: {X: paid}}",
      """
      s.yaml:4:18: error[unused-values]: portfolio.values.status: the tape has no column for 'status'
        help: add 'status' under `columns`, or remove its values
      """
    ),
    (
      "values: {bnk: {X: Y}}",
      """
      s.yaml:4:10: error[unknown-key]: the key 'bnk' is not known in 'portfolio.values'
        help: did you mean 'bank'? keys in 'portfolio.values': model, size, collateral, repayment, status, bank, sector, grade
      """
    ),
    (
      "window: {from: 2008-12, until: 2004-01}",
      """
      s.yaml:4:32: error[window-reversed]: portfolio.window: 2004-01 lies before 2008-12
        help: write the first month as `from` and the last as `until`
      """
    ),
    (
      "badRows: drop",
      """
      s.yaml:4:10: error[unknown-choice]: portfolio.badRows: 'drop' is not one of the choices
        help: use one of: refuse 拒绝, setAside 剔除
      """
    ),
    (
      "dateFormat: yyyy-mm-dd",
      """
      s.yaml:4:13: error[unknown-choice]: portfolio.dateFormat: 'yyyy-mm-dd' is not one of the choices
        help: did you mean 'yyyy-MM-dd'? use one of: auto, yyyy-MM-dd, dd/MM/yyyy, MM/dd/yyyy, yyyyMMdd
      """
    ),
    (
      "facts: {others: known}",
      """
      s.yaml:4:17: error[unknown-choice]: portfolio.facts.others: 'known' is not one of the choices
        help: use one of: met 满足
      """
    ),
  ]) func `names the place of what it cannot use`(line: String, message: String) {
    #expect(readMapping(plainTapeMapping + "\n" + line).problems == message)
  }

  @Test func `checks our words in a translation`() {
    let yaml = plainTapeMapping.replacing("bank: bank}\n", with: "bank: bank, status: st}\n")
    #expect(
      readMapping(yaml + "\nvalues: {status: {CHGOFF: chargedof}}").problems == """
        s.yaml:4:27: error[unknown-choice]: portfolio.values.status.CHGOFF: 'chargedof' is not one of the choices
          help: did you mean 'chargedOff'? use one of: current 正常, overdue 逾期, nonPerforming 不良, settled 已结清, writtenOff 已核销, transferred 已转让
        """)
  }

  @Test func `takes at most 64 facts`() {
    let facts = (1...65).map { "f\($0): c" }.joined(separator: ", ")
    #expect(
      readMapping(plainTapeMapping + "\nfacts: {columns: {\(facts)}}").problems == """
        s.yaml:4:8: error[too-many-facts]: 65 facts have a column
          help: give a column to at most 64 facts
        """)
  }
}
