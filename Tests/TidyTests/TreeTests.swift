import Testing

/// What lies where.
struct `The tree` {
  @Test func `the top level holds what the README's map names, and nothing else`() {
    let allowed: Set<String> = [
      "Package.swift", "Package.resolved", "README.md", "Sources", "Tests", "scenarios",
      "benchmarks", "notebooks-out", ".ci", ".github", ".gitignore", ".swift-format",
    ]
    #expect(Repository.topLevelNames().subtracting(allowed) == [])
    let map = Repository.text("README.md")
    // What git ignores is no part of the map.
    let unmapped: Set<String> = ["README.md", "Package.resolved"]
    for name in allowed.subtracting(unmapped) where Repository.exists(name) {
      #expect(map.contains(name), "the README's map lacks \(name)")
    }
  }

  static let programmes = Repository.files(in: "Sources/PolicyLibrary/Programmes", ending: ".yaml")
    .compactMap { $0.split(separator: "/").last.map { String($0.dropLast(5)) } }

  @Test func `a programme file is built in by lying there, and named nowhere by hand`() {
    #expect(!Self.programmes.isEmpty)
    for path in ["Package.swift", "Sources/PolicyLibrary/BuiltInProgrammes.swift"] {
      for id in Self.programmes { #expect(!Repository.text(path).contains(id), "\(path): \(id)") }
    }
  }

  @Test(arguments: programmes) func `every programme has its text and its cases`(id: String) {
    let file = Repository.text("Sources/PolicyLibrary/Programmes/\(id).yaml")
    let name = file.split(separator: "\n").first { $0.hasPrefix("text: ") }?.dropFirst(6)
    #expect(Repository.exists("Sources/PolicyLibrary/PolicyLibrary.docc/\(name ?? "?").md"))
    #expect(Repository.exists("Sources/Verification/Cases/\(id).yaml"))
    #expect(Repository.text("README.md").contains("`\(id)`"))
  }

  @Test func `every scenario is a folder with its scenario file`() {
    let files = Repository.files(in: "scenarios", ending: "scenario.yaml")
    #expect(files.contains("scenarios/three-models/scenario.yaml"))
    for file in files { #expect(file.split(separator: "/").count == 3, "\(file)") }
  }
}
