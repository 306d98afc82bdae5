import TestSupport
import Testing

/// Claims that are wrong: each ends with a clear message, and nothing is explained.
struct `Broken claims` {
  static let fund = "baotou --model bank --fund-start 2024-01 --interest-rate 0%"

  /// Options in place of the common ones, and what the message has to hold.
  static let options: [(changes: String, message: [String])] = [
    ("--loss 101万", ["--loss: error[loss-too-large]"]),
    ("--loss 0", ["--loss: error[amount-is-zero]"]),
    ("--principal 100公斤", ["--principal: error[wrong-unit]"]),
    ("--ip-part 80", ["--ip-part: error[ratio-above-one]", "80%"]),
    ("--size tiny", ["--size: error[unknown-choice]", "micro 微型, small 小型, medium 中型, large 大型"]),
    ("--collateral patents", ["--collateral: error[unknown-choice]", "patent"]),
    ("--term 0", ["--term: error[out-of-range]"]),
    ("--facts yes", ["--facts: error[unknown-word]", "met"]),
    ("--not goodCredi", ["--not: error[unknown-fact]", "did you mean 'goodCredit'?"]),
    ("--overdue 2024-02-10", ["--overdue: error[dates-out-of-order]", "2024-03-01"]),
    ("--overdue 2025-02-30", ["--overdue: error[invalid-date]"]),
    ("--overdue 2999-01-01", ["error[dates-too-far-apart]"]),
    ("--filed 2024-02-01", ["--filed: error[dates-out-of-order]"]),
    ("--applied 2025-02-01", ["--applied: error[dates-out-of-order]"]),
    (
      "--recovered 101万 --recovered-on 2025-09-01",
      ["--recovered: error[recovered-too-much]", "at most 1000000 yuan"]
    ),
    (
      "--recovered 1万 --recovered-on 2025-01-01", ["--recovered-on: error[dates-out-of-order]"]
    ),
    (
      "--recovered 1万 --recovered-on 2025-09-01 --recovery-costs 2万",
      ["--recovery-costs: error[costs-too-large]"]
    ),
    ("--earlier-this-year 1万", ["--earlier-this-year: error[key-without-use]"]),
    ("--cured-on 2025-03-01", ["--loss: error[cured-and-lost]", "--cured-on"]),
    ("--interest-paid-to 2024-02-01", ["--interest-paid-to: error[dates-out-of-order]"]),
    ("--customer-since 2023-03-01", ["--customer-since: error[key-without-use]"]),
    (
      "--suspended-on 2024-02-01 --customer-since 2024-03-01",
      ["--customer-since: error[dates-out-of-order]"]
    ),
    (
      "--suspended-on 2024-02-01 --customer-until 2024-03-01",
      ["--customer-until: error[key-without-use]"]
    ),
    (
      "--suspended-on 2024-02-01 --customer-since 2024-01-02 --customer-until 2024-01-01",
      ["--customer-until: error[dates-out-of-order]"]
    ),
    (
      "--reading I-18=runningLoansOnly --suspended-on 2024-02-01 --customer-since 2024-01-02",
      ["--customer-since: error[missing-key]", "--customer-until"]
    ),
    ("--balance -1", ["--balance"]),
  ]

  @Test(arguments: options)
  func `a wrong option is named`(changes: String, message: [String]) async throws {
    let folder = try TemporaryFolder()
    let arguments = ExplainCase(Self.fund, changes).arguments
    let outcome = try await Command.run(arguments, in: folder.path)
    #expect(outcome.status == (changes.hasSuffix(" -1") ? 64 : 65), "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
    for part in message { #expect(outcome.errors.contains(part), "\(outcome.errors)") }
  }

  /// Nothing that changes the answer has a silent default.
  @Test(arguments: [
    "--model", "--fund-start", "--interest-rate", "--principal", "--ip-part", "--size",
    "--collateral", "--term", "--start", "--facts", "--overdue", "--loss",
  ])
  func `a missing option is named`(option: String) async throws {
    let folder = try TemporaryFolder()
    var arguments = ExplainCase(Self.fund).arguments
    let place = try #require(arguments.firstIndex(of: option))
    arguments.removeSubrange(place...(place + 1))
    let outcome = try await Command.run(arguments, in: folder.path)
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("\(option): error[missing-option]: there is no \(option)"))
    // With how it is written, and that this is no value to be taken for granted.
    #expect(outcome.errors.contains("written like \(option) '"), "\(outcome.errors)")
    #expect(outcome.errors.contains("an example"))
  }

  @Test func `interest that the programme counts must be known`() async throws {
    let folder = try TemporaryFolder()
    let arguments = ExplainCase("dalian-2018 --model bank --fund 1600万 --claim-delay 3").arguments
    let outcome = try await Command.run(arguments, in: folder.path)
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("error[missing-rate]"))
    #expect(outcome.errors.contains("--rate"))
  }

  @Test func `all problems of a file come at once, each at its place`() async throws {
    let folder = try TemporaryFolder()
    let text = `Explain`.file.replacing("size: small", with: "size: tiny")
      .replacing("principal: 100万", with: "principal: -5").replacing("term: 12 months", with: "")
      .replacing("2025-02-10", with: "2025-02-30").replacing("balance", with: "balence")
    try folder.write("claim.yaml", text)
    let outcome = try await Command.run(["explain", "claim.yaml"], in: folder.path)
    #expect(outcome.status == 65)
    for part in [
      "claim.yaml:7:3: error[missing-key]: the key 'term' is missing in 'loan'",
      "claim.yaml:7:14: error[negative-amount]", "claim.yaml:9:9: error[unknown-choice]",
      "claim.yaml:14:12: error[invalid-date]", "claim.yaml:19:3: error[unknown-key]",
      "did you mean 'balance'?", "5 problems. Nothing was explained.",
    ] { #expect(outcome.errors.contains(part), "\(outcome.errors)") }
  }

  static let files: [(text: String, message: String)] = [
    ("", "error[empty-file]"), ("- 1", "error[not-a-mapping]"),
    ("fund: {}", "the key 'loan' is missing"), ("loan: 3\nfund: [", "error[yaml-syntax]"),
    ("a: &a [x]\nb: *a", "error[yaml-alias]"),
    // It used to be told that keys were expected, and not that `met` is one of the two answers.
    (
      "fund: {}\nloan: {facts: }",
      "error[missing-value]: loan.facts: there is no value"
    ),
  ]

  @Test(arguments: files)
  func `a file that is none is refused`(text: String, message: String) async throws {
    let folder = try TemporaryFolder()
    try folder.write("claim.yaml", text)
    let outcome = try await Command.run(["explain", "claim.yaml"], in: folder.path)
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
  }

  @Test(arguments: [
    [], ["claim.yaml", "--size", "small"], ["--programme", "baotou", "--recovered", "3万"],
    ["--programme", "baotou", "--share", "fund"], ["--programme", "baotou", "--colour", "red"],
    ["--programme", "baotou", "--facts", "met", "--not", "goodCredit"],
  ])
  func `a wrong command line ends with 64`(arguments: [String]) async throws {
    let folder = try TemporaryFolder()
    let outcome = try await Command.run(["explain"] + arguments, in: folder.path)
    #expect(outcome.status == 64, "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
  }
}
