import ArgumentParser
import DocumentReading
import Foundation
import FundCore

/// The root command.
@main
struct Fundsim: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fundsim",
    abstract: Language.say(
      en: "How long a risk compensation fund for IP-pledged loans lasts, and what it pays.",
      zh: "知识产权质押融资风险补偿基金能撑多久、补偿多少。"),
    discussion: Language.say(
      en: """
        An analyst writes a scenario file (or takes one of scenarios/) and types
          fundsim run scenarios/three-models
        --lang zh, or a Chinese environment (LANG), makes it speak Chinese.
        """,
      zh: """
        写一个情景文件（或取 scenarios/ 中的示例），输入
          fundsim run scenarios/three-models
        即得资金能维持多久、补偿分布与触线概率。--lang en 改用英文。
        """),
    version: ProgramVersion.number,
    subcommands: [
      NewCommand.self, RunCommand.self, MergeCommand.self, CheckCommand.self, PolicyCommand.self,
      PortfolioCommand.self, ReplayCommand.self, ExplainCommand.self, TraceCommand.self,
      SizeCommand.self, CompareCommand.self, SweepCommand.self, TornadoCommand.self,
      ReadingsCommand.self, ServeCommand.self, CalibrateCommand.self, BacktestCommand.self,
      VerifyCommand.self, EngineCommand.self,
    ])

  @OptionGroup var speech: LanguageArguments

  func run() throws { throw overview(of: Self.self) }

  static func main() {
    // A reader that goes away (`| head`) ends the program quietly; a file that may not grow is told
    // as a full disk is.
    signal(SIGPIPE, SIG_DFL)
    signal(SIGXFSZ, SIG_IGN)
    fillStandardStreams()
    MemoryExhaustion.watch()
    do {
      try checkArguments()
      try EventStream.check()
      if let script = CompletionScript(CommandLine.arguments) {
        return try printOutput(script.text)
      }
      try checkHelpTopic(CommandLine.arguments)
      try checkCommand(CommandLine.arguments)
      // Paths within the program name standard input otherwise than the command line does.
      let words = CommandLine.arguments.dropFirst().map {
        $0 == StandardInput.word ? StandardInput.name : $0
      }
      var command = try parseAsRoot(words)
      try command.run()
    } catch {
      exitInCurrentLanguage(with: reported(error))
    }
  }
}

/// Puts something in the place of standard streams that are closed, lest a file that is opened later
/// takes the place and gets what was meant for them. What is printed there still fails.
private func fillStandardStreams() {
  for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(stream, F_GETFD) < 0 {
    _ = open("/dev/null", stream == STDERR_FILENO ? O_WRONLY : O_RDONLY)
  }
}

/// Arguments come from the system through /proc; without it none would be seen, and nothing done.
private func checkArguments() throws {
  guard CommandLine.arguments.isEmpty else { return }
  printError(
    en: """
      error[no-arguments]: the system does not tell the arguments: /proc is not there, or may not be read
        help: mount /proc (mount -t proc proc /proc), or start the container with it
      """,
    zh: """
      错误[no-arguments]：系统没有给出命令行参数：/proc 不存在或不可读
        建议：挂载 /proc（`mount -t proc proc /proc`），或启动带有 /proc 的容器
      """)
  throw ExitStatus.system
}
