import DocumentReading
import FundCore
import ResultFacts
@testable import PolicyLibrary
import TestSupport
import Testing

/// Drafts made of built-in programmes say what they are.
@Suite struct DraftTests {
  private static func draft(of id: String) throws -> String {
    try builtIn(id).draft(of: #require(PolicyDocument.builtInText(id)), as: "jiangzhou-2027")
  }

  /// The document that a file with this text is, as a scenario would name it.
  private static func named(_ text: String) throws -> PolicyDocument {
    let folder = try TemporaryFolder()
    try folder.write("p.yaml", text)
    return try PolicyDocument.named(
      Written("p.yaml", at: SourceLocation(file: "test")), in: folder.path)
  }

  /// A copied file kept the issuer, the date, the English title and the quoted words.
  @Test(arguments: PolicyDocument.builtInIDs)
  func `a draft has the numbers of its original and nothing that claims to be it`(id: String) throws
  {
    let original = try builtIn(id)
    let draft = try Self.named(Self.draft(of: id))
    #expect(draft.id == "jiangzhou-2027" && draft.check == .never && draft.textName == nil)
    #expect(draft.parameters == original.parameters)
    #expect(draft.title.chinese == "草案 jiangzhou-2027（由 \(id) 改写）")
    #expect(draft.title.english == "Draft jiangzhou-2027, made from \(id)")
    #expect(draft.issuer.chinese == "草案，尚未发布" && draft.issuer.english == "a draft, not issued")
    #expect(draft.interpretations.map(\.id) == original.interpretations.map(\.id))
    // The words of the original stood in it, with a remark before them.
    let text = try Self.draft(of: id)
    for item in original.interpretations where item.words.count > 1 {
      #expect(!text.contains("words: \(item.words)") && !text.contains(": \(item.words)'"))
    }
    #expect(
      draft.interpretations.allSatisfy { $0.words == "待填：草案的原文 to be quoted from the draft" })
    let second = try Self.named(draft.draft(of: text, as: "second"))
    #expect(second.interpretations.map(\.words) == draft.interpretations.map(\.words))
  }

  /// A file that an editor on Windows had saved could not be drafted from.
  @Test(arguments: ["\r\n", "\n"], ["", "\u{FEFF}"])
  func `line ends and a byte order mark do not matter`(end: String, mark: String) throws {
    let text = try #require(PolicyDocument.builtInText("baotou"))
    let saved = mark + text.replacing("\n", with: end)
    let draft = try builtIn("baotou").draft(of: saved, as: "jiangzhou-2027")
    #expect(try draft == Self.draft(of: "baotou"))
  }

  @Test(arguments: ["baotou", "Jiangzhou", "江州", "", "a b", "-a", "a-", "9a", "a/b", "a.yaml"])
  func `such an id is none`(id: String) {
    #expect(!PolicyDocument.canBeDraft(id))
  }

  /// The date of a built-in file under other numbers was printed as that of a check.
  @Test(arguments: [
    ["id: baotou", "id: mine"], ["value: 30%, article: '12, 15'", "value: 31%, article: '12, 15'"],
  ])
  func `a copy by hand with other contents counts as not checked`(change: [String]) throws {
    let text = try #require(PolicyDocument.builtInText("baotou"))
    #expect(try Self.named(text).check == builtIn("baotou").check)
    let copy = try Self.named(text.replacing(change[0], with: change[1]))
    #expect(copy.check == .borrowed(from: "baotou"))
    #expect(copy.check.words.english.hasPrefix("not checked"))
    #expect(copy.check.words.chinese.hasPrefix("未核对"))
    let changed = try copy.changed(
      readings: [
        ReadingChoice(
          id: Written("I-16", at: SourceLocation(file: "t")),
          name: Written("yearEnds", at: SourceLocation(file: "t")))
      ], overrides: [])
    #expect(changed.check == copy.check)
    // Other names are not enough while the quoted words are the original's; a day of its own is.
    let renamed = text.replacing("id: baotou", with: "id: mine")
      .replacing("包头市知识产权", with: "江州市知识产权").replacing("Baotou, measures", with: "Jiangzhou")
      .replacing("{zh: 包头市, en: Baotou city}", with: "{zh: 江州市, en: Jiangzhou}")
      .replacing("text: Baotou\n", with: "")
    #expect(try Self.named(renamed).check == .borrowed(from: "baotou"))
    let ownDay = renamed.replacing("checkedOn: 2026-11-21", with: "checkedOn: 2027-01-05")
    #expect(try Self.named(ownDay).check.description == "2027-01-05")
  }

  /// Files are read for a comparison only if their bytes hold such a mark: folded or quoted, it is found.
  @Test func `what gives a copy away is found in the bytes of its original`() throws {
    for file in PolicyDocument.builtInFiles {
      let document = try builtIn(file.id)
      let text = BareText(file.bytes)
      #expect(document.id == file.id)
      let marks =
        [document.title.chinese, document.title.english]
        + ["zh: " + document.issuer.chinese, "en: " + document.issuer.english]
        + [document.textName].compactMap(\.self) + document.interpretations.map(\.words)
      for mark in marks { #expect(text.holds(mark), "\(file.id): \(mark)") }
      #expect(!text.holds("江州市知识产权质押融资"))
    }
    #expect(BareText("a: 'x \n  y'".utf8).holds("xy") && !BareText("ab".utf8).holds("abc"))
  }

  @Test func `a programme of its own with the same day is checked`() throws {
    let own = linshui.replacing("checkedOn: 2025-06-30", with: "checkedOn: 2026-11-21")
    #expect(try Self.named(own).check.description == "2026-11-21")
    let without = linshui.replacing("\ncheckedOn: 2025-06-30", with: "")
    #expect(try Self.named(without).check == .never)
  }
}
