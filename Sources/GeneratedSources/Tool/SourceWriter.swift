import Foundation

/// Writes a Swift file of other files: `SourceWriter digest|texts OUTPUT ROOT FILE…`.
@main
struct SourceWriter {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    let (kind, output, root) = (arguments[0], arguments[1], arguments[2])
    let files = try arguments.dropFirst(3).map { path in
      SourceFile(
        name: path.hasPrefix(root + "/") ? String(path.dropFirst(root.count + 1)) : path,
        bytes: Array(try Data(contentsOf: URL(filePath: path))))
    }
    // By bytes, so that the order is the same wherever the repository lies.
    let sorted = files.sorted { Array($0.name.utf8).lexicographicallyPrecedes($1.name.utf8) }
    let text = kind == "digest" ? digest(of: sorted) : try literals(of: sorted)
    try Data(text.utf8).write(to: URL(filePath: output), options: .atomic)
  }

  /// The digest of the names below the root and of the bytes.
  private static func digest(of files: [SourceFile]) -> String {
    var digest = SHA256()
    for file in files {
      // A length before each, so that no byte can move from one to the next.
      digest.add(Array("\(file.name.utf8.count) \(file.name) \(file.bytes.count) ".utf8))
      digest.add(file.bytes)
    }
    return """
      /// The SHA-256 digest of the sources that calculate.
      let sourcesDigest = "\(digest.hexDigest())"

      """
  }

  /// Each text under its file's name (`page_css`), and all of them in the order of their names.
  private static func literals(of files: [SourceFile]) throws -> String {
    let texts = try files.map { try $0.literal() }
    let members = zip(files, texts).map { "  static let \($0.memberName) = \($1)\n" }
    let list = files.map { "    (\"\($0.lastName)\", \($0.memberName)),\n" }
    return """
      /// The texts that lie in this target.
      enum TextResources {
      \(members.joined())\
        /// All of them: the file's name, and what it holds.
        static let files: [(name: String, text: String)] = [
      \(list.joined())  ]
      }

      """
  }
}

/// A file: its name below the root, and its bytes.
private struct SourceFile {
  let name: String
  let bytes: [UInt8]

  var lastName: String { String(name.split(separator: "/").last ?? "") }

  var memberName: String {
    String(lastName.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
  }

  /// The text as a literal of Swift, byte for byte.
  ///
  /// - Throws: ``NotALiteral``, if the file holds what a literal cannot.
  func literal() throws -> String {
    guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0),
      !bytes.contains(UInt8(ascii: "\r"))
    else { throw NotALiteral(name: name) }
    // One mark more than the text has in a row, so that nothing within it ends the literal.
    var (run, longest) = (0, 0)
    for byte in bytes {
      run = byte == UInt8(ascii: "#") ? run + 1 : 0
      longest = max(longest, run)
    }
    let marks = String(repeating: "#", count: longest + 1)
    return "\(marks)\"\"\"\n\(text)\n\"\"\"\(marks)"
  }
}

/// A file that cannot stand in Swift as it is.
private struct NotALiteral: Error, CustomStringConvertible {
  let name: String
  var description: String {
    "\(name) is no text in UTF-8 with line feeds alone, which a literal has to be"
  }
}
