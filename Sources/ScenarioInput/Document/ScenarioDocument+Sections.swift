import DocumentReading
import FundCore

/// Sections that a scenario need not have, and that a value which is set in one of them makes:
/// `funds.1.readings.I-16=yearEnds` of a fund without readings.
extension ScenarioDocument {
  /// The document's tree with the sections that lead to a path, as far as a scenario can have them.
  func treeWithSections(to path: String, at place: SourceLocation) -> DocumentNode {
    let parts = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    var tree = tree
    for count in 1..<max(1, parts.count) {
      let section = parts[..<count].joined(separator: ".")
      if let node = tree.node(at: section) {
        if case .null = node.content {} else { continue }
      }
      let none = DocumentNode(content: .mapping([]), location: place)
      guard Self.canHave(section: parts[..<count]),
        let next = tree.replacing(path: section, with: none)
      else { return tree }
      tree = next
    }
    return tree
  }

  /// The paths that differ from a path in the name of a section that the scenario could have.
  func pathsInSections(like path: String) -> [String] {
    let parts = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    return Self.sections.compactMap { section in
      guard section.count < parts.count else { return nil }
      let head = zip(section, parts).map { $0 == "*" ? $1 : $0 }
      let found = (head + parts[section.count...]).joined(separator: ".")
      return found == path ? nil : found
    }
  }

  private static func canHave(section parts: ArraySlice<String>) -> Bool {
    sections.contains { section in
      section.count == parts.count && zip(section, parts).allSatisfy { $0 == "*" || $0 == $1 }
    }
  }

  private static let sections = optionalSections.map {
    $0.split(separator: ".").map(String.init)
  }

  /// The sections, `*` for any name: those of `scenarios/scenario.schema.json`, which a test compares.
  static let optionalSections = [
    "premiums", "premiums.*", "budget", "limits", "portfolio", "portfolio.generate",
    "portfolio.generate.banks", "portfolio.generate.sizes", "portfolio.generate.amounts",
    "portfolio.generate.amounts.*", "portfolio.generate.terms", "portfolio.generate.grades",
    "portfolio.generate.sectors", "portfolio.generate.models", "portfolio.generate.collateral",
    "portfolio.generate.ipPart", "portfolio.generate.repayment", "portfolio.columns",
    "portfolio.constants", "portfolio.facts", "portfolio.facts.columns", "portfolio.values",
    "portfolio.values.*", "portfolio.sizeByEmployees", "portfolio.window", "portfolio.units",
    "defaults", "defaults.assetCorrelation", "defaults.factorLoading", "defaults.factor",
    "defaults.grades", "recovery", "recovery.lag", "uncertainty", "uncertainty.pd",
    "uncertainty.assetCorrelation", "uncertainty.persistence", "uncertainty.*", "funds.*.shares",
    "funds.*.readings", "funds.*.partition", "funds.*.bankCaps", "funds.*.premiums",
    "funds.*.premiums.*", "funds.*.fillUp", "funds.*.contributors",
  ]
}
