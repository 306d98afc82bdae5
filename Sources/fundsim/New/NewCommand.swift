import ArgumentParser
import DocumentReading
import FundCore
import PolicyLibrary
import ScenarioInput

/// `new`: a folder with a draft programme and a scenario, to start from.
struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: Language.say(
      en: "Write a draft programme and a scenario to start from.", zh: "生成办法草案和情景文件，作为起点。"),
    discussion: Language.say(
      en: """
        A folder with a programme like one that is there, to be changed clause by clause, and a scenario that runs it: \
        both commented, in the language of the machine (or --lang), and ready for `check` and `run`.
          fundsim new my-city --like baotou
          fundsim new 江州 --like dalian-2018 --lang zh
        """,
      zh: """
        在新文件夹中写入一份仿照现有办法的草案（逐条修改即可）和运行它的情景文件，均带注释，\
        语言随系统（或 --lang），可直接 `check` 和 `run`。
          fundsim new my-city --like baotou
          fundsim new 江州 --like dalian-2018 --lang zh
        """))

  @Argument(
    help: .text(
      en: "The folder to make; its name is that of the city or draft.", zh: "要建立的文件夹，以城市或草案命名。"))
  var path: String
  @Option(
    help: .text(
      en: "The programme that the draft starts from: an id of `policy list`, or a programme file.",
      zh: "草案所仿照的办法：`policy list` 中的编号，或办法文件。"), completion: .list(Completion.programmes))
  var like: String
  @OptionGroup var speech: LanguageArguments

  private static let nothing = LocalizedText(en: "Nothing was written.", zh: "没有写入任何内容。")

  func run() throws {
    do {
      try write()
    } catch let error as Diagnostics {
      throw RefusedInput(diagnostics: error, consequence: Self.nothing)
    }
  }

  private func write() throws {
    let name = try NewName(path)
    let place = SourceLocation(file: "--like \(like)")
    let document = try PolicyDocument.named(Written(like, at: place), in: "")
    let text =
      try PolicyDocument.builtInText(like)
      ?? String(decoding: readFileBytes(path: like, limit: 8 << 20), as: UTF8.self)
    guard document.id != name.id else {
      throw Diagnostics(
        "id-in-use",
        .init(en: "'\(name.id)' is the id of \(like) itself", zh: "“\(name.id)”就是 \(like) 的编号"),
        help: .init(en: "choose another name", zh: "请另取名称"), at: SourceLocation(file: path))
    }
    let draft = try document.draft(of: text, as: name.id)
    let starter = StarterScenario(name: name, like: document, language: .current)
    let files = [
      NewFile(name.programmeFile, draft), NewFile("scenario.yaml", starter.text),
    ]
    let folder = NewFolder(path: path)
    try folder.make(files)
    do {
      _ = try readScenario(path: path)
    } catch {
      // What the program itself wrote and cannot read is no start for anybody.
      folder.remove(files)
      throw error
    }
    try tell(name)
  }

  private func tell(_ name: NewName) throws {
    let folder = quoted(path)
    let file = quoted("\(path)/\(name.programmeFile)")
    try printOutput(
      en: """
        Written: \(path)/\(name.programmeFile), \(path)/scenario.yaml

        What to do next: check it, run it, and look at the draft's numbers with their articles.
          fundsim check \(folder)
          fundsim run \(folder)
          fundsim policy show \(file)
        Then change a clause in \(name.programmeFile), or the loans and amounts in scenario.yaml, and run it again.

        """,
      zh: """
        已写入：\(path)/\(name.programmeFile)、\(path)/scenario.yaml

        下一步：检查、运行，并查看草案的各个数字及其条文。
          fundsim check \(folder)
          fundsim run \(folder)
          fundsim policy show \(file)
        然后修改 \(name.programmeFile) 中的条款，或 scenario.yaml 中的贷款与金额，再运行一次。

        """)
  }

  /// A path as a shell takes it.
  private func quoted(_ path: String) -> String { shellWord(path) }
}
