import Testing

/// What keeps a straight line straight: nothing vanishes after it was checked, no logic reads prose, no
/// signature hides parameters, and a file is named by what it declares.
struct `The straight line` {
  /// Where a failure may be dropped, each with its reason. Nowhere else in these targets.
  static let droppedFailures: [String: String] = [
    "Sources/ScenarioInput/Claim/OptionDocument.swift":
      "a programme that cannot be read is told by the reader of the fund, at its own place",
    "Sources/ScenarioInput/Document/ScenarioDocument.swift":
      "a programme that cannot be read is told by the reader of the fund, at its own place",
    "Sources/ScenarioInput/Fund/KnownModels.swift":
      "a programme that cannot be read is told by the reader of the fund, at its own place",
    "Sources/ScenarioInput/History/HistoryLoanColumn.swift":
      "a file that has no head of a register is read as a yearly table, which tells what it lacks",
    "Sources/fundsim/Speech/ExitStatus.swift":
      "standard error that takes nothing: there is nobody left to tell",
    "Sources/fundsim/Run/MemoryLimit.swift":
      "a limit that the system does not tell is none",
    "Sources/fundsim/Output/ResultManifest.swift":
      "a manifest that cannot be read is none, and its folder's files are then known by their starts",
    "Sources/fundsim/Output/OutputFolder.swift":
      "a folder that cannot be listed keeps left temporary files, which do no harm",
  ]

  @Test func `drops no failure after something was checked`() {
    let targets: Set<String> = ["ScenarioInput", "Planning", "fundsim"]
    let files = SourceFile.sources.filter { file in
      targets.contains(file.target) && file.code.contains { $0.contains("try?") }
    }.map(\.path)
    #expect(Set(files).subtracting(Self.droppedFailures.keys) == [])
    #expect(Set(Self.droppedFailures.keys).subtracting(files) == [], "an exception without a use")
  }

  /// A sentence is for people: what it says must stand in a type, too.
  @Test func `has no logic that reads prose`() throws {
    let reading = try Regex(
      #"(message|advice|help|reason|text|words|title|issuer|source)(\[[^\]]*\])?\.(english|chinese)"#
        + #"\)?(\.(has|contains|split|first|prefix|suffix|drop|starts|range|match|whole)| [=!]= ")"#
    )
    let readers = SourceFile.sources.flatMap { file in
      file.lines.indices.filter { file.lines[$0].contains(reading) }.map { file.place($0) }
    }
    #expect(readers == [])
  }

  /// Folders that are being converted, whose signatures still have tuples. An entry goes when they are gone.
  static let foldersWithTuples: [String] = [
    "Sources/Charts/"
  ]

  @Test func `has no tuple as a parameter`() {
    let found = SourceFile.sources.filter { file in
      !Self.foldersWithTuples.contains { file.path.hasPrefix($0) }
    }.flatMap { file in
      file.signatures.filter { $0.hasTuple }.map { file.place($0.line) }
    }
    #expect(found == [])
  }

  /// Folders that are being converted, whose files are not named yet as they should be.
  static let foldersWithOtherNames: [String] = []

  /// Files of functions that have a small type beside them.
  static let filesOfFunctions: Set<String> = [
    "Sources/Charts/MarkupText.swift", "Sources/RandomStreams/BetaFunctions.swift",
  ]

  /// `Type.swift` declares the type, `Type+Subject.swift` adds to it, and a file of functions alone has a
  /// name of its own.
  @Test func `has files that are named by what they declare`() {
    let wrong = SourceFile.sources.filter { file in
      !Self.foldersWithOtherNames.contains { file.path.hasPrefix($0) }
        && !Imports.buildTools.contains(file.target)
        && !Self.filesOfFunctions.contains(file.path) && !file.isNamedByContents
    }.map(\.path)
    #expect(wrong == [])
  }
}

/// The parameters of a function or initialiser.
struct Signature {
  let line: Int
  let parameters: String

  /// Whether the type of a parameter is a tuple, or a list of them.
  var hasTuple: Bool {
    var rest = parameters[...]
    while let colon = rest.firstMatch(of: /:\s*(@escaping |inout |borrowing |consuming )?\[*\(/) {
      let open = rest.index(before: colon.range.upperBound)
      let end = rest.closingBracket(of: open) ?? rest.endIndex
      let behind = rest[end...].dropFirst().drop { $0.isWhitespace }
      // What a literal gives, the protocol asks for as a list of pairs.
      let isFunction = ["->", "throws", "async", "..."].contains { behind.hasPrefix($0) }
      if !isFunction, rest[open..<end].contains(",") { return true }
      rest = rest[colon.range.upperBound...]
    }
    return false
  }
}

extension SourceFile {
  /// The signatures of functions and initialisers.
  var signatures: [Signature] {
    let text = code.joined(separator: "\n")
    return text.matches(of: /\b(func [^\s(<{]+|init[?]?|subscript)(<[^({]*>)?\(/).compactMap {
      match in
      let open = text.index(before: match.range.upperBound)
      guard let end = text[...].closingBracket(of: open) else { return nil }
      // A call, such as `.init(…)` or `self.init(…)`, declares nothing.
      if match.range.lowerBound > text.startIndex,
        text[text.index(before: match.range.lowerBound)] == "."
      {
        return nil
      }
      return Signature(
        line: text[..<open].count { $0 == "\n" },
        parameters: String(text[text.index(after: open)..<end]))
    }
  }

  /// Whether the name of the file is that of a type that it declares, or says to which type it adds what;
  /// a file without types and extensions holds functions, and has any name.
  var isNamedByContents: Bool {
    let name = String(path.split(separator: "/").last?.dropLast(".swift".count) ?? "")
    let text = code.joined(separator: "\n")
    let declared = Set(
      text.matches(
        of: /(private |fileprivate )?\b(?:struct|class|enum|protocol|actor|typealias)\s+(\w+)/
      ).filter { $0.output.1 == nil }.map { String($0.output.2) })
    let extended = text.matches(
      of: /(private |fileprivate )?\bextension\s+([A-Za-z0-9_.\[\]]+)/
    ).filter { $0.output.1 == nil }.map { String($0.output.2) }
    let parts = name.split(separator: "+").map(String.init)
    if parts.count == 2 {
      return declared.contains(parts[0]) || extended.contains { $0.hasSuffix(parts[0]) }
        || extended.contains("[\(parts[0])]")
    }
    return declared.contains(name) || (declared.isEmpty && extended.isEmpty)
  }
}

extension Substring {
  /// The bracket that closes the round one at a place.
  func closingBracket(of open: Index) -> Index? {
    var depth = 0
    for place in self[open...].indices {
      if "([{".contains(self[place]) { depth += 1 }
      if ")]}".contains(self[place]) { depth -= 1 }
      if depth == 0 { return place }
    }
    return nil
  }
}
