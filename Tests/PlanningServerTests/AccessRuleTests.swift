import PlanningServer
import Testing

/// Who is let in.
struct `The rule of access` {
  private let rule = AccessRule(port: 8080, token: "0123456789abcdef")

  private func status(
    _ method: HTTPRequest.Method = .get, _ path: String = "/0123456789abcdef/x",
    host: String? = "127.0.0.1:8080", _ fields: [HTTPRequest.Field] = []
  ) -> HTTPStatus? {
    let hosts = host.map { [HTTPRequest.Field("host", $0)] } ?? []
    guard
      case .failure(let refusal) = rule.place(of: HTTPRequest(method, path, fields: hosts + fields))
    else { return nil }
    return refusal.status
  }

  private func origin(_ text: String) -> [HTTPRequest.Field] { [.init("origin", text)] }

  @Test func `lets its own page in, and tells the place behind the token`() {
    #expect(status() == nil)
    #expect(status(host: "LocalHost:8080") == nil)
    #expect(status(.post, host: "127.0.0.1:8080", origin("http://127.0.0.1:8080")) == nil)
    #expect(
      rule.place(
        of: HTTPRequest(.get, "/0123456789abcdef/a/b", fields: [.init("host", "localhost:8080")]))
        == .success("a/b"))
  }

  @Test(arguments: [
    "evil.example", "evil.example:8080", "127.0.0.1", "127.0.0.1:8081", "0.0.0.0:8080",
    "127.0.0.1:8080.evil.example", "[::1]:8080", "", "127.0.0.2:8080",
  ])
  func `answers to no other name`(host: String) {
    #expect(status(host: host) == .misdirected)
  }

  @Test func `answers to no name at all`() {
    #expect(status(host: nil) == .misdirected)
    #expect(status([.init("host", "localhost:8080")]) == .misdirected)
  }

  private func status(_ fields: [HTTPRequest.Field]) -> HTTPStatus? {
    status(.get, host: "127.0.0.1:8080", fields)
  }

  @Test(arguments: [
    "http://evil.example", "null", "https://127.0.0.1:8080", "http://127.0.0.1",
    "http://localhost:8080", "http://127.0.0.1:8080/", "",
  ])
  func `answers to no other origin`(text: String) {
    #expect(status(.post, host: "127.0.0.1:8080", origin(text)) == .forbidden)
    #expect(status(.get, host: "127.0.0.1:8080", origin(text)) == .forbidden)
  }

  @Test func `asks for the origin of what changes something`() {
    #expect(status(.post) == .forbidden)
  }

  @Test func `believes a browser that says where a request comes from`() {
    func site(_ word: String, _ method: HTTPRequest.Method = .get) -> HTTPStatus? {
      status(
        method, host: "127.0.0.1:8080",
        origin("http://127.0.0.1:8080") + [.init("sec-fetch-site", word)])
    }
    #expect(site("same-origin") == nil && site("same-origin", .post) == nil)
    #expect(site("none") == nil)
    #expect(site("none", .post) == .forbidden)
    #expect(site("cross-site") == .forbidden && site("same-site") == .forbidden)
  }

  @Test(arguments: [
    "/", "/0123456789abcdef", "/0123456789abcdeF/", "/0123456789abcde/", "/0123456789abcdeff/",
    "//0123456789abcdef/", "/0123456789abcde%66/",
  ])
  func `tells nothing to who does not know the token`(path: String) {
    #expect(status(.get, path) == .notFound)
  }

  @Test func `has a token that is another one each time`() {
    let tokens = Set((0..<100).map { _ in AccessRule(port: 1).token })
    #expect(tokens.count == 100)
    #expect(tokens.allSatisfy { $0.count == 32 })
  }
}
