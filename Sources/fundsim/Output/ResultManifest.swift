import Foundation
import FundCore

/// What `manifest.json` says: which files of a folder are one result, each with its digest.
///
/// It is written last, so a folder whose files are those that it lists holds results that are whole.
/// While files are being replaced it says so, also after a kill.
struct ResultManifest: Codable {
  /// The results in the folder, at most one of each kind.
  var results: [Entry] = []

  /// One result.
  struct Entry: Codable {
    /// The command that wrote it.
    let command: ResultKind
    /// Whether all files stand there; `false` while they are being replaced.
    var complete: Bool
    /// The files that belong together.
    var files: [ManifestFile]
  }

  /// The name of the file.
  static let name = "manifest.json"
  /// How it starts.
  static let start = "{\n  \"manifestVersion\": 1,\n  \"complete\": "

  /// Reads the manifest of a folder; `nil` if there is none that can be read, or it lists what fundsim
  /// does not write: by it files are taken away, and none outside the folder may be.
  init?(folder: String) {
    guard let bytes = FileManager.default.contents(atPath: folder + "/" + Self.name),
      bytes.starts(with: Self.start.utf8),
      let manifest = try? JSONDecoder().decode(ResultManifest.self, from: bytes),
      Set(manifest.results.map(\.command)).count == manifest.results.count,
      manifest.results.allSatisfy({ $0.files.allSatisfy(\.isSound) })
    else { return nil }
    self = manifest
  }

  init() {}

  /// What is said of a file; the first result that names it.
  func file(_ name: String) -> ManifestFile? {
    results.lazy.flatMap(\.files).first { $0.name == name }
  }

  /// The text of the file. Names are fundsim's own, and need no escapes.
  var text: String {
    let all = results.map { entry in
      let files = entry.files.map {
        "        {\"name\": \"\($0.name)\", \"bytes\": \($0.bytes), \"sha256\": \"\($0.sha256)\"}"
      }
      return """
            {
              "command": "\(entry.command.rawValue)",
              "complete": \(entry.complete),
              "files": [
        \(files.joined(separator: ",\n"))
              ]
            }
        """
    }
    return Self.start + "\(results.allSatisfy(\.complete)),\n  \"results\": [\n"
      + all.joined(separator: ",\n") + "\n  ]\n}\n"
  }
}

/// A file that a manifest lists.
struct ManifestFile: Codable, Hashable {
  let name: String
  let bytes: Int
  /// The SHA-256 digest, in hexadecimal digits.
  let sha256: String

  /// Whether it can be an entry of fundsim's own: a plain name in the folder, and a digest.
  var isSound: Bool {
    name.wholeMatch(of: #/[^./\\\x00-\x1F"][^/\\\x00-\x1F"]*/#) != nil
      && name != ResultManifest.name
      && bytes >= 0 && sha256.wholeMatch(of: /[0-9a-f]{64}/) != nil
  }

  /// Whether a path leads to this very file, without a link.
  func isFile(at path: String) -> Bool {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      Int(status.st_size) == bytes
    else { return false }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var digest = SHA256()
    var piece = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = read(descriptor, &piece, piece.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return count == 0 && digest.hexDigest() == sha256 }
      digest.add(count == piece.count ? piece : Array(piece[..<count]))
    }
  }
}
