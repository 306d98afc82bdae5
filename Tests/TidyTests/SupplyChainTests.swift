import Testing

/// What is fetched from elsewhere, and that it is written down what it is.
@Suite struct SupplyChainTests {
  /// Lines of a list, in words, without comments.
  private static func lines(_ path: String) -> [[Substring]] {
    Repository.text(path).split(separator: "\n").filter { !$0.hasPrefix("#") }
      .map { $0.split(separator: " ") }
  }

  @Test func `every dependency is of one version, whose tree is written down`() throws {
    var wanted: Set<String> = []
    for line in Repository.text("Package.swift").split(separator: "\n")
    where line.contains(".package(url:") {
      let texts = line.split(separator: "\"")
      let name = try #require(texts[1].split(separator: "/").last)
      #expect(texts[2].contains("exact:"), "\(name) may be any of several versions")
      wanted.insert("\(name) \(texts[3])")
    }
    let listed = Self.lines(".ci/dependencies.txt")
    #expect(!wanted.isEmpty)
    // What a dependency depends on is listed too.
    #expect(wanted.isSubset(of: listed.map { "\($0[0]) \($0[1])" }))
    #expect(listed.allSatisfy { $0.count == 3 && $0[2].count == 40 })
    let run = Repository.text(".ci/run")
    let checked = try #require(run.firstRange(of: "\n.ci/trees\n"))
    let built = try #require(run.firstRange(of: "\n  swift test"))
    #expect(checked.upperBound < built.lowerBound, "checked before it is compiled")
  }

  @Test func `CI takes nothing from Debian or PyPI without its version or hash`() {
    let scripts = ["run", "python", "bare", "package", "workbooks", "pages"]
    let run = scripts.flatMap { Repository.text(".ci/" + $0).split(separator: "\n") }.filter {
      !$0.drop(while: \.isWhitespace).hasPrefix("#")
    }
    let versions = Dictionary(
      uniqueKeysWithValues: Self.lines(".ci/debian-packages.txt").map { ($0[0], $0[1]) })
    #expect(versions.count > 5)
    for line in run {
      #expect(!line.contains("apt-get"), "\(line)")
      guard let call = line.firstRange(of: ".ci/install ") else { continue }
      for name in line[call.upperBound...].split(separator: " ").prefix(while: {
        !["&&", "||"].contains($0)
      })
      where name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" }) && !name.hasPrefix("-") {
        #expect(versions[name] != nil, "\(name) has no version")
      }
    }
    // What the registry gives is held against a hash; what is our own is not fetched.
    let pip = run.filter { $0.contains("pip install") || $0.contains("pip wheel") }
    #expect(pip.count > 1)
    #expect(
      pip.allSatisfy {
        $0.contains("--require-hashes") || $0.contains("--no-deps") || $0.contains("--no-index")
      })
    let packages = Repository.text(".ci/requirements.txt").split(separator: "\n").filter {
      $0.contains("==")
    }
    #expect(packages.count > 15)
    #expect(packages.allSatisfy { $0.hasSuffix("\\") }, "each is followed by its hashes")
  }
}
