import Foundation

/// The files of this repository, as the tidy tests see them.
enum Repository {
  /// The folder that holds `Package.swift`.
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The text of a file; empty if it cannot be read.
  static func text(_ path: String) -> String {
    guard let bytes = FileManager.default.contents(atPath: root.path + "/" + path) else {
      return ""
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Whether a file or folder exists.
  static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: root.path + "/" + path)
  }

  /// The files under a folder whose names end so, sorted, hidden folders left out.
  static func files(in folder: String, ending suffix: String) -> [String] {
    let all = FileManager.default.enumerator(atPath: root.path + "/" + folder)
    var paths: [String] = []
    while let path = all?.nextObject() as? String {
      guard path.hasSuffix(suffix),
        !path.split(separator: "/").contains(where: { $0.hasPrefix(".") })
      else { continue }
      paths.append(folder + "/" + path)
    }
    return paths.sorted()
  }

  /// The names at the top level that belong to the repository.
  ///
  /// `git ls-files` decides, also about new files; where there is no git, the folder itself.
  static func topLevelNames() -> Set<String> {
    let listed = output(of: ["git", "ls-files", "--cached", "--others", "--exclude-standard"])
    guard let listed, !listed.isEmpty else {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
      return Set(names.filter { !$0.hasPrefix(".build") && $0 != ".git" })
    }
    return Set(
      listed.split(separator: "\n").compactMap { $0.split(separator: "/").first }.map(String.init))
  }

  private static func output(of command: [String]) -> String? {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    process.currentDirectoryURL = root
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let bytes = (try? pipe.fileHandleForReading.readToEnd()) ?? nil
    process.waitUntilExit()
    return process.terminationStatus == 0 ? bytes.map { String(decoding: $0, as: UTF8.self) } : nil
  }
}

/// A source file of Swift: its lines, and its code without comments and texts.
struct SourceFile: Sendable {
  let path: String
  let lines: [String]
  /// The code, line by line, with blanks in place of comments and of the contents of texts.
  let code: [String]

  init(_ path: String) {
    self.path = path
    let text = Repository.text(path)
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var blanking = CodeBlanking()
    code = blanking.code(of: text).split(separator: "\n", omittingEmptySubsequences: false).map(
      String.init)
  }

  /// The target that the file belongs to.
  var target: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }

  /// The number of lines, without the empty one behind the last line end.
  var lineCount: Int { lines.last == "" ? lines.count - 1 : lines.count }

  /// Where a line is.
  func place(_ index: Int) -> String { "\(path):\(index + 1)" }

  /// The files of `Sources`.
  static let sources = Repository.files(in: "Sources", ending: ".swift").map { SourceFile($0) }
  /// The files of `Tests`.
  static let tests = Repository.files(in: "Tests", ending: ".swift").map { SourceFile($0) }
}
