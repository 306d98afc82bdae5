import ArgumentParser
import FundCore

/// Refuses a command that `fundsim help` is asked about and that there is not.
///
/// - Throws: A complaint about the command line.
func checkHelpTopic(_ arguments: [String]) throws {
  let words = arguments.dropFirst().prefix { !$0.hasPrefix("-") }
  guard words.first == "help" else { return }
  var command: any ParsableCommand.Type = Fundsim.self
  for word in words.dropFirst() {
    let known = command.configuration.subcommands
    let names = known.map { $0.configuration.commandName ?? "" }
    guard let place = names.firstIndex(of: word) else {
      let closest = closestMatch(to: word, among: names)
      throw ValidationError(
        en: "There is no command '\(word)'\(closest.map { "; did you mean '\($0)'?" } ?? ".")",
        zh: "没有命令 '\(word)'\(closest.map { "；是否想写 '\($0)'？" } ?? "。")")
    }
    command = known[place]
  }
}

/// Prints what a command is and what stands under it, for somebody who chose nothing of that.
///
/// - Returns: The status to leave with.
func overview(of command: any ParsableCommand.Type) -> ExitCode {
  let help = Fundsim.helpMessage(for: command)
  printError(LocalizedText { withParserWords(help, in: $0) })
  return ExitStatus.usage
}
