import Foundation
import FundCore

/// A file of a new folder.
struct NewFile {
  let name: String
  let text: String

  init(_ name: String, _ text: String) {
    (self.name, self.text) = (name, text)
  }
}

/// A folder that does not exist yet, or is empty.
struct NewFolder {
  let path: String

  /// Makes the folder with its files.
  ///
  /// - Throws: `WriteError` if something stands there, or it cannot be written.
  func make(_ files: [NewFile]) throws {
    try OutputFile.refuseStandardInput(path)
    var status = stat()
    if lstat(path, &status) == 0 {
      let isFolder = status.st_mode & S_IFMT == S_IFDIR
      let isEmpty =
        try isFolder && FileManager.default.contentsOfDirectory(atPath: path).isEmpty
      guard isEmpty else {
        throw WriteError(
          path: path,
          reason: isFolder
            ? .init(
              en: "the folder exists and is not empty; nothing in it is replaced",
              zh: "文件夹已存在且不为空，其中内容不会被替换")
            : .init(en: "a file of this name exists; it is not replaced", zh: "同名文件已存在，不会被替换"),
          help: .init(en: "choose another name, or move it away first", zh: "请另取名称，或先将其移走"))
      }
    }
    try Self.namingThePlace { try OutputFolder.make(path) }
    for file in files {
      let output = OutputFile(path: path + "/" + file.name, isForced: false)
      do {
        try Self.namingThePlace {
          try output.write(signatureSize: 0) { try $0(Array(file.text.utf8)) }
        }
      } catch {
        remove(files)
        throw error
      }
    }
  }

  /// Does what may be refused; the way out is another place for the folder, since there is no `--out` here.
  private static func namingThePlace(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch var failure as WriteError {
      failure.help = .init(
        en: "name a folder in a place where you may write, or make room there",
        zh: "请把文件夹建在可以写入的位置，或腾出空间")
      throw failure
    }
  }

  /// Takes away what was made.
  func remove(_ files: [NewFile]) {
    for file in files { unlink(path + "/" + file.name) }
    rmdir(path)
  }
}
