import DocumentReading
import FundCore

/// The interpretation log of a programme, and its use.
extension ProgrammeReading {
  func interpretation(_ opened: Section, tree: DocumentNode) -> Interpretation? {
    var section = opened
    let id = section.text("id", example: cited.first?.id.value ?? "…")
    let question = localized("question", in: &section)
    let words = section.text("words", example: "达到")
    let reading = localized("reading", in: &section)
    let note = section.has("note") ? localized("note", in: &section) : nil
    let order = section.choiceIfPresent("sets", as: StatedMatter.self)
    let others = (section.sectionsIfPresent("others") ?? []).compactMap { self.reading($0, tree) }
    section.finish()
    guard let id, let question, let words, let reading else { return nil }
    return Interpretation(
      id: id.value, question: question, words: words.value, reading: reading, others: others,
      note: note, sets: order == nil ? watch(others) : .order)
  }

  /// What no clause can show, and the file therefore says.
  private enum StatedMatter: String, CaseIterable, Sendable { case order }

  /// `watch`, if that is all that readings change.
  private func watch(_ readings: [Interpretation.Reading]) -> Interpretation.Matter? {
    let paths = readings.flatMap(\.changes).map { $0.key.value.split(separator: ".") }
    let areOfWatching = paths.allSatisfy {
      $0.count == 4 && $0.first == "thresholds" && $0[2] == "watched"
    }
    return !paths.isEmpty && areOfWatching ? .watch : nil
  }

  private func reading(_ opened: Section, _ tree: DocumentNode) -> Interpretation.Reading? {
    var section = opened
    let name = section.text("name")
    let text = localized("text", in: &section)
    let change = section.node("change", example: "{ rounding.rule: down }")
    section.finish()
    guard let name, let text, let change else { return nil }
    guard let entries = change.entries else {
      problems.report(
        "not-a-mapping", .init(en: "'change' is \(change.kind)", zh: "“change”是\(change.kind)"),
        help: .init(
          en: "write paths and values, such as `rounding.rule: down`",
          zh: "写参数路径和值，如 `rounding.rule: down`"), at: change.location)
      return nil
    }
    for entry in entries where tree.replacing(path: entry.key.value, with: entry.value) == nil {
      problems.report(unknownParameter: entry, in: tree)
    }
    return Interpretation.Reading(name: name.value, text: text, changes: entries)
  }

  /// Every interpretation that a clause cites must be in the log.
  func checkInterpretations(_ log: [Interpretation]) {
    let known = Set(log.map(\.id))
    var reported: Set<String> = []
    for (id, clause) in cited where !known.contains(id.value) {
      guard reported.insert(id.value).inserted else { continue }
      problems.report(
        "unknown-interpretation",
        .init(
          en: "'\(clause)' cites \(id.value), which is not in the log",
          zh: "“\(clause)”引用了 \(id.value)，而解释清单中没有这一条"),
        help: .init(
          en: "add \(id.value) under `interpretations`", zh: "在 `interpretations` 下补上 \(id.value)"),
        at: id.location)
    }
  }
}

extension ProblemCollector {
  /// Reports that a reading changes what is not there.
  func report(unknownParameter entry: DocumentEntry, in tree: DocumentNode) {
    report(
      "unknown-parameter",
      .init(
        en: "the programme has no parameter '\(entry.key.value)'",
        zh: "该办法没有参数“\(entry.key.value)”"),
      help: suggestion(for: entry.key.value, in: tree), at: entry.key.location)
  }
}

/// The parameter that a misspelt path most likely meant.
func suggestion(for path: String, in tree: DocumentNode) -> LocalizedText {
  if let match = closestMatch(to: path, among: tree.paths()) {
    return .init(en: "did you mean '\(match)'?", zh: "是否想写“\(match)”？")
  }
  return .init(
    en: "`fundsim policy show ID` lists every parameter with its path",
    zh: "`fundsim policy show ID` 列出全部参数及其路径")
}
