import ArgumentParser
import FundCore
import ReportForm
import Reporting
import ScenarioInput

/// `replay`: sends a register of what really happened through the rules.
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: Language.say(
      en: "Send a register of real loans and claims through a programme's rules, day by day.",
      zh: "把真实贷款和补偿申请的登记簿，按办法的规则逐日回放。"),
    discussion: Language.say(
      en: """
        The terms stand in a file:
          fundsim replay register.csv --terms register.yaml
        or, for a register with our own names of columns, in options:
          fundsim replay register.csv --programme baotou --model bank --fund 1000万 --start 2024-01 \
            --facts met
        """,
      zh: """
        条款写在文件中：
          fundsim replay register.csv --terms register.yaml
        列名与本程序一致的登记簿，也可以用选项：
          fundsim replay register.csv --programme baotou --model bank --fund 1000万 --start 2024-01 \
            --facts met
        """))

  @Argument(
    help: .text(en: "The register (CSV).", zh: "登记簿（CSV）。"),
    completion: .file(extensions: ["csv", "xlsx"]))
  var register: String
  @Option(
    help: .text(
      en: "The terms file: columns, opening, last day, funds.", zh: "条款文件：各列、启动月份、最后一日、基金。"),
    completion: .file(extensions: ["yaml", "yml"]))
  var terms: String?
  @Option(
    help: .text(
      en: "The programme; with --terms, only its funds.", zh: "办法；与 --terms 同用时，只取该办法的基金。"),
    completion: .list(Completion.programmes))
  var programme: String?
  @Option(
    help: .text(
      en: "Recoveries (CSV: id, recoveredDate, recovered, recoveryCosts, returnedDate).",
      zh: "追偿（CSV：id, recoveredDate, recovered, recoveryCosts, returnedDate）。"),
    completion: .file(extensions: ["csv", "xlsx"]))
  var recoveries: String?
  @Option(
    help: .text(
      en: """
        Days off and make-up days (lines 2024-02-10,holiday and 2024-02-04,workday), in place of the \
        State Council's notices for 2018 to 2026, which are built in.
        """,
      zh: """
        节假日和调休（逐行写2024-02-10,holiday 和2024-02-04,workday）；不填写则用内置的国务院2018至2026年\
        放假通知。
        """))
  var holidays: String?
  @Option(
    help: .text(
      en: """
        The day or month at whose end the replay stops: what the register tells of later days counts for \
        nothing. At the end of a month the report says where the funds stand.
        """,
      zh: "回放截至的日期或月末：登记簿中此后的事项不计。截至月末时，报告说明基金当时的状况。"))
  var until: String?
  @Option(
    help: .text(
      en:
        "Write where the funds stand at that end of a month into this file (JSON), for `run --from`.",
      zh: "把截至该月末的基金状况写入此文件（JSON），供 `run --from` 使用。"),
    completion: .file(extensions: ["json"]))
  var state: String?
  @OptionGroup(title: Language.say(en: "Options in place of a terms file", zh: "代替条款文件的选项"))
  var fund: ReplayFundArguments
  @OptionGroup var output: OutputOptions
  @OptionGroup var speech: LanguageArguments

  func validate() throws {
    if terms != nil, let option = fund.values.keys.map(\.rawValue).min() {
      throw ValidationError(
        en: "--\(option) stands in the terms file; leave it out with --terms.",
        zh: "--\(option) 已在条款文件中；使用 --terms 时去掉它。")
    }
  }

  func run() throws {
    let study = try study()
    let delivery = try Delivery(.replay, output, further: ReplayReport.tableNames)
    let file = try stateFile()
    let replays = study.replays()
    var report = ReplayReport(
      replays, funds: replays.map { study.description(of: $0) },
      provenance: study.provenance(version: ProgramVersion.current), opening: study.opening)
    report.state = study.state(after: replays)
    report.groupings = study.loanGroupings
    report.limits = study.limits
    if let file, let state = report.state {
      let bytes = StateFile.bytes(of: state)
      try file.write(signatureSize: StateFile.signature.count) { try $0(bytes) }
    }
    try delivery.deliver(report.faces(further: study.setAsideFiles.map(\.resultFile)))
    if let file, !output.json, !output.quiet {
      try printOutput(
        en: "\nState on \(study.lastDay): \(file.path)\n",
        zh: "\n\(study.lastDay)的状态：\(file.path)\n")
    }
  }

  /// The file of the state, if one is wanted, and the folder that it stands in.
  ///
  /// - Throws: `WriteError` if it cannot be written: found before anything is replayed.
  private func stateFile() throws -> OutputFile? {
    guard let state else { return nil }
    let file = OutputFile(path: state, isForced: output.overwriting.force)
    try file.checkTarget(signature: StateFile.signature)
    if let slash = state.lastIndex(of: "/"), slash > state.startIndex {
      try OutputFolder.make(String(state[..<slash]))
    }
    return file
  }

  /// The register with the funds that it is sent through.
  private func study() throws -> RegisterStudy {
    var request = ReplayRequest(register: register)
    request.terms = terms
    request.programme = programme
    request.recoveries = recoveries
    request.holidays = holidays
    request.options = fund.values
    if terms == nil { request.options[.until] = until } else { request.until = until }
    request.keepsState = state != nil
    do throws(Diagnostics) {
      return try readRegister(request)
    } catch {
      throw RefusedInput(
        diagnostics: error, consequence: .init(en: "Nothing was replayed.", zh: "没有回放。"))
    }
  }
}

extension ReplayReport {
  /// The files that are always written beside the ledgers.
  fileprivate static let tableNames = [
    "banks.csv", "years.csv", "money.csv", "contributions.csv", "cost.csv",
  ]

  /// The report in all its forms.
  fileprivate func faces(further: [ResultFile]) -> ReportFaces {
    let ledgers = ledgerFileNames.enumerated().map { index, name in
      ResultFile(name) { try writeLedger(fund: index, to: $0) }
    }
    let tables = [
      ResultFile("banks.csv") { try writeBanks(to: $0) },
      ResultFile("years.csv") { try writeYears(to: $0) },
      ResultFile("money.csv") { try writeMoney(to: $0) },
      ResultFile("contributions.csv") { try writeContributions(to: $0) },
    ]
    let costs = hasCosts ? [ResultFile("cost.csv") { try writeCosts(to: $0) }] : []
    return faces(files: ledgers + costs + tables + further)
  }
}
