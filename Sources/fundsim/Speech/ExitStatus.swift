import ArgumentParser
import Foundation
import FundCore
import Planning
import ReportForm
import Reporting

/// What each exit status means; the numbers are those of `sysexits.h`.
enum ExitStatus {
  /// A requirement was missed (`run --require`, `merge --precision`); everything was reported.
  static let missed = ExitCode(1)
  /// The command line is wrong (ArgumentParser's own status).
  static let usage = ExitCode(64)
  /// An input is wrong; nothing was simulated and nothing was written.
  static let input = ExitCode(65)
  /// A result could not be written.
  static let cannotWrite = ExitCode(74)
  /// The time limit came before the shard was done, or before the first trial; going on from the
  /// checkpoint ends it.
  static let unfinished = ExitCode(75)
  /// The system lacks what the program needs.
  static let system = ExitCode(71)
  /// The run was stopped by a signal (128 and its number: 130 after Ctrl-C, 143 after `kill`); what had
  /// been simulated until then was reported.
  static var stopped: ExitCode { StopSignal.status }
}

/// A result that could not be written.
struct WriteError: Error {
  let path: String
  let reason: LocalizedText
  var help = LocalizedText(
    en: "choose another folder with --out, or make room in this one",
    zh: "用 --out 另选文件夹，或在此腾出空间")

  /// What the system says went wrong last.
  static func last(_ path: String) -> WriteError {
    let number = errno
    let reason = LocalizedText(same: String(cString: strerror(number)))
    guard number == EMFILE || number == ENFILE else {
      return WriteError(path: path, reason: reason)
    }
    return WriteError(
      path: path, reason: reason,
      help: .init(
        en: "raise the limit of open files (ulimit -n), or close other programs",
        zh: "请提高可打开文件数的限额（`ulimit -n`），或关闭其他程序"))
  }

  /// Of standard output, which has no folder.
  static func standardOutput(_ reason: LocalizedText) -> WriteError {
    WriteError(
      path: LocalizedText(en: "standard output", zh: "标准输出")[.current], reason: reason,
      help: .init(
        en: "let its reader take it all, or write to a file where there is room",
        zh: "请让读取方读完，或写入有空间的文件"))
  }
}

/// An input that is wrong, and what was therefore not done.
struct RefusedInput: Error {
  let diagnostics: Diagnostics
  let consequence: LocalizedText
}

/// Prints what is wrong with an input or an output, or that a run was stopped, and gives the status to
/// leave with. The only place that does.
func reported(_ error: any Error) -> any Error {
  switch error {
  case let diagnostics as Diagnostics:
    return reported(
      RefusedInput(
        diagnostics: diagnostics,
        consequence: .init(en: "Nothing was simulated.", zh: "没有进行模拟。")))
  case let refused as RefusedInput:
    let problems = refused.diagnostics.problems
    EventStream.tell(problems)
    let excerpts = SourceExcerpts(of: problems)
    printError(
      LocalizedText { language in
        problems.map { $0.description(in: language, excerpt: excerpts.lines(at: $0.location)) }
          .joined(separator: "\n")
      })
    printError(
      en:
        "\n\(problems.count) \(problems.count == 1 ? "problem" : "problems"). \(refused.consequence)",
      zh: "\n共\(problems.count)个问题。\(refused.consequence)")
    return ExitStatus.input
  case let failure as WriteError:
    let problem = Diagnostic(
      code: "cannot-write", message: failure.reason, advice: failure.help,
      location: SourceLocation(file: failure.path))
    EventStream.tell([problem])
    printError(LocalizedText { problem.description(in: $0) })
    return ExitStatus.cannotWrite
  case let stopped as StoppedRun:
    if let words = stopped.words { printError(words) }
    return stopped.status
  case is StudyStopped:
    printError(StoppedRun.studyWords)
    return ExitStatus.stopped
  default: return error
  }
}

/// What a command does that prints JSON, and prints it also where an input is refused.
func orProblemsAsJSON(_ isJSON: Bool, of file: String, _ body: () throws -> Void) throws {
  let problems: Diagnostics
  do {
    return try body()
  } catch let error as Diagnostics where isJSON {
    problems = error
  } catch let error as RefusedInput where isJSON {
    problems = error.diagnostics
  }
  EventStream.tell(problems.problems)
  try printOutput(ProblemReport(file: file, problems: problems.problems).json())
  throw ExitStatus.input
}

/// Prints lines to standard error, in the current language. What files bring in can neither steer the
/// terminal nor be lost with it.
func printError(_ text: LocalizedText) {
  writeToErrors(visibleLines(text[.current]) + "\n")
}

/// Writes to standard error as it is. Where nobody can be told, nobody is.
func writeToErrors(_ text: String) {
  try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
}

/// Prints a line to standard error, in the current language.
func printError(en english: EnglishHalf, zh chinese: ChineseHalf) {
  printError(LocalizedText(en: english, zh: chinese))
}

/// Prints to standard output, in the current language.
///
/// - Throws: `WriteError` if standard output takes no more.
func printOutput(en english: EnglishHalf, zh chinese: ChineseHalf) throws {
  try printLines(LocalizedText(en: english, zh: chinese)[.current])
}

/// Prints lines for a reader to standard output: what files bring in cannot steer the terminal.
///
/// - Throws: `WriteError` if standard output takes no more.
func printLines(_ text: String) throws {
  try printOutput(visibleLines(text))
}

/// Prints a text that is already in the current language, or in none, to standard output.
///
/// - Throws: `WriteError` if standard output takes no more, on a full disk for one.
func printOutput(_ text: String) throws {
  do {
    try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
  } catch {
    throw WriteError.standardOutput(LocalizedText(en: "it takes no more", zh: "无法继续写入"))
  }
}
