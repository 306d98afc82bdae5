import ArgumentParser
import Foundation

/// The root command.
@main
struct Fundsim: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fundsim",
    abstract: "How long a risk compensation fund for IP-pledged loans lasts, and what it pays.",
    discussion: """
      An analyst writes a scenario file (or takes one of scenarios/) and types
        fundsim run scenarios/three-models
      知识产权质押融资风险补偿基金的风险模拟：一个情景文件，一条命令，得到存续期、赔付分布与触线概率。
      """,
    version: ProgramVersion.current,
    subcommands: [
      RunCommand.self, MergeCommand.self, CheckCommand.self, PolicyCommand.self,
      PortfolioCommand.self, ReplayCommand.self, ExplainCommand.self, TraceCommand.self,
    ])

  static func main() {
    // A reader that goes away (`| head`) ends the program quietly.
    signal(SIGPIPE, SIG_DFL)
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      Self.exit(withError: reported(error))
    }
  }
}

/// The version of the program, as results name it.
enum ProgramVersion {
  static let current = "0.1.0"
}
