import Dispatch
import Foundation
import PlanningServer
import Synchronization
import Testing

/// The server itself, spoken to through sockets.
@Suite(.serialized)
struct `A server on loopback` {
  /// A server that runs until it is let go.
  private final class Running: Sendable {
    let rule: AccessRule
    private let stops = Atomic<Bool>(false)
    private let ended = DispatchSemaphore(value: 0)

    init(limits: HTTPLimits = HTTPLimits()) throws {
      let server = try LoopbackServer(port: 0, limits: limits)
      rule = server.rule
      nonisolated(unsafe) let own = server
      Thread.detachNewThread { [self] in
        own.run(until: { stops.load(ordering: .relaxed) }) { place, request, reply in
          switch place {
          case "pieces":
            reply.begin(type: "text/plain")
            for word in ["one", "two"] { reply.write(Array(word.utf8)) }
            reply.end()
          case "never": break
          default:
            reply.send(HTTPResponse(type: "text/plain", text: place + "\(request.body.count)"))
          }
        }
        ended.signal()
      }
    }

    func stop() {
      stops.store(true, ordering: .relaxed)
      ended.wait()
    }

    /// A connection to it.
    func connect() -> Int32 {
      #if canImport(Darwin)
        let client = socket(AF_INET, SOCK_STREAM, 0)
      #else
        let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      #endif
      var time = timeval(tv_sec: 5, tv_usec: 0)
      setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = in_port_t(UInt16(rule.port).bigEndian)
      address.sin_addr.s_addr = in_addr_t(0x7F00_0001 as UInt32).bigEndian
      let failure = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          Foundation.connect(client, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
      #expect(failure == 0)
      return client
    }

    func get(_ place: String, _ more: String = "") -> String {
      "GET /\(rule.token)/\(place) HTTP/1.1\r\nHost: 127.0.0.1:\(rule.port)\r\n\(more)\r\n"
    }
  }

  private func send(_ text: String, to client: Int32) {
    _ = text.withCString { Foundation.send(client, $0, strlen($0), Int32(MSG_NOSIGNAL)) }
  }

  /// What is read until a text comes, or the connection ends.
  private func read(_ client: Int32, until end: String? = nil) -> String {
    var text = ""
    var bytes = [UInt8](repeating: 0, count: 4_096)
    while end.map({ !text.contains($0) }) ?? true {
      let count = recv(client, &bytes, bytes.count, 0)
      guard count > 0 else { break }
      text += String(decoding: bytes.prefix(count), as: UTF8.self)
    }
    return text
  }

  @Test func `answers one request after the other on one connection`() throws {
    let server = try Running()
    defer { server.stop() }
    let client = server.connect()
    defer { close(client) }
    send(server.get("a") + server.get("b"), to: client)
    let text = read(client, until: "b0")
    #expect(text.contains("a0") && text.contains("b0"))
    #expect(text.contains("Content-Security-Policy: default-src 'none';"))
    #expect(!text.contains("Access-Control"))
    send(server.get("pieces", "Connection: close\r\n"), to: client)
    #expect(read(client).hasSuffix("3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n"))
  }

  @Test func `tells a stranger nothing, and too large a body what is wrong`() throws {
    let server = try Running()
    defer { server.stop() }
    for (request, status) in [
      ("GET / HTTP/1.1\r\nHost: 127.0.0.1:\(server.rule.port)\r\nConnection: close\r\n\r\n", "404"),
      (
        "GET /\(server.rule.token)/a HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
        "421"
      ),
      (
        "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 900000000\r\n\r\n"
          + String(repeating: "x", count: 100_000), "413"
      ),
      ("\u{16}\u{3}\u{1}\r\n\r\n", "400"),
    ] {
      let client = server.connect()
      send(request, to: client)
      #expect(read(client).hasPrefix("HTTP/1.1 \(status) "))
      close(client)
    }
  }

  @Test func `goes on answering when others hold every connection`() throws {
    var limits = HTTPLimits()
    limits.connections = 8
    let server = try Running(limits: limits)
    defer { server.stop() }
    let own = server.connect()
    send(server.get("a"), to: own)
    #expect(read(own, until: "a0").contains("a0"))
    var others: [Int32] = []
    for _ in 0..<100 {
      let client = server.connect()
      send("GET / HT", to: client)
      others.append(client)
    }
    defer { for client in others + [own] { close(client) } }
    // The one that was let in before still is, and so is a new one.
    send(server.get("b"), to: own)
    #expect(read(own, until: "b0").contains("b0"))
    let late = server.connect()
    send(server.get("c"), to: late)
    #expect(read(late, until: "c0").contains("c0"))
    close(late)
  }

  @Test func `waits for nobody who is slow to ask`() throws {
    var limits = HTTPLimits()
    limits.secondsToAsk = 0.3
    let server = try Running(limits: limits)
    defer { server.stop() }
    let client = server.connect()
    defer { close(client) }
    let start = DispatchTime.now().uptimeNanoseconds
    send("GET / HTTP/1.1\r\n", to: client)
    #expect(read(client) == "")
    #expect(DispatchTime.now().uptimeNanoseconds - start < 3_000_000_000)
  }

  @Test func `is on this machine's own address alone`() throws {
    let server = try Running()
    defer { server.stop() }
    let lines = try String(contentsOfFile: "/proc/net/tcp", encoding: .utf8)
    let port = String(server.rule.port, radix: 16, uppercase: true)
    let digits = String(repeating: "0", count: 4 - port.count) + port
    #expect(lines.contains("0100007F:\(digits)"))
    #expect(!lines.contains("00000000:\(digits)"))
  }

  @Test func `says that a port is taken`() throws {
    let server = try Running()
    defer { server.stop() }
    #expect(throws: ServerProblem.portInUse(server.rule.port)) {
      _ = try LoopbackServer(port: server.rule.port)
    }
  }
}
