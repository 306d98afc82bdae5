import TestSupport
import Testing

/// `fundsim new` from outside.
struct `A new draft` {
  @Test(arguments: zip(Command.programmes, ["en", "zh", "en", "zh", "zh"]))
  func `of each programme passes check, and runs`(id: String, language: String) async throws {
    let folder = try TemporaryFolder()
    let made = try await Command.run(
      ["new", "my-city", "--like", id, "--lang", language], in: folder.path)
    #expect(made.status == 0, "\(made.errors)")
    #expect(try folder.names() == ["my-city", "my-city/my-city.yaml", "my-city/scenario.yaml"])
    let text = try folder.text("my-city/scenario.yaml")
    #expect(text.contains("虚构的贷款") == (language == "zh"))
    #expect(text.contains("invented loans") == (language == "en"))
    let check = try await Command.run(["check", "my-city"], in: folder.path)
    #expect(check.status == 0 && check.output.contains("no problems"), "\(check.errors)")
    let run = try await Command.run(
      ["run", "my-city", "--trials", "100", "--quiet"], in: folder.path)
    #expect(run.status == 0, "\(run.errors)")
  }

  @Test func `of a draft, under a Chinese name, has an id that can be one`() async throws {
    let folder = try TemporaryFolder()
    let draft = Command.root + "/scenarios/my-draft/my-draft.yaml"
    let other = try await Command.run(["new", "江州", "--like", "baotou"], in: folder.path)
    #expect(other.status == 0, "\(other.errors)")
    #expect(try folder.names() == ["江州", "江州/my-draft.yaml", "江州/scenario.yaml"])
    let named = try await Command.run(["new", "jiangzhou", "--like", draft], in: folder.path)
    #expect(named.status == 0, "\(named.errors)")
    #expect(try await Command.run(["check", "jiangzhou"], in: folder.path).status == 0)
  }

  /// Drafts whose clauses other programmes have not.
  @Test(arguments: [
    "four-parties", "leverage", "claim-rate-steps", "amended-share", "fund-thresholds",
  ])
  func `of a draft of another city passes check`(name: String) async throws {
    let folder = try TemporaryFolder()
    let draft = Command.root + "/scenarios/other-cities/\(name).yaml"
    let made = try await Command.run(["new", "city", "--like", draft], in: folder.path)
    #expect(made.status == 0, "\(made.errors)")
    #expect(try await Command.run(["check", "city"], in: folder.path).status == 0)
  }

  @Test func `replaces nothing`() async throws {
    let folder = try TemporaryFolder()
    let arguments = ["new", "a-city", "--like", "baotou"]
    #expect(try await Command.run(arguments, in: folder.path).status == 0)
    let before = try folder.text("a-city/scenario.yaml")
    let again = try await Command.run(arguments, in: folder.path)
    #expect(again.status == 74 && again.errors.contains("not empty"))
    #expect(try folder.text("a-city/scenario.yaml") == before)
    try folder.write("b-city", "mine")
    let file = try await Command.run(["new", "b-city", "--like", "baotou"], in: folder.path)
    #expect(file.status == 74)
    #expect(try folder.text("b-city") == "mine")
  }

  @Test(arguments: [
    ["new", "..", "--like", "baotou"], ["new", "a:b", "--like", "baotou"],
    ["new", "", "--like", "baotou"], ["new", "a\u{1B}[2J", "--like", "baotou"],
    ["new", "city", "--like", "baotuo"], ["new", "city", "--like", "missing.yaml"],
    ["new", "x.yaml", "--like", "baotou"], ["new", ".yml", "--like", "baotou"],
  ])
  func `of a bad name or of nothing is refused, and nothing is made`(
    arguments: [String]
  ) async throws {
    let folder = try TemporaryFolder()
    let made = try await Command.run(arguments, in: folder.path)
    #expect(made.status == 65, "\(made.errors)")
    #expect(made.errors.contains("Nothing was written."))
    #expect(try folder.names() == [])
  }

  @Test func `says what is wrong with the name and the place`() async throws {
    let folder = try TemporaryFolder()
    let file = try await Command.run(["new", "city.yaml", "--like", "baotou"], in: folder.path)
    #expect(file.errors.contains("makes a folder") && file.errors.contains("leave .yaml out: city"))
    try folder.write("mine", "text")
    for path in ["mine/city", "/proc/city"] {
      let made = try await Command.run(["new", path, "--like", "baotou"], in: folder.path)
      #expect(made.status == 74 && made.errors.contains("where you may write"), "\(made.errors)")
      #expect(!made.errors.contains("--out"))
    }
  }

  /// An id cannot begin with a digit, nor be that of a programme.
  @Test(arguments: [
    ("2027-plan", "my-draft.yaml"), ("Baotou", "baotou-draft.yaml"), ("My_City", "my-city.yaml"),
  ])
  func `has an id made of its name`(name: String, file: String) async throws {
    let folder = try TemporaryFolder()
    let made = try await Command.run(["new", name, "--like", "weihai-2020"], in: folder.path)
    #expect(made.status == 0, "\(made.errors)")
    #expect(try folder.names().contains("\(name)/\(file)"))
  }
}
