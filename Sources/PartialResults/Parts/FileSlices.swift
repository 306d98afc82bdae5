import Foundation

/// A file, read piece by piece.
struct FileSlices: ~Copyable {
  private let descriptor: Int32
  let size: Int

  init(path: String) throws(PartProblem) {
    let opened = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard opened >= 0 else { throw .unreadable(String(cString: strerror(errno))) }
    var status = stat()
    guard fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(opened)
      throw .unreadable("it is no file")
    }
    descriptor = opened
    size = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// So many bytes from a place on.
  func bytes(_ offset: Int, count: Int) throws(PartProblem) -> [UInt8] {
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let step = pread(
          descriptor, buffer.baseAddress?.advanced(by: filled), count - filled,
          off_t(offset + filled))
        if step < 0, errno == EINTR { continue }
        guard step > 0 else {
          failure = step < 0 ? errno : 0
          return
        }
        filled += step
      }
    }
    if failure != 0 { throw .unreadable(String(cString: strerror(failure))) }
    guard bytes.count == count else { throw .damaged(PartFile.cut) }
    return bytes
  }
}
