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
      lines.append(
        padded(item.path, to: width) + "  " + padded(value, to: 24) + "  "
          + item.citation.description)
    }
    for (model, refusal) in document.terms.refusedModels.sorted(by: {
      $0.key.rawValue < $1.key.rawValue
    }) {
      lines.append(
        "model \(model.rawValue) is not allowed (\(refusal.citation)): \(refusal.reason)")
    }
    lines.append("\nInterpretations")
    for item in document.interpretations {
      lines.append("\n\(item.id)  \(item.question.english)")
      lines.append("      \(item.question.chinese)  “\(item.words)”")
      lines.append("      default: \(item.reading.english)")
      for other in item.others { lines.append("      \(other.name): \(other.text.english)") }
      if let note = item.note { lines.append("      note: \(note.english)") }
    }
    return lines.joined(separator: "\n")
  }
}

/// A text filled with blanks up to a width.
private func padded(_ text: String, to width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - text.count))
}
