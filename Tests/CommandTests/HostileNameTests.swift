import TestSupport
import Testing

/// Names as an attacker, or a careless analyst, would write them, through whole commands.
struct `Hostile names` {
  /// Of funds.
  static let funds = [
    #"=HYPERLINK("http://x","y")"#, "</title><script>alert(1)</script>",
    "\" onload='alert(2)' x=\"",
    "\u{202E}ltr\u{2066} \"\u{301},=1\nnext;\tline", "@SUM(1)", "'=1",
  ]
  /// The same as they may be shown: without marks that turn the direction of what follows.
  static let visible = funds.map {
    $0.replacing("\u{202E}", with: "?").replacing("\u{2066}", with: "").replacing("\t", with: "?")
  }
  /// Of banks.
  static let banks = ["=cmd|' /C calc'!A0", "<img src=x onerror=alert(3)>", "\u{202E}\"\u{301},;x"]

  private static func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let shares = zip(banks, [30, 30, 40]).map { "\(quoted($0)): \($1)%" }
    let head = try SmallScenario.changed(
      "{甲银行: 60%, 乙银行: 40%}", to: "{\(shares.joined(separator: ", "))}"
    ).replacing("小情景 small", with: quoted(funds.joined()))
    let opening = try #require(head.ranges(of: "\nfunds:").first).lowerBound
    let fundTexts = funds.enumerated().map { index, name in
      """
        - name: \(quoted(name))
          programme: dalian-hitech-2022
          model: bank
          initial: \(500 + index)万
          claimDelay: 0 months

      """
    }
    try folder.write("<b>&'s.yaml", head[..<opening] + "\nfunds:\n" + fundTexts.joined())
    return folder
  }

  /// A text as YAML, in which every sign may stand.
  private static func quoted(_ text: String) -> String {
    "\"" + text.unicodeScalars.map { "\\U" + hexadecimal($0.value) }.joined() + "\""
  }

  private static func hexadecimal(_ number: UInt32) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }

  private static func run(_ arguments: [String], in folder: TemporaryFolder) async throws {
    let outcome = try await Command.run(arguments, in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    // Nothing steers the terminal.
    let steering = (outcome.output + outcome.errors).unicodeScalars.filter {
      $0.properties.generalCategory == .control && $0 != "\n"
    }
    #expect(steering.isEmpty)
  }

  @Test func `stay text on the pages and in the tables of run, merge and compare`() async throws {
    let folder = try Self.folder()
    let scenario = ["<b>&'s.yaml", "--trials", "20"]
    let run = ["run"] + scenario
    try await Self.run(run + ["--report", "--trials-format", "csv", "--out", "run"], in: folder)
    for part in ["0", "1"] {
      try await Self.run(run + ["--shard", part + "/2", "--out", "parts/\(part).part"], in: folder)
    }
    try await Self.run(["merge", "parts", "--report", "--out", "merged"], in: folder)
    try await Self.run(["compare"] + scenario + ["--report", "--out", "compared"], in: folder)
    try await Self.run(["portfolio", "<b>&'s.yaml", "--out", "tape"], in: folder)
    for name in ["run", "merged", "compared"] {
      let outline = PageOutline(try folder.text(name + "/report.html"))
      #expect(outline.problem == nil && outline.dangers == [])
      let names = outline.texts(of: "bdi")
      for fund in Self.visible.map({ Self.oneLine($0.replacing("\n", with: "?")) }) {
        #expect(names.contains { Self.oneLine($0).contains(fund) }, "\(name): \(fund)")
      }
    }
    let guarded = Self.visible.map { "=@".contains($0.prefix(1)) ? "'" + $0 : $0 }
    for name in ["run/timeline.csv", "run/trials.csv", "merged/timeline.csv"] {
      #expect(try Self.names(0, try folder.text(name)) == Set(guarded), "\(name)")
    }
    #expect(
      try Self.names(2, try folder.text("tape/portfolio.csv")) == [
        // Marks of direction are no part of a name.
        "'" + Self.banks[0], Self.banks[1], Self.banks[2].replacing("\u{202E}", with: ""),
      ])
  }

  private static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// What stands in a column of a table (RFC 4180), below its head.
  private static func names(_ column: Int, _ text: String) throws -> Set<String> {
    var rows: [[String.UnicodeScalarView]] = [[.init()]]
    var isQuoted = false
    var signs = text.replacing("\r\n", with: "\n").unicodeScalars[...]
    while let sign = signs.popFirst() {
      let row = rows.count - 1
      let cell = rows[row].count - 1
      switch sign {
      case "\"" where isQuoted && signs.first == "\"": rows[row][cell].append(signs.removeFirst())
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: rows[row].append(.init())
      case "\n" where !isQuoted: rows.append([.init()])
      default: rows[row][cell].append(sign)
      }
    }
    #expect(rows.removeLast().count == 1 && !isQuoted, "the last row ends")
    #expect(Set(rows.map(\.count)).count == 1, "all rows have the head's cells")
    return Set(rows.dropFirst().map { $0.count > column ? String($0[column]) : "?" })
  }
}
