import Foundation
import TestSupport
import Testing

/// `fundsim replay` from outside: the report, the files, and what it refuses.
struct `The replay command` {
  /// A register that every programme can replay, with our own names of columns.
  static let register = """
    id,enterprise,bank,size,collateral,ipPart,repayment,rate,start,term,principal,overdueDate,lossPrincipal,recognisedDate,appliedDate,recovered,recoveredDate,returnedDate
    L1,甲公司,甲银行,small,patent,100%,bullet,5%,2024-01-15,12,100万,2024-06-01,80万,2024-08-01,2024-09-20,30万,2024-12-02,2025-02-10
    L2,乙公司,乙银行,micro,patent,60%,bullet,5%,2024-03-01,12,60万,,,,,,,
    L3,丙公司,甲银行,small,patent,100%,bullet,5%,2025-01-10,12,90万,2025-04-01,90万,,2025-06-03,,,

    """

  static let options = ["--start", "2024-01", "--facts", "met", "--until", "2025-12"]

  static let terms = """
    title: 两个办法 two programmes
    opening: 2024-01
    until: 2025-12
    register:
      columns: {id: id, enterprise: enterprise, bank: bank, size: size, collateral: collateral, ipPart: ipPart, repayment: repayment, rate: rate, start: start, term: term, principal: principal, overdueDate: overdueDate, lossPrincipal: lossPrincipal, recognisedDate: recognisedDate, appliedDate: appliedDate}
      constants: {model: bank}
      facts: {others: met}
    recoveries:
      tape: back.csv
      columns: {id: loan, recoveredDate: date, recovered: amount}
    holidays: days.csv
    funds:
      - {name: 包头, programme: baotou, model: bank, start: 2024-01, interestRate: 1%}
      - {name: 威海, programme: weihai-2020, model: bank, initial: 1000万, claimDelay: 3 months}

    """

  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("r.csv", Self.register)
    try folder.write("t.yaml", Self.terms)
    try folder.write("back.csv", "loan,date,amount\nL1,2024-12-02,10万\nL1,2024-10-08,20万\n")
    try folder.write("days.csv", "2024-10-01,holiday\n2024-10-12,workday\n")
    return folder
  }

  /// Worked by hand from the texts. Principal lost: 80万 and 90万; of the first, 30万 came back.
  ///
  /// - Baotou: 30 % × 80万; at 24万 ÷ 100万 the bank is suspended, and L3 is a new customer. 30 % of
  ///   what came back; two years' fees of 15万.
  /// - Dalian 2018: 50 % of 80万 with 111 days' interest at 5 % ÷ 360 (12,333.33) and of 90万 with 63
  ///   (7,875).
  /// - Hi-tech Zone: 40 % × 80万. 100万 are overdue by schedule, and 70万 of 136万 still when the year ends:
  ///   the pause of June 2024 goes on, and L3 falls into it (I-38).
  /// - Weihai: 20 % of each, and 20 % of what came back.
  /// - Chaoyang: 20 % of what Dalian 2018 divides.
  @Test(arguments: [
    ("baotou", "1000万", "240,000.00", "9,550,000.00"),
    ("dalian-2018", "1600万", "860,104.17", "15,289,895.83"),
    ("dalian-hitech-2022", "1000万", "320,000.00", "9,800,000.00"),
    ("weihai-2020", "1000万", "340,000.00", "9,720,000.00"),
    ("chaoyang", "1000万", "344,041.67", "9,715,958.33"),
  ]) func `replays a register under each programme`(
    programme: String, fund: String, compensation: String, closing: String
  ) async throws {
    let folder = try folder()
    let outcome = try await Command.run(
      ["replay", "r.csv", "--programme", programme, "--model", "bank", "--fund", fund]
        + Self.options, in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n").map(String.init)
    #expect(lines.contains { $0.hasPrefix("  − compensation") && $0.hasSuffix(" " + compensation) })
    #expect(
      lines.contains { $0.hasPrefix("  = closing balance") && $0.hasSuffix(" " + closing) },
      "\(outcome.output)")
    #expect(outcome.output.contains("Opening + in − out = closing, to the fen: holds."))
    #expect(!outcome.output.contains("DOES NOT HOLD"))
    #expect(try folder.names() == ["back.csv", "days.csv", "r.csv", "t.yaml"])
  }

  @Test func `stays within 100 columns, and says which crossing cost what`() async throws {
    let folder = try folder()
    let outcome = try await Command.run(["replay", "r.csv", "--terms", "t.yaml"], in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let unbroken = outcome.output.replacing("\n  ", with: " ")
    for part in [
      "The funds side by side", "defaults        2, principal lost 1,700,000 yuan; 2 recoveries",
      "I-16: at every claim, from the first loan on. Reached 1 time, by 1 bank.",
      "甲银行  2024-09-20   24 %  240,000.00  1,000,000.00", "Late (1)", "applicationAfterRecognition",
      "a new customer of a suspended bank",
    ] { #expect(unbroken.contains(part), "\(part)") }
    for line in outcome.output.split(separator: "\n") { #expect(line.count <= 100, "\(line)") }
  }

  /// The months of the simulation used to stand here, and of several caps only the last.
  @Test func `tells the days in force, and the cap of each year`() async throws {
    let folder = try folder()
    let outcome = try await Command.run(["replay", "r.csv", "--terms", "t.yaml"], in: folder.path)
    let text = outcome.output.split { $0.isWhitespace }.joined(separator: " ")
    #expect(text.contains("in force 2020-08-23 to 2026-08-22 (Art. 14)"))
    #expect(text.contains("in force 2024-01-01 to 2025-12-31 (Art. 23)"))
    #expect(
      text.contains(
        "20%, at most 1000000 yuan a claim from year 1 on, 1500000 yuan a claim from year 2 on"))
  }

  /// The file of recoveries used to wait until every row of the register was right.
  @Test func `tells the problems of register and recoveries together`() async throws {
    let folder = try folder()
    try folder.write("r.csv", Self.register.replacing("L1,甲公司,甲银行,small", with: "L1,甲公司,甲银行,tiny"))
    try folder.write(
      "back.csv", "loan,date,amount\nL1,2024-12-02,10万\nL9,2024-12-02,1万\nL3,2025-03-01,1万\n")
    let outcome = try await Command.run(
      ["replay", "r.csv", "--terms", "t.yaml", "--out", "o"], in: folder.path)
    #expect(outcome.status == 65)
    for message in [
      "r.csv:2:12: error[unknown-choice]: size: 'tiny'", "back.csv:3:1: error[unknown-loan]",
      "back.csv:4:4: error[recovery-before-default]", "3 problems. Nothing was replayed.",
    ] { #expect(outcome.errors.contains(message), "\(outcome.errors)") }
    #expect(try folder.names() == ["back.csv", "days.csv", "r.csv", "t.yaml"])
  }

  @Test func `names all columns that are missing at once`() async throws {
    let folder = try folder()
    try folder.write("x.csv", "a,b\n1,2\n")
    let outcome = try await Command.run(
      ["replay", "x.csv", "--programme", "baotou", "--model", "bank", "--fund", "1000万"]
        + Self.options, in: folder.path)
    #expect(outcome.status == 65)
    for name in [
      "start", "term", "principal", "overdueDate", "lossPrincipal", "bank", "size", "collateral",
      "repayment", "ipPart",
    ] { #expect(outcome.errors.contains("has no column '\(name)'"), "\(outcome.errors)") }
  }

  @Test func `writes ledgers whose balances add up, and the JSON object`() async throws {
    let folder = try folder()
    let outcome = try await Command.run(
      ["replay", "r.csv", "--terms", "t.yaml", "--out", "o", "--quiet"], in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
    let files = [
      "banks.csv", "contributions.csv", "ledger-1-baotou.csv", "ledger-2-weihai-2020.csv",
      "money.csv", "replay.json", "years.csv",
    ]
    let written = try folder.names().filter { $0.hasPrefix("o/") && $0 != "o/manifest.json" }
    #expect(written == files.map { "o/" + $0 })
    for (file, opening) in [(files[2], 1_000_000_000), (files[3], 1_000_000_000)] {
      let rows = try folder.text("o/" + file).split(separator: "\r\n").dropFirst()
        .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
      var balance = opening
      for row in rows {
        balance += try fen(row[4])
        #expect(try fen(row[5]) == balance, "\(row)")
      }
      #expect(rows.contains { $0[3] == "claim" })
    }
    let single = try await Command.run(
      ["replay", "r.csv", "--terms", "t.yaml", "--programme", "baotou", "--out", "s", "--json"],
      in: folder.path)
    let names = [
      "banks.csv", "contributions.csv", "ledger.csv", "manifest.json", "money.csv", "replay.json",
      "years.csv",
    ].map { "s/" + $0 }
    #expect(try folder.names().filter { $0.hasPrefix("s/") } == names)
    #expect(try folder.text("s/replay.json") == single.output)
  }

  /// The sums by bank and year are those of the worked register; together they are the totals.
  @Test func `writes the sums of each bank in each year`() async throws {
    let folder = try folder()
    let outcome = try await Command.run(
      [
        "replay", "r.csv", "--programme", "baotou", "--model", "bank", "--fund", "1000万", "--out",
        "o",
      ]
        + Self.options, in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(
      try folder.text("o/years.csv").split(separator: "\r\n").dropFirst().map(String.init) == [
        // The manager's 15万 at the end of each year.
        "baotou bank 1,2024,,0,0,0,0,0,0,0,150000,0",
        // L1 is covered whole, and claimed in September.
        "baotou bank 1,2024,甲银行,1,1000000,1,800000,240000,0,0,0,0",
        // 60 % of L2's 60万; L3 is a new customer of a suspended bank.
        "baotou bank 1,2024,乙银行,1,360000,0,0,0,0,0,0,0",
        "baotou bank 1,2025,,0,0,0,0,0,0,0,150000,0",
        // 30 % of the 30万 recovered on L1 came back in February.
        "baotou bank 1,2025,甲银行,0,0,0,0,0,90000,0,0,0",
      ])
  }

  private func fen(_ text: String) throws -> Int {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let yuan = try #require(Int(parts[0]))
    guard parts.count > 1 else { return yuan * 100 }
    let cents = try #require(Int(parts[1])) * (parts[1].count == 1 ? 10 : 1)
    return yuan * 100 + (text.hasPrefix("-") ? -cents : cents)
  }

  @Test func `prints an object with the documented keys, and no others`() async throws {
    let folder = try folder()
    let outcome = try await Command.run(
      ["replay", "r.csv", "--terms", "t.yaml", "--json"], in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let schema = try Schema(path: "Sources/Reporting/Schemas/replay.schema.json")
    #expect(schema.problems(of: object) == [])
    let funds = try #require(object["funds"] as? [[String: Any]])
    #expect((funds[0]["crossings"] as? [Any])?.count == 2)
    #expect((funds[1]["late"] as? [Any])?.count == 1)
  }

  /// What is wrong, and what the message holds.
  static let broken: [(old: String, new: String, message: String)] = [
    ("2024-06-01", "2023-06-01", "r.csv:2:59: error[overdue-before-disbursement]"),
    ("L2", "L1", "r.csv:3:1: error[duplicate-id]"),
    ("30万", "90万", "error[recovered-above-loss]"),
    ("2024-12-02", "2024-05-02", "error[recovery-before-default]"),
    ("80万", "110万", "error[loss-above-principal]"),
    ("2024-09-20", "2024-05-20", "error[dates-out-of-order]"),
    ("micro", "tiny", "error[unknown-choice]"),
    (",bank,", ",lender,", "r.csv: error[missing-column]: the register has no column 'bank'"),
    (
      ",overdueDate,", ",overdue,",
      "error[missing-column]: the register has no column 'overdueDate'"
    ),
  ]

  @Test(arguments: Command.programmes)
  func `refuses a broken register with row and column, and writes nothing`(
    programme: String
  ) async throws {
    let folder = try folder()
    let before = try folder.names()
    for item in Self.broken {
      try folder.write(
        "r.csv", Self.register.replacing(item.old, with: item.new, maxReplacements: 1))
      let outcome = try await Command.run(
        ["replay", "r.csv", "--programme", programme, "--model", "bank", "--fund"]
          + [programme == "baotou" ? "1000万" : "1600万"] + Self.options + ["--out", "o"],
        in: folder.path)
      #expect(outcome.status == 65)
      #expect(outcome.output.isEmpty)
      #expect(outcome.errors.contains(item.message), "\(outcome.errors)")
      #expect(outcome.errors.contains("Nothing was replayed."))
      #expect(try folder.names() == before)
    }
  }

  @Test(arguments: [
    (["--fund", "10公斤"], "--fund: error[wrong-unit]"),
    (["--programme", "baotuo"], "--programme: error[unknown-programme]"),
    (["--model", "banks"], "--model: error[unknown-choice]"),
    (["--start", "2024-13"], "--start: error[invalid-month]"),
    (["--facts", "maybe"], "--facts: error[unknown-choice]"),
    (["--until", "2023-12"], "--until: error[until-before-opening]"),
    (["--programme", "weihai-2020", "--model", "guarantor"], "error[model-not-allowed]"),
    (["--recoveries", "none.csv"], "none.csv: error[file-not-found]"),
    (["--holidays", "r.csv"], "r.csv:1: error[wrong-columns]"),
  ]) func `names the option that is wrong`(changed: [String], message: String) async throws {
    let folder = try folder()
    var options = [
      "--programme": "dalian-hitech-2022", "--model": "bank", "--fund": "1000万",
      "--start": "2024-01", "--facts": "met",
    ]
    for place in stride(from: 0, to: changed.count, by: 2) {
      options[changed[place]] = changed[place + 1]
    }
    let outcome = try await Command.run(
      ["replay", "r.csv"] + options.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] },
      in: folder.path)
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
  }

  @Test func `has the exit statuses of the other commands`() async throws {
    let folder = try folder()
    let both = try await Command.run(
      ["replay", "r.csv", "--terms", "t.yaml", "--model", "bank"], in: folder.path)
    #expect(both.status == 64)
    let nothing = try await Command.run(["replay", "r.csv"], in: folder.path)
    #expect(nothing.status == 65)
    #expect(nothing.errors.contains("--programme: error[missing-option]"))
    try folder.write("file", "")
    let unwritable = try await Command.run(
      ["replay", "r.csv", "--terms", "t.yaml", "--out", "file/o"], in: folder.path)
    #expect(unwritable.status == 74)
    let other = try await Command.run(
      ["replay", "r.csv", "--terms", "t.yaml", "--programme", "chaoyang"], in: folder.path)
    #expect(other.status == 65)
    #expect(other.errors.contains("use one of: baotou, weihai-2020"))
  }
}
