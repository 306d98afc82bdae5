import ArgumentParser
import FundCore
import Reporting
import ScenarioInput

/// `replay`: sends a register of what really happened through the rules.
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Send a register of real loans and claims through a programme's rules, day by day.",
    discussion: """
      The terms stand in a file:
        fundsim replay register.csv --terms register.yaml
      or, for a register with our own names of columns, in options:
        fundsim replay register.csv --programme baotou --model bank --fund 1000万 --start 2024-01 \
          --facts met
      """)

  @Argument(help: "The register (CSV).", completion: .file(extensions: ["csv"]))
  var register: String
  @Option(
    help: "The terms file: columns, opening, last day, funds.",
    completion: .file(extensions: ["yaml", "yml"]))
  var terms: String?
  @Option(help: "The programme; with --terms, only its funds.")
  var programme: String?
  @Option(
    help: "Recoveries (CSV: id, recoveredDate, recovered, recoveryCosts, returnedDate).",
    completion: .file(extensions: ["csv"]))
  var recoveries: String?
  @Option(help: "Days off and make-up days (lines 2024-02-10,holiday and 2024-02-04,workday).")
  var holidays: String?
  @OptionGroup(title: "Options in place of a terms file") var fund: ReplayFundArguments
  @Option(
    name: .customLong("out"),
    help: "The folder for ledger.csv, banks.csv, years.csv and replay.json.")
  var outputFolder: String?
  @Flag(help: "Print one JSON object instead of the report.")
  var json = false
  @Flag(help: "Print no report; write the files.")
  var quiet = false

  func validate() throws {
    if terms != nil, let option = fund.values.keys.map(\.rawValue).min() {
      throw ValidationError("--\(option) stands in the terms file; leave it out with --terms.")
    }
  }

  func run() throws {
    var request = ReplayRequest(register: register)
    request.terms = terms
    request.programme = programme
    request.recoveries = recoveries
    request.holidays = holidays
    request.options = fund.values
    let study: RegisterStudy
    do throws(Diagnostics) {
      study = try readRegister(request)
    } catch {
      throw RefusedInput(diagnostics: error, consequence: "Nothing was replayed.")
    }
    let replays = study.replays()
    try deliver(
      ReplayReport(
        replays, funds: replays.map { study.description(of: $0) },
        provenance: study.provenance(version: ProgramVersion.current), opening: study.opening))
  }

  private func deliver(_ report: ReplayReport) throws {
    var names: [String] = []
    if let path = outputFolder {
      let folder = try OutputFolder(path: path)
      for (index, name) in report.ledgerFileNames.enumerated() {
        try folder.write(name) { try report.writeLedger(fund: index, to: $0) }
      }
      try folder.write("banks.csv") { try report.writeBanks(to: $0) }
      try folder.write("years.csv") { try report.writeYears(to: $0) }
      try folder.write("replay.json") { try $0(report.json()) }
      names = report.ledgerFileNames + ["banks.csv", "years.csv", "replay.json"]
    }
    if json { return try printOutput(report.json()) }
    guard !quiet else { return }
    try printOutput(report.terminalText())
    if let path = outputFolder {
      try printOutput("\nWritten to \(path): \(names.joined(separator: ", "))\n")
    }
  }
}

/// What says without a terms file how a register is to be replayed.
struct ReplayFundArguments: ParsableArguments {
  @Option(help: "The operating model: bank, guarantor or insurer.")
  var model: String?
  @Option(help: "The initial amount, such as 1000万.")
  var fund: String?
  @Option(help: "The month in which the fund opens, such as 2024-01.")
  var start: String?
  @Option(help: "The last day or month of which the register tells.")
  var until: String?
  @Option(help: "'met': coverage facts without a column count as met.")
  var facts: String?
  @Option(name: .customLong("claim-delay"), help: "Months to a claim without its date.")
  var claimDelay: String?
  @Option(name: .customLong("interest-rate"), help: "The annual interest rate on the balance.")
  var interestRate: String?
  @Option(name: .customLong("penalty-rate"), help: "The annual interest rate on what is overdue.")
  var penaltyRate: String?
  @Option(
    name: .customLong("bad-rows"), help: "'setAside' leaves rows out that cannot be used.")
  var badRows: String?

  /// What was given, by option.
  var values: [ReplayRequest.Option: String] {
    let given: [ReplayRequest.Option: String?] = [
      .model: model, .fund: fund, .start: start, .until: until, .facts: facts,
      .claimDelay: claimDelay, .interestRate: interestRate, .penaltyRate: penaltyRate,
      .badRows: badRows,
    ]
    return given.compactMapValues(\.self)
  }
}
