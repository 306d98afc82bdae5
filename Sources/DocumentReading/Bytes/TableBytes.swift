import FundCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The bytes of a table, mapped from a file or held in memory.
///
/// It is a class because the memory has to be released once, when the last row was read. A mapped
/// file costs no memory of its own, however large it is.
final class TableBytes {
  let buffer: UnsafeBufferPointer<UInt8>
  private let isMapped: Bool

  init(_ bytes: [UInt8]) {
    let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
    _ = copy.initialize(from: bytes)
    buffer = UnsafeBufferPointer(copy)
    isMapped = false
  }

  init(mapping file: InputFile) throws(Diagnostics) {
    isMapped = file.size > 0
    guard isMapped else {
      buffer = UnsafeBufferPointer(start: nil, count: 0)
      return
    }
    let start = mmap(nil, file.size, PROT_READ, MAP_PRIVATE, file.descriptor, 0)
    guard let start, start != MAP_FAILED else {
      throw Diagnostics(
        "file-unreadable",
        .init(
          en: "the file cannot be read: \(String(cString: strerror(errno)))",
          zh: "无法读取文件：\(String(cString: strerror(errno)))"),
        help: .init(
          en: "copy it to a disk of this computer and give that path", zh: "复制到本机磁盘，再给出该路径"),
        at: SourceLocation(file: file.name))
    }
    let bytes = start.assumingMemoryBound(to: UInt8.self)
    buffer = UnsafeBufferPointer(start: bytes, count: file.size)
  }

  deinit {
    if isMapped {
      munmap(UnsafeMutableRawPointer(mutating: buffer.baseAddress), buffer.count)
    } else {
      buffer.deallocate()
    }
  }
}
