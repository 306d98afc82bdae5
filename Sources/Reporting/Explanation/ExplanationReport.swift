public import ClaimRules
import CompensationKernel
public import FundCore
import PolicyLibrary
import ReportForm

/// What an explanation says, in its forms.
public struct ExplanationReport: Sendable {
  let explanation: Explanation

  /// Makes the report of an explanation.
  public init(_ explanation: Explanation) { self.explanation = explanation }

  /// The explanation for people, on a terminal of so many columns.
  public func terminalText(in language: Language = .english, width: Int = 100) -> String {
    ExplanationText(explanation: explanation, language: language, width: width).text
  }

  /// The explanation for programs: one JSON object, as `Schemas/explanation.schema.json` describes
  /// it.
  ///
  /// - Parameter version: The version of the program.
  public func json(version: EngineVersion) -> String {
    ExplanationJSON(explanation: explanation, version: version).value.text
  }
}

/// The explanation for people: a line a step, with what it came to, its numbers and its source.
struct ExplanationText: Speaker {
  let explanation: Explanation
  let language: Language
  /// The columns of the terminal.
  let width: Int
  private let markWidth = 10
  private let sourceWidth = 22
  private var textWidth: Int { max(20, width - markWidth - sourceWidth - 6) }

  var text: String {
    TerminalReport(width: width).rendered(head) + stages.joined() + "\n"
      + TerminalReport(width: width).rendered(closing)
  }

  // MARK: Head and end

  private var head: [ReportBlock] {
    let loan = explanation.loan
    let (principal, pledged) = (loan.schedule.principal.exact, loan.ipPrincipal.exact)
    let months = loan.schedule.termMonths
    var pairs = [
      pair(
        .init(en: "programme", zh: "办法"),
        say(
          en: "\(explanation.programme): \(explanation.title)",
          zh: "\(explanation.programme)：\(explanation.title)")),
      pair(.init(en: "operating model", zh: "运作模式"), say(explanation.model.words)),
      pair(
        .init(en: "loan", zh: "贷款"),
        say(
          en: """
            \(principal), of which \(pledged) pledged on intellectual property, made on \
            \(loan.disbursedOn) for \(months) months
            """,
          zh: "\(principal)，其中知识产权质押部分\(pledged)，\(loan.disbursedOn)发放，期限\(months)个月")),
    ]
    if let loss = loan.loss { pairs.append(pair(.init(en: "loss", zh: "损失"), words(of: loss))) }
    var blocks: [ReportBlock] = [
      .title(say(en: "One loan and its claim (amounts in yuan)", zh: "一笔贷款及其补偿申请（金额单位：元）")),
      .pairs(pairs),
    ]
    if !explanation.departures.isEmpty {
      blocks += [
        .heading(say(en: "Against the text of the programme", zh: "与办法原文不同的设定")),
        .list(
          explanation.departures.map {
            say(
              en: "\($0.parameter) is \($0.value), not \($0.original): \($0.reason)",
              zh: "\($0.parameter)设为\($0.value)，原文为\($0.original)，理由：\($0.reason)")
          }),
      ]
    }
    if !explanation.remarks.isEmpty {
      blocks += [
        .heading(say(en: "Taken as given", zh: "视为给定")), .list(explanation.remarks.map { say($0) }),
      ]
    }
    return blocks
  }

  private func words(of loss: RegisterLoss) -> String {
    if let cured = loss.curedOn {
      return say(
        en: "none: first overdue on \(loss.overdueOn), cured on \(cured)",
        zh: "无：\(loss.overdueOn)首次逾期，\(cured)恢复正常")
    }
    return say(
      en: "\(loss.principal.exact) of principal, first overdue on \(loss.overdueOn)",
      zh: "本金\(loss.principal.exact)，\(loss.overdueOn)首次逾期")
  }

  private var closing: [ReportBlock] {
    let items = explanation.readings.map { item in
      let chosen: LocalizedText =
        item.name == "default"
        ? .init(en: "read as", zh: "读作")
        : .init(en: "read as '\(item.name)'", zh: "读作“\(item.name)”")
      return say(
        en: "\(item.id): \(item.question) → \(chosen): \(item.reading)",
        zh: "\(item.id)：\(item.question) → \(chosen)：\(item.reading)")
    }
    return [
      .heading(
        say(en: "Questions that the text leaves open, as they were read", zh: "原文未定之处，及所用读法")),
      .list(items),
    ]
  }

  // MARK: Stages

  private var stages: [String] {
    var number = 0
    return ExplanationStep.Stage.allCases.compactMap { stage in
      let steps = explanation.steps.filter { $0.stage == stage }
      var lines = steps.flatMap { self.lines(of: $0) }
      if stage == .caps, steps.isEmpty, explanation.steps.contains(where: { $0.stage == .shares }) {
        lines = columns("", say(en: "the programme has no limit per claim", zh: "该办法没有单笔上限"), "")
      }
      if stage == .coverage { lines += columns("", verdict, "") }
      if stage == .outcome, !steps.isEmpty {
        lines += columns("", together, "")
      }
      guard !lines.isEmpty else { return nil }
      number += 1
      let heading = "\(number). \(say(stage.words))"
      return "\n\(heading)\n\(String(repeating: "-", count: DisplayWidth.of(heading)))\n"
        + lines.map { $0 + "\n" }.joined()
    }
  }

  private var together: String {
    let rest = explanation.finalParts.total
    guard let total = explanation.loss?.total, total != rest else {
      return say(en: "together \(rest.exact), the whole loss", zh: "合计\(rest.exact)，即全部损失")
    }
    let back = (total - rest).exact
    return say(
      en: "together \(rest.exact): the loss of \(total.exact) less the \(back) that came back",
      zh: "合计\(rest.exact)：损失\(total.exact)减去追回的\(back)")
  }

  private var verdict: String {
    let reasons = max(1, explanation.cover.refusals.filter { !$0.isPartial }.count)
    guard explanation.cover.isCovered else {
      return say(
        en: "→ not covered, for \(reasons) \(reasons > 1 ? "reasons" : "reason")",
        zh: "→ 不予补偿，原因\(reasons)项")
    }
    return explanation.cover.refusals.isEmpty
      ? say(en: "→ covered", zh: "→ 纳入补偿范围") : say(en: "→ covered in part", zh: "→ 部分纳入补偿范围")
  }

  private func lines(of step: ExplanationStep) -> [String] {
    let words = ExplanationWords(step, isPool: explanation.isPool)
    let sources = step.citations.map(\.words).joined(with: .init(en: "; ", zh: "；"))
    return columns(say(words.mark), say(words.text), say(sources))
  }

  /// A mark, a text and its source beside each other, each broken into lines.
  private func columns(_ mark: String, _ text: String, _ source: String) -> [String] {
    let texts = DisplayWidth.lines(of: text, width: textWidth)
    let sources = source.isEmpty ? [] : DisplayWidth.lines(of: source, width: sourceWidth)
    return (0..<max(texts.count, sources.count)).map { index in
      var line = "  " + DisplayWidth.padded(index == 0 ? mark : "", to: markWidth) + "  "
      line += DisplayWidth.padded(index < texts.count ? texts[index] : "", to: textWidth)
      if index < sources.count { line += "  " + sources[index] }
      while line.hasSuffix(" ") { line.removeLast() }
      return line
    }
  }
}

extension Explanation {
  /// Whether the fund has a social account that pays and a fiscal one that refunds it.
  var isPool: Bool { steps.contains { $0.kind == .refund } }
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
}
