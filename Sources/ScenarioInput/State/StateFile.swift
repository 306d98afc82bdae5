public import ClaimRules
import DocumentReading
public import FundCore

/// The file of a state: one JSON object, whose last member is a digest of all bytes before it.
public enum StateFile {
  /// The version of the format that this program writes and reads.
  public static let formatVersion = 1

  /// How every such file starts.
  public static let signature = Array("{\"format\":\"fundsim-state\",\"version\":".utf8)

  private static let checksumKey = Array(",\n\"sha256\":\"".utf8)
  private static let end = Array("\"}\n".utf8)
  private static let checksumSize = 64
  /// Larger than any register that can be read.
  private static let largest = 1 << 30

  /// The bytes of the file of a state: the same for the same state.
  public static func bytes(of state: RegisterState) -> [UInt8] {
    let body = body(of: state)
    return body + checksumKey + Array(SHA256.hexDigest(of: body).utf8) + end
  }

  /// The digest that the file of a state ends with, in hexadecimal digits.
  public static func digest(of state: RegisterState) -> String {
    SHA256.hexDigest(of: body(of: state))
  }

  private static func body(of state: RegisterState) -> [UInt8] {
    signature + Array("\(formatVersion),\n\"state\":".utf8) + state.node.bytes
  }

  /// Reads a file.
  ///
  /// - Throws: `not-a-state`, `other-format` or `damaged-state`, or why the file cannot be opened.
  public static func read(path: String) throws(Diagnostics) -> RegisterState {
    try state(in: try readFileBytes(path: path, limit: largest), at: SourceLocation(file: path))
  }

  /// Reads the bytes of a file.
  static func state(
    in bytes: [UInt8], at place: SourceLocation
  ) throws(Diagnostics) -> RegisterState {
    guard bytes.starts(with: signature) else { throw foreign(at: place) }
    let digits = bytes.dropFirst(signature.count).prefix { (0x30...0x39).contains($0) }
    let version = String(decoding: digits.prefix(9), as: UTF8.self)
    guard version == "\(formatVersion)" else { throw otherFormat(version, at: place) }
    let size = bytes.count - checksumKey.count - checksumSize - end.count
    guard size > signature.count, bytes[size...].starts(with: checksumKey),
      bytes.suffix(end.count).elementsEqual(end), isRight(bytes, size)
    else { throw damaged(at: place) }
    guard case .object(let members)? = JSONNode(parsing: bytes),
      let state = members.first(where: { $0.key == "state" }).flatMap({ RegisterState($0.value) }),
      state.isSound
    else { throw damaged(at: place) }
    return state
  }

  /// Whether the digest is that of the bytes before it.
  private static func isRight(_ bytes: [UInt8], _ size: Int) -> Bool {
    #if FUZZING
      // A fuzzer does not guess digests; what stands before them is what it tests.
      return true
    #else
      return SHA256.hexDigest(of: Array(bytes[..<size])).utf8.elementsEqual(
        bytes.dropFirst(size + checksumKey.count).prefix(checksumSize))
    #endif
  }

  private static func foreign(at place: SourceLocation) -> Diagnostics {
    Diagnostics(
      "not-a-state",
      .init(en: "this is no state of a fund", zh: "这不是基金的状态文件"),
      help: .init(
        en: "`fundsim replay REGISTER … --until DAY --state FILE` writes one",
        zh: "用 `fundsim replay 登记簿 … --until 日期 --state 文件` 写出"), at: place)
  }

  private static func otherFormat(_ version: String, at place: SourceLocation) -> Diagnostics {
    Diagnostics(
      "other-format",
      .init(
        en: "the state has format \(version), and this program reads format \(formatVersion)",
        zh: "状态文件的格式为第\(version)版，本程序读取第\(formatVersion)版"),
      help: .init(
        en: "replay the register again with this program", zh: "请用本程序重新回放登记簿"), at: place)
  }

  private static func damaged(at place: SourceLocation) -> Diagnostics {
    Diagnostics(
      "damaged-state",
      .init(
        en: "the state is not as it was written: its digest does not fit its bytes",
        zh: "状态文件与写出时不同：摘要与内容不符"),
      help: .init(
        en: """
          replay the register again; a state is written whole or not at all, and is not meant to be \
          edited
          """,
        zh: "请重新回放登记簿；状态文件要么完整写入、要么不写入，不能手工修改"), at: place)
  }
}
