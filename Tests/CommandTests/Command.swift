import Foundation
import TestSupport
import Testing

/// The built command, run from outside as its users run it.
enum Command {
  /// What a run of the command left behind.
  struct Outcome: Sendable {
    /// The exit status; 128 + the signal if one ended it.
    var status: Int32
    /// Standard output.
    var output: String
    /// Standard error.
    var errors: String
  }

  /// The folder that holds `Package.swift`.
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// The ids of the built-in programmes: the files of their folder.
  static let programmes =
    ((try? FileManager.default.contentsOfDirectory(
      atPath: root + "/Sources/PolicyLibrary/Programmes")) ?? [])
    .filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()

  /// The folder of the tests' bundle, where the command was built, too.
  static let folder: String? = {
    let arguments = CommandLine.arguments.prefix(1).map { URL(filePath: $0) }
    let bundles = [Bundle(for: Anchor.self).bundleURL, Bundle.main.bundleURL] + arguments
    let places = bundles.flatMap { place in
      sequence(first: place, next: { $0.path == "/" ? nil : $0.deletingLastPathComponent() })
        .prefix(5)
    }
    return places.map(\.path).first {
      FileManager.default.isExecutableFile(atPath: $0 + "/fundsim")
        && !FileManager.default.fileExists(atPath: $0 + "/fundsim/.")
    }
  }()

  private final class Anchor {}

  /// The path of the command.
  static func path() throws -> String {
    try #require(folder, "the command was not built beside the tests") + "/fundsim"
  }

  /// Runs the command.
  ///
  /// - Parameters:
  ///   - arguments: What stands behind `fundsim`.
  ///   - folder: Where it runs.
  ///   - interrupt: After how many seconds it gets a signal; never if `nil`.
  ///   - signal: The signal; what Ctrl-C sends unless told otherwise.
  static func run(
    _ arguments: [String], in folder: String, interrupt: Double? = nil, signal: Int32 = SIGINT
  ) async throws -> Outcome {
    try await run(path(), arguments, in: folder, interrupt: interrupt.map { ($0, signal) })
  }

  /// Runs a line of the shell, in which `$FUNDSIM` is the command.
  static func shell(_ line: String, in folder: String) async throws -> Outcome {
    try await run("/bin/sh", ["-c", line], in: folder, interrupt: nil)
  }

  private static func run(
    _ executable: String, _ arguments: [String], in folder: String,
    interrupt: (seconds: Double, signal: Int32)?
  ) async throws -> Outcome {
    try await CommandSlots.shared.take {
      try await ran(executable, arguments, in: folder, interrupt: interrupt)
    }
  }

  private static func ran(
    _ executable: String, _ arguments: [String], in folder: String,
    interrupt: (seconds: Double, signal: Int32)?
  ) async throws -> Outcome {
    // Files, not pipes: nobody has to read while the command runs.
    let reports = try TemporaryFolder()
    let output = reports.path + "/output"
    let errors = reports.path + "/errors"
    for file in [output, errors] {
      _ = FileManager.default.createFile(atPath: file, contents: nil)
    }
    let process = Process()
    process.executableURL = URL(filePath: executable)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: folder)
    process.environment = ProcessInfo.processInfo.environment
      .merging(["FUNDSIM": try path(), "LC_ALL": "C"]) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: output))
    process.standardError = try FileHandle(forWritingTo: URL(filePath: errors))
    try await ended(process, interrupt: interrupt)
    let isSignal = process.terminationReason == .uncaughtSignal
    return Outcome(
      status: process.terminationStatus + (isSignal ? 128 : 0), output: try text(of: output),
      errors: try text(of: errors))
  }

  private static func ended(
    _ process: Process, interrupt: (seconds: Double, signal: Int32)?
  ) async throws {
    try await withCheckedThrowingContinuation { (running: CheckedContinuation<Void, any Error>) in
      process.terminationHandler = { _ in running.resume() }
      do {
        try withoutSignalMask { try process.run() }
      } catch {
        process.terminationHandler = nil
        running.resume(throwing: error)
        return
      }
      let id = process.processIdentifier
      if let interrupt {
        DispatchQueue.global().asyncAfter(deadline: .now() + interrupt.seconds) {
          // One that has ended is left alone: its number may be somebody else's by now.
          if process.isRunning { kill(id, interrupt.signal) }
        }
      }
    }
  }

  /// Does something in a thread that blocks no signals, for a child inherits what is blocked.
  private static func withoutSignalMask(_ body: () throws -> Void) rethrows {
    var nothing = sigset_t()
    var before = sigset_t()
    sigemptyset(&nothing)
    pthread_sigmask(SIG_SETMASK, &nothing, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    try body()
  }

  /// The text of a file.
  static func text(of path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
  }
}
