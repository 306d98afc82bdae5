import Testing

/// What a target may know of reports: the domain holds values, a scenario is read and counted, and what a
/// report says of them is written where reports are.
struct `Boundaries` {
  /// What a result is told with, and the types that hold it.
  static let told: Set<String> = [
    "Provenance", "FundDescription", "ShareDescription", "ThresholdDescription",
    "ParameterOverride", "ChosenReading", "ProgrammeReference", "PortfolioDescription",
  ]

  /// What counts and names inputs and coverage without a sentence.
  static let counted: Set<String> = [
    "InputFact", "InputValue", "CoverageSummary", "CountedReason", "HeardUnit",
  ]

  /// How a text lies on a terminal or a page.
  static let laid: Set<String> = ["DisplayWidth", "visibleText", "isolated"]

  /// The places in a target's code where one of some words stands.
  private static func uses(of words: Set<String>, in target: String) -> [String] {
    SourceFile.sources.filter { $0.target == target }.flatMap { file in
      file.code.enumerated().compactMap { index, line in
        let found = line.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init)
        let used = words.intersection(found).sorted()
        return used.isEmpty ? nil : "\(file.place(index)): \(used.joined(separator: ", "))"
      }
    }
  }

  @Test func `the domain knows nothing of results, reports or terminals`() {
    #expect(Self.uses(of: Self.told.union(Self.counted).union(Self.laid), in: "FundCore") == [])
  }

  @Test(arguments: ["ScenarioInput", "Planning", "Simulation", "ClaimRules"])
  func `what is read and studied is handed over in types, not in the words of a report`(
    target: String
  ) {
    let words = Self.told.union(Self.laid).union(["LabelledText"])
    #expect(Self.uses(of: words, in: target) == [])
  }

  @Test func `every type of what a result is told with is named here`() {
    let files = SourceFile.sources.filter { $0.target == "ResultFacts" }
    let declared = files.flatMap(\.code).compactMap { line -> String? in
      let words = line.split(separator: " ")
      // Nested types are indented.
      guard line.hasPrefix("public "), let kind = words.firstIndex(where: Self.kinds.contains)
      else { return nil }
      return String(words[kind + 1].prefix { $0.isLetter })
    }
    #expect(Set(declared).subtracting(["InputItem"]) == Self.told.union(Self.counted))
  }

  private static let kinds: Set<Substring> = ["struct", "enum", "class"]
}
