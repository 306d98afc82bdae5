import ArgumentParser
import FundCore
import ScenarioInput

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
