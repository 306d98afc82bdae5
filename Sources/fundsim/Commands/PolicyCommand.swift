import ArgumentParser
import DocumentReading
import CompensationKernel
import FundCore
import PolicyLibrary
import Reporting
import ResultFacts

/// `policy`: the programmes and their numbers.
struct PolicyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy",
    abstract: Language.say(
      en: "The programmes: every number with its article.", zh: "各办法：每个数字及其条文。"),
    subcommands: [PolicyListCommand.self, PolicyShowCommand.self])

  func run() throws { throw overview(of: Self.self) }
}

/// `policy list`: the built-in programmes.
struct PolicyListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: Language.say(en: "List the built-in programmes.", zh: "列出内置办法。"))

  @Flag(help: .text(en: "Print one JSON object.", zh: "输出一个 JSON 对象。"))
  var json = false
  @OptionGroup var speech: LanguageArguments

  func run() throws {
    if json {
      return try printOutput(PolicyJSON.list(try PolicyDocument.builtInIDs.map { try named($0) }))
    }
    var lines: [String] = []
    for id in PolicyDocument.builtInIDs {
      let document = try named(id)
      lines.append(id)
      lines.append("  " + document.title.chinese)
      if Language.current == .english { lines.append("  " + document.title.english) }
      lines.append(summary(of: document) + "\n")
    }
    lines.append(
      Language.say(
        en: "`fundsim policy show ID` prints every number with its article.",
        zh: "`fundsim policy show 编号` 列出每个数字及其条文。"))
    try printLines(lines.joined(separator: "\n") + "\n")
  }

  private func summary(of document: PolicyDocument) -> String {
    let models = OperatingModel.ordered(
      document.terms.models.keys.sorted { $0.id < $1.id }
    ).map(\.words)
      .joined()
    let (numbers, items) = (document.parameters.count, document.interpretations.count)
    return Language.say(
      en: """
          models: \(models); \(numbers) numbers and choices, \(items) interpretations; \
        \(document.check.words)
        """,
      zh: """
          \(models)；数字和选择\(numbers)项，解释\(items)条；\
        \(document.check.words)
        """)
  }
}

/// `policy show`: one programme, as a table or as its file.
struct PolicyShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: Language.say(
      en: "Show every number of a programme with unit and article.", zh: "显示一个办法的每个数字、单位和条文。"))

  @Argument(
    help: .text(en: "The id of a programme, or a programme file.", zh: "办法编号，或办法文件。"),
    completion: .list(PolicyDocument.builtInIDs))
  var programme: String
  @Flag(
    help: .text(
      en: "Print the programme file itself: the start of a draft of your own.",
      zh: "输出办法文件本身，可作为自拟草案的起点。"))
  var yaml = false
  @Flag(help: .text(en: "Print one JSON object.", zh: "输出一个 JSON 对象。"))
  var json = false
  @Option(
    name: .customLong("as"),
    help: .text(
      en:
        "With --yaml: the id of the draft; title, issuer, date and quoted words say that it is one.",
      zh: "与 --yaml 同用：草案的编号；标题、发布机关、核对日期和引文都标明是草案。"))
  var draftID: String?
  @OptionGroup var speech: LanguageArguments

  func validate() throws {
    if json, yaml {
      throw ValidationError(
        en: "Choose one of --json and --yaml.", zh: "--json 和 --yaml 二者选一。")
    }
    guard let draftID else { return }
    if !yaml {
      throw ValidationError(
        en: "--as names the draft that --yaml prints; give both.",
        zh: "--as 为 --yaml 输出的草案命名；请同时给出。")
    }
    if PolicyDocument.builtInIDs.contains(draftID) || draftID == programme {
      throw ValidationError(
        en:
          "'\(draftID)' is the id of a programme; --as takes a new one, such as \(draftID)-draft.",
        zh: "“\(draftID)”是已有办法的编号；--as 取新编号，如 \(draftID)-draft。")
    }
    if !PolicyDocument.canBeDraft(draftID) {
      throw ValidationError(
        en: """
          --as takes small letters, digits and hyphens, a letter first and at most 63, such as \
          jiangzhou-2027.
          """,
        zh: "--as 取小写字母、数字和连字符，字母开头，不超过63个，如 jiangzhou-2027。")
    }
  }

  func run() throws {
    if json {
      return try orProblemsAsJSON(true, of: programme) {
        try printOutput(PolicyJSON.show(try named(programme)))
      }
    }
    let document = try named(programme)
    if yaml {
      let text = try text()
      guard let draftID else { return try printOutput(text) }
      if document.id == draftID {
        throw ValidationError(
          en: "'\(draftID)' is the id of \(programme) itself; --as takes a new one.",
          zh: "“\(draftID)”就是 \(programme) 的编号；--as 取新编号。")
      }
      return try printOutput(try refusing { try document.draft(of: text, as: draftID) })
    }
    try printLines(PolicyTable(document).text(in: .current) + "\n")
  }

  /// The programme file itself.
  private func text() throws -> String {
    if let text = PolicyDocument.builtInText(programme) { return text }
    return String(decoding: try readFileBytes(path: programme, limit: 8 << 20), as: UTF8.self)
  }
}

/// The programme of a name on the command line.
private func named(_ name: String) throws -> PolicyDocument {
  try refusing {
    try PolicyDocument.named(Written(name, at: SourceLocation(file: "policy")), in: "")
  }
}

/// What comes of a programme, or why it is refused.
private func refusing<Result>(_ body: () throws -> Result) throws -> Result {
  do {
    return try body()
  } catch let error as Diagnostics {
    throw RefusedInput(
      diagnostics: error, consequence: .init(en: "Nothing was shown.", zh: "没有显示任何内容。"))
  }
}
