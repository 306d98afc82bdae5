/// Who may speak to the server: a page that it gave out itself, under its own name, that knows the token.
///
/// A page of another origin can have a browser send requests here, and a name of the attacker's that points to
/// this machine makes them look like the page's own (DNS rebinding). So each request must name this server
/// (`Host`), must not come from another origin (`Origin`, `Sec-Fetch-Site`), and must know a path that nobody
/// can guess; what changes something must say its origin, as browsers do.
public struct AccessRule: Sendable, Hashable {
  /// The secret part of every path.
  public let token: String
  /// The port.
  public let port: Int

  /// Makes a rule with a token of 128 random bits.
  public init(port: Int) {
    var generator = SystemRandomNumberGenerator()
    let digits = (0..<2).map { _ in
      let text = String(generator.next() as UInt64, radix: 16)
      return String(repeating: "0", count: 16 - text.count) + text
    }
    self.init(port: port, token: digits.joined())
  }

  /// Makes a rule with a token.
  public init(port: Int, token: String) { (self.port, self.token) = (port, token) }

  /// Where the page is.
  public var address: String { "http://127.0.0.1\(suffix)/\(token)/" }

  private var suffix: String { port == 80 ? "" : ":\(port)" }

  /// The names under which this server answers.
  private var hosts: [String] { ["127.0.0.1\(suffix)", "localhost\(suffix)"] }

  /// The path behind the token, or how the request is refused.
  public func place(of request: HTTPRequest) -> Result<String, AccessRefusal> {
    guard let host = request.value(of: "host")?.lowercased(), hosts.contains(host) else {
      return .failure(AccessRefusal(.misdirected))
    }
    let origins = request.values(of: "origin")
    guard origins.allSatisfy({ $0.lowercased() == "http://\(host)" }) else {
      return .failure(AccessRefusal(.forbidden))
    }
    let sites = request.values(of: "sec-fetch-site")
    guard sites.allSatisfy({ $0 == "same-origin" || (request.method == .get && $0 == "none") })
    else { return .failure(AccessRefusal(.forbidden)) }
    let start = "/\(token)/"
    guard Self.isSame(request.path.utf8.prefix(start.utf8.count), start.utf8) else {
      return .failure(AccessRefusal(.notFound))
    }
    if request.method == .post, origins.count != 1 {
      return .failure(AccessRefusal(.forbidden))
    }
    return .success(String(decoding: request.path.utf8.dropFirst(start.utf8.count), as: UTF8.self))
  }

  /// Whether two texts are the same, in a time that does not tell how far they are.
  private static func isSame(_ one: Substring.UTF8View, _ other: String.UTF8View) -> Bool {
    guard one.count == other.count else { return false }
    return zip(one, other).reduce(0 as UInt8) { $0 | ($1.0 ^ $1.1) } == 0
  }
}

/// Why a request may not be answered.
public struct AccessRefusal: Error, Hashable {
  /// What is answered.
  public let status: HTTPStatus

  init(_ status: HTTPStatus) { self.status = status }
}
