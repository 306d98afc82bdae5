import DocumentReading
import FundCore
import PolicyLibrary
import Testing

/// What cannot stand in a programme file.
@Suite struct `The reader of programmes` {
  @Test func `finds nothing wrong with the draft that these tests spoil`() {
    #expect(problems { _ = try programme(linshui) } == "")
  }

  @Test(arguments: Refusal.sources + Refusal.numbers)
  func `refuses, with place, value and way out,`(refusal: Refusal) throws {
    #expect(linshui.split(separator: refusal.from).count == 2, "stands once: \(refusal.from)")
    let spoiled = linshui.replacing(refusal.from, with: refusal.to)
    let message = problems { _ = try programme(spoiled) }
    #expect(message.replacing("draft.yaml:", with: "") == refusal.message)
  }

  @Test func `reports everything at once, in the order of the file`() {
    let spoiled = (Refusal.sources + Refusal.numbers)
      .filter { ["a number without an article", "a cap of zero"].contains($0.what) }
      .reduce(linshui) { $0.replacing($1.from, with: $1.to) }
    let message = problems { _ = try programme(spoiled) }
    #expect(message.split(separator: "\n").count { $0.contains("error[") } == 2)
    #expect(message.hasPrefix("draft.yaml:25:13: error[cap-of-zero]"))
  }

  /// All clauses of a built-in programme at once, robbed of their sources.
  @Test(arguments: PolicyDocument.builtInIDs)
  func `refuses every clause that names no source`(id: String) throws {
    var tree = try builtIn(id).tree
    let clauses = tree.clausePaths
    #expect(clauses.count > 30)
    for path in clauses {
      let node = try #require(tree.node(at: path))
      let bare = DocumentNode(
        content: .mapping((node.entries ?? []).filter { !isSource($0.key.value) }),
        location: node.location)
      tree = try #require(tree.replacing(path: path, with: bare))
    }
    let message = problems { _ = try readProgramme(tree: tree) }
    for path in clauses {
      let place = try #require(tree.node(at: path)).location
      #expect(message.contains("\(place): error[uncited-number]: '\(path)' "))
    }
  }

  /// All clauses of a built-in programme at once, each citing another one that does not exist.
  @Test(arguments: PolicyDocument.builtInIDs)
  func `refuses every clause that cites an unknown interpretation`(id: String) throws {
    var tree = try builtIn(id).tree
    let clauses = tree.clausePaths
    for (number, path) in clauses.enumerated() {
      let unknown = DocumentNode(
        content: .scalar("I-\(1000 + number)", isPlain: true), location: scenarioPlace)
      tree = try #require(tree.replacing(path: "\(path).interpretation", with: unknown))
    }
    let message = problems { _ = try readProgramme(tree: tree) }
    for (number, path) in clauses.enumerated() {
      #expect(message.contains("cites I-\(1000 + number),"), "\(path)")
    }
  }

  /// `policy show` lists the table; what is not in it cannot be looked up there.
  @Test(arguments: PolicyDocument.builtInIDs)
  func `puts every number and choice of a clause into the table`(id: String) throws {
    let document = try builtIn(id)
    let listed = Set(document.parameters.map(\.path))
    let written = document.tree.clausePaths.flatMap { clause in
      (document.tree.node(at: clause)?.entries ?? []).filter { entry in
        let isText = isSource(entry.key.value) || ["id", "zh", "en"].contains(entry.key.value)
        return !isText && entry.value.entries == nil && entry.value.items?.first?.entries == nil
      }.map { "\(clause).\($0.key.value)" }
    }
    #expect(written.filter { !listed.contains($0) } == [])
  }
}

private func isSource(_ key: String) -> Bool {
  ["article", "interpretation", "assumption"].contains(key)
}

extension DocumentNode {
  /// The paths of all mappings that name a source, outside of the log.
  fileprivate var clausePaths: [String] {
    let sources = paths().filter { !$0.hasPrefix("interpretations.") }.compactMap { path in
      let parts = path.split(separator: ".")
      // A list of interpretations has a number behind the key.
      guard let place = parts.lastIndex(where: { isSource(String($0)) }), place >= parts.count - 2
      else { return nil as String? }
      return parts[..<place].joined(separator: ".")
    }
    return Set(sources).sorted()
  }
}
