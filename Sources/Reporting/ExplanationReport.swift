public import ClaimRules
import CompensationKernel
import FundCore
import PolicyLibrary

/// What an explanation says, in its forms.
public struct ExplanationReport: Sendable {
  let explanation: Explanation

  /// Makes the report of an explanation.
  public init(_ explanation: Explanation) { self.explanation = explanation }

  /// The explanation for people, on a terminal of 100 columns.
  public func terminalText() -> String { ExplanationText(explanation: explanation).text }

  /// The explanation for programs: one JSON object, as `Schemas/explanation.schema.json` describes
  /// it.
  ///
  /// - Parameter version: The version of the program.
  public func json(version: String) -> String {
    ExplanationJSON(explanation: explanation, version: version).value.text
  }
}

/// The explanation for people: a line a step, with what it came to, its numbers and its source.
struct ExplanationText {
  let explanation: Explanation
  private let markWidth = 10
  private let textWidth = 62
  private let sourceWidth = 22

  var text: String {
    TerminalReport().rendered(head) + stages.joined() + "\n"
      + TerminalReport().rendered(closing)
  }

  // MARK: Head and end

  private var head: [ReportBlock] {
    let loan = explanation.loan
    var pairs: [(label: String, text: String)] = [
      (
        "programme",
        "\(explanation.programme): \(explanation.title.english) \(explanation.title.chinese)"
      ),
      ("operating model", explanation.model.rawValue),
      (
        "loan",
        "\(loan.schedule.principal.exact), of which \(loan.ipPrincipal.exact) pledged on "
          + "intellectual property, made on \(loan.disbursedOn) for \(loan.schedule.termMonths) "
          + "months"
      ),
    ]
    if let loss = loan.loss {
      pairs.append(
        ("loss", "\(loss.principal.exact) of principal, first overdue on \(loss.overdueOn)"))
    }
    var blocks: [ReportBlock] = [.title("One loan and its claim (amounts in yuan)"), .pairs(pairs)]
    if !explanation.departures.isEmpty {
      blocks += [
        .heading("Against the text of the programme"),
        .list(
          explanation.departures.map {
            "\($0.parameter) is \($0.value), not \($0.original): \($0.reason)"
          }),
      ]
    }
    if !explanation.remarks.isEmpty {
      blocks += [.heading("Taken as given"), .list(explanation.remarks.map(\.english))]
    }
    return blocks
  }

  private var closing: [ReportBlock] {
    let items = explanation.readings.map { item in
      let chosen = item.name == "default" ? "read as" : "read as '\(item.name)'"
      return "\(item.id): \(item.question.english) \(item.question.chinese) "
        + "→ \(chosen): \(item.reading.english) \(item.reading.chinese)"
    }
    return [.heading("Questions that the text leaves open, as they were read"), .list(items)]
  }

  // MARK: Stages

  private var stages: [String] {
    var number = 0
    return ExplanationStep.Stage.allCases.compactMap { stage in
      let steps = explanation.steps.filter { $0.stage == stage }
      var lines = steps.flatMap { self.lines(of: $0) }
      if stage == .caps, steps.isEmpty, explanation.steps.contains(where: { $0.stage == .shares }) {
        lines = columns("", "the programme has no limit per claim", "")
      }
      if stage == .coverage { lines += columns("", verdict, "") }
      if stage == .outcome, !steps.isEmpty {
        lines += columns("", together, "")
      }
      guard !lines.isEmpty else { return nil }
      number += 1
      let heading = "\(number). \(stage.words)"
      return "\n\(heading)\n\(String(repeating: "-", count: DisplayWidth.of(heading)))\n"
        + lines.map { $0 + "\n" }.joined()
    }
  }

  private var together: String {
    let rest = explanation.finalParts.total
    guard let total = explanation.loss?.total, total != rest else {
      return "together \(rest.exact), the whole loss"
    }
    return "together \(rest.exact): the loss of \(total.exact) less the \((total - rest).exact) "
      + "that came back"
  }

  private var verdict: String {
    let reasons = explanation.cover.refusals.filter { !$0.isPartial }.count
    guard explanation.cover.isCovered else {
      return "→ not covered, for \(max(1, reasons)) reason\(reasons > 1 ? "s" : "")"
    }
    return explanation.cover.refusals.isEmpty ? "→ covered" : "→ covered in part"
  }

  private func lines(of step: ExplanationStep) -> [String] {
    let words = ExplanationWords(step, isPool: explanation.isPool)
    return columns(
      words.mark, words.text, step.citations.map(\.description).joined(separator: "; "))
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
  fileprivate var words: String {
    switch self {
    case .coverage: "Coverage: may the fund cover the loan?"
    case .claim: "The claim: when, and within what time?"
    case .ipPart: "The covered part of the loan"
    case .lossBase: "The loss that is divided"
    case .shares: "Shares"
    case .caps: "Limits per claim"
    case .balances: "What the fund can pay"
    case .parts: "Each party's part of the loss"
    case .recoveries: "Recoveries, and what comes back"
    case .outcome: "Each party's loss in the end"
    }
  }
}
