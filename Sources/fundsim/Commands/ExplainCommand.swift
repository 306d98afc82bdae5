import ArgumentParser
import FundCore
import ReportForm
import Reporting
import ScenarioInput

/// `explain`: one loan and its claim, step by step.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: Language.say(
      en: "Tell what a fund pays on one loan, step by step with the article of every step.",
      zh: "说明基金对一笔贷款支付多少：逐步列出，每步注明条文。"),
    discussion: Language.say(
      en: """
        The loan stands in a file (fund:, loan: and, for what was before it, before:), or in options:
          fundsim explain claim.yaml
          fundsim explain --programme baotou --model bank --fund-start 2024-01 --interest-rate 0% \\
            --principal 400万 --ip-part 80% --size small --collateral patent --term 12 \\
            --start 2024-03-01 --facts met --overdue 2025-02-10 --loss 400万 \\
            --recovered 100万 --recovered-on 2026-01-05
        What if the enterprise had had 300万 this year, had defaulted before, or the bank was \
        suspended? --earlier-this-year, --earlier-default and --suspended-on tell; --balance says what \
        the fund holds at the claim.
        """,
      zh: """
        贷款写在文件中（fund:、loan:，此前情况写在 before:），或用选项：
          fundsim explain claim.yaml
          fundsim explain --programme baotou --model bank --fund-start 2024-01 --interest-rate 0% \\
            --principal 400万 --ip-part 80% --size small --collateral patent --term 12 \\
            --start 2024-03-01 --facts met --overdue 2025-02-10 --loss 400万 \\
            --recovered 100万 --recovered-on 2026-01-05
        企业当年已有300万、曾经违约，或银行已被中止时会怎样？用 --earlier-this-year、--earlier-default \
        和 --suspended-on 说明；--balance 为补偿时的基金余额。
        """))

  @Argument(
    help: .text(
      en: """
        The claim file (YAML, or a table or workbook with a key and its value in each row); leave it out to \
        give the loan in options.
        """,
      zh: "补偿申请文件（YAML，或每行一个键及其值的表格、工作簿）；不给文件时，用选项给出贷款。"),
    completion: .file(extensions: ["yaml", "yml", "xlsx", "csv"]))
  var file: String?
  @OptionGroup var output: OutputOptions
  @OptionGroup(title: Language.say(en: "The fund", zh: "基金")) var fund: ExplainFundArguments
  @OptionGroup(title: Language.say(en: "The loan", zh: "贷款")) var loan: ExplainLoanArguments
  @OptionGroup(title: Language.say(en: "The claim", zh: "补偿申请")) var claim: ExplainClaimArguments
  @OptionGroup(title: Language.say(en: "What was before", zh: "此前情况")) var before:
    ExplainBeforeArguments
  @OptionGroup var speech: LanguageArguments

  func validate() throws {
    let given = options
    if file != nil {
      guard let option = given.keys.map(\.rawValue).min() else { return }
      throw ValidationError(
        en: "--\(option) stands in the claim file; give a file or options.",
        zh: "--\(option) 已在补偿申请文件中；文件和选项只用其一。")
    }
    if given.isEmpty {
      throw ValidationError(
        en: "Give a claim file, or the loan in options (--programme, …).",
        zh: "给出补偿申请文件，或用选项（--programme 等）给出贷款。")
    }
    for option in [ClaimOption.share, .reading] {
      for text in given[option] ?? [] where !text.dropFirst().dropLast().contains("=") {
        throw ValidationError(
          en: "--\(option.rawValue) takes name=value, and got '\(text)'.",
          zh: "--\(option.rawValue) 的写法是 名称=值，而不是“\(text)”。")
      }
    }
    if given[.facts] != nil, given[.notMet] != nil {
      throw ValidationError(
        en: "--facts met and --not contradict each other; give one of them.",
        zh: "--facts met 与 --not 相互矛盾；只用其一。")
    }
    let count = given[.recovered]?.count ?? 0
    for option in [ClaimOption.recoveredOn, .recoveryCosts, .returnedOn] {
      let others = given[option]?.count ?? 0
      if others != count, others > 0 || option == .recoveredOn {
        throw ValidationError(
          en:
            "There are \(count) --recovered and \(others) --\(option.rawValue); give one for each.",
          zh: "有\(count)个 --recovered、\(others)个 --\(option.rawValue)；应一一对应。")
      }
    }
  }

  func run() throws {
    let claim: ClaimCase
    do throws(Diagnostics) {
      claim = try readInput()
    } catch {
      throw RefusedInput(
        diagnostics: error, consequence: .init(en: "Nothing was explained.", zh: "没有作出说明。"))
    }
    let delivery = try Delivery(.explain, output)
    guard let explanation = claim.explanation() else { return }
    let report = ExplanationReport(explanation, engine: ProgramVersion.current)
    try delivery.deliver(report.faces(files: []))
  }

  private func readInput() throws(Diagnostics) -> ClaimCase {
    guard let file else { return try readClaim(options: options) }
    return try readClaim(path: file)
  }

  private var options: [ClaimOption: [String]] {
    var all = fund.values.merging(loan.values) { $1 }
    all.merge(claim.values) { $1 }
    all.merge(before.values) { $1 }
    return all.filter { !$0.value.isEmpty }
  }
}
