/// Reads requests out of the bytes of a connection, as they arrive.
///
/// What is ambiguous is refused rather than guessed: bare line feeds, folded lines, a length that stands twice,
/// any transfer coding. Two readers of the same bytes can then never see different requests.
///
/// Source: RFC 9112 (HTTP/1.1), sections 2.2, 3, 5 and 6.
public struct RequestParser: Sendable {
  /// What the bytes so far come to.
  public enum Outcome: Sendable, Hashable {
    /// More must come.
    case incomplete
    /// A whole request; its bytes are taken.
    case request(HTTPRequest)
    /// Not one that is answered; nothing that follows can be understood.
    case refused(HTTPStatus)
  }

  private let limits: HTTPLimits
  private var buffer: [UInt8] = []
  /// Up to where the end of the head was looked for.
  private var searched = 0
  /// The head of the request whose body is still to come, and how long that is.
  private var head: (request: HTTPRequest, length: Int)?

  /// A parser of a new connection.
  public init(limits: HTTPLimits = HTTPLimits()) { self.limits = limits }

  /// Whether a request began that is not there as a whole.
  public var isWithin: Bool { head != nil || !buffer.isEmpty }

  /// How many bytes wait to be read.
  public var count: Int { buffer.count }

  /// Takes bytes that arrived.
  public mutating func take(_ bytes: some Sequence<UInt8>) { buffer += bytes }

  /// The next request, if it is there.
  ///
  /// - Complexity: Linear in the bytes that are new.
  public mutating func next() -> Outcome {
    if head == nil {
      switch takeHead() {
      case nil: return .incomplete
      case .failure(let refusal)?: return .refused(refusal.status)
      case .success(let found)?: head = found
      }
    }
    guard let (request, length) = head, buffer.count >= length else { return .incomplete }
    var whole = request
    whole.body = Array(buffer.prefix(length))
    buffer.removeFirst(length)
    (head, searched) = (nil, 0)
    return .request(whole)
  }

  /// Why a head is not answered.
  private struct Refusal: Error {
    let status: HTTPStatus
    init(_ status: HTTPStatus) { self.status = status }
  }

  private typealias Head = (request: HTTPRequest, length: Int)

  /// The head with the length of its body, taken from the buffer; `nil` where its end is not there.
  private mutating func takeHead() -> Result<Head, Refusal>? {
    // Empty lines before a request are passed over.
    while buffer.starts(with: [13, 10]) {
      buffer.removeFirst(2)
      searched = 0
    }
    guard let end = endOfHead() else {
      // A line break may be at the limit, and of the end of the head all but its last byte.
      let line = buffer.firstIndex(of: 10) ?? buffer.count
      if line > limits.requestLine + 1 { return .failure(Refusal(.targetTooLong)) }
      return buffer.count > limits.head + 3 ? .failure(Refusal(.headTooLarge)) : nil
    }
    guard end <= limits.head else { return .failure(Refusal(.headTooLarge)) }
    let bytes = Array(buffer.prefix(end))
    buffer.removeFirst(end + 4)
    do {
      return .success(try readHead(bytes))
    } catch {
      return .failure(error)
    }
  }

  /// Where the empty line behind the head begins.
  private mutating func endOfHead() -> Int? {
    var place = max(0, searched - 3)
    while place + 4 <= buffer.count {
      if buffer[place] == 13, buffer[place + 1] == 10, buffer[place + 2] == 13,
        buffer[place + 3] == 10
      {
        return place
      }
      place += 1
    }
    searched = buffer.count
    return nil
  }

  private func readHead(_ bytes: [UInt8]) throws(Refusal) -> Head {
    let lines = try lines(of: bytes)
    var request = try requestLine(lines[0])
    guard lines.count - 1 <= limits.fields else { throw Refusal(.headTooLarge) }
    for line in lines.dropFirst() { request.fields.append(try field(line)) }
    guard request.values(of: "host").count == 1 else { throw Refusal(.badRequest) }
    guard request.values(of: "transfer-encoding").isEmpty else { throw Refusal(.notImplemented) }
    guard request.values(of: "expect").isEmpty else { throw Refusal(.expectationFailed) }
    let wishes = request.values(of: "connection").flatMap { $0.split(separator: ",") }
      .map { $0.drop { $0 == " " }.lowercased() }
    if wishes.contains("close") { request.keepsAlive = false }
    return (request, try length(of: request))
  }

  /// The lines, each ended by CR and LF; neither of them stands anywhere else.
  private func lines(of bytes: [UInt8]) throws(Refusal) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    var place = 0
    while place < bytes.count {
      switch bytes[place] {
      case 13:
        guard place + 1 < bytes.count, bytes[place + 1] == 10 else { throw Refusal(.badRequest) }
        lines.append(bytes[start..<place])
        place += 2
        start = place
      case 10, 0: throw Refusal(.badRequest)
      default: place += 1
      }
    }
    lines.append(bytes[start...])
    return lines
  }

  private func requestLine(_ line: ArraySlice<UInt8>) throws(Refusal) -> HTTPRequest {
    guard line.count <= limits.requestLine else { throw Refusal(.targetTooLong) }
    let words = line.split(separator: 32, omittingEmptySubsequences: false)
    guard words.count == 3, words.allSatisfy({ !$0.isEmpty }) else { throw Refusal(.badRequest) }
    let version = String(decoding: words[2], as: UTF8.self)
    guard version.hasPrefix("HTTP/"), version.utf8.count == 8 else { throw Refusal(.badRequest) }
    guard version == "HTTP/1.1" || version == "HTTP/1.0" else {
      throw Refusal(.versionNotSupported)
    }
    guard words[0].allSatisfy(Self.isTokenSign) else { throw Refusal(.badRequest) }
    guard let method = HTTPRequest.Method(rawValue: String(decoding: words[0], as: UTF8.self))
    else { throw Refusal(.notImplemented) }
    // The path alone; one that names a server belongs to proxies.
    guard words[1].first == UInt8(ascii: "/"), words[1].allSatisfy({ (33...126).contains($0) })
    else { throw Refusal(.badRequest) }
    let path = words[1].prefix { $0 != UInt8(ascii: "?") }
    return HTTPRequest(
      method, String(decoding: path, as: UTF8.self), keepsAlive: version == "HTTP/1.1")
  }

  private func field(_ line: ArraySlice<UInt8>) throws(Refusal) -> HTTPRequest.Field {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
      line[..<colon].allSatisfy(Self.isTokenSign)
    else { throw Refusal(.badRequest) }
    let blanks: Set<UInt8> = [32, 9]
    var value = line[(colon + 1)...]
    while let first = value.first, blanks.contains(first) { value.removeFirst() }
    while let last = value.last, blanks.contains(last) { value.removeLast() }
    guard value.allSatisfy({ $0 == 9 || (32...126).contains($0) || $0 >= 128 }) else {
      throw Refusal(.badRequest)
    }
    return HTTPRequest.Field(
      String(decoding: line[..<colon], as: UTF8.self).lowercased(),
      String(decoding: value, as: UTF8.self))
  }

  private func length(of request: HTTPRequest) throws(Refusal) -> Int {
    let stated = request.values(of: "content-length")
    guard let text = stated.first else {
      guard request.method == .get else { throw Refusal(.lengthRequired) }
      return 0
    }
    guard stated.count == 1, !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) else {
      throw Refusal(.badRequest)
    }
    // More digits than any length that is allowed.
    guard text.utf8.count <= 12, let length = Int(text), length <= limits.body else {
      throw Refusal(.bodyTooLarge)
    }
    guard length == 0 || request.method == .post else { throw Refusal(.badRequest) }
    return length
  }

  /// The signs of which names and methods are made.
  private static func isTokenSign(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"):
      true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }
}
