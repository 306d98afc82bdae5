import Foundation
import TestSupport
import Testing

/// The planning page's command; `.ci/serve` works with its page.
struct `Serving a page` {
  private static func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("s.yaml", SmallScenario.text)
    return folder
  }

  @Test func `prints an address of this machine, and ends with Ctrl-C`() async throws {
    let folder = try Self.folder()
    let outcome = try await Command.run(["serve", "s.yaml"], in: folder.path, interrupt: 2)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.wholeMatch(of: /http:\/\/127\.0\.0\.1:[0-9]+\/[0-9a-f]{32}\/\n/) != nil)
    #expect(outcome.errors.contains("Ctrl-C"))
    #expect(try folder.names() == ["s.yaml"])
  }

  @Test(
    arguments: [
      (["serve", "none.yaml"], 65), (["serve", "s.yaml", "--port", "70000"], 64),
      (["serve", "s.yaml", "--port", "-1"], 64), (["serve"], 64),
      (["serve", "s.yaml", "--trials", "2000000"], 64),
    ] as [([String], Int32)])
  func `says what is wrong before it opens a port`(arguments: [String], status: Int32) async throws
  {
    let folder = try Self.folder()
    let outcome = try await Command.run(arguments, in: folder.path)
    #expect(outcome.status == status, "\(outcome.errors)")
    #expect(outcome.output.isEmpty && !outcome.errors.isEmpty)
    #expect(try folder.names() == ["s.yaml"])
  }

  @Test func `says that a port is taken`() async throws {
    let folder = try Self.folder()
    let taken = try #require(TakenPort())
    let outcome = try await Command.run(
      ["serve", "s.yaml", "--port", "\(taken.port)"], in: folder.path)
    #expect(outcome.status == 71 && outcome.errors.contains("no-port"), "\(outcome.errors)")
  }
}

/// A port of this machine that nobody else can have while this is held.
private final class TakenPort {
  let port: Int
  private let socket: Int32

  init?() {
    #if canImport(Darwin)
      socket = Foundation.socket(AF_INET, SOCK_STREAM, 0)
    #else
      socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #endif
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001 as UInt32).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let (socket, length) = (socket, size)
    let isOpen = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, length) == 0 && listen(socket, 1) == 0
          && getsockname(socket, $0, &size) == 0
      }
    }
    port = Int(UInt16(bigEndian: address.sin_port))
    if !isOpen { return nil }
  }

  deinit { close(socket) }
}
