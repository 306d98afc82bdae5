/// An answer.
public struct HTTPResponse: Sendable, Hashable {
  /// How the request was met.
  public var status: HTTPStatus
  /// The type of the body.
  public var type: String
  /// The body.
  public var body: [UInt8]
  /// What the page may load and do, where it is not what all answers say.
  public var policy: String?

  /// Creates an answer.
  public init(
    _ status: HTTPStatus = .ok, type: String = "text/plain; charset=utf-8", body: [UInt8]
  ) {
    (self.status, self.type, self.body) = (status, type, body)
  }

  /// An answer of a text.
  public init(_ status: HTTPStatus = .ok, type: String, text: String) {
    self.init(status, type: type, body: Array(text.utf8))
  }

  /// A refusal, which tells no more than its status.
  public init(refusing status: HTTPStatus) {
    self.init(status, body: Array("\(status.rawValue) \(status.reason)\n".utf8))
  }

  /// What a page may load: its own script and style, and answers of this server. Nothing from elsewhere,
  /// nothing within the text, no frame around it.
  public static let usualPolicy = """
    default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'
    """

  /// What stands above every body.
  ///
  /// - Parameters:
  ///   - status: How the request was met.
  ///   - type: The type of the body.
  ///   - policy: What a page may load; the usual if `nil`.
  ///   - length: The length of the body; in chunks, as they come, if `nil`.
  ///   - keepsAlive: Whether the connection stays.
  static func head(
    _ status: HTTPStatus, type: String, policy: String?, length: Int?, keepsAlive: Bool
  ) -> [UInt8] {
    var lines = [
      "HTTP/1.1 \(status.rawValue) \(status.reason)", "Content-Type: \(type)",
      length.map { "Content-Length: \($0)" } ?? "Transfer-Encoding: chunked",
      "Connection: \(keepsAlive ? "keep-alive" : "close")",
      "Content-Security-Policy: \(policy ?? usualPolicy)", "Cache-Control: no-store",
      "X-Content-Type-Options: nosniff", "Referrer-Policy: no-referrer", "X-Frame-Options: DENY",
      "Cross-Origin-Resource-Policy: same-origin", "Cross-Origin-Opener-Policy: same-origin",
    ]
    if status == .methodNotAllowed { lines.append("Allow: GET, POST") }
    return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
  }

  /// The whole answer as it is sent.
  func bytes(keepsAlive: Bool) -> [UInt8] {
    Self.head(status, type: type, policy: policy, length: body.count, keepsAlive: keepsAlive) + body
  }

  /// A piece of a body whose length nobody knows beforehand.
  static func chunk(_ bytes: [UInt8]) -> [UInt8] {
    Array((String(bytes.count, radix: 16) + "\r\n").utf8) + bytes + [13, 10]
  }

  /// The end of such a body.
  static let lastChunk = Array("0\r\n\r\n".utf8)
}
