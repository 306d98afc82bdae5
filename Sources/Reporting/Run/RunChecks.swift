import FundCore
import LossStatistics
import ReportForm
import Simulation

/// Composes what must hold in every trial, and whether it does.
struct RunChecks {
  let estimates: RiskEstimates
  let money: MoneyScale

  private static let holds = LocalizedText(en: "in every trial", zh: "每次模拟均成立")

  /// The part of the report.
  var section: ReportSection {
    ReportSection(.init(en: "Self-checks", zh: "自检"), [.pairs(checks)])
  }

  private var checks: [LabelledText] {
    var pairs = [
      LabelledText(
        .init(en: "money conserved, to the fen", zh: "资金收支平衡，精确到分"), verdict(\.unbalancedTrials)),
      LabelledText(
        .init(en: "loss = all parties, to the fen", zh: "损失 = 各方承担之和，精确到分"),
        verdict(\.undividedTrials)),
      LabelledText(
        .init(en: "needed capital and payments agree", zh: "所需资本与支付一致"),
        verdict(\.capitalMismatches)),
    ]
    if let first = estimates.funds.first?.checks {
      pairs += [
        LabelledText(.init(en: "defaults a trial", zh: "每次模拟的违约笔数"), defaults(first)),
        LabelledText(
          .init(en: "defaults in each month", zh: "各月违约笔数"), months(first.defaultsByMonth)),
      ]
    }
    return pairs + [
      LabelledText(
        .init(en: "claims after the horizon", zh: "期末之后的补偿申请"), late(\.claimsAfterHorizon)),
      LabelledText(
        .init(en: "recoveries after the horizon", zh: "期末之后的追偿"), late(\.recoveriesAfterHorizon)),
    ]
  }

  /// Whether something holds for every fund, or for which not.
  private func verdict(_ failures: KeyPath<SelfChecks, Int>) -> LocalizedText {
    let failing = estimates.funds.filter { $0.checks[keyPath: failures] > 0 }
    guard !failing.isEmpty else { return Self.holds }
    let count = NumberFormat.whole(failing.reduce(0) { $0 + $1.checks[keyPath: failures] })
    let funds = failing.map { LocalizedText(same: $0.name) }.joined()
    return .init(
      en: "NOT in \(count) trials (\(funds)): a bug, please report it",
      zh: "有\(count)次模拟不成立（\(funds)）：属程序错误，请报告")
  }

  /// A mean count, once if it is the same for every fund.
  private func late(_ count: KeyPath<SelfChecks, Double>) -> LocalizedText {
    let counts = estimates.funds.map {
      NumberFormat.significant($0.checks[keyPath: count], digits: 2)
    }
    let texts =
      Set(counts).count == 1
      ? [LocalizedText(same: counts[0])]
      : zip(counts, estimates.funds).map {
        .init(en: "\($0) (\($1.name))", zh: "\($0)（\($1.name)）")
      }
    return .init(en: "\(texts.joined()) a trial, left out", zh: "每次模拟\(texts.joined())笔，未计入")
  }

  private func defaults(_ checks: SelfChecks) -> LocalizedText {
    let simulated = money.text(Figure(checks.simulatedDefaults, in: .count))
    guard let expected = checks.expectedDefaults else {
      guard let reason = checks.defaultsByMonth.missing else {
        return .init(
          en: "simulated \(simulated), of loans that were made; all draws are held month by month",
          zh: "模拟\(simulated)，只含已发放的贷款；全部抽取逐月核对")
      }
      return .init(
        en: "simulated \(simulated); what to expect was not computed: \(reason)",
        zh: "模拟\(simulated)；未计算理论值：\(reason)")
    }
    let decimals = checks.simulatedDefaults.standardError.flatMap {
      NumberFormat.decimals(standardError: $0)
    }
    let number = NumberFormat.fixed(expected, decimals: (decimals ?? 3) + 1)
    let words = LocalizedText(
      en: "simulated \(simulated), expected \(number)", zh: "模拟\(simulated)，理论\(number)")
    guard let deviation = checks.defaultsDeviation else { return words }
    let errors = NumberFormat.fixed(abs(deviation), decimals: 1)
    return .init(en: "\(words) (\(errors) standard errors)", zh: "\(words)（相差\(errors)个标准误）")
  }

  /// Whether the defaults come in the months in which they should.
  private func months(_ check: DefaultMonthsCheck) -> LocalizedText {
    if let missing = check.missing {
      return .init(en: "not compared: \(missing)", zh: "未比较：\(missing)")
    }
    guard let worst = check.largest, let limit = check.limit else { return Self.holds }
    let from = estimates.firstMonth.advanced(by: worst.months.lowerBound)
    let until = estimates.firstMonth.advanced(by: worst.months.upperBound)
    let span: LocalizedText =
      from == until
      ? .init(same: "\(from)") : .init(en: "\(from) to \(until)", zh: "\(from)至\(until)")
    let errors = NumberFormat.fixed(worst.errors, decimals: 1)
    guard check.holds == true else {
      let simulated = NumberFormat.significant(worst.simulated, digits: 4)
      let expected = NumberFormat.significant(worst.expected, digits: 4)
      return .init(
        en: """
          NOT as expected: \(span) \(simulated) simulated, \(expected) expected: a bug, please \
          report it
          """, zh: "与理论不符：\(span)模拟\(simulated)，理论\(expected)：属程序错误，请报告")
    }
    let allowed = NumberFormat.fixed(limit, decimals: 1)
    return .init(
      en: """
        as expected; \(span) deviates most, by \(errors) standard errors of \(allowed) allowed
        """, zh: "与理论一致；偏差最大的是\(span)，相差\(errors)个标准误，允许\(allowed)个")
  }
}
