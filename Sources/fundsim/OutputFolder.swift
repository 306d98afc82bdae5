import Foundation

/// A folder that takes the files of one run, each written whole or not at all.
struct OutputFolder {
  let path: String

  /// Opens the folder, making it if it does not exist.
  init(path: String) throws {
    self.path = path
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw WriteError(path: path, reason: "the folder cannot be made")
    }
  }

  /// Writes a file under a temporary name and renames it when it is complete.
  ///
  /// - Parameters:
  ///   - name: The name of the file in the folder.
  ///   - body: Hands the text over, piece by piece.
  func write(_ name: String, _ body: ((String) throws -> Void) throws -> Void) throws {
    try create(name) { descriptor, target in
      var buffer: [UInt8] = []
      try body { piece in
        buffer.append(contentsOf: piece.utf8)
        if buffer.count > 1 << 16 {
          try writeAll(buffer, to: descriptor, target)
          buffer.removeAll(keepingCapacity: true)
        }
      }
      try writeAll(buffer, to: descriptor, target)
    }
  }

  /// Writes a file of bytes under a temporary name and renames it when it is complete.
  ///
  /// - Parameters:
  ///   - name: The name of the file in the folder.
  ///   - body: Hands the bytes over, piece by piece.
  func write(bytesOf name: String, _ body: (([UInt8]) throws -> Void) throws -> Void) throws {
    try create(name) { descriptor, target in
      try body { try writeAll($0, to: descriptor, target) }
    }
  }

  private func create(_ name: String, _ body: (Int32, _ target: String) throws -> Void) throws {
    let target = path + "/" + name
    let temporary = path + "/.\(name).\(getpid()).part"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL, 0o644)
    guard descriptor >= 0 else { throw WriteError(path: target, reason: lastError()) }
    do {
      try body(descriptor, target)
      guard fsync(descriptor) == 0 || errno == EINVAL else {
        throw WriteError(path: target, reason: lastError())
      }
      close(descriptor)
      guard rename(temporary, target) == 0 else {
        throw WriteError(path: target, reason: lastError())
      }
    } catch {
      close(descriptor)
      unlink(temporary)
      throw error
    }
  }

  private func writeAll(_ bytes: [UInt8], to descriptor: Int32, _ target: String) throws {
    var offset = 0
    while offset < bytes.count {
      let count = bytes.withUnsafeBytes {
        Foundation.write(descriptor, $0.baseAddress?.advanced(by: offset), bytes.count - offset)
      }
      guard count > 0 else { throw WriteError(path: target, reason: lastError()) }
      offset += count
    }
  }

  private func lastError() -> String { String(cString: strerror(errno)) }
}
