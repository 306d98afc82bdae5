import CompensationKernel
import DocumentReading
import FundCore
import PolicyLibrary
import Testing

@testable import Verification

/// What holds for every programme that comes with the program.
@Suite struct `A built-in programme` {
  @Test func `is every file of the folder and nothing else`() throws {
    let files = try Places.names(in: Places.programmes, ending: ".yaml")
    #expect(PolicyDocument.builtInIDs.sorted() == files)
    for file in PolicyDocument.builtInFiles {
      let onDisk = try Places.text("\(Places.programmes)/\(file.id).yaml")
      #expect(PolicyDocument.builtInText(file.id) == onDisk, "\(file.id)")
    }
    #expect(try Places.names(in: Places.cases, ending: ".yaml") == files)
  }

  @Test(arguments: PolicyDocument.builtInIDs)
  func `reads without problems and is called like its file`(id: String) throws {
    let path = "\(Places.programmes)/\(id).yaml"
    #expect(problems { _ = try readProgramme(path: path) } == "")
    #expect(try builtIn(id).id == id)
  }

  @Test(arguments: PolicyDocument.builtInIDs)
  func `was held against its text in the past and after it came into force`(id: String) throws {
    let document = try builtIn(id)
    /// The day on which this test was last looked at. A later file moves it.
    let lookedAt = try #require(CivilDate(year: 2026, month: 12, day: 31))
    guard case .on(let checkedOn) = document.check else {
      Issue.record("\(id) was not checked")
      return
    }
    #expect(checkedOn <= lookedAt)
    if case .date(let first) = document.terms.inForce.start {
      #expect(first < checkedOn)
      guard case .date(let last) = document.terms.inForce.end else { return }
      #expect(first < last)
    }
  }

  @Test(arguments: PolicyDocument.builtInIDs)
  func `names a text, and no other does`(id: String) throws {
    let name = try #require(try builtIn(id).textName)
    #expect(try Places.names(in: Places.texts, ending: ".md").contains(name))
    for other in PolicyDocument.builtInIDs where other != id {
      #expect(try builtIn(other).textName != name)
    }
  }

  @Test(arguments: PolicyDocument.builtInIDs)
  func `cites only articles and interpretations that its text has`(id: String) throws {
    let document = try builtIn(id)
    let text = try #require(try ProgrammeText(of: document))
    let log = Set(document.interpretations.map(\.id))
    for source in sources(in: document.tree) {
      for article in listed(source.article) {
        #expect(text.heading(of: article) != nil, "\(source.place) cites Art. \(article)")
      }
      for interpretation in source.interpretations {
        #expect(text.interpretations[interpretation] != nil, "\(source.place)")
        #expect(log.contains(interpretation), "\(source.place) cites \(interpretation)")
      }
    }
  }

  @Test(arguments: PolicyDocument.builtInIDs)
  func `tells every article from the first to the last`(id: String) throws {
    let text = try #require(try ProgrammeText(of: try builtIn(id)))
    let numbers = text.articleOrder.compactMap { Int($0) }
    if !numbers.isEmpty { #expect(numbers == Array(1...text.articleOrder.count)) }
    for (article, words) in text.articles {
      // The place in the Chinese text, its deciding words, and what we say of them.
      #expect(words.hasPrefix("("), "Art. \(article) does not name its place")
      #expect(words.contains { $0.isLetter && $0.isASCII }, "Art. \(article)")
    }
  }

  @Test(arguments: PolicyDocument.builtInIDs)
  func `has the same log of interpretations as its text`(id: String) throws {
    let document = try builtIn(id)
    let text = try #require(try ProgrammeText(of: document))
    #expect(document.interpretations.map(\.id).sorted() == text.interpretations.keys.sorted())
    for interpretation in document.interpretations {
      let words = text.interpretations[interpretation.id, default: ""]
      for reading in interpretation.others {
        #expect(words.contains("`\(reading.name)`"), "\(interpretation.id) \(reading.name)")
        for change in reading.changes {
          #expect(words.contains(change.key.value), "\(interpretation.id) \(change.key.value)")
        }
      }
    }
  }

  /// A number needs a case for each article that it cites; a choice among words for one of them.
  /// How accounts are kept moves no amount by itself, and what a scenario states is no number.
  @Test(arguments: PolicyDocument.builtInIDs)
  func `has a case for every article that carries a number`(id: String) throws {
    let cases = try WorkedCases.outcome.get().heads.filter { $0.programme == id }
    let worked = Set(cases.flatMap(\.articles))
    let parts = ["models.", "recovery.", "fund.", "thresholds.", "coverage."]
    for parameter in try builtIn(id).parameters {
      guard parts.contains(where: { parameter.path.hasPrefix($0) }),
        !parameter.path.hasPrefix("fund.accounts."), parameter.value != "scenario"
      else { continue }
      let articles = listed(parameter.citation.article)
      let missing = articles.filter { !worked.contains($0) }
      let allowed = parameter.unit.isEmpty ? max(0, articles.count - 1) : 0
      #expect(missing.count <= allowed, "\(parameter.path): no case for Art. \(missing)")
    }
  }

  @Test(arguments: PolicyDocument.builtInIDs)
  func `has cases that cite articles of the text and interpretations of the log`(
    id: String
  ) throws {
    let document = try builtIn(id)
    let text = try #require(try ProgrammeText(of: document))
    let log = Set(document.interpretations.map(\.id))
    for head in try WorkedCases.outcome.get().heads where head.programme == id {
      for article in head.articles { #expect(text.heading(of: article) != nil, "\(head)") }
      #expect(log.isSuperset(of: head.interpretations), "\(head)")
    }
  }

  private struct Source {
    let place: FundCore.SourceLocation
    let article: String?
    let interpretations: [String]
  }

  /// Every citation in a tree, also of clauses that hold no number.
  private func sources(in node: DocumentNode) -> [Source] {
    guard let entries = node.entries else { return (node.items ?? []).flatMap(sources) }
    func value(_ key: String) -> DocumentNode? { entries.first { $0.key.value == key }?.value }
    let cited = value("interpretation").map { $0.items?.compactMap(\.text) ?? [$0.text ?? ""] }
    var found = entries.flatMap { sources(in: $0.value) }
    if value("article") != nil || cited != nil {
      found.append(
        Source(
          place: node.location, article: value("article")?.text, interpretations: cited ?? []))
    }
    return found
  }
}
