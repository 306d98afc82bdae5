public import FundCore
import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The bytes of a file.
///
/// - Parameters:
///   - path: Where the file is.
///   - displayName: How messages name the file; the path if `nil`.
///   - limit: The largest size in bytes. It is checked before anything is read.
/// - Throws: `file-not-found`, `not-a-file`, `no-permission`, `file-unreadable`,
///   `file-too-large`.
public func readFileBytes(
  path: String, displayName: String? = nil, limit: Int
) throws(Diagnostics) -> [UInt8] {
  let file = try InputFile(path: path, displayName: displayName, limit: limit)
  return try file.allBytes(limit: limit)
}

/// A regular file that was opened for reading and is not too large.
///
/// It is a class because the open file has to be closed once.
final class InputFile {
  let name: String
  let descriptor: Int32
  let size: Int

  init(path: String, displayName: String?, limit: Int) throws(Diagnostics) {
    name = displayName ?? path
    let place = SourceLocation(file: name)
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw Diagnostics(
        "file-not-found", "the file has no name", help: "give the path of a file", at: place)
    }
    // Without O_NONBLOCK, opening a pipe would wait for a writer.
    descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw openingProblem(errno, path: path, at: place) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      close(descriptor)
      throw openingProblem(errno, path: path, at: place)
    }
    size = Int(status.st_size)
    let kind = status.st_mode & S_IFMT
    if kind != S_IFREG || size > limit {
      close(descriptor)
      throw kind != S_IFREG
        ? notAFile(isFolder: kind == S_IFDIR, path: path, at: place)
        : tooLarge(size: size, limit: limit, at: place)
    }
  }

  deinit { close(descriptor) }

  /// Everything in the file. It may have grown since it was opened, so the limit is kept here too.
  func allBytes(limit: Int) throws(Diagnostics) -> [UInt8] {
    let place = SourceLocation(file: name)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size + 1)
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &piece, piece.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw openingProblem(errno, path: name, at: place)
      }
      if count == 0 { return bytes }
      bytes += piece[..<count]
      if bytes.count > limit { throw tooLarge(size: bytes.count, limit: limit, at: place) }
    }
  }
}

private func openingProblem(_ number: Int32, path: String, at place: SourceLocation) -> Diagnostics
{
  switch number {
  case ENOENT, ENOTDIR, ENAMETOOLONG, ELOOP:
    return Diagnostics(
      "file-not-found", "there is no file \(quoted(path, limit: 1_000))",
      help: nearbyFileAdvice(path), at: place)
  case EACCES, EPERM:
    return Diagnostics(
      "no-permission", "the file \(quoted(path, limit: 1_000)) may not be read",
      help: "ask its owner for permission to read it, or copy it to a folder of your own",
      at: place)
  default:
    return Diagnostics(
      "file-unreadable",
      "the file \(quoted(path, limit: 1_000)) cannot be read: \(String(cString: strerror(number)))",
      help: "check the disk or the network folder that holds it, then try again", at: place)
  }
}

private func nearbyFileAdvice(_ path: String) -> String {
  let url = URL(fileURLWithPath: path)
  let folder = url.deletingLastPathComponent().path
  guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
    return "check the path; there is no folder \(quoted(folder, limit: 1_000)) either"
  }
  guard let name = closestMatch(to: url.lastPathComponent, among: names.sorted()) else {
    return "check the path and the spelling"
  }
  return "did you mean \(quoted(name)) in the same folder?"
}

private func notAFile(isFolder: Bool, path: String, at place: SourceLocation) -> Diagnostics {
  isFolder
    ? Diagnostics(
      "not-a-file", "\(quoted(path, limit: 1_000)) is a folder",
      help: "give the path of a file inside it",
      at: place)
    : Diagnostics(
      "not-a-file", "\(quoted(path, limit: 1_000)) is a device or a pipe, not a file",
      help: "save what it delivers to a file and give the path of that file", at: place)
}

func tooLarge(size: Int, limit: Int, at place: SourceLocation) -> Diagnostics {
  Diagnostics(
    "file-too-large",
    "the file has \(megabytes(size)) MB, and at most \(megabytes(limit)) MB are read",
    help: "check that this is the right file; divide it if it is", at: place)
}

/// The size in megabytes, rounded up.
private func megabytes(_ bytes: Int) -> Int { (bytes >> 20) + (bytes & 0xF_FFFF == 0 ? 0 : 1) }
