import Foundation
import TestSupport
import Testing

/// The order of a tape or a register changes no figure.
///
/// A loan's recovery hung on its row, claims of one month and loans of one month under an enterprise's limit
/// went in the order of the file, and banks, sectors and enterprises were numbered as they came: sorting a
/// tape changed figures.
struct `The order of a file` {
  /// The rows of a table behind its head, in other orders.
  private static func orders(of text: String) -> [String] {
    let lines = text.split(separator: "\n").map(String.init)
    let (head, rows) = (lines[0], Array(lines.dropFirst()))
    var words = SeededWords(seed: 5)
    return [
      rows, rows.reversed(), rows.sorted(), rows.shuffled(using: &words),
      rows.shuffled(using: &words),
    ].map { ([head] + $0).joined(separator: "\n") + "\n" }
  }

  /// All that a run says and writes.
  private static func results(
    _ arguments: [String], in folder: TemporaryFolder
  ) async throws -> [String: String] {
    let outcome = try await Command.run(arguments, in: folder.path)
    try #require(outcome.status == 0, "\(arguments): \(outcome.errors)")
    var found = ["": outcome.output]
    let out = folder.path + "/out"
    for name in try FileManager.default.contentsOfDirectory(atPath: out) {
      found[name] = try Command.text(of: out + "/" + name)
    }
    try FileManager.default.removeItem(atPath: out)
    return found
  }

  /// A scenario's loans, written as a tape, and the scenario that reads them.
  private static func tape(of scenario: String, in folder: TemporaryFolder) async throws
    -> (yaml: String, tape: String)
  {
    let path = Command.root + "/scenarios/" + scenario + "/scenario.yaml"
    let written = try await Command.run(["portfolio", path, "--out", "."], in: folder.path)
    try #require(written.status == 0, "\(written.errors)")
    let mapping = """
      portfolio:
        tape: t.csv
        columns: {id: id, enterprise: enterprise, bank: bank, model: model, size: size, sector: sector, \
      GRADE start: start, term: term, principal: principal, rate: rate, repayment: repayment, \
      collateral: collateral, ipPart: ipPart}
        facts: {others: met}
      """
    let tape = try Command.text(of: folder.path + "/portfolio.csv")
    let head = tape.prefix { $0 != "\n" }
    let columns = mapping.replacing("GRADE", with: head.contains("grade") ? "grade: grade," : "")
    var lines: [String] = []
    var isInside = false
    for line in try Command.text(of: path).split(separator: "\n", omittingEmptySubsequences: false)
    {
      if line.hasPrefix("portfolio:") {
        isInside = true
        lines.append(columns)
      } else if isInside, line.first.map({ !" #".contains($0) }) ?? false {
        isInside = false
      }
      if !isInside { lines.append(String(line)) }
    }
    let programmes = Command.root + "/scenarios/"
    return (
      lines.joined(separator: "\n").replacing("programme: ../", with: "programme: " + programmes)
        .replacing("programme: my-", with: "programme: " + programmes + "my-draft/my-"),
      tape
    )
  }

  @Test(arguments: [
    "baotou", "chaoyang", "dalian-2018", "dalian-hitech-2022", "my-draft", "three-models",
    "weihai-2020",
  ])
  func `of a scenario's tape changes no bit of a run, and generated loans are the same`(
    scenario: String
  ) async throws {
    let folder = try TemporaryFolder()
    let (yaml, tape) = try await Self.tape(of: scenario, in: folder)
    try folder.write("s.yaml", yaml)
    // From a hundred trials on a run looks at readings and laws of dependence, too: that much in two of them.
    let trials = ["dalian-2018", "three-models"].contains(scenario) ? "150" : "99"
    let arguments = ["run", "s.yaml", "--trials", trials, "--json", "--out", "out"]
    var first: [String: String]?
    let orders = Self.orders(of: tape)
    for text in [orders[0], orders[1], orders[3]] {
      try folder.write("t.csv", text)
      let found = try await Self.results(arguments, in: folder)
      if let first { #expect(found == first) } else { first = found }
    }
    let generated = try await Command.run(
      [
        "run", Command.root + "/scenarios/" + scenario, "--trials", trials, "--json", "--out",
        "out",
      ],
      in: folder.path)
    let figures = try [generated.output, first?[""] ?? ""].map { text in
      let object = try JSONSerialization.jsonObject(with: Data(text.utf8))
      return try #require((object as? NSDictionary)?["funds"] as? NSArray)
    }
    #expect(figures[0] == figures[1])
  }

  @Test func `of a tape without ids, with equal rows, changes nothing either`() async throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "s.yaml",
      """
      title: t
      start: 2024-01
      horizon: 36 months
      trials: 120
      seed: 1
      portfolio:
        tape: t.csv
        columns: {enterprise: enterprise, bank: bank, sector: sector, start: start, term: term, \
      principal: principal}
        constants: {model: bank, size: small, collateral: patent, ipPart: 100%, rate: 5%, \
      repayment: equalPrincipal, pd: 8%}
        facts: {others: met}
      defaults:
        timing: monthly
        dependence: gaussian
        assetCorrelation: {软件: 10%, 制造: 20%}
        sectorCorrelation: 50%
        factor: {period: year}
        stress: [{from: 2024-05, until: 2024-09, factor: 3}]
      recovery: {mean: 35%, standardDeviation: 20%, lag: {from: 3, to: 9}, writeOffMonths: 24}
      funds:
        - {name: a, programme: dalian-2018, model: bank, initial: 1600万, claimDelay: 2 months}
        - {name: b, programme: dalian-hitech-2022, model: bank, initial: 200万, claimDelay: 0 months}

      """)
    var rows = "enterprise,bank,sector,start,term,principal\n"
    for number in 0..<60 {
      // Enterprises with several loans of one month, and twenty rows that stand twice or more.
      rows +=
        "企\(number % 20),行\(number % 3),\(number % 4 == 0 ? "制造" : "软件"),2024-0\(number % 5 + 1),"
        + "\(number % 2 * 6 + 6),\(number % 10 + 40)万\n"
    }
    try folder.write("t.csv", rows)
    var first: [[String: String]]?
    for text in Self.orders(of: rows) {
      try folder.write("t.csv", text)
      var found: [[String: String]] = []
      for command in [
        ["run"], ["size"], ["compare", "--fund", "1600万,1700万"], ["trace", "--trial", "7"],
      ] {
        let arguments = [command[0], "s.yaml"] + command.dropFirst() + ["--json", "--out", "out"]
        found.append(try await Self.results(arguments, in: folder))
      }
      if let first { #expect(found == first) } else { first = found }
    }
  }

  /// Claims of one day where the money is short, and loans of one day under an enterprise's yearly limit.
  @Test(arguments: [true, false]) func `of a register changes no figure`(hasIDs: Bool) async throws
  {
    let folder = try TemporaryFolder()
    var rows =
      "id,enterprise,bank,size,collateral,ipPart,repayment,rate,start,term,principal,overdueDate,lossPrincipal,appliedDate,recovered,recoveredDate\n"
    for number in 1...14 {
      rows +=
        "L\(number),企\(number % 4),行\(number % 3),small,patent,100%,bullet,5%,2024-01-15,12,"
        + "\(number * 90)万,2024-06-01,\(number * 60)万,2024-09-20,\(number)万,2024-12-02\n"
    }
    if !hasIDs {
      rows = rows.split(separator: "\n").map { $0.drop { $0 != "," }.dropFirst() }.joined(
        separator: "\n")
    }
    var first: NSArray?
    for text in Self.orders(of: rows) {
      try folder.write("r.csv", text)
      let outcome = try await Command.run(
        [
          "replay", "r.csv", "--programme", "baotou", "--model", "bank", "--fund", "1000万",
          "--start", "2024-01", "--facts", "met", "--until", "2025-12", "--json",
        ], in: folder.path)
      try #require(outcome.status == 0, "\(outcome.errors)")
      // Without ids a loan is called by its row.
      let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
      let funds = try #require((object as? NSDictionary)?["funds"] as? NSArray)
      let figures = hasIDs ? funds : Self.withoutNames(funds) as? NSArray
      if let first { #expect(figures == first) } else { first = figures }
    }
  }

  /// The figures without the names of loans.
  private static func withoutNames(_ value: Any) -> Any {
    if let list = value as? NSArray { return list.map(withoutNames) as NSArray }
    guard let object = value as? [String: Any] else { return value }
    return object.filter { $0.key != "loan" && $0.key != "id" }.mapValues(withoutNames)
      as NSDictionary
  }

  @Test func `two tapes share what they share, and compare says so`() async throws {
    let folder = try TemporaryFolder()
    let (yaml, tape) = try await Self.tape(of: "my-draft", in: folder)
    try folder.write("a.yaml", yaml.replacing("t.csv", with: "a.csv"))
    try folder.write("b.yaml", yaml.replacing("t.csv", with: "b.csv"))
    try folder.write("a.csv", tape)
    let rows = tape.split(separator: "\n")
    try folder.write("b.csv", rows.dropLast(2).joined(separator: "\n") + "\n")
    let arguments = ["compare", "a.yaml", "b.yaml", "--trials", "60"]
    let report = try await Command.run(arguments + ["--out", "out"], in: folder.path)
    try #require(report.status == 0, "\(report.errors)")
    #expect(report.output.contains("The portfolios differ"))
    let json = try await Command.run(arguments + ["--json", "--out", "out"], in: folder.path)
    let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? NSDictionary
    let shared = try #require(object?["sharedDraws"] as? NSDictionary)
    #expect(shared["oneSeed"] as? Bool == true)
    #expect(shared["loans"] as? [Int] == [rows.count - 1, rows.count - 3])
    #expect(shared["loansInAll"] as? Int == rows.count - 3)
  }
}
