import Foundation
import FundCore

/// Writes a Swift file with the digest of source files: `DigestTool OUTPUT ROOT FILE…`.
///
/// The digest is taken of the names below the root and of the bytes, in the order of the names, so that
/// it is the same wherever the repository lies.
@main
struct DigestTool {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    let (output, root) = (arguments[0], arguments[1])
    let files = arguments.dropFirst(2).map { path in
      (name: path.hasPrefix(root + "/") ? String(path.dropFirst(root.count + 1)) : path, path: path)
    }
    var digest = SHA256()
    for file in files.sorted(by: { Array($0.name.utf8).lexicographicallyPrecedes($1.name.utf8) }) {
      let bytes = try Data(contentsOf: URL(filePath: file.path))
      // A length before each, so that no byte can move from one to the next.
      digest.add(Array("\(file.name.utf8.count) \(file.name) \(bytes.count) ".utf8) + bytes)
    }
    let text = """
      /// The SHA-256 digest of the sources that calculate.
      let sourcesDigest = "\(digest.hexDigest())"

      """
    try Data(text.utf8).write(to: URL(filePath: output), options: .atomic)
  }
}
