import ArgumentParser
import FundCore

/// Refuses a command that there is not, and names the one that was probably meant.
///
/// - Throws: A complaint about the command line.
func checkCommand(_ arguments: [String]) throws {
  guard let word = arguments.dropFirst().first, !word.hasPrefix("-"), word != "help" else { return }
  try checkCommand(word, of: Fundsim.self)
  let command = Fundsim.configuration.subcommands.first {
    $0.configuration.commandName == word && !$0.configuration.subcommands.isEmpty
  }
  guard let command, let next = arguments.dropFirst(2).first, !next.hasPrefix("-") else { return }
  try checkCommand(next, of: command)
}

private func checkCommand(_ word: String, of command: any ParsableCommand.Type) throws {
  let names = command.configuration.subcommands.map { $0.configuration.commandName ?? "" }
  guard !names.contains(word) else { return }
  let closest = closestMatch(to: word, among: names)
  throw ValidationError(
    en: "There is no command '\(word)'\(closest.map { "; did you mean '\($0)'?" } ?? ".")",
    zh: "没有命令 '\(word)'\(closest.map { "；是否想写 '\($0)'？" } ?? "。")")
}

/// Refuses a command that `fundsim help` is asked about and that there is not.
///
/// - Throws: A complaint about the command line.
func checkHelpTopic(_ arguments: [String]) throws {
  let words = arguments.dropFirst().prefix { !$0.hasPrefix("-") }
  guard words.first == "help" else { return }
  var command: any ParsableCommand.Type = Fundsim.self
  for word in words.dropFirst() {
    try checkCommand(word, of: command)
    let known = command.configuration.subcommands
    guard let place = known.firstIndex(where: { $0.configuration.commandName == word }) else {
      return
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
