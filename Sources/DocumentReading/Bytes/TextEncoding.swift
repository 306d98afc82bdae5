import FundCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How the characters of a text file are written as bytes.
public enum TextEncoding: String, Sendable {
  /// UTF-8.
  case utf8 = "UTF-8"
  /// UTF-8 behind a byte order mark, as Excel saves it.
  case utf8WithMark = "UTF-8 with a byte order mark"
  /// The Chinese national standard, which contains GBK and GB2312.
  case gb18030 = "GB18030"
}

/// Why bytes could not be read as GB18030.
enum DecodingFailure: Error {
  /// This computer has no table for GB18030.
  case unsupported
  /// The byte at this offset does not fit.
  case invalid(offset: Int)
}

/// GB18030 bytes as UTF-8 bytes.
func utf8(fromGB18030 bytes: UnsafeBufferPointer<UInt8>) throws(DecodingFailure) -> [UInt8] {
  guard let converter = iconv_open("UTF-8", "GB18030"), Int(bitPattern: converter) != -1 else {
    throw .unsupported
  }
  defer { iconv_close(converter) }
  guard let base = bytes.baseAddress else { return [] }
  var decoded: [UInt8] = []
  decoded.reserveCapacity(bytes.count + bytes.count / 2)
  var input: UnsafeMutablePointer<CChar>? = UnsafeMutableRawPointer(mutating: base)
    .assumingMemoryBound(to: CChar.self)
  var inputLeft = bytes.count
  var piece = [CChar](repeating: 0, count: 1 << 16)
  while inputLeft > 0 {
    let (status, filled, number) = piece.withUnsafeMutableBufferPointer { room in
      var output = room.baseAddress
      var outputLeft = room.count
      let status = iconv(converter, &input, &inputLeft, &output, &outputLeft)
      return (status, room.count - outputLeft, errno)
    }
    piece.withUnsafeBytes { decoded += $0[..<filled] }
    if status == -1, number != E2BIG {
      throw .invalid(offset: bytes.count - inputLeft)
    }
  }
  return decoded
}

/// Whether bytes that are not UTF-8 are most likely Chinese text in GB18030.
func looksLikeGB18030(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
  guard let decoded = try? utf8(fromGB18030: bytes) else { return false }
  let text = String(decoding: decoded, as: UTF8.self)
  return text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
}

/// The report of bytes that are not UTF-8 in a file that has to be.
func notUTF8(at offset: Int, in bytes: UnsafeBufferPointer<UInt8>, file: String) -> Diagnostics {
  let isDamaged = isDamagedUTF8(bytes)
  let isChinese = !isDamaged && looksLikeGB18030(bytes)
  return Diagnostics(
    "not-utf8",
    isChinese
      ? .init(
        en: "the file is not UTF-8; it looks like GB18030 or GBK",
        zh: "文件不是 UTF-8 编码，看来是 GB18030 或 GBK")
      : isDamaged
        ? .init(en: "a character here is damaged", zh: "此处有一个字符已损坏")
        : .init(en: "the file is not UTF-8 text", zh: "文件不是 UTF-8 文本"),
    help: isChinese
      ? .init(
        en: "save it with the encoding UTF-8, or run: iconv -f GB18030 -t UTF-8 FILE > NEW-FILE",
        zh: "另存为 UTF-8 编码，或运行：iconv -f GB18030 -t UTF-8 原文件 > 新文件")
      : isDamaged
        ? .init(
          en: "type the text here again, and save with the encoding UTF-8",
          zh: "重新输入此处的文字，再存为 UTF-8 编码")
        : .init(en: "save it with the encoding UTF-8", zh: "存为 UTF-8 编码"),
    at: place(of: offset, in: bytes, file: file))
}
