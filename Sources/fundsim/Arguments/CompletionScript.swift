import ArgumentParser

/// The script that makes a shell complete command lines, with what the parser leaves out: the commands behind
/// `fundsim help`.
struct CompletionScript {
  let shell: CompletionShell

  /// What asks for it; `nil` where nothing does, or for a shell that the parser refuses.
  init?(_ arguments: [String]) {
    let option = "--generate-completion-script"
    let words = arguments.dropFirst()
    let name =
      words.count == 2 && words.first == option
      ? words.last : words.count == 1 ? words.first.flatMap { Self.value(of: $0, option) } : nil
    guard let name, let shell = CompletionShell(rawValue: name) else { return nil }
    self.shell = shell
  }

  private static func value(of word: String, _ option: String) -> String? {
    word.hasPrefix(option + "=") ? String(word.dropFirst(option.count + 1)) : nil
  }

  /// The script.
  var text: String {
    let topics = Self.names(of: Fundsim.self).joined(separator: " ")
    let script = Fundsim.completionScript(for: shell)
    if shell == .bash { return withTopicsOfBash(script, topics) }
    if shell == .zsh {
      return script.replacing("'*:subcommands:'", with: "'*:subcommands:(\(topics))'")
    }
    return script + """

      complete -c 'fundsim' -n '__fundsim_should_offer_completions_for_positional "fundsim help" -eq 1' \
      -fa '\(topics)'

      """
  }

  private func withTopicsOfBash(_ script: String, _ topics: String) -> String {
    let start = "_fundsim_help() {\n"
    guard let head = script.firstRange(of: start) else { return script }
    let call = "    __fundsim_offer_flags_options -1\n"
    let rest = script[head.upperBound...]
    let offer = """
          if [[ "${COMP_CWORD}" -eq 2 ]]; then
              COMPREPLY+=($(compgen -W '\(topics)' -- "${cur}"))
          fi

      """
    return String(script[..<head.upperBound])
      + String(rest.replacing(call, with: call + offer, maxReplacements: 1))
  }

  private static func names(of command: any ParsableCommand.Type) -> [String] {
    command.configuration.subcommands.compactMap { $0.configuration.commandName }
  }
}
