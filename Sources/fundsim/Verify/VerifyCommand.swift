import ArgumentParser
import FundCore
import ReportForm
import Reporting
import Verification

/// `verify`: does the program come to what is known without it?
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: Language.say(
      en: "Hold this program against closed forms, published values and cases worked by hand.",
      zh: "将本程序与闭式解、公开数值和手工算例逐项核对。"),
    discussion: Language.say(
      en: """
        What an auditor runs first: several hundred checks, each with its source, in under a minute; the same table as \
        the program's tests. Status 1 if one does not hold.
          fundsim verify
          fundsim verify --group rules --all
          fundsim verify --json > verify.json
          fundsim verify --xlsx verify.xlsx
        """,
      zh: """
        审计人员首先运行的命令：数百项核对，各有依据，一分钟内完成；与程序的测试使用同一张核对表。\
        有任一项不成立时状态为1。
          fundsim verify
          fundsim verify --group rules --all
          fundsim verify --json > verify.json
          fundsim verify --xlsx verify.xlsx
        """))

  @Option(
    name: .customLong("group"),
    help: .text(
      en: "Only this group; repeatable.", zh: "只核对此类；可重复。"))
  var groups: [CheckGroup] = []
  @Flag(
    name: .customLong("list"),
    help: .text(en: "List the checks with their sources, and make none.", zh: "只列出核对项及其依据，不进行核对。"))
  var listsOnly = false
  @Flag(
    name: .customLong("all"),
    help: .text(
      en: "Print every check with its value and source, not groups alone.",
      zh: "列出每项核对的数值与依据，而不只是各类汇总。"))
  var printsAll = false
  @Flag(
    name: .customLong("spoil"),
    help: .text(
      en: """
        Make every expected value wrong (by a fen, by more than its tolerance, by twelve standard errors): no check may \
        hold then, which shows that each can fail.
        """,
      zh: "改错全部预期值（差一分、超出容差、偏离十二个标准误）：此时应无一成立，以证明每项核对都能发现错误。"))
  var isSpoiled = false
  @Option(
    name: .customLong("times"),
    help: .text(
      en: "So many times as many trials in the statistical checks.", zh: "统计核对的模拟次数为平常的多少倍。"))
  var times = 1
  @OptionGroup var threading: ThreadOption
  @OptionGroup var output: OutputOptions
  @OptionGroup var speech: LanguageArguments

  func validate() throws {
    if !(1...1_000).contains(times) {
      throw ValidationError(
        en: "--times takes a whole number from 1 to 1000.", zh: "--times 取1至1000的整数。")
    }
  }

  func run() throws {
    let sets = CheckTable.sets.filter { groups.isEmpty || groups.contains($0.group) }
    if listsOnly { return try printLines(checkList(sets)[.current]) }
    let delivery = try Delivery(.verify, output)
    let progress = Progress(isQuiet: output.isSilent)
    let machine = Machine(scenario: "verify", threads: threading.threads, progress: progress)
    progress.finish()
    let run = VerificationRun(
      sets, CheckWork(threads: machine.threads, times: times), isSpoiled: isSpoiled)
    let report = VerificationReport(run, engine: ProgramVersion.current, isSpoiled: isSpoiled)
    try delivery.deliver(faces(of: report))
    if !run.failures.isEmpty { throw ExitStatus.missed }
  }

  /// The terminal tells groups and what does not hold unless all is asked for; files tell all.
  private func faces(of report: VerificationReport) -> ReportFaces {
    let whole = { report.report(isWhole: true) }
    let faces = ReportFaces(whole, json: report.json)
    let short = printsAll ? whole() : report.report(isWhole: false)
    return ReportFaces(
      text: { TerminalFace(width: $0, language: .current).text(of: short) }, json: faces.json,
      page: faces.page, tables: faces.tables, workbook: faces.workbook)
  }
}

extension CheckGroup: ExpressibleByArgument {}
