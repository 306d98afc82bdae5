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

  @Test func `every programme file is listed where it has to be`() {
    let package = Repository.text("Package.swift").components(
      between: "let programmes = [", and: "]"
    )
    .flatMap { $0.components(between: "\"", and: "\"") }
    #expect(Set(package) == Set(Self.programmes))
    let embedded = Repository.text("Sources/PolicyLibrary/PolicyDocument+BuiltIn.swift")
    for id in Self.programmes {
      let resource = "PackageResources.\(id.map { $0 == "-" ? "_" : String($0) }.joined())_yaml"
      #expect(embedded.contains("(\"\(id)\", \(resource))"), "\(id)")
    }
  }

  @Test(arguments: programmes) func `every programme has its text and its cases`(id: String) {
    let file = Repository.text("Sources/PolicyLibrary/Programmes/\(id).yaml")
    let name = file.split(separator: "\n").first { $0.hasPrefix("text: ") }?.dropFirst(6)
    #expect(Repository.exists("Sources/PolicyLibrary/PolicyLibrary.docc/\(name ?? "?").md"))
    #expect(Repository.exists("Tests/PolicyLibraryTests/Cases/\(id).yaml"))
    #expect(Repository.text("README.md").contains("`\(id)`"))
  }

  @Test func `every scenario is a folder with its scenario file`() {
    let files = Repository.files(in: "scenarios", ending: "scenario.yaml")
    #expect(files.contains("scenarios/three-models/scenario.yaml"))
    for file in files { #expect(file.split(separator: "/").count == 3, "\(file)") }
  }
}
