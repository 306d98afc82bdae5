import CompensationKernel
import DocumentReading
import FundCore
import PolicyLibrary
import ReportForm
import ResultFacts

/// A programme as a table: every number with unit, article and interpretation, then the log.
struct PolicyTable {
  let document: PolicyDocument

  init(_ document: PolicyDocument) { self.document = document }

  /// What stands behind the name by which a file or an option calls something.
  private let colon = LocalizedText(en: ": ", zh: "：")

  /// The table, within 100 columns.
  func text(in language: Language) -> String {
    let head = LocalizedText(
      en: "\(document.id) · \(document.issuer) · \(document.check.words)",
      zh: "\(document.id) · \(document.issuer) · \(document.check.words)")
    var lines = [document.title[language], head[language], ""]
    if let notice = document.check.notice(of: document.id) {
      lines += hanging("", notice[language]) + [""]
    }
    lines += numbers(language)
    for (model, refusal) in document.terms.refusedModels.sorted(by: {
      $0.key.id < $1.key.id
    }) {
      let words = LocalizedText(
        en: "model \(model.words) is not allowed (\(refusal.citation)): \(refusal.reason)",
        zh: "不允许\(model.words)（\(refusal.citation)）：\(refusal.reason)")
      lines += hanging("", words[language])
    }
    lines += facts(language)
    lines.append("\n" + LocalizedText(en: "Interpretations", zh: "解释")[language])
    for item in document.interpretations {
      lines.append("")
      lines += self.lines(of: item, language)
    }
    return lines.joined(separator: "\n")
  }

  /// Every number and choice with its source. In Chinese its name stands first, and the path by
  /// which a scenario sets it below.
  private func numbers(_ language: Language) -> [String] {
    let facts = "coverage.facts."
    let items = document.parameters.filter {
      language == .english || !($0.path.hasPrefix(facts) && $0.path.hasSuffix(".id"))
    }
    let heads = items.map { item in
      LocalizedText(
        english: item.path, chinese: document.name(ofParameter: item.path).chinese)[language]
    }
    let width = min(52, heads.map(DisplayWidth.of).max() ?? 0)
    return zip(items, heads).flatMap { item, head in
      let value = DisplayWidth.padded(document.words(of: item)[language], to: 24)
      let start = DisplayWidth.padded(head, to: width) + "  " + value + "  "
      let path = head == item.path ? [] : ["  " + item.path]
      return hanging(start, item.citation.words[language]) + path
    }
  }

  /// The facts that coverage asks for, in words.
  private func facts(_ language: Language) -> [String] {
    let facts = document.terms.coverage.facts
    guard !facts.isEmpty else { return [] }
    let heading = LocalizedText(en: "Facts that coverage asks for", zh: "补偿范围要求的条件")
    return ["", heading[language]]
      + facts.flatMap { fact in
        let words = LocalizedText(
          en: "\(fact.english) (\(fact.citation))", zh: "\(fact.chinese)（\(fact.citation)）")
        return hanging("  \(fact.id)" + colon[language], words[language])
      }
  }

  private func lines(of item: Interpretation, _ language: Language) -> [String] {
    let words = LocalizedText(
      en: "\(item.question)  “\(item.words)”", zh: "\(item.question)  “\(item.words)”")
    let ours = LocalizedText(en: "default: ", zh: "默认：")
    var lines = hanging(DisplayWidth.padded(item.id, to: 6), words[language])
    lines += hanging("      " + ours[language], item.reading[language])
    for other in item.others {
      lines += hanging("      \(other.name)" + colon[language], other.text[language])
    }
    if let note = item.note {
      let head = LocalizedText(en: "note: ", zh: "说明：")
      lines += hanging("      " + head[language], note[language])
    }
    return lines
  }

  /// A text behind a start, its further lines indented as far, within 100 columns.
  private func hanging(_ start: String, _ text: String) -> [String] {
    let indent = min(DisplayWidth.of(start), 82)
    let lines = DisplayWidth.lines(of: text, width: 100 - indent)
    let blanks = String(repeating: " ", count: indent)
    return lines.enumerated().map { ($0.offset == 0 ? start : blanks) + $0.element }
  }
}
