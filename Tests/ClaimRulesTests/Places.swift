import DocumentReading
import Foundation
import FundCore
import PolicyLibrary

/// Where the hand-worked registers lie, found from the place of this very file.
enum Places {
  static let registers =
    #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    .joined(separator: "/") + "/Registers"

  /// The names of the files in a folder, without the ending, in order.
  static func names(in folder: String, ending: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(ending) }.map { String($0.dropLast(ending.count)) }.sorted()
  }
}

/// A built-in programme.
func builtIn(_ id: String) throws -> PolicyDocument {
  let place = FundCore.SourceLocation(file: "test", line: 1, column: 1)
  return try PolicyDocument.named(Written(id, at: place), in: "")
}

/// The parts of a list such as `12, 14`.
func listed(_ text: String?) -> [String] {
  (text ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
}
