import ClaimRules
import CompensationKernel
import FundCore
import PolicyLibrary
import ReportForm
import ResultFacts

/// What thresholds and duties of one fund did.
extension ReplayFundComposer {
  // MARK: Thresholds

  var thresholds: [ReportBlock] {
    fund.thresholds.flatMap { threshold -> [ReportBlock] in
      let breaches = figures.breaches.filter { $0.crossing.id == threshold.id }
      let effect =
        ThresholdEffect(rawValue: threshold.effect)?.words ?? .init(same: threshold.effect)
      let rule = say(
        en: """
          \(effect) at \(threshold.level) of \(threshold.ratio) (\(threshold.article)); \
          \(threshold.reading). \(outcome(of: breaches))
          """,
        zh: """
          \(threshold.ratio)达到\(threshold.level)即\(effect)（\(threshold.article)）；\
          \(threshold.reading)。\(outcome(of: breaches))
          """)
      let blocks: [ReportBlock] = [
        .subheading(say(en: "Threshold '\(threshold.id)'", zh: "阈值“\(threshold.id)”")),
        .paragraph(rule),
      ]
      return breaches.isEmpty ? blocks : blocks + crossings(breaches, threshold)
    }
  }

  /// How often a level was reached, and what that cost later loans.
  private func outcome(of breaches: [ReplayFigures.Breach]) -> LocalizedText {
    guard !breaches.isEmpty else { return .init(en: "Never reached.", zh: "从未触线。") }
    let banks = Set(breaches.map(\.crossing.bank)).count
    let text = LocalizedText(
      en: """
        Reached \(counted(breaches.count, "time", "times")), by \(counted(banks, "bank", "banks")).
        """, zh: "触线\(NumberFormat.whole(breaches.count))次，涉及\(NumberFormat.whole(banks))家银行。")
    let loans = breaches.reduce(0) { $0 + $1.refusedLoans }
    let losesCover = breaches.contains { $0.crossing.effect != .warning }
    guard loans > 0 else {
      return losesCover
        ? text
          + LocalizedText(
            en: " No later loan lost its cover by it alone.", zh: "没有贷款仅因此失去补偿。")
        : text
    }
    let amount = exact(breaches.reduce(Money.zero) { $0 + $1.refusedAmount })
    let lost = exact(breaches.reduce(Money.zero) { $0 + $1.refusedLoss })
    return text
      + LocalizedText(
        en: """
           For it alone \(counted(loans, "later loan", "later loans")) over \(amount) had no cover; \
          \(lost) were lost on \(loans == 1 ? "it." : "them.")
          """,
        zh: "其后\(NumberFormat.whole(loans))笔贷款（\(amount)）仅因此不予补偿，损失\(lost)。")
  }

  private func counted(_ count: Int, _ one: String, _ many: String) -> String {
    "\(NumberFormat.whole(count)) \(count == 1 ? one : many)"
  }

  private func crossings(
    _ breaches: [ReplayFigures.Breach], _ threshold: ThresholdDescription
  ) -> [ReportBlock] {
    let losesCover = threshold.effect != ThresholdEffect.warning.rawValue
    var table = ReportTable(
      heads: heads(en: "date, bank|value|numerator|denominator", zh: "日期、银行|比率|分子|分母")
        + (losesCover ? heads(en: "loans\nrefused|yuan\nrefused", zh: "不予补偿\n笔数|不予补偿\n金额（元）") : []))
    for breach in breaches.prefix(Self.listLimit) {
      let crossing = breach.crossing
      table.rows.append(
        [
          "\(crossing.date)  "
            + DisplayWidth.cut(replay.register.banks[crossing.bank], to: losesCover ? 22 : 40),
          crossing.percentText ?? "–", crossing.part.text, crossing.whole.text,
        ]
          + (losesCover
            ? [NumberFormat.whole(breach.refusedLoans), breach.refusedAmount.text] : []))
    }
    return [.table(table)] + more(breaches.count, .init(en: "crossings", zh: "次触线"))
  }

  // MARK: Duties

  var late: [ReportBlock] {
    let missed = replay.missedDuties
    guard !replay.agreement.programme.duties.isEmpty else { return [] }
    let names = replay.agreement.programme.duties.map {
      say(en: "\($0.id): \($0.text) (\($0.citation))", zh: "\($0.id)：\($0.text)（\($0.citation)）")
    }
    guard !missed.isEmpty else {
      return [
        .subheading(say(en: "Late", zh: "逾时")), .list(names),
        .paragraph(
          say(
            en: "Nothing is late, as far as the register states dates.",
            zh: "就登记簿所载日期而言，没有逾时事项。")),
      ]
    }
    var table = ReportTable(
      heads: heads(en: "loan, bank|duty|due|done|days late", zh: "贷款、银行|义务|到期日|完成日|逾时天数"))
    for duty in missed.prefix(Self.listLimit) {
      let loan = replay.register.loans[duty.loan]
      let forfeited = say(en: " (forfeited)", zh: "（丧失补偿）")
      table.rows.append([
        DisplayWidth.cut(loan.id, to: 20) + "  "
          + DisplayWidth.cut(replay.register.banks[loan.bank], to: 20),
        duty.id + (duty.isForfeited ? forfeited : ""), duty.dueOn.description,
        duty.doneOn.description, NumberFormat.whole(duty.doneOn.days(since: duty.dueOn)),
      ])
    }
    let count = NumberFormat.whole(missed.count)
    return [
      .subheading(say(en: "Late (\(count))", zh: "逾时（\(count)项）")), .list(names), .table(table),
    ] + more(missed.count, .init(en: "late duties", zh: "项逾时"))
  }

  private func more(_ count: Int, _ words: LocalizedText) -> [ReportBlock] {
    guard count > Self.listLimit else { return [] }
    let rest = NumberFormat.whole(count - Self.listLimit)
    return [
      .paragraph(
        say(
          en: "… and \(rest) further \(words); --json has all.",
          zh: "……另有\(rest) \(words)；--json 列出全部。"))
    ]
  }
}
