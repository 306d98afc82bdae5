import ArgumentParser
import FundCore
import ScenarioInput

/// What says without a terms file how a register is to be replayed.
struct ReplayFundArguments: ParsableArguments {
  @Option(
    help: .text(
      en: "The operating model: bank, guarantor or insurer.",
      zh: "运作模式：bank（银行）、guarantor（担保）或 insurer（保险）。"), completion: .list(Completion.models))
  var model: String?
  @Option(help: .text(en: "The initial amount, such as 1000万.", zh: "初始资金，如1000万。"))
  var fund: String?
  @Option(
    help: .text(
      en: "The day or month in which the fund opens, such as 2024-01-15 or 2024-01.",
      zh: "基金启动的日期或月份，如2024-01-15或2024-01。"))
  var start: String?
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
    name: .customLong("discount-rate"),
    help: .text(
      en:
        "The annual rate by which later money counts for less: the report then says what the fund cost, and whom.",
      zh: "年折现率：写明后，报告测算基金花了多少钱、谁出的。"))
  var discountRate: String?
  @Option(
    help: .text(
      en: """
        Limits on indicators, such as leverage=10,claimRate=5%: whether and when they were passed.
        """,
      zh: "指标的限额，如leverage=10,claimRate=5%：是否、何时突破。"))
  var limits: String?
  @Option(
    help: .text(
      en: """
        Who has put the money in, by shares or amounts, such as city=60%,district=40%: what each has at the end.
        """,
      zh: "出资人及其份额或金额，如市=60%,区=40%：期末各有多少。"))
  var contributors: String?
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
      .model: model, .fund: fund, .start: start, .facts: facts,
      .claimDelay: claimDelay, .interestRate: interestRate, .discountRate: discountRate,
      .penaltyRate: penaltyRate, .limits: limits,
      .contributors: contributors,
      .badRows: badRows,
    ]
    return given.compactMapValues(\.self)
  }
}
