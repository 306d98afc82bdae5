import DocumentReading
import Foundation
import FundCore
import ScenarioInput
import TestSupport
import Testing

/// A changed scenario, written as a file again.
struct `The text of a changed scenario` {
  private static let scenarios = [
    "three-models", "baotou", "chaoyang", "weihai-2020", "history", "dalian-2018",
    "dalian-hitech-2022", "my-draft",
  ]

  private func document(_ name: String) throws -> ScenarioDocument {
    try ScenarioDocument(path: EditorSchema.root + "/scenarios/" + name)
  }

  /// What a text is read as, without the places where its values stand.
  private func contents(_ text: String) throws -> String {
    try parseDocument(text: text, file: "f").yaml
  }

  /// All keys and values, in their order, whether or not they stand in quotes.
  private func words(_ node: DocumentNode) -> [String] {
    switch node.content {
    case .null: ["~"]
    case .scalar(let text, _): [text]
    case .sequence(let items): ["["] + items.flatMap(words) + ["]"]
    case .mapping(let entries): ["{"] + entries.flatMap { [$0.key.value] + words($0.value) } + ["}"]
    }
  }

  @Test(arguments: scenarios) func `is the file where nothing was changed`(name: String) throws {
    let document = try document(name)
    #expect(try document.text().utf8.count > 500)
    #expect(try document.text() == (try fileText(document.file)))
  }

  private func fileText(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  @Test(arguments: scenarios) func `written anew is read as the same`(name: String) throws {
    let document = try document(name)
    #expect(try contents(document.tree.yaml) == document.tree.yaml)
    let line = try parseDocument(text: document.tree.yamlLine, file: "f")
    #expect(words(line) == words(document.tree))
  }

  @Test func `keeps every line but those of what was changed`() throws {
    let document = try document("three-models")
    let changed = try [
      ("recovery.mean", "20%"), ("funds.2.initial", "2000万"), ("funds.1.shares", "{fund: 45%}"),
      ("defaults.grades.B", "5%"),
    ].reduce(document) { document, change in
      try document.setting(try ScenarioEdit(path: change.0, text: change.1, option: "x"))
    }
    let (before, after) = (
      try document.text().split(separator: "\n"), try changed.text().split(separator: "\n")
    )
    let difference = after.difference(from: before)
    #expect(difference.removals.count == 3)
    #expect(difference.insertions.count == 4)
    #expect(try contents(try changed.text()) == changed.tree.yaml)
  }

  @Test func `is written anew where something was taken away`() throws {
    let document = try document("three-models")
    let changed = document.removing("premiums")
    let text = try changed.text()
    #expect(!text.contains("premiums") && !text.contains("#"))
    #expect(try contents(text) == changed.tree.yaml)
  }

  /// Quotes, colons, braces, control characters, things that look like other things.
  @Test func `takes any words`() throws {
    var words = SeededWords(seed: 5)
    let signs = Array("ab甲 :#'\"{}[],&*!|>%@`-?~0\\\t\u{1}\n=é.")
    for _ in 0..<400 {
      let text = String(
        (0..<Int.random(in: 0...8, using: &words)).map { _ in
          signs[Int.random(in: 0..<signs.count, using: &words)]
        })
      let place = FundCore.SourceLocation(file: "f")
      let scalar = DocumentNode(content: .scalar(text, isPlain: false), location: place)
      let key = text.isEmpty ? "k" : text
      let tree = DocumentNode(
        content: .mapping([
          DocumentEntry(key: Written(key, at: place), value: scalar),
          DocumentEntry(
            key: Written(key + "2", at: place),
            value: DocumentNode(
              content: .sequence([scalar, tree(of: scalar, place)]), location: place)),
        ]), location: place)
      for written in [tree.yaml, tree.yamlLine] {
        let read = try parseDocument(text: written, file: "f")
        #expect(read.yaml == tree.yaml, "\(text.debugDescription)")
      }
    }
  }

  private func tree(of node: DocumentNode, _ place: FundCore.SourceLocation) -> DocumentNode {
    DocumentNode(
      content: .mapping([DocumentEntry(key: Written("k", at: place), value: node)]), location: place
    )
  }
}
