import CompensationKernel
import DocumentReading
import FundCore
import PolicyLibrary

/// A programme as a table: every number with unit, article and interpretation, then the log.
struct PolicyTable {
  let document: PolicyDocument

  init(_ document: PolicyDocument) { self.document = document }

  /// The table, within 100 columns.
  func text(in language: Language) -> String {
    let head = LocalizedText(
      en: "\(document.id) · \(document.issuer) · \(document.check.words)",
      zh: "\(document.id) · \(document.issuer) · \(document.check.words)")
    var lines = [document.title[language], head[language], ""]
    if let notice = document.check.notice(of: document.id) {
      lines += hanging("", notice[language]) + [""]
    }
    let width = min(52, document.parameters.map(\.path.count).max() ?? 0)
    for item in document.parameters {
      let start =
        DisplayWidth.padded(item.path, to: width) + "  "
        + DisplayWidth.padded(value(of: item)[language], to: 24) + "  "
      lines += hanging(start, item.citation.words[language])
    }
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

  private func value(of item: ProgrammeParameter) -> LocalizedText {
    let value = item.value
    switch item.unit {
    case "yuan":
      // The file's amounts are exact; the table shows them as a reader counts them.
      if case .success(let money) = Scalar.money(value, sign: .any) { return money.words }
      return .init(same: value)
    case "" where value == "yes": return .init(en: "yes", zh: "是")
    case "" where value == "no": return .init(en: "no", zh: "否")
    case "": return .init(same: value)
    default:
      guard value.contains(where: \.isNumber) else {
        return .init(english: "\(value) \(item.unit)", chinese: value)
      }
      let pattern = Self.units[item.unit] ?? "# \(item.unit)"
      return .init(
        english: "\(value) \(item.unit)", chinese: pattern.replacing("#", with: value))
    }
  }

  /// How a number with a unit of programme files is written in Chinese.
  private static let units = [
    "months": "# 个月", "days": "# 日", "working days": "# 个工作日", "year": "第 # 年",
    "share": "#", "ratio": "#", "of the base": "基数的 #", "of the recovery": "追偿所得的 #",
  ]

  /// The facts that coverage asks for, in words.
  private func facts(_ language: Language) -> [String] {
    let facts = document.terms.coverage.facts
    guard !facts.isEmpty else { return [] }
    let heading = LocalizedText(en: "Facts that coverage asks for", zh: "补偿范围要求的条件")
    return ["", heading[language]]
      + facts.flatMap { fact in
        let words = LocalizedText(
          en: "\(fact.english) (\(fact.citation))", zh: "\(fact.chinese)（\(fact.citation)）")
        return hanging("  \(fact.id): ", words[language])
      }
  }

  private func lines(of item: Interpretation, _ language: Language) -> [String] {
    let words = LocalizedText(
      en: "\(item.question)  “\(item.words)”", zh: "\(item.question)  “\(item.words)”")
    let ours = LocalizedText(en: "default: ", zh: "默认：")
    var lines = hanging(DisplayWidth.padded(item.id, to: 6), words[language])
    lines += hanging("      " + ours[language], item.reading[language])
    for other in item.others {
      lines += hanging("      \(other.name): ", other.text[language])
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
