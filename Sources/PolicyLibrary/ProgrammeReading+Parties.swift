import CompensationKernel
import DocumentReading
import FundCore

/// The parties and models that a programme brings with it: an id and names in both languages.
extension ProgrammeReading {
  /// Reads `parties:`, the payers that are not among the shared ones.
  func readParties(_ top: inout Section) {
    for opened in top.sectionsIfPresent("parties") ?? [] {
      var section = opened
      let id = section.text("id", example: "re-guarantor")
      let chinese = section.text("zh")
      let english = section.text("en")
      section.finish()
      guard let id, let chinese, let english, isOwnID(id, "party") else { continue }
      if ownParties.contains(where: { $0.id == id.value }) {
        section.report(
          "party-twice",
          .init(en: "the party '\(id.value)' stands here twice", zh: "承担方“\(id.value)”列了两次"),
          help: .init(en: "name each party once", zh: "每个承担方只列一次"))
        continue
      }
      ownParties.append(
        Party(
          id: id.value, words: LocalizedText(english: english.value, chinese: chinese.value),
          otherWords: [chinese.value]))
    }
  }

  /// All parties that the programme can name.
  var parties: [Party] { Party.ordered(Party.shared + ownParties) }

  /// The party of a name; `nil` if there is none.
  func party(named name: String) -> Party? { parties.first { $0.id == name } }

  /// Whether a name can be that of a party or model of a programme's own: small letters and digits
  /// with a hyphen between them, so that no misspelt shared name is taken for it.
  func isOwnID(_ id: Written<String>, _ kind: String) -> Bool {
    if id.value.wholeMatch(of: /[a-z][a-z0-9]*(-[a-z0-9]+)+/) != nil, id.value.utf8.count <= 40 {
      return true
    }
    problems.report(
      "own-name",
      .init(
        en: "'\(id.value)' cannot be the id of a \(kind) of the programme's own",
        zh: "“\(id.value)”不能作为本办法自有\(kind == "model" ? "模式" : "承担方")的代号"),
      help: .init(
        en: "write small letters with a hyphen between them, such as `re-guarantor`",
        zh: "用小写字母，中间加连字符，如 `re-guarantor`"), at: id.location)
    return false
  }
}

extension OperatingModel {
  /// A model of a programme's own. Ledgers call it by its Chinese name, with 模式 behind it or without.
  init(naming id: String, _ words: LocalizedText) {
    let name = words.chinese
    self.init(
      id: id, words: words,
      otherWords: name.hasSuffix("模式") ? [name, String(name.dropLast(2))] : [name, name + "模式"])
  }
}
