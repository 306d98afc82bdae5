import Testing

/// What the documentation says of the program is so.
struct `Documentation` {
  static let catalogue = "Sources/fundsim/Documentation.docc"
  static let articles = Repository.files(in: "Sources", ending: ".md")
  /// What Chinese readers read.
  static let chineseTexts =
    [".github/README.zh-CN.md"] + articles.filter { $0.hasSuffix(".zh-CN.md") }
  static let texts =
    articles + [
      "README.md", ".github/README.zh-CN.md", ".github/CONTRIBUTING.md", "benchmarks/README.md",
    ]
  /// Every text for readers of both languages: the English one, and the Chinese one.
  static let pairs = chineseTexts.map { chinese in
    let english =
      chinese.hasPrefix(".github/") ? "README.md" : chinese.replacing(".zh-CN.md", with: ".md")
    return (english: english, chinese: chinese)
  }
  /// Texts whose commands are held.
  static let manuals =
    pairs.flatMap { [$0.english, $0.chinese] } + [
      ".github/CONTRIBUTING.md", "benchmarks/README.md",
    ]
  /// Every word of the sources' code and of the texts in it.
  static let sourceWords = Set(
    SourceFile.sources.flatMap { file in
      file.lines.flatMap { $0.split { !($0.isLetter || $0.isNumber || $0 == "_") } }
    }.map(String.init))
  static let commandSources = Repository.files(in: "Sources/fundsim", ending: ".swift")
    .map { Repository.text($0) }.joined()

  @Test func `the README has the two commands`() {
    let commands = "\n" + Self.shellLines(of: "README.md").joined(separator: "\n") + "\n"
    #expect(commands.contains("\nswift run -c release fundsim run scenarios/three-models\n"))
    #expect(commands.contains("\nswift test\n"))
  }

  @Test func `the READMEs lead to each other, and end within 250 lines`() {
    let (english, chinese) = (
      Repository.text("README.md"), Repository.text(".github/README.zh-CN.md")
    )
    #expect(english.prefix { $0 != "\n" }.contains("(.github/README.zh-CN.md)"))
    #expect(chinese.prefix { $0 != "\n" }.contains("(../README.md)"))
    #expect([english, chinese].allSatisfy { $0.count { $0 == "\n" } <= 250 })
    #expect([english, chinese].allSatisfy { $0.contains("report.png)") })
  }

  @Test(arguments: pairs.map(\.chinese)) func `says in Chinese what the English says`(path: String)
  {
    let pair = Self.pairs.first { $0.chinese == path }
    guard let english = pair?.english else { return }
    #expect(Self.shellLines(of: english) == Self.shellLines(of: path))
    // A chapter or a row of a table that one of them lacks would show; the map of the tree, with the
    // table of targets, is told in one.
    let whole = [english, path].map { path -> String in
      let text = Repository.text(path)
      guard let map = text.range(of: "## Map of the tree"), let more = text.range(of: "## More")
      else {
        return text
      }
      return String(text[..<map.lowerBound] + text[more.lowerBound...])
    }
    let chapters = whole.map { $0.components(between: "\n## ", and: "\n").count }
    #expect(chapters[0] == chapters[1])
    let rows = whole.map { $0.components(between: "\n| `", and: "`") }
    #expect(rows[0] == rows[1])
  }

  @Test func `has the same numbers in Chinese`() {
    // Articles are in Chinese numerals, and excerpts count in 万.
    let free: Set<String> = ["README.md", Self.catalogue + "/CommandLine.md"]
    for pair in Self.pairs where !free.contains(pair.english) {
      let numbers = [pair.english, pair.chinese].map { path in
        Set(
          Repository.text(path).replacing(/I-[0-9]+|Art\. [0-9]+/, with: "")
            .matches(of: /[0-9](?:[0-9.,]*[0-9])?/).map { String($0.output) })
      }
      #expect(numbers[0].symmetricDifference(numbers[1]) == [], "\(pair.chinese)")
    }
  }

  @Test(arguments: manuals)
  func `its commands, options and scenarios exist`(path: String) {
    let subcommands = Set(
      Self.commandSources.components(between: "commandName: \"", and: "\""))
    let options = Self.commandOptions
    for line in Self.shellLines(of: path) where !line.hasPrefix("cp ") {
      let words = line.split(separator: " ").map(String.init)
      guard let start = words.firstIndex(where: { $0.hasSuffix("fundsim") }) else { continue }
      let arguments = words[(start + 1)...].prefix { !["|", ">", "#", "&&", "\\"].contains($0) }
      if let first = arguments.first, !first.hasPrefix("-") {
        #expect(subcommands.contains(first), "\(line)")
      }
      for option in arguments where option.hasPrefix("--") {
        #expect(options.contains(option), "\(line)")
      }
      for file in arguments where file.hasPrefix("scenarios/") {
        #expect(Repository.exists(file), "\(line)")
      }
    }
  }

  @Test func `every term of the glossary has one name, and the sources know it`() {
    let rows = Repository.text(Self.catalogue + "/Glossary.md").split(separator: "\n")
      .map { $0.split(separator: "|").map { $0.split(separator: " ").joined(separator: " ") } }
      .filter { $0.count >= 3 && $0[2].hasPrefix("`") }
    #expect(rows.count > 60)
    for column in 0..<3 {
      let terms = rows.map { $0[column] }.filter { $0 != "—" }
      let twice = Dictionary(grouping: terms) { $0 }.filter { $0.value.count > 1 }.keys.sorted()
      #expect(twice == [], "column \(column + 1)")
    }
    let unknown = rows.flatMap { $0[2].split { !($0.isLetter || $0.isNumber || $0 == "_") } }
      .map(String.init).filter { !Self.sourceWords.contains($0) }
    #expect(unknown == [])
  }

  @Test(arguments: texts) func `its links lead somewhere`(path: String) {
    let text = Repository.text(path)
    #expect(!text.isEmpty)
    let folder = path.split(separator: "/").dropLast().joined(separator: "/")
    for name in text.components(between: "<doc:", and: ">") {
      #expect(Repository.exists("\(folder)/\(name).md"), "<doc:\(name)>")
    }
    for target in text.components(between: "](", and: ")") where !target.hasPrefix("http") {
      let file = target.prefix { $0 != "#" }
      guard !file.isEmpty else { continue }
      #expect(Repository.exists(folder.isEmpty ? String(file) : "\(folder)/\(file)"), "\(target)")
    }
    for symbol in text.components(between: "``", and: "``") where !symbol.contains("\n") {
      let words = symbol.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
      let modules = Set(SourceFile.sources.map(\.target))
      #expect(
        words.allSatisfy { Self.sourceWords.contains($0) || modules.contains($0) }, "\(symbol)")
    }
  }

  @Test func `every article is reached from the first page`() {
    let pages = Repository.files(in: Self.catalogue, ending: ".md")
      .compactMap { $0.split(separator: "/").last.map { String($0.dropLast(3)) } }
    let linked = Repository.text(Self.catalogue + "/Documentation.md")
      .components(between: "<doc:", and: ">")
    #expect(Set(pages).subtracting(["Documentation"]) == Set(linked))
  }

  /// Keys of files and the article that tells what they mean.
  @Test(arguments: [
    ("ScenarioInput", "ScenarioFiles"), ("PolicyLibrary", "ProgrammeFiles"),
  ])
  func `every key that a reader asks for is told`(target: String, article: String) {
    let text = Repository.text("\(Self.catalogue)/\(article).md")
    let words = Set(text.split { !($0.isLetter || $0.isNumber) }.map(String.init))
    let calls = [
      "text", "section", "sections", "month", "monthCount", "date", "integer", "number", "ratio",
      "money", "probability", "choice", "flag", "node", "texts", "clause", "count", "amount",
    ].flatMap { ["\($0)(\"", "\($0)IfPresent(\""] }
    let asked = SourceFile.sources.filter { $0.target == target }.flatMap { file in
      file.lines.flatMap { line in calls.flatMap { line.components(between: $0, and: "\"") } }
    }
    #expect(asked.count > 20)
    #expect(Set(asked).subtracting(words).sorted() == [])
  }

  @Test func `every key of the JSON objects is told`() {
    let text = Repository.text(Self.catalogue + "/JSONSummary.md")
    let words = Set(text.split { !($0.isLetter || $0.isNumber) }.map(String.init))
    let keys = SourceFile.sources.filter { file in
      file.target == "Reporting" && file.path.contains("JSON")
    }.flatMap { file in
      file.lines.flatMap { $0.split(separator: "\":").dropLast() }
        .compactMap { $0.split(separator: "\"").last.map(String.init) }
    }.filter { !$0.isEmpty && $0.allSatisfy(\.isLetter) }
    #expect(keys.count > 100)
    #expect(Set(keys).subtracting(words).sorted() == [])
  }

  /// The lines of a text's blocks for the shell.
  private static func shellLines(of path: String) -> [String] {
    Repository.text(path).components(between: "```sh\n", and: "```")
      .flatMap { $0.split(separator: "\n") }.map(String.init).filter { !$0.hasPrefix("#") }
  }

  /// What ArgumentParser makes of the options and flags of the sources.
  private static var commandOptions: Set<String> {
    let long = commandSources.components(between: ".customLong(\"", and: "\"")
    let declared = ["@Option", "@Flag"].flatMap { word in
      commandSources.split(separator: word).dropFirst().compactMap { piece in
        piece.range(of: "var ").map { String(piece[$0.upperBound...].prefix(while: \.isLetter)) }
      }
    }
    let own = ["help", "version", "generate-completion-script"]
    return Set((long + declared + own).map { "--" + $0 })
  }
}
