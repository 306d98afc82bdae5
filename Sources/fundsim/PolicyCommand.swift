import ArgumentParser
import DocumentReading
import CompensationKernel
import FundCore
import PolicyLibrary

/// `policy`: the programmes and their numbers.
struct PolicyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy", abstract: "The programmes: every number with its article.",
    subcommands: [PolicyListCommand.self, PolicyShowCommand.self])
}

/// `policy list`: the built-in programmes.
struct PolicyListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the built-in programmes.")

  func run() throws {
    var lines: [String] = []
    for id in PolicyDocument.builtInIDs {
      let document = try named(id)
      let models = document.terms.models.keys.map(\.rawValue).sorted().joined(separator: ", ")
      lines.append("\(id)\n  \(document.title.chinese)\n  \(document.title.english)")
      lines.append(
        "  models: \(models); \(document.parameters.count) numbers and choices, "
          + "\(document.interpretations.count) interpretations; checked \(document.checkedOn)\n")
    }
    lines.append("`fundsim policy show ID` prints every number with its article.")
    try printOutput(lines.joined(separator: "\n") + "\n")
  }
}

/// `policy show`: one programme, as a table or as its file.
struct PolicyShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show every number of a programme with unit and article.")

  @Argument(
    help: "The id of a programme, or a programme file.",
    completion: .list(PolicyDocument.builtInIDs))
  var programme: String
  @Flag(help: "Print the programme file itself: the start of a draft of your own.")
  var yaml = false

  func run() throws {
    if yaml, let text = PolicyDocument.builtInText(programme) { return try printOutput(text) }
    let document = try named(programme)
    if yaml {
      let bytes = try readFileBytes(path: programme, limit: 8 << 20)
      return try printOutput(String(decoding: bytes, as: UTF8.self))
    }
    try printOutput(PolicyTable(document).text + "\n")
  }
}

/// The programme of a name on the command line.
private func named(_ name: String) throws(RefusedInput) -> PolicyDocument {
  do {
    return try PolicyDocument.named(Written(name, at: SourceLocation(file: "policy")), in: "")
  } catch {
    throw RefusedInput(diagnostics: error, consequence: "Nothing was shown.")
  }
}
