import PlanningServer
import TestSupport
import Testing

/// Requests as they come: what is whole is read, what is ambiguous or too large is refused, and no bytes end
/// the program.
struct `A parser of requests` {
  private func outcome(_ text: String, limits: HTTPLimits = HTTPLimits()) -> RequestParser.Outcome {
    var parser = RequestParser(limits: limits)
    parser.take(text.utf8)
    return parser.next()
  }

  private static let head = "Host: 127.0.0.1:1\r\n"

  @Test func `reads path, fields and body`() {
    let text =
      "POST /a/b?c=1 HTTP/1.1\r\nHost:  127.0.0.1:1 \r\nX-Y:\r\nContent-Length: 3\r\n\r\nabcGET"
    #expect(
      outcome(text)
        == .request(
          HTTPRequest(
            .post, "/a/b",
            fields: [.init("host", "127.0.0.1:1"), .init("x-y", ""), .init("content-length", "3")],
            body: Array("abc".utf8))))
  }

  @Test func `reads the same however the bytes are cut`() {
    let text =
      "POST /x HTTP/1.1\r\n\(Self.head)Content-Length: 4\r\n\r\nabcdGET / HTTP/1.1\r\n\(Self.head)\r\n"
    let bytes = Array(text.utf8)
    for cut in bytes.indices {
      var parser = RequestParser()
      var found: [RequestParser.Outcome] = []
      for part in [bytes[..<cut], bytes[cut...]] {
        parser.take(part)
        while case .request(let request) = parser.next() { found.append(.request(request)) }
      }
      #expect(found.count == 2, "cut at \(cut)")
      #expect(!parser.isWithin)
    }
  }

  @Test(
    arguments: [
      ("GET / HTTP/1.1\r\n\r\n", HTTPStatus.badRequest),  // no host
      ("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", .badRequest),
      ("GET / HTTP/1.1\nHost: a\n\r\n\r\n", .badRequest),  // bare line feeds
      ("GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n", .badRequest),  // a folded line
      ("GET / HTTP/1.1\r\nHost : a\r\n\r\n", .badRequest),  // a blank before the colon
      ("GET / HTTP/1.1\r\nHost: a\u{0}b\r\n\r\n", .badRequest),
      ("GET / HTTP/1.1\r\n: a\r\n\r\n", .badRequest),
      ("GET  / HTTP/1.1\r\nHost: a\r\n\r\n", .badRequest),
      ("GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n", .badRequest),  // for a proxy
      ("GET /\u{E9} HTTP/1.1\r\nHost: a\r\n\r\n", .badRequest),
      ("GET / HTTP/2.0\r\nHost: a\r\n\r\n", .versionNotSupported),
      ("GET / HTCPCP/1\r\nHost: a\r\n\r\n", .badRequest),
      ("DELETE / HTTP/1.1\r\nHost: a\r\n\r\n", .notImplemented),
      ("POST / HTTP/1.1\r\nHost: a\r\n\r\n", .lengthRequired),
      ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n", .badRequest),
      ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\n", .badRequest),
      ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", .badRequest),
      ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x10\r\n\r\n", .badRequest),
      ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n", .bodyTooLarge),
      ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 65537\r\n\r\n", .bodyTooLarge),
      ("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx", .badRequest),
      ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", .notImplemented),
      (
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        .notImplemented
      ),
      (
        "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n",
        .expectationFailed
      ),
    ] as [(String, HTTPStatus)])
  func `refuses what is ambiguous`(text: String, status: HTTPStatus) {
    #expect(outcome(text) == .refused(status))
  }

  @Test func `holds its limits, and takes what is just within them`() {
    var limits = HTTPLimits()
    (limits.requestLine, limits.head, limits.fields, limits.body) = (40, 200, 3, 5)
    func path(_ count: Int) -> String {
      "GET /\(String(repeating: "a", count: count)) HTTP/1.1\r\n\(Self.head)\r\n"
    }
    // "GET /" and " HTTP/1.1" are 14 bytes.
    if case .request = outcome(path(26), limits: limits) {} else { Issue.record("26") }
    #expect(outcome(path(27), limits: limits) == .refused(.targetTooLong))
    // Without an end, too: nobody waits for it.
    // One byte more may be the first of the line break.
    #expect(outcome(String(repeating: "a", count: 41), limits: limits) == .incomplete)
    #expect(outcome(String(repeating: "a", count: 42), limits: limits) == .refused(.targetTooLong))
    limits.head = path(26).utf8.count - 4
    for cut in 0...path(26).utf8.count {
      var parser = RequestParser(limits: limits)
      parser.take(path(26).utf8.prefix(cut))
      let early = parser.next()
      parser.take(path(26).utf8.dropFirst(cut))
      let whole = early == .incomplete ? parser.next() : early
      if case .request = whole {} else { Issue.record("just within its limits, cut at \(cut)") }
    }
    limits.head = 200
    func fields(_ count: Int) -> String {
      "GET / HTTP/1.1\r\n\(Self.head)" + String(repeating: "a: b\r\n", count: count) + "\r\n"
    }
    if case .request = outcome(fields(2), limits: limits) {} else { Issue.record("three fields") }
    #expect(outcome(fields(3), limits: limits) == .refused(.headTooLarge))
    let long = "GET / HTTP/1.1\r\n\(Self.head)a: " + String(repeating: "b", count: 200)
    #expect(outcome(long, limits: limits) == .refused(.headTooLarge))
    #expect(outcome(long + "\r\n\r\n", limits: limits) == .refused(.headTooLarge))
    func body(_ count: Int) -> String {
      "POST / HTTP/1.1\r\n\(Self.head)Content-Length: \(count)\r\n\r\nabcdef"
    }
    if case .request = outcome(body(5), limits: limits) {} else { Issue.record("five bytes") }
    #expect(outcome(body(6), limits: limits) == .refused(.bodyTooLarge))
  }

  @Test func `knows when a connection is to be closed`() {
    func keepsAlive(_ text: String) -> Bool? {
      if case .request(let request) = outcome(text) { request.keepsAlive } else { nil }
    }
    #expect(keepsAlive("GET / HTTP/1.1\r\n\(Self.head)\r\n") == true)
    #expect(keepsAlive("GET / HTTP/1.1\r\n\(Self.head)Connection: x, Close\r\n\r\n") == false)
    #expect(keepsAlive("GET / HTTP/1.0\r\n\(Self.head)\r\n") == false)
  }

  @Test func `is ended by no bytes, and never hands on what breaks a limit`() {
    var generator = SeededWords(seed: 17)
    let whole = Array("POST /a HTTP/1.1\r\n\(Self.head)Content-Length: 4\r\n\r\nabcd".utf8)
    let signs: [UInt8] = [0, 9, 10, 13, 32, 58, 47, 48, 57, 65, 127, 128, 255]
    for round in 0..<20_000 {
      var bytes = whole
      for _ in 0..<(1 + round % 6) {
        let place = Int(generator.next() % UInt64(bytes.count))
        let sign = signs[Int(generator.next() % UInt64(signs.count))]
        switch generator.next() % 3 {
        case 0: bytes[place] = sign
        case 1: bytes.insert(sign, at: place)
        default: if bytes.count > 1 { bytes.remove(at: place) }
        }
      }
      var parser = RequestParser()
      parser.take(bytes)
      loop: for _ in 0..<bytes.count {
        switch parser.next() {
        case .incomplete, .refused: break loop
        case .request(let request):
          #expect(request.path.hasPrefix("/") && request.values(of: "host").count == 1)
          #expect(
            request.fields.allSatisfy { !$0.value.contains("\r") && !$0.value.contains("\n") })
        }
      }
    }
  }
}
