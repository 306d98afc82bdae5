import DocumentReading
import Foundation
import FundCore

/// A file that is written whole or not at all, and never over what fundsim did not write, nor over
/// what the command reads.
struct OutputFile {
  let path: String
  /// Whether foreign files and links are replaced, too.
  let isForced: Bool
  /// What the manifest of the folder says of the file that stands there.
  var listed: ManifestFile?

  /// Finds out whether the file may be written.
  ///
  /// - Parameter signature: How every such file of fundsim starts; `nil` if that is not looked at.
  /// - Throws: `WriteError` if something stands there that fundsim did not write: a link, which
  ///   would be lost, or somebody's file. An input of the command is not replaced by any means.
  /// - Returns: The permissions of the file that will be replaced, if there is one.
  @discardableResult
  func checkTarget(signature: [UInt8]?) throws -> mode_t? {
    try checkInputs()
    var status = stat()
    guard lstat(path, &status) == 0 else { return nil }
    let permissions = status.st_mode & 0o7777
    switch status.st_mode & S_IFMT {
    case S_IFREG:
      guard let signature, !isForced, status.st_size > 0 else { return permissions }
      guard startsWith(signature) || isAsListed else {
        throw foreign(
          .init(
            en: "the file exists, and fundsim did not write it",
            zh: "该文件已存在，且不是 fundsim 写的"))
      }
      return permissions
    case S_IFLNK:
      guard isForced else {
        throw foreign(
          .init(
            en: "a link stands there, and results are not written through links",
            zh: "此处是一个链接，结果不会经链接写出"))
      }
      return nil
    case S_IFDIR:
      throw WriteError(path: path, reason: .init(en: "a folder stands there", zh: "此处是一个文件夹"))
    default:
      throw WriteError(
        path: path, reason: .init(en: "what stands there is no file", zh: "此处不是普通文件"))
    }
  }

  /// - Throws: `WriteError` if `-` stands where something is to be written.
  static func refuseStandardInput(_ path: String) throws {
    guard path == StandardInput.name else { return }
    throw WriteError(
      path: StandardInput.word,
      reason: .init(
        en: "- is standard input, and nothing is written there", zh: "- 表示标准输入，不能写入"),
      help: .init(
        en: "name a file or a folder; --json prints to standard output",
        zh: "请给出文件或文件夹；--json 输出到标准输出"))
  }

  /// - Throws: `WriteError` if the file is what the command reads, or goes on from.
  private func checkInputs() throws {
    try Self.refuseStandardInput(path)
    guard ReadFiles.contains(path: path) else { return }
    throw WriteError(
      path: path,
      reason: .init(
        en: "the file is an input of this command, and is not replaced",
        zh: "该文件是本命令的输入，不会被替换"),
      help: .init(
        en: "choose another place with --out; --force replaces no input",
        zh: "请用 --out 另选位置；--force 也不会替换输入文件"))
  }

  /// Writes under a temporary name beside the file and renames it when it is complete.
  ///
  /// - Parameters:
  ///   - signatureSize: How many of its first bytes all such files of fundsim have alike. If `nil`,
  ///     what stands there stays unless it is the very same.
  ///   - body: Hands the bytes over, piece by piece.
  func write(signatureSize: Int?, _ body: (([UInt8]) throws -> Void) throws -> Void) throws {
    let staged = try staged(signatureSize: signatureSize, body)
    do {
      try checkInputs()
      try staged.place()
    } catch {
      staged.discard()
      throw error
    }
    syncFolder(of: path)
  }

  /// Writes under a temporary name beside the file, to the disk.
  func staged(
    signatureSize: Int?, _ body: (([UInt8]) throws -> Void) throws -> Void
  ) throws -> StagedFile {
    let temporary = temporaryPath
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw WriteError.last(path) }
    do {
      defer { close(descriptor) }
      var isChecked = false
      var buffer: [UInt8] = []
      var digest = SHA256()
      var size = 0
      func flush() throws {
        if !isChecked {
          let permissions = try checkTarget(
            signature: signatureSize.map { Array(buffer.prefix($0)) })
          if let permissions { fchmod(descriptor, permissions) }
          isChecked = true
        }
        try writeAll(buffer, to: descriptor)
        digest.add(buffer)
        size += buffer.count
        buffer.removeAll(keepingCapacity: true)
      }
      try body { piece in
        buffer.append(contentsOf: piece)
        if buffer.count > 1 << 16 { try flush() }
      }
      try flush()
      guard fsync(descriptor) == 0 || errno == EINVAL else {
        throw WriteError.last(path)
      }
      if signatureSize == nil { try checkSame(as: temporary) }
      return StagedFile(
        path: path, temporary: temporary, size: size, digest: digest.hexDigest())
    } catch {
      unlink(temporary)
      throw error
    }
  }

  /// A name that no other process takes, on whatever machine it runs.
  private var temporaryPath: String {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let folder = parts.dropLast().map { $0 + "/" }.joined()
    let number = UInt32.random(in: .min ... .max)
    return folder + ".\(parts.last ?? "").\(getpid())-\(String(number, radix: 16)).part"
  }

  /// Whether the file that stands there starts with some bytes.
  func startsWith(_ signature: [UInt8]) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: signature.count)
    let found = read(descriptor, &bytes, signature.count)
    return Array(bytes.prefix(max(0, found))) == signature
  }

  /// Whether the file that stands there is the one that the manifest lists.
  var isAsListed: Bool { listed?.isFile(at: path) ?? false }

  /// - Throws: `WriteError` if a file stands there that holds something else, and may be kept.
  private func checkSame(as new: String) throws {
    var status = stat()
    guard !isForced, lstat(path, &status) == 0, status.st_size > 0,
      !FileManager.default.contentsEqual(atPath: path, andPath: new)
    else { return }
    throw foreign(
      .init(
        en: "the file exists, and holds something else than would be written",
        zh: "该文件已存在，且内容与将写入的不同"))
  }

  private func writeAll(_ bytes: [UInt8], to descriptor: Int32) throws {
    var offset = 0
    while offset < bytes.count {
      let count = bytes.withUnsafeBytes {
        Foundation.write(descriptor, $0.baseAddress?.advanced(by: offset), bytes.count - offset)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw WriteError.last(path) }
      offset += count
    }
  }

  private func foreign(_ reason: LocalizedText) -> WriteError {
    WriteError(
      path: path, reason: reason,
      help: .init(
        en: "move it away, choose another place with --out, or --force",
        zh: "请将其移走，用 --out 另选位置，或用 --force"))
  }
}

/// A file that stands whole and on the disk under a temporary name, and waits for its own.
struct StagedFile {
  let path: String
  let temporary: String
  /// Its bytes.
  let size: Int
  /// The SHA-256 digest of them.
  let digest: String

  /// Gives it its own name.
  func place() throws {
    guard rename(temporary, path) == 0 else { throw WriteError.last(path) }
  }

  /// Takes it away.
  func discard() { unlink(temporary) }
}

/// What the system says went wrong last.
func lastError() -> LocalizedText { LocalizedText(same: String(cString: strerror(errno))) }

/// Sees to it that the names in the folder of a file are on the disk, as far as the system does that.
func syncFolder(of path: String) {
  let slash = path.lastIndex(of: "/")
  let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
  let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  guard descriptor >= 0 else { return }
  fsync(descriptor)
  close(descriptor)
}
