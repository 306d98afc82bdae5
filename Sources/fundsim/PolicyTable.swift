import CompensationKernel
import FundCore
import PolicyLibrary

/// A programme as a table: every number with unit, article and interpretation, then the log.
struct PolicyTable {
  let document: PolicyDocument

  init(_ document: PolicyDocument) { self.document = document }

  /// The table, within 100 columns.
  var text: String {
    var lines = [document.title.chinese, document.title.english]
    lines.append("\(document.id) · \(document.issuer.english) · checked \(document.checkedOn)")
    lines.append("")
    let width = min(52, document.parameters.map(\.path.count).max() ?? 0)
    for item in document.parameters {
      let value =
        item.unit.isEmpty || item.unit == "yuan" ? item.value : "\(item.value) \(item.unit)"
      let start =
        DisplayWidth.padded(item.path, to: width) + "  " + DisplayWidth.padded(value, to: 24) + "  "
      lines += hanging(start, item.citation.description)
    }
    for (model, refusal) in document.terms.refusedModels.sorted(by: {
      $0.key.rawValue < $1.key.rawValue
    }) {
      lines += hanging(
        "",
        "model \(model.rawValue) is not allowed (\(refusal.citation)): \(refusal.reason.english)")
    }
    lines.append("\nInterpretations")
    for item in document.interpretations {
      lines.append("")
      lines += hanging(DisplayWidth.padded(item.id, to: 6), item.question.english)
      lines += hanging("      ", "\(item.question.chinese)  “\(item.words)”")
      lines += hanging("      default: ", item.reading.english)
      for other in item.others { lines += hanging("      \(other.name): ", other.text.english) }
      if let note = item.note { lines += hanging("      note: ", note.english) }
    }
    return lines.joined(separator: "\n")
  }

  /// A text behind a start, its further lines indented as far, within 100 columns.
  private func hanging(_ start: String, _ text: String) -> [String] {
    let indent = min(DisplayWidth.of(start), 60)
    let lines = DisplayWidth.lines(of: text, width: 100 - indent)
    let blanks = String(repeating: " ", count: indent)
    return lines.enumerated().map { ($0.offset == 0 ? start : blanks) + $0.element }
  }
}
