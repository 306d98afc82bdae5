import ArgumentParser
import FundCore
import ScenarioInput

/// What happened before the loan was made, or before it was claimed.
struct ExplainBeforeArguments: ParsableArguments {
  @Option(
    name: .customLong("earlier-this-year"),
    help: .text(
      en: "What counted before towards the enterprise's limit of the year.", zh: "企业当年此前已计入年度限额的金额。"
    ))
  var earlierThisYear: String?
  @Option(
    name: .customLong("earlier-default"),
    help: .text(
      en: "The day on which another loan of the enterprise first was overdue.",
      zh: "该企业另一笔贷款首次逾期的日期。"))
  var earlierDefault: String?
  @Option(
    name: .customLong("earlier-cured"),
    help: .text(
      en: "The day on which that loan was repaid in full or cured, where that restores cover.",
      zh: "该笔贷款全部收回或恢复正常的日期（办法因此恢复补偿的）。"))
  var earlierCured: String?
  @Option(
    name: .customLong("suspended-on"),
    help: .text(
      en:
        "The day on which the bank was told that its lending is suspended, or its new cover paused.",
      zh: "通知银行中止或暂停的日期。"))
  var suspendedOn: String?
  @Option(
    name: .customLong("customer-since"),
    help: .text(
      en: "The day of an earlier loan of this bank to the enterprise.", zh: "该银行以往对该企业放款的日期。"))
  var customerSince: String?
  @Option(
    name: .customLong("customer-until"),
    help: .text(
      en: "The day on which that loan matures, where only running loans count (I-18).",
      zh: "该笔以往贷款的到期日；只计未到期贷款时填写（I-18）。"))
  var customerUntil: String?
  @Option(help: .text(en: "What the fund holds at the claim.", zh: "补偿时的基金余额。")) var balance:
    String?
  @Option(
    name: .customLong("lent-before"),
    help: .text(
      en: "What the bank had lent under cover, where a clause counts it.",
      zh: "该银行此前纳入补偿的放款（跨笔条款所计）。"))
  var lentBefore: String?
  @Option(
    name: .customLong("losses-before"),
    help: .text(
      en: "The covered losses of the bank that were claimed before, where a clause counts them.",
      zh: "该银行此前申请补偿的损失（跨笔条款所计）。"))
  var lossesBefore: String?
  @Option(
    name: .customLong("owed-before"),
    help: .text(
      en: "What the fund had owed on the bank's claims before, where a clause counts it.",
      zh: "基金此前对该银行应付的补偿（跨笔条款所计）。"))
  var owedBefore: String?

  /// What was given, by option.
  var values: [ClaimOption: [String]] {
    let given: [ClaimOption: String?] = [
      .earlierThisYear: earlierThisYear, .earlierDefault: earlierDefault,
      .earlierCured: earlierCured,
      .suspendedOn: suspendedOn, .customerSince: customerSince, .customerUntil: customerUntil,
      .balance: balance, .lentBefore: lentBefore, .lossesBefore: lossesBefore,
      .owedBefore: owedBefore,
    ]
    return given.compactMapValues { $0.map { [$0] } }
  }
}
