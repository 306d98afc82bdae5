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
    help: .text(en: "The register (CSV).", zh: "登记簿（CSV）。"), completion: .file(extensions: ["csv"]))
  var register: String
  @Option(
    help: .text(
      en: "The terms file: columns, opening, last day, funds.", zh: "条款文件：各列、启动月份、最后一日、基金。"),
    completion: .file(extensions: ["yaml", "yml"]))
  var terms: String?
  @Option(
    help: .text(
      en: "The programme; with --terms, only its funds.", zh: "办法；与 --terms 同用时，只取该办法的基金。"))
  var programme: String?
  @Option(
    help: .text(
      en: "Recoveries (CSV: id, recoveredDate, recovered, recoveryCosts, returnedDate).",
      zh: "追偿（CSV：id, recoveredDate, recovered, recoveryCosts, returnedDate）。"),
    completion: .file(extensions: ["csv"]))
  var recoveries: String?
  @Option(
    help: .text(
      en: """
        Days off and make-up days (lines 2024-02-10,holiday and 2024-02-04,workday), in place of the \
        State Council's notices for 2018 to 2026, which are built in.
        """,
      zh: """
        节假日和调休（逐行写 2024-02-10,holiday 和 2024-02-04,workday）；不填写则用内置的国务院2018至2026年\
        放假通知。
        """))
  var holidays: String?
  @OptionGroup(title: Language.say(en: "Options in place of a terms file", zh: "代替条款文件的选项"))
  var fund: ReplayFundArguments
  @Option(
    name: .customLong("out"),
    help: .text(
      en: "The folder for ledger.csv, banks.csv, years.csv and replay.json.",
      zh: "ledger.csv、banks.csv、years.csv 和 replay.json 的文件夹。"))
  var outputFolder: String?
  @OptionGroup var overwriting: OverwritingArguments
  @Flag(help: .text(en: "Print one JSON object instead of the report.", zh: "输出一个 JSON 对象，代替报告。"))
  var json = false
  @Flag(help: .text(en: "Print no report; write the files.", zh: "不输出报告；只写文件。"))
  var quiet = false
  @OptionGroup var speech: LanguageArguments

  func validate() throws {
    if terms != nil, let option = fund.values.keys.map(\.rawValue).min() {
      throw ValidationError(
        en: "--\(option) stands in the terms file; leave it out with --terms.",
        zh: "--\(option) 已在条款文件中；使用 --terms 时去掉它。")
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
      throw RefusedInput(
        diagnostics: error, consequence: .init(en: "Nothing was replayed.", zh: "没有回放。"))
    }
    let replays = study.replays()
    try deliver(
      ReplayReport(
        replays, funds: replays.map { study.description(of: $0) },
        provenance: study.provenance(version: ProgramVersion.current), opening: study.opening),
      setAside: study.setAsideFiles)
  }

  private func deliver(_ report: ReplayReport, setAside: [SetAsideFile]) throws {
    var names: [String] = []
    if let path = outputFolder {
      let folder = try OutputFolder(path: path, for: .replay, isForced: overwriting.force)
      for (index, name) in report.ledgerFileNames.enumerated() {
        try folder.write(name) { try report.writeLedger(fund: index, to: $0) }
      }
      try folder.write("banks.csv") { try report.writeBanks(to: $0) }
      try folder.write("years.csv") { try report.writeYears(to: $0) }
      try folder.write("replay.json") { try $0(report.json()) }
      names = report.ledgerFileNames + ["banks.csv", "years.csv", "replay.json"]
      names += try folder.write(setAside)
      try folder.commit()
    }
    if json { return try printOutput(report.json()) }
    guard !quiet else { return }
    try printOutput(TerminalFace(language: .current).text(of: report.report))
    if let path = outputFolder {
      try printOutput(
        en: "\nWritten to \(path): \(names.joined(separator: ", "))\n",
        zh: "\n已写入 \(path)：\(names.joined(separator: "、"))\n")
    }
  }
}

/// What says without a terms file how a register is to be replayed.
struct ReplayFundArguments: ParsableArguments {
  @Option(
    help: .text(
      en: "The operating model: bank, guarantor or insurer.",
      zh: "运作模式：bank（银行）、guarantor（担保）或 insurer（保险）。"))
  var model: String?
  @Option(help: .text(en: "The initial amount, such as 1000万.", zh: "初始资金，如 1000万。"))
  var fund: String?
  @Option(
    help: .text(
      en: "The day or month in which the fund opens, such as 2024-01-15 or 2024-01.",
      zh: "基金启动的日期或月份，如 2024-01-15 或 2024-01。"))
  var start: String?
  @Option(
    help: .text(en: "The last day or month of which the register tells.", zh: "登记簿所载的最后一日或最后一月。"))
  var until: String?
  @Option(
    help: .text(
      en: "'met': coverage facts without a column count as met.", zh: "met：没有对应列的补偿条件视为满足。"))
  var facts: String?
  @Option(
    name: .customLong("claim-delay"),
    help: .text(en: "Months to a claim without its date.", zh: "没有日期的补偿申请，滞后的月数。"))
  var claimDelay: String?
  @Option(
    name: .customLong("interest-rate"),
    help: .text(en: "The annual interest rate on the balance.", zh: "余额的年利率。"))
  var interestRate: String?
  @Option(
    name: .customLong("penalty-rate"),
    help: .text(en: "The annual interest rate on what is overdue.", zh: "逾期本金的年利率。"))
  var penaltyRate: String?
  @Option(
    name: .customLong("bad-rows"),
    help: .text(en: "'setAside' leaves rows out that cannot be used.", zh: "setAside：剔除不能使用的行。"))
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
