import ClaimRules
import CompensationKernel
import FundCore
import PolicyLibrary
import ReportForm

/// Composes an explanation: a row a step, with what it came to, its numbers and its source.
struct ExplanationComposer {
  let explanation: Explanation
  let engine: EngineVersion

  /// The report in both languages.
  var report: Report {
    var report = Report(
      kind: .init(en: "One loan and its claim (amounts in yuan)", zh: "一笔贷款及其补偿申请（金额单位：元）"),
      title: "", generator: "fundsim \(engine)")
    report.facts = [explanation.title, explanation.model.words]
    report.notes = Departures(explanation).notes
    report.sections =
      [ReportSection(.init(en: "The loan", zh: "贷款"), [.pairs(loan)])] + stages
      + (explanation.readings.isEmpty ? [] : [readings])
    report.bases = bases
    return report
  }

  // MARK: The loan and the readings

  private var loan: [LabelledText] {
    let loan = explanation.loan
    let (principal, pledged) = (loan.schedule.principal.toTheFen, loan.ipPrincipal.toTheFen)
    let months = loan.schedule.termMonths
    var pairs = [
      LabelledText(
        .init(en: "programme", zh: "办法"),
        .init(
          en: "\(explanation.programme): \(explanation.title)",
          zh: "\(explanation.title)（\(explanation.programme)）")),
      LabelledText(.init(en: "operating model", zh: "运作模式"), explanation.model.words),
      LabelledText(
        .init(en: "loan", zh: "贷款"),
        .init(
          en: """
            \(principal), of which \(pledged) pledged on intellectual property, made on \
            \(loan.disbursedOn) for \(months) months
            """,
          zh: "\(principal)，其中知识产权质押部分\(pledged)，\(loan.disbursedOn)发放，期限\(months)个月")),
    ]
    if let loss = loan.loss {
      pairs.append(LabelledText(.init(en: "loss", zh: "损失"), words(of: loss)))
    }
    return pairs
  }

  private func words(of loss: RegisterLoss) -> LocalizedText {
    if let cured = loss.curedOn {
      return .init(
        en: "none: first overdue on \(loss.overdueOn), cured on \(cured)",
        zh: "无：\(loss.overdueOn)首次逾期，\(cured)恢复正常")
    }
    let lost = loss.principal.toTheFen
    return .init(
      en: "\(lost) of principal, first overdue on \(loss.overdueOn)",
      zh: "本金\(lost)，\(loss.overdueOn)首次逾期")
  }

  private var readings: ReportSection {
    let items = explanation.readings.map { item in
      let chosen: LocalizedText =
        item.isDefault
        ? .init(en: "read as", zh: "读作")
        : .init(en: "read as '\(item.name)'", zh: "读作“\(item.name)”")
      return LocalizedText(
        en: "\(item.id): \(item.question) → \(chosen): \(item.reading)",
        zh: "\(item.id)：\(item.question) → \(chosen)：\(item.reading)")
    }
    return ReportSection(
      .init(
        en: "Questions that the text leaves open, as they were read", zh: "原文未定之处，及所用读法"),
      [.list(items)])
  }

  // MARK: Stages

  private var stages: [ReportSection] {
    var sections: [ReportSection] = []
    for stage in ExplanationStep.Stage.allCases {
      let rows = rows(of: stage)
      guard !rows.isEmpty else { continue }
      let number = sections.count + 1
      var table = FigureTable(
        stage.tableName,
        heads: [
          .init(en: "came to", zh: "结果"), .init(en: "step", zh: "步骤"),
          .init(en: "source", zh: "依据"),
        ], rows: rows)
      table.textWidths = [10, 62, 22]
      table.fileColumns = Self.fileColumns(of: explanation.steps.filter { $0.stage == stage })
      sections.append(
        ReportSection(
          .init(en: "\(number). \(stage.words)", zh: "\(number). \(stage.words)"),
          [.table(table)]))
    }
    return sections
  }

  private func rows(of stage: ExplanationStep.Stage) -> [[ReportCell]] {
    let steps = explanation.steps.filter { $0.stage == stage }
    var rows = steps.map(row)
    switch stage {
    case .coverage: rows.append(Self.row(verdict))
    case .caps where steps.isEmpty && explanation.steps.contains { $0.stage == .shares }:
      rows.append(
        Self.row(.init(en: "the programme has no limit per claim", zh: "该办法没有单笔上限")))
    case .outcome where !steps.isEmpty: rows.append(Self.row(together))
    default: break
    }
    return rows
  }

  private func row(_ step: ExplanationStep) -> [ReportCell] {
    let words = ExplanationWords(step, isPool: explanation.isPool)
    let sources = step.citations.map(\.words).joined(with: .init(en: "; ", zh: "；"))
    return [.words(words.mark), .words(words.text), .words(sources)]
  }

  /// A line that no step tells.
  private static func row(_ text: LocalizedText) -> [ReportCell] { [.none, .words(text), .none] }

  private var together: LocalizedText {
    let rest = explanation.finalParts.total
    guard let total = explanation.loss?.total, total != rest else {
      return .init(
        en: "together \(rest.toTheFen), the whole loss", zh: "合计\(rest.toTheFen)，即全部损失")
    }
    let back = (total - rest).toTheFen
    return .init(
      en:
        "together \(rest.toTheFen): the loss of \(total.toTheFen) less the \(back) that came back",
      zh: "合计\(rest.toTheFen)：损失\(total.toTheFen)减去追回的\(back)")
  }

  private var verdict: LocalizedText {
    let reasons = max(1, explanation.cover.refusals.filter { !$0.isPartial }.count)
    guard explanation.cover.isCovered else {
      return .init(
        en: "→ not covered, for \(reasons) \(reasons > 1 ? "reasons" : "reason")",
        zh: "→ 不予补偿，原因\(reasons)项")
    }
    return explanation.cover.refusals.isEmpty
      ? .init(en: "→ covered", zh: "→ 纳入补偿范围") : .init(en: "→ covered in part", zh: "→ 部分纳入补偿范围")
  }
}

extension Explanation {
  /// Whether the fund has a social account that pays and a fiscal one that refunds it.
  var isPool: Bool { steps.contains { $0.kind == .refund } }
}

extension AppliedReading {
  /// Whether it is the programme's own.
  var isDefault: Bool { name == "default" }
}

extension ExplanationStep.Stage {
  /// The question that a stage answers.
  fileprivate var words: LocalizedText {
    switch self {
    case .coverage: .init(en: "Coverage: may the fund cover the loan?", zh: "补偿范围：贷款可否纳入？")
    case .claim: .init(en: "The claim: when, and within what time?", zh: "补偿申请：何时、在什么期限内？")
    case .ipPart: .init(en: "The covered part of the loan", zh: "贷款中纳入补偿的部分")
    case .lossBase: .init(en: "The loss that is divided", zh: "分担的损失")
    case .shares: .init(en: "Shares", zh: "分担份额")
    case .caps: .init(en: "Limits per claim", zh: "单笔上限")
    case .balances: .init(en: "What the fund can pay", zh: "基金的支付能力")
    case .parts: .init(en: "Each party's part of the loss", zh: "各方承担的损失")
    case .recoveries: .init(en: "Recoveries, and what comes back", zh: "追偿与返还")
    case .outcome: .init(en: "Each party's loss in the end", zh: "各方最终损失")
    }
  }

  /// The name of its table's file.
  fileprivate var tableName: String {
    switch self {
    case .ipPart: "ip-part"
    case .lossBase: "loss-base"
    default: rawValue
    }
  }
}
