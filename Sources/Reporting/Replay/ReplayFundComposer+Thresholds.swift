import ClaimRules
import CompensationKernel
import FundCore
import PolicyLibrary
import ReportForm
import ResultFacts

// What thresholds and duties of one fund did.
extension ReplayFundComposer {
  // MARK: Thresholds

  var thresholds: [SectionBlock] {
    fund.thresholds.flatMap { threshold -> [SectionBlock] in
      let breaches = figures.breaches.filter { $0.crossing.id == threshold.id }
      let (name, effect) = (Names.threshold(threshold.id), Names.effect(threshold.effect))
      let rule = LocalizedText(
        en: """
          \(effect) at \(threshold.level) of \(threshold.ratio) (\(threshold.article)); \
          \(threshold.reading). \(outcome(of: breaches))
          """,
        zh: """
          \(threshold.ratio)达到\(threshold.level)即\(effect)（\(threshold.article)）；\
          \(threshold.reading)。\(outcome(of: breaches))
          """)
      let blocks: [SectionBlock] = [
        .subheading(.init(en: "Threshold '\(name)'", zh: "阈值“\(name)”")), .paragraph(rule),
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
    let amount = breaches.reduce(Money.zero) { $0 + $1.refusedAmount }.named
    let lost = breaches.reduce(Money.zero) { $0 + $1.refusedLoss }.named
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
  ) -> [SectionBlock] {
    let losesCover = threshold.effect != ThresholdEffect.warning.rawValue
    var table = FigureTable(
      "crossings",
      heads: [
        .init(en: "bank", zh: "银行"), .init(en: "date", zh: "日期"),
        .init(en: "value", zh: "比率"), .init(en: "numerator", zh: "分子"),
        .init(en: "denominator", zh: "分母"),
      ])
    if losesCover {
      table.heads += [
        .init(en: "loans refused", zh: "不予补偿笔数"),
        .init(en: "yuan refused", zh: "不予补偿金额（元）"),
      ]
    }
    for breach in breaches.prefix(Self.listLimit) {
      let crossing = breach.crossing
      table.rows.append(
        [
          .name(replay.register.banks[crossing.bank]), .date(crossing.date),
          crossing.ratio.map { .figure(.exact($0, in: .part).bare) } ?? .words(.init(same: "–")),
          .exact(crossing.part), .exact(crossing.whole),
        ] + (losesCover ? [.count(breach.refusedLoans), .exact(breach.refusedAmount)] : []))
    }
    return [.table(table)] + more(breaches.count, .init(en: "crossings", zh: "次触线"))
  }

  // MARK: Duties

  var late: [SectionBlock] {
    let missed = replay.missedDuties
    let duties = replay.agreement.programme.duties
    guard !duties.isEmpty else { return [] }
    let names = duties.map {
      LocalizedText(
        en: "\($0.id): \($0.text) (\($0.citation.words))", zh: "\($0.text)（\($0.citation.words)）")
    }
    guard !missed.isEmpty else {
      return [
        .subheading(.init(en: "Late", zh: "逾时")), .list(names),
        .paragraph(
          .init(
            en: "Nothing is late, as far as the register states dates.",
            zh: "就登记簿所载日期而言，没有逾时事项。")),
      ]
    }
    var table = FigureTable(
      "late",
      heads: [
        .init(en: "loan", zh: "贷款"), .init(en: "bank", zh: "银行"),
        .init(en: "duty", zh: "义务"), .init(en: "due", zh: "到期日"),
        .init(en: "done", zh: "完成日"), .init(en: "days late", zh: "逾时天数"),
      ])
    table.textWidths = [12, 18, 29, 0, 0, 0]
    for duty in missed.prefix(Self.listLimit) {
      let loan = replay.register.loans[duty.loan]
      let forfeited: LocalizedText =
        duty.isForfeited ? .init(en: " (forfeited)", zh: "（丧失补偿）") : .empty
      table.rows.append([
        .name(loan.id), .name(replay.register.banks[loan.bank]),
        .words(replay.name(ofDuty: duty.id) + forfeited), .date(duty.dueOn), .date(duty.doneOn),
        .count(duty.doneOn.days(since: duty.dueOn)),
      ])
    }
    let count = NumberFormat.whole(missed.count)
    return [
      .subheading(.init(en: "Late (\(count))", zh: "逾时（\(count)项）")), .list(names),
      .table(table),
    ] + more(missed.count, .init(en: "late duties", zh: "项逾时"))
  }

  private func more(_ count: Int, _ words: LocalizedText) -> [SectionBlock] {
    guard count > Self.listLimit else { return [] }
    let rest = NumberFormat.whole(count - Self.listLimit)
    return [
      .paragraph(
        .init(
          en: "… and \(rest) further \(words); --json has all.",
          zh: "……另有\(rest)\(words)；--json列出全部。"))
    ]
  }
}

extension Replay {
  /// What people call a duty: in English its name in the programme file, in Chinese what it says.
  func name(ofDuty id: String) -> LocalizedText {
    let text = agreement.programme.duties.first { $0.id == id }?.text.chinese
    return LocalizedText(english: id, chinese: text ?? id)
  }
}
