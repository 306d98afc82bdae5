import ArgumentParser
import FundCore
import ScenarioInput

/// The fund from which the loan is claimed.
struct ExplainFundArguments: ParsableArguments {
  @Option(
    help: .text(
      en: "The programme: an id of `policy list`, or a programme file.",
      zh: "办法：`policy list` 中的编号，或办法文件。"),
    completion: .list(Completion.programmes))
  var programme: String?
  @Option(
    help: .text(
      en: "The operating model: bank, guarantor or insurer.",
      zh: "运作模式：bank（银行）、guarantor（担保）或 insurer（保险）。"),
    completion: .list(Completion.models))
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
