import ArgumentParser
import FundCore
import ScenarioInput

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
