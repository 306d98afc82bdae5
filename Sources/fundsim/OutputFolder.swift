import Foundation
import FundCore
import ScenarioInput

/// A folder that takes the files of one run, each written whole or not at all.
struct OutputFolder {
  let path: String
  /// Whether files that fundsim did not write are replaced, too.
  let isForced: Bool

  /// Opens the folder, making it if it does not exist.
  init(path: String, isForced: Bool = false) throws {
    self.path = path
    self.isForced = isForced
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw WriteError(
        path: path, reason: .init(en: "the folder cannot be made", zh: "无法建立该文件夹"))
    }
  }

  /// Writes a file under a temporary name and renames it when it is complete.
  ///
  /// A file of that name is replaced if it starts as the new one does: most files of fundsim start
  /// with a text of their own. A tape is replaced by the very same tape only, because people go on
  /// working on tapes, and give their own the same columns.
  ///
  /// - Parameters:
  ///   - name: The name of the file in the folder.
  ///   - body: Hands the text over, piece by piece.
  func write(_ name: String, _ body: ((String) throws -> Void) throws -> Void) throws {
    try OutputFile(path: path + "/" + name, isForced: isForced)
      .write(signatureSize: Self.signatureSize(of: name)) { sink in
        try withoutActuallyEscaping(sink) { sink in try body { try sink(Array($0.utf8)) } }
      }
  }

  /// Writes the rows that were set aside.
  ///
  /// - Returns: The names of the files.
  func write(_ files: [SetAsideFile]) throws -> [String] {
    for file in files { try write(file.name) { try file.write(in: .current, to: $0) } }
    return files.map(\.name)
  }

  /// Writes a file of bytes under a temporary name and renames it when it is complete.
  ///
  /// - Parameters:
  ///   - name: The name of the file in the folder.
  ///   - body: Hands the bytes over, piece by piece.
  func write(bytesOf name: String, _ body: (([UInt8]) throws -> Void) throws -> Void) throws {
    try OutputFile(path: path + "/" + name, isForced: isForced)
      .write(signatureSize: Self.signatureSize(of: name), body)
  }

  /// How many bytes at its start tell a file of fundsim; `nil` if only all of them do. All web pages
  /// start alike, hence ours have a remark; of NumPy's files only the mark is always the same; of
  /// tables the names of their first columns.
  private static func signatureSize(of name: String) -> Int? {
    if name == tapeName { return nil }
    if name.hasPrefix("set-aside") { return "line,reason,".utf8.count }
    if name.hasSuffix(".npy") { return 6 }
    if name.hasSuffix(".html") { return "<!DOCTYPE html><!-- fundsim -->".utf8.count }
    return name.hasSuffix(".csv") ? 32 : jsonStart.utf8.count
  }

  /// How every JSON file starts.
  static let jsonStart = "{\n  \"schemaVersion\": 1,\n  \"provenance\": {"

  /// The name of the file that holds the loans of a scenario.
  static let tapeName = "portfolio.csv"

  /// Finds out before a long run whether its files may be written.
  ///
  /// - Parameter starts: The names of the files and how each starts.
  static func check(_ starts: [(name: String, start: [UInt8])], in path: String, isForced: Bool)
    throws
  {
    for (name, start) in starts {
      try OutputFile(path: path + "/" + name, isForced: isForced)
        .checkTarget(signature: Array(start.prefix(signatureSize(of: name) ?? start.count)))
    }
  }
}
