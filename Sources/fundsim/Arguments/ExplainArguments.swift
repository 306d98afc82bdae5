import ArgumentParser
import FundCore
import ScenarioInput

/// The fund from which the loan is claimed.
struct ExplainFundArguments: ParsableArguments {
  @Option(
    help: .text(
      en: "The programme: an id of `policy list`, or a programme file.",
      zh: "办法：`policy list` 中的编号，或办法文件。"))
  var programme: String?
  @Option(
    help: .text(
      en: "The operating model: bank, guarantor or insurer.",
      zh: "运作模式：bank（银行）、guarantor（担保）或 insurer（保险）。"))
  var model: String?
  @Option(
    help: .text(
      en: "The initial amount, such as 1000万, where the programme leaves it open.",
      zh: "初始资金，如1000万；办法未规定时填写。"))
  var fund: String?
  @Option(
    name: .customLong("fund-start"),
    help: .text(
      en: "The programme's first day or month, where its text has none.",
      zh: "办法生效的首日或首月；原文未写时填写。")
  )
  var fundStart: String?
  @Option(
    name: .customLong("claim-delay"),
    help: .text(en: "Months to the claim, where the programme has none.", zh: "到补偿申请的月数；办法未规定时填写。"))
  var claimDelay: String?
  @Option(
    name: .customLong("interest-rate"),
    help: .text(en: "The annual interest on the balance, such as 1.5%.", zh: "余额的年利率，如1.5%。"))
  var interestRate: String?
  @Option(
    name: .customLong("penalty-rate"),
    help: .text(en: "The annual interest on what is overdue.", zh: "逾期本金的年利率。"))
  var penaltyRate: String?
  @Option(
    help: .text(en: "The manager's fee, where the programme has one.", zh: "管理费率；办法规定有管理费时填写。"))
  var fee: String?
  @Option(
    name: .customLong("refund-share"),
    help: .text(en: "The part that a pool's fiscal account refunds.", zh: "资金池中财政资金账户的补偿比例。"))
  var refundShare: String?
  @Option(
    help: .text(
      en: "An agreed share, such as guarantor=40%; can be repeated.",
      zh: "协商确定的份额，如 guarantor=40%；可重复。"))
  var share: [String] = []
  @Option(
    help: .text(
      en: "A reading in place of the default, such as I-7=limitedToPaid; can be repeated.",
      zh: "代替默认的读法，如 I-7=limitedToPaid；可重复。"))
  var reading: [String] = []

  /// What was given, by option.
  var values: [ClaimOption: [String]] {
    let given: [ClaimOption: String?] = [
      .programme: programme, .model: model, .fund: fund, .fundStart: fundStart,
      .claimDelay: claimDelay, .interestRate: interestRate, .penaltyRate: penaltyRate, .fee: fee,
      .refundShare: refundShare,
    ]
    return given.compactMapValues { $0.map { [$0] } }
      .merging([.share: share, .reading: reading]) { $1 }
  }
}

/// The loan.
struct ExplainLoanArguments: ParsableArguments {
  @Option(help: .text(en: "The principal, such as 400万.", zh: "本金，如400万。")) var principal: String?
  @Option(
    name: .customLong("ip-part"),
    help: .text(
      en: "The part pledged on intellectual property, such as 80%.", zh: "知识产权质押部分所占比例，如80%。"))
  var ipPart: String?
  @Option(
    help: .text(
      en: "The borrower's size: micro, small, medium or large.",
      zh: "企业规模：micro、small、medium 或 large（微、小、中、大）。")) var size: String?
  @Option(
    help: .text(
      en: "The collateral: patent, trademark, copyright, otherIP or other.",
      zh: "质押物：patent、trademark、copyright、otherIP 或 other。")) var collateral: String?
  @Option(help: .text(en: "The term in months.", zh: "期限，月数。")) var term: String?
  @Option(help: .text(en: "The day on which it was made.", zh: "放款日期。")) var start: String?
  @Option(help: .text(en: "Its annual interest rate.", zh: "贷款年利率。")) var rate: String?
  @Option(
    help: .text(en: "'met': every fact that coverage asks for holds.", zh: "met：补偿范围要求的条件均满足。"))
  var facts: String?
  @Option(
    name: .customLong("not"),
    help: .text(en: "A fact that does not hold; can be repeated.", zh: "不满足的条件；可重复。"))
  var notMet: [String] = []
  @Option(help: .text(en: "The day on which it was filed with the fund.", zh: "向基金备案的日期。"))
  var filed: String?

  /// What was given, by option.
  var values: [ClaimOption: [String]] {
    let given: [ClaimOption: String?] = [
      .principal: principal, .ipPart: ipPart, .size: size, .collateral: collateral, .term: term,
      .start: start, .rate: rate, .facts: facts, .filed: filed,
    ]
    return given.compactMapValues { $0.map { [$0] } }.merging([.notMet: notMet]) { $1 }
  }
}

/// The claim and what was recovered.
struct ExplainClaimArguments: ParsableArguments {
  @Option(help: .text(en: "The first day overdue.", zh: "首个逾期日。")) var overdue: String?
  @Option(help: .text(en: "The principal that was lost.", zh: "损失的本金。")) var loss: String?
  @Option(
    name: .customLong("loss-interest"),
    help: .text(en: "The interest that was lost, in place of the rate's.", zh: "损失的利息，代替按利率计算。"))
  var lossInterest: String?
  @Option(
    name: .customLong("overdue-principal"),
    help: .text(
      en: "The principal that was outstanding on that day, lost in the end or not.",
      zh: "当日的未还本金，不论最终是否损失。"))
  var overduePrincipal: String?
  @Option(
    name: .customLong("cured-on"),
    help: .text(
      en: "The day on which the borrower had made up for it; then nothing is lost.",
      zh: "贷款恢复正常的日期；此时没有损失。"))
  var curedOn: String?
  @Option(
    name: .customLong("written-off-on"),
    help: .text(en: "The day on which it was written off.", zh: "核销日期。"))
  var writtenOffOn: String?
  @Option(
    name: .customLong("interest-paid-to"),
    help: .text(en: "The day to which interest was paid.", zh: "付息至何日。"))
  var interestPaidTo: String?
  @Option(help: .text(en: "The day on which the loss was recognised.", zh: "损失认定日期。"))
  var recognised: String?
  @Option(
    name: .customLong("province-paid"),
    help: .text(en: "The day on which the province paid (I-54).", zh: "省级补偿到账日期（I-54）。"))
  var provincePaid: String?
  @Option(help: .text(en: "The day on which the bank applied.", zh: "银行申请补偿的日期。")) var applied:
    String?
  @Option(
    help: .text(
      en: "An amount recovered; can be repeated, each with its day.", zh: "追偿所得；可重复，每笔另给日期。"))
  var recovered: [String] = []
  @Option(
    name: .customLong("recovered-on"),
    help: .text(en: "The day on which it was recovered.", zh: "追偿日期。"))
  var recoveredOn: [String] = []
  @Option(
    name: .customLong("recovery-costs"), help: .text(en: "What recovering it cost.", zh: "追偿成本。"))
  var recoveryCosts: [String] = []
  @Option(
    name: .customLong("returned-on"),
    help: .text(en: "The day on which the fund got its part.", zh: "返还基金的日期。"))
  var returnedOn: [String] = []

  /// What was given, by option.
  var values: [ClaimOption: [String]] {
    let given: [ClaimOption: String?] = [
      .overdue: overdue, .loss: loss, .lossInterest: lossInterest,
      .overduePrincipal: overduePrincipal, .curedOn: curedOn, .writtenOffOn: writtenOffOn,
      .interestPaidTo: interestPaidTo, .recognised: recognised, .provincePaid: provincePaid,
      .applied: applied,
    ]
    let lists: [ClaimOption: [String]] = [
      .recovered: recovered, .recoveredOn: recoveredOn, .recoveryCosts: recoveryCosts,
      .returnedOn: returnedOn,
    ]
    return given.compactMapValues { $0.map { [$0] } }.merging(lists) { $1 }
  }
}

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

  /// What was given, by option.
  var values: [ClaimOption: [String]] {
    let given: [ClaimOption: String?] = [
      .earlierThisYear: earlierThisYear, .earlierDefault: earlierDefault,
      .earlierCured: earlierCured,
      .suspendedOn: suspendedOn, .customerSince: customerSince, .customerUntil: customerUntil,
      .balance: balance,
    ]
    return given.compactMapValues { $0.map { [$0] } }
  }
}
