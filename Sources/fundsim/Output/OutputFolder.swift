import DocumentReading
import Foundation
import FundCore
import ReportForm

/// A folder that takes the files of one result: all of them, or none.
///
/// The folder is locked against other writers from the start. Files are written under temporary names
/// while the older result still stands; `commit` then says in the manifest that files are being
/// replaced, takes away what the older result had beyond them, gives the new files their names, and
/// writes the manifest anew. A kill in between leaves the old result, or the new one, or a manifest
/// that says that the result is incomplete.
///
/// A new file of a result needs no more than a `ResultFile` of its report, and, if an older one of its
/// name should go where no manifest lists it, a line in `ResultKind.files`.
///
/// A class, because the lock ends with it.
final class OutputFolder {
  let path: String
  let kind: ResultKind
  /// Whether files that fundsim did not write are replaced, too.
  private let isForced: Bool
  /// The locked folder.
  private let descriptor: Int32
  private let isNew: Bool
  private let manifest: ResultManifest?
  private var staged: [StagedFile] = []

  /// Opens and locks the folder, making it if it does not exist.
  init(path: String, for kind: ResultKind, isForced: Bool) throws {
    self.path = path
    self.kind = kind
    self.isForced = isForced
    isNew = access(path, F_OK) != 0
    try Self.make(path)
    descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
      close(descriptor)
      throw WriteError(
        path: path,
        reason: .init(
          en: "another fundsim is writing into the folder", zh: "另一个 fundsim 正在写入该文件夹"),
        help: .init(
          en: "wait for it to end, or choose another folder with --out",
          zh: "请等待其结束，或用 --out 另选文件夹"))
    }
    // Found now, not after hours: that nothing can be written into it.
    guard access(path, W_OK | X_OK) == 0 else {
      let problem = WriteError.last(path)
      if descriptor >= 0 { close(descriptor) }
      throw problem
    }
    manifest = ResultManifest(folder: path)
  }

  deinit {
    for file in staged { file.discard() }
    // Nothing was written: the folder goes again. One that holds something stays.
    if isNew { rmdir(path) }
    if descriptor >= 0 { close(descriptor) }
  }

  /// Makes a folder that does not exist.
  static func make(_ path: String) throws {
    try OutputFile.refuseStandardInput(path)
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      var found = stat()
      guard stat(path, &found) != 0, errno == ELOOP || errno == EMFILE else {
        throw WriteError(
          path: path, reason: .init(en: "the folder cannot be made", zh: "无法建立该文件夹"))
      }
      throw WriteError.last(path)
    }
  }

  /// Finds out before a long run whether its files may be written.
  ///
  /// - Parameter names: The files that will be written.
  func check(_ names: [String]) throws {
    for (name, start) in kind.files where names.contains(name) {
      try file(name).checkTarget(
        signature: Array(start.prefix(Self.signatureSize(of: name) ?? start.count)))
    }
    try checkManifest()
  }

  /// Writes a file, for `commit` to put into place.
  ///
  /// A file of that name is replaced if it starts as the new one does, or if the manifest lists it as
  /// it stands there. A tape is replaced by the very same tape only, because people go on working on
  /// tapes, and give their own the same columns.
  func write(_ file: ResultFile) throws {
    let size = Self.signatureSize(of: file.name)
    staged.append(try self.file(file.name).staged(signatureSize: size, file.write))
  }

  /// Puts the files that were written into place, as one result.
  func commit() throws {
    try checkManifest()
    for file in staged where ReadFiles.contains(path: file.path) {
      try self.file(name(of: file)).checkTarget(signature: nil)
    }
    let old = manifest?.results.first { $0.command == kind }
    let new = staged.map { ManifestFile(name: name(of: $0), bytes: $0.size, sha256: $0.digest) }
    let (stale, kept) = leftovers(of: old, besides: Set(new.map(\.name)))
    var next = ResultManifest()
    next.results = others(besides: Set(new.map(\.name)))
    // Until all is in place it lists what was and what will be: whatever of it a kill leaves is known.
    next.results.append(
      .init(command: kind, complete: false, files: new + (old?.files ?? [])))
    try write(next)
    for name in stale { unlink(path + "/" + name) }
    removeLeftTemporaries()
    for file in staged { try file.place() }
    staged = []
    syncFolder(of: path + "/" + ResultManifest.name)
    next.results[next.results.count - 1] = .init(
      command: kind, complete: true, files: new)
    try write(next)
    for name in kept { printError(Self.keptNotice(path + "/" + name)) }
  }

  // MARK: What stands there

  private func file(_ name: String) -> OutputFile {
    OutputFile(path: path + "/" + name, isForced: isForced, listed: manifest?.file(name))
  }

  private func name(of file: StagedFile) -> String { String(file.path.dropFirst(path.count + 1)) }

  /// What an older result of the kind left that the new one has not.
  ///
  /// - Returns: The files that are fundsim's as they stand there, and those that were changed since or
  ///   are somebody's.
  private func leftovers(
    of old: ResultManifest.Entry?, besides new: Set<String>
  ) -> (stale: [String], kept: [String]) {
    var (stale, kept): ([String], [String]) = ([], [])
    let ofOthers = Set(others(besides: new).flatMap(\.files).map(\.name))
    let starts = Dictionary(uniqueKeysWithValues: kind.files.map { ($0.name, $0.start) })
    let listed = old?.files ?? []
    let names = Set(starts.keys).union(listed.map(\.name)).subtracting(new).subtracting(ofOthers)
    for name in names.sorted() {
      let file = file(name)
      var status = stat()
      guard lstat(file.path, &status) == 0 else { continue }
      let isOwn =
        status.st_mode & S_IFMT == S_IFREG && !ReadFiles.contains(path: file.path)
        && (listed.contains { $0.name == name && $0.isFile(at: file.path) }
          || starts[name].map { file.startsWith($0) } ?? false)
      if isOwn { stale.append(name) } else { kept.append(name) }
    }
    return (stale, kept)
  }

  /// The results of other kinds in the folder, without files that this one replaces.
  private func others(besides new: Set<String>) -> [ResultManifest.Entry] {
    (manifest?.results ?? []).filter { $0.command != kind }.map { entry in
      var entry = entry
      entry.files.removeAll { new.contains($0.name) }
      return entry
    }.filter { !$0.files.isEmpty }
  }

  /// Takes away what writers that were killed left under temporary names; the lock says that nobody
  /// is writing them.
  private func removeLeftTemporaries() {
    let own = Set(staged.map(\.temporary))
    let known = Set(
      kind.files.map(\.name) + staged.map { name(of: $0) } + [ResultManifest.name]
        + (manifest?.results ?? []).flatMap(\.files).map(\.name))
    // A folder that cannot be listed keeps what lies in it: that does no harm to the result.
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else { return }
    for name in names where name.hasPrefix(".") && name.hasSuffix(".part") {
      let isOurs = known.contains { name.hasPrefix(".\($0).") }
      if isOurs, !own.contains(path + "/" + name) { unlink(path + "/" + name) }
    }
  }

  // MARK: The manifest

  private var manifestFile: OutputFile {
    OutputFile(path: path + "/" + ResultManifest.name, isForced: isForced)
  }

  private func checkManifest() throws {
    try manifestFile.checkTarget(signature: Array(ResultManifest.start.utf8))
  }

  private func write(_ manifest: ResultManifest) throws {
    try manifestFile.write(signatureSize: ResultManifest.start.utf8.count) {
      try $0(Array(manifest.text.utf8))
    }
  }

  private static func keptNotice(_ path: String) -> LocalizedText {
    if ReadFiles.contains(path: path) {
      return .init(
        en: """
          \(path): the file stays, and is no part of this result: it is an input of this command
          """,
        zh: "\(path)：该文件保留，但不属于本次结果：它是本命令的输入")
    }
    return .init(
      en:
        "\(path): the file stays, and is no part of this result: it was not left as fundsim wrote it",
      zh: "\(path)：该文件保留，但不属于本次结果：它已不是 fundsim 写出时的样子")
  }
}

extension OutputFolder {
  /// How many bytes at its start tell a file of fundsim; `nil` if only all of them do. All web pages
  /// start alike, hence ours have a remark; of NumPy's files only the mark is always the same; of
  /// tables the names of their first columns.
  private static func signatureSize(of name: String) -> Int? {
    if name == tapeName { return nil }
    if name.hasPrefix("set-aside") { return setAsideStart.utf8.count }
    if name.hasSuffix(".npy") { return 6 }
    if name.hasSuffix(".html") { return pageStart.utf8.count }
    if name == ResultKind.explain.jsonName { return explanationStart.utf8.count }
    return name.hasSuffix(".csv") ? 32 : jsonStart.utf8.count
  }

  /// How every JSON file starts.
  static let jsonStart = "{\n  \"schemaVersion\": 3,\n  \"provenance\": {"

  /// How the JSON file of an explanation starts, which comes from no simulation.
  static let explanationStart = "{\n  \"schemaVersion\": 3,\n  \"program\": \"fundsim\""

  /// How every web page starts.
  static let pageStart = "<!DOCTYPE html><!-- fundsim -->"

  /// How every file of rows that were set aside starts.
  static let setAsideStart = CSVFace.byteOrderMark + "line,reason,"

  /// The name of the file that holds the loans of a scenario.
  static let tapeName = "portfolio.csv"
}
