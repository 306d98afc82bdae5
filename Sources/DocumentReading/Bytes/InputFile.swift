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
        "file-not-found", .init(en: "the file has no name", zh: "没有给出文件名"),
        help: .init(en: "give the path of a file", zh: "给出文件的路径"), at: place)
    }
    // Without O_NONBLOCK, opening a pipe would wait for a writer.
    descriptor =
      path == StandardInput.name
      ? try StandardInput.open(limit: limit) : open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw openingProblem(errno, path: path, at: place) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      close(descriptor)
      throw openingProblem(errno, path: path, at: place)
    }
    size = Int(status.st_size)
    ReadFiles.note(status)
    let kind = status.st_mode & S_IFMT
    if kind != S_IFREG || size > limit {
      // All is set by now, and `deinit` closes the file.
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
  case ELOOP:
    return Diagnostics(
      "link-loop",
      .init(
        en: "the path \(quoted(path, limit: 1_000)) leads over links that go round in a circle",
        zh: "路径\(quoted(path, limit: 1_000))经过循环的符号链接"),
      help: .init(
        en: "name the file itself; ls -l shows where a link leads",
        zh: "请改用文件本身的路径；`ls -l` 可查看链接指向何处"),
      at: place)
  case ENOENT, ENOTDIR, ENAMETOOLONG:
    return Diagnostics(
      "file-not-found",
      .init(
        en: "there is no file \(quoted(path, limit: 1_000))",
        zh: "没有文件\(quoted(path, limit: 1_000))"),
      help: nearbyFileAdvice(path), at: place)
  case EACCES, EPERM:
    return Diagnostics(
      "no-permission",
      .init(
        en: "the file \(quoted(path, limit: 1_000)) may not be read",
        zh: "没有读取文件\(quoted(path, limit: 1_000))的权限"),
      help: .init(
        en: "ask its owner for permission to read it, or copy it to a folder of your own",
        zh: "请文件所有者授予读取权限，或复制到自己的文件夹"),
      at: place)
  default:
    return Diagnostics(
      "file-unreadable",
      .init(
        en: """
          the file \(quoted(path, limit: 1_000)) cannot be read: \
          \(String(cString: strerror(number)))
          """,
        zh: "无法读取文件\(quoted(path, limit: 1_000))：\(String(cString: strerror(number)))"),
      help: .init(
        en: "check the disk or the network folder that holds it, then try again",
        zh: "检查文件所在的磁盘或网络文件夹，然后重试"), at: place)
  }
}

private func nearbyFileAdvice(_ path: String) -> LocalizedText {
  let url = URL(fileURLWithPath: path)
  let folder = url.deletingLastPathComponent().path
  guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
    if let near = nearbyPath(path) {
      return .init(
        en: "did you mean \(quoted(near, limit: 1_000))?",
        zh: "是否想写\(quoted(near, limit: 1_000))？")
    }
    return .init(
      en: "check the path; there is no folder \(quoted(folder, limit: 1_000)) either",
      zh: "核对路径；文件夹\(quoted(folder, limit: 1_000))也不存在")
  }
  guard let name = closestMatch(to: url.lastPathComponent, among: names.sorted()) else {
    return .init(en: "check the path and the spelling", zh: "核对路径和拼写")
  }
  return .init(
    en: "did you mean \(quoted(name)) in the same folder?", zh: "是否想写同一文件夹中的\(quoted(name))？")
}

/// A path that is there, with the first folder that is not under the name nearest to it; where the path begins with
/// that folder, one of `scenarios` may be meant. `scenario.yaml` is what a folder is read for, and left out.
private func nearbyPath(_ path: String) -> String? {
  let files = FileManager.default
  let parts = path.split(separator: "/").map(String.init)
  func joined(_ parts: some Sequence<String>) -> String {
    (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }
  guard
    let missing = parts.indices.first(where: { !files.fileExists(atPath: joined(parts[...$0])) })
  else { return nil }
  let isFirst = missing == 0 && !path.hasPrefix("/")
  for parents in [Array(parts[..<missing])] + (isFirst ? [["scenarios"]] : []) {
    let folder = joined(parents)
    guard let names = try? files.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder),
      let near = names.contains(parts[missing])
        ? parts[missing] : closestMatch(to: parts[missing], among: names.sorted())
    else { continue }
    let rest = parts[(missing + 1)...]
    guard files.fileExists(atPath: joined(parents + [near] + rest)) else { continue }
    return joined(parents + [near] + (rest == ["scenario.yaml"] ? [] : rest))
  }
  return nil
}

private func notAFile(isFolder: Bool, path: String, at place: SourceLocation) -> Diagnostics {
  isFolder
    ? Diagnostics(
      "not-a-file",
      .init(
        en: "\(quoted(path, limit: 1_000)) is a folder", zh: "\(quoted(path, limit: 1_000))是文件夹"),
      help: .init(en: "give the path of a file inside it", zh: "给出其中某个文件的路径"),
      at: place)
    : Diagnostics(
      "not-a-file",
      .init(
        en: "\(quoted(path, limit: 1_000)) is a device or a pipe, not a file",
        zh: "\(quoted(path, limit: 1_000))是设备或管道，不是文件"),
      help: .init(
        en:
          "write - in its place and send it through standard input, or save what it delivers to a file",
        zh: "请以 - 代替并从标准输入送入，或把它的内容存为文件"), at: place)
}

func tooLarge(size: Int, limit: Int, at place: SourceLocation) -> Diagnostics {
  Diagnostics(
    "file-too-large",
    .init(
      en: "the file has \(megabytes(size)) MB, and at most \(megabytes(limit)) MB are read",
      zh: "文件有\(megabytes(size)) MB，最多读取\(megabytes(limit)) MB"),
    help: .init(
      en: "check that this is the right file; divide it if it is", zh: "核对是否选对了文件；如果没错，请拆分"),
    at: place)
}

/// The size in megabytes, rounded up.
private func megabytes(_ bytes: Int) -> Int { (bytes >> 20) + (bytes & 0xF_FFFF == 0 ? 0 : 1) }
