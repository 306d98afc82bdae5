import ArgumentParser
import Foundation
import FundCore
import ReportForm
import Reporting

/// What the program tells whoever started it while it works: JSON objects, one a line, to the open file
/// whose number the environment names (`FUNDSIM_EVENTS=3`). The Python package reads them.
///
/// It is beside the two streams that people read: neither `--quiet` nor `--lang` changes it.
enum EventStream {
  /// The variable that names the file's number.
  static let variable = "FUNDSIM_EVENTS"

  private static let descriptor = ProcessInfo.processInfo.environment[variable].map { Int32($0) }

  /// Whether somebody wants to be told.
  static var isOpen: Bool { descriptor != nil }

  /// Refuses a number of no file that can be written, before anything else is opened in its place.
  static func check() throws {
    guard let asked = descriptor else { return }
    let mode = asked.map { $0 > STDERR_FILENO ? fcntl($0, F_GETFL) : -1 } ?? -1
    guard mode < 0 || mode & O_ACCMODE == O_RDONLY else { return }
    let value = ProcessInfo.processInfo.environment[variable] ?? ""
    printError(
      en: """
        error[event-file]: \(variable) is '\(value)', which is not the number of an open file above 2
          help: open it (3>events.jsonl) and name it (\(variable)=3), or unset the variable
        """,
      zh: """
        错误[event-file]：\(variable) 为“\(value)”，不是大于2的已打开文件的编号
          建议：打开文件（3>events.jsonl）并写明编号（\(variable)=3），或取消该变量
        """)
    throw ExitStatus.usage
  }

  /// Tells each problem of an input or an output.
  static func tell(_ problems: [Diagnostic]) {
    guard isOpen else { return }
    for line in ProblemReport.events(of: problems) { write(line) }
  }

  /// Tells how far a command has come.
  static func tell(_ event: ProgressEvent) {
    guard isOpen else { return }
    let value: JSONValue = [
      "event": "progress", "run": .integer(event.run), "done": .integer(event.done),
      "total": event.total.map { .integer($0) } ?? .null, "seconds": .number(event.seconds),
      "work": event.work.map { .string($0.rawValue) } ?? .null,
    ]
    write(value.text)
  }

  /// Writes all of a line; whoever does not take it is not told.
  private static func write(_ line: String) {
    guard case .some(.some(let descriptor)) = descriptor else { return }
    var rest = Array(line.utf8)[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { bytes in
        Foundation.write(descriptor, bytes.baseAddress, bytes.count)
      }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { return }
      rest = rest.dropFirst(written)
    }
  }
}

/// How far the runs of a command have come.
struct ProgressEvent {
  /// Which run it is, from 1.
  let run: Int
  /// The trials of all runs that are done.
  let done: Int
  /// The trials of all runs; `nil` if nobody knows.
  let total: Int?
  /// The seconds since the first run began.
  let seconds: Double
  /// What is done beside the runs just now; `nil` if nothing is.
  let work: WorkBeside?
}
