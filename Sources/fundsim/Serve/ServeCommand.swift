import ArgumentParser
import FundCore
import PlanningPage
import PlanningServer
import ReportForm
import ScenarioInput

/// `serve`: a planning page on this machine, which answers while one drags.
struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: Language.say(
      en:
        "Open a planning page on this machine: move the inputs of a scenario, see what comes of it.",
      zh: "在本机打开测算页：拖动情景的各项输入，随即看到结果。"),
    discussion: Language.say(
      en: """
        Prints the page's address; a browser on this machine opens it, nothing else can. Ctrl-C ends it.
          fundsim serve scenarios/three-models
          fundsim serve scenarios/baotou --port 8017 --lang zh
        """,
      zh: """
        输出测算页的网址，只有本机的浏览器能够打开；按 Ctrl-C 结束。
          fundsim serve scenarios/three-models
          fundsim serve scenarios/baotou --port 8017 --lang zh
        """))

  @OptionGroup var input: ScenarioArguments
  @Option(
    help: .text(
      en: "The port of 127.0.0.1; 0, the default, takes one that is free.",
      zh: "`127.0.0.1` 的端口；默认为0，即任取一个空闲端口。"))
  var port = 0
  @Option(
    name: .customLong("out"),
    help: .text(
      en:
        "The folder for the reports that the page writes (default: notebooks-out/<scenario>-plan).",
      zh: "测算页所写报告的文件夹（默认 `notebooks-out/<情景>-plan`）。"))
  var folder: String?
  @OptionGroup var threading: ThreadOption

  /// A socket, a pipe, some connections, and what a report takes.
  private static let fewestFiles = 16

  /// The trials of a fine answer where nobody says otherwise.
  private static let usualTrials = 20_000
  /// The most trials of a fine answer: one is made after each move.
  private static let mostTrials = 1_000_000

  func validate() throws {
    guard (0...65_535).contains(port) else {
      throw ValidationError(
        en: "--port takes a whole number from 0 to 65535.", zh: "--port 取0至65535的整数。")
    }
    if let trials = input.trials, trials > Self.mostTrials {
      throw ValidationError(
        en: "--trials takes at most \(Self.mostTrials) for a page that answers while one drags.",
        zh: "测算页须随拖随答，--trials 最多取\(Self.mostTrials)。")
    }
  }

  func run() throws {
    // The trials of the fine answer are not those of a report.
    var choices = try input.choices()
    choices.trials = nil
    let base = try PlanBase(path: input.path, choices: choices)
    let effort = PlanDesk.Effort(
      trials: input.trials ?? min(base.scenario.trials, Self.usualTrials),
      threads: Machine(
        scenario: input.path, threads: threading.threads, progress: Progress(isQuiet: true)
      ).threads)
    let desk = PlanDesk(base, version: ProgramVersion.current, effort: effort)
    let files = PlanFiles(
      scenario: input.path, folder: folder ?? "notebooks-out/\(input.runName)-plan",
      threads: effort.threads, desk: desk)
    let routes = PlanRoutes(
      desk, files.frame, language: .current, errands: files.errands, told: files.words)
    let server = try opened()
    StopSignal.watch()
    try printLines(server.rule.address + "\n")
    printError(
      en: "The page is at this address, for browsers of this machine alone. Ctrl-C ends it.",
      zh: "测算页在以上网址，仅供本机浏览器打开。按 Ctrl-C 结束。")
    server.run(until: { StopSignal.number != 0 }, handler: routes.meet)
  }

  /// The server on its port.
  private func opened() throws -> LoopbackServer {
    guard WorkerThreads.canOpen(Self.fewestFiles) else {
      printError(
        LocalizedText {
          Diagnostic(
            code: "no-files",
            message: .init(
              en: "the system lets this process open too few files for a server",
              zh: "系统允许本进程打开的文件数不足以提供测算页"),
            advice: .init(
              en: "raise the limit of open files (ulimit -n)", zh: "请提高可打开文件数的限额（`ulimit -n`）"),
            location: SourceLocation(file: "fundsim serve")
          ).description(in: $0)
        })
      throw ExitStatus.system
    }
    do throws(ServerProblem) {
      return try LoopbackServer(port: port)
    } catch {
      let message: LocalizedText
      switch error {
      case .portInUse(let port):
        message = .init(en: "port \(port) is in use", zh: "端口\(port)已被占用")
      case .portNotAllowed(let port):
        message = .init(en: "port \(port) may not be taken", zh: "无权使用端口\(port)")
      case .system(let step, let number):
        message = .init(
          en: "the system gives no socket (\(step), \(number))", zh: "系统未能提供套接字（\(step)，\(number)）")
      }
      printError(
        LocalizedText {
          Diagnostic(
            code: "no-port", message: message,
            advice: .init(
              en: "leave --port out, or give another one", zh: "不写 --port，或换一个端口"),
            location: SourceLocation(file: "--port \(port)")
          ).description(in: $0)
        })
      throw ExitStatus.system
    }
  }
}
