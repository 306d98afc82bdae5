import FundCore
import ReportForm
import Simulation

extension RunFundComposer {
  /// What suspended or paused banks did not lend; nothing where they lend on (I-46).
  var stoppedLending: [SectionBlock] {
    guard fund.amounts.entries.contains(where: { $0.column == .stoppedCredit }) else { return [] }
    let columns = [
      Column(
        head: .init(en: "credit not given", zh: "未发放的信贷"), amount: fund.amounts[.stoppedCredit]),
      Column(
        head: .init(en: "loans (number)", zh: "笔数"), amount: fund.amounts[.stoppedLoans],
        unit: .count),
      Column(
        head: .init(en: "firms (number)", zh: "企业数"), amount: fund.amounts[.stoppedFirms],
        unit: .count),
    ]
    return [
      .subheading(
        .init(
          en: "Loans that suspended or paused banks do not make (\(money.name))",
          zh: "银行被中止（暂停）期间没有发放的贷款（\(money.name)）")),
      .table(distribution("stopped-lending", columns)),
      .paragraph(
        .init(
          en: """
            They cannot default, are not disbursed, and make no customers; defaults and losses of this fund \
            are those of the loans that were made.
            """,
          zh: "这些贷款不会违约，不计入发放额，也不使企业成为存量客户；该基金的违约与损失只含已发放的贷款。")),
    ]
  }
}
