import Testing

/// Who may import whom: the table of targets in the README is the rule, `Package.swift` keeps it,
/// and so does every file.
struct `Imports` {
  /// The row of a target in the README's table.
  struct Row {
    let name: String
    let mayImport: Set<String>
  }

  static let table: [Row] = Repository.text("README.md").split(separator: "\n").compactMap { line in
    let cells = line.split(separator: "|").map { $0.split(separator: "`") }
    guard line.hasPrefix("| `"), cells.count == 3, cells[0].count == 3,
      Repository.exists("Sources/" + cells[0][1])
    else { return nil }
    // Odd pieces stood between backticks.
    let names = cells[2].enumerated().filter { $0.offset % 2 == 1 }.map { String($0.element) }
    return Row(name: String(cells[0][1]), mayImport: Set(names))
  }

  /// What a target names in `Package.swift`.
  static let package: [String: Set<String>] = {
    let signs = Repository.text("Package.swift")
    var targets: [String: Set<String>] = [:]
    for part in signs.components(between: "arget(", and: "swiftSettings:") {
      let names = part.components(between: "\"", and: "\"")
      guard let name = names.first, let list = part.range(of: "dependencies: [") else {
        if let name = names.first { targets[name] = [] }
        continue
      }
      let dependencies = String(part[list.upperBound...]).prefix { $0 != "]" }
      let products = dependencies.components(between: "package: \"", and: "\"")
      targets[name] = Set(dependencies.components(between: "\"", and: "\"")).subtracting(products)
        .union(dependencies.components(between: ".product(name: \"", and: "\""))
    }
    return targets
  }()

  /// Parts of the system that a target may use; Foundation only where files or terminals are met.
  static let system: [String: Set<String>] = [
    "DocumentReading": ["Foundation", "Glibc", "Musl", "Darwin", "Synchronization"],
    "PartialResults": ["Foundation", "Dispatch", "Synchronization"],
    "PlanningPage": ["Dispatch", "Synchronization"],
    "PlanningServer": ["Foundation", "Dispatch", "Synchronization"],
    "PolicyLibrary": ["Synchronization"],
    "ScenarioInput": ["Synchronization"],
    "Simulation": ["Dispatch", "Synchronization"],
    "fundsim": ["Foundation", "Dispatch", "Synchronization"],
  ]

  /// What runs while the program is built, and is no part of it.
  static let buildTools: Set<String> = ["GeneratedSources"]

  /// The one use of the C library in the engine, which that file explains.
  static let documentedImports = [
    "Sources/Simulation/Defaults/ElementaryFunctions.swift: Foundation"
  ]

  @Test func `every target has its row in the README`() {
    let folders = Set(SourceFile.sources.map(\.target)).subtracting(Self.buildTools)
    #expect(Set(Self.table.map(\.name)) == folders)
  }

  @Test func `a target may import only targets that stand above it`() {
    for (index, row) in Self.table.enumerated() {
      let above = Set(Self.table[..<index].map(\.name))
      let targets = row.mayImport.intersection(Self.table.map(\.name))
      #expect(targets.isSubset(of: above), "\(row.name)")
    }
  }

  @Test func `the package names what the README's table allows`() {
    for row in Self.table { #expect(Self.package[row.name] == row.mayImport, "\(row.name)") }
  }

  @Test func `a file imports only what the table allows its target`() {
    let allowed = Dictionary(uniqueKeysWithValues: Self.table.map { ($0.name, $0.mayImport) })
    let stray = SourceFile.sources.filter { !Self.buildTools.contains($0.target) }.flatMap { file in
      file.imports.filter { item in
        !(allowed[file.target] ?? []).contains(item.module)
          && !(Self.system[file.target] ?? []).contains(item.module)
          && !Self.documentedImports.contains("\(file.path): \(item.module)")
      }.map { "\(file.place($0.line)): imports \($0.module)" }
    }
    #expect(stray == [])
  }

  @Test func `a target names no dependency that it does not import`() {
    let used = Dictionary(grouping: SourceFile.sources, by: \.target)
      .mapValues { Set($0.flatMap(\.imports).map(\.module)) }
    let idle = Self.table.flatMap { row in
      row.mayImport.subtracting(used[row.name] ?? []).sorted().map { "\(row.name): \($0)" }
    }
    #expect(idle == [])
  }
}

extension SourceFile {
  /// The modules that the file imports.
  var imports: [(module: String, line: Int)] {
    code.enumerated().compactMap { index, line in
      var words = line.split(separator: " ")
      while let first = words.first, first.hasPrefix("@") || first == "public" {
        words.removeFirst()
      }
      guard words.first == "import", words.count > 1 else { return nil }
      let kinds: Set<Substring> = ["struct", "class", "enum", "func", "protocol", "var", "let"]
      let name = kinds.contains(words[1]) && words.count > 2 ? words[2] : words[1]
      return (String(name.prefix { $0 != "." }), index)
    }
  }
}

extension StringProtocol {
  /// The pieces that stand between two marks, one after the other.
  func components(between open: String, and close: String) -> [String] {
    var pieces: [String] = []
    var rest = String(self)[...]
    while let start = rest.range(of: open), let end = rest[start.upperBound...].range(of: close) {
      pieces.append(String(rest[start.upperBound..<end.lowerBound]))
      rest = rest[end.upperBound...]
    }
    return pieces
  }

  /// The first place of a word.
  func range(of word: String) -> Range<Index>? { ranges(of: word).first }
}
