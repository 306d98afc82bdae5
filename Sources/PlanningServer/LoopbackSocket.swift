import Foundation

/// Sockets of this machine alone, none of which waits.
enum LoopbackSocket {
  /// Opens a port of 127.0.0.1.
  ///
  /// - Parameter port: The port; 0 for any that is free.
  /// - Returns: The socket, and its port.
  static func listen(port: Int) throws(ServerProblem) -> (socket: Int32, port: Int) {
    #if canImport(Glibc) || canImport(Musl)
      let stream = Int32(SOCK_STREAM.rawValue)
    #else
      let stream = SOCK_STREAM
    #endif
    let socket = Foundation.socket(AF_INET, stream, 0)
    guard socket >= 0 else { throw .system(step: "socket", number: errno) }
    do throws(ServerProblem) {
      prepare(socket)
      var yes: Int32 = 1
      setsockopt(
        socket, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
      try bind(socket, to: port)
      guard Foundation.listen(socket, 64) == 0 else {
        throw ServerProblem.system(step: "listen", number: errno)
      }
      return (socket, try self.port(of: socket))
    } catch {
      close(socket)
      throw error
    }
  }

  private static func bind(_ socket: Int32, to port: Int) throws(ServerProblem) {
    var address = sockaddr_in()
    #if canImport(Darwin)
      address.sin_len = UInt8(MemoryLayout<sockaddr_in>.size)
    #endif
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(truncatingIfNeeded: port).bigEndian)
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001 as UInt32).bigEndian
    let failure = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Foundation.bind(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard failure != 0 else { return }
    switch errno {
    case EADDRINUSE: throw .portInUse(port)
    case EACCES: throw .portNotAllowed(port)
    default: throw .system(step: "bind", number: errno)
    }
  }

  private static func port(of socket: Int32) throws(ServerProblem) -> Int {
    var address = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let failure = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        getsockname(socket, $0, &size)
      }
    }
    guard failure == 0 else { throw .system(step: "getsockname", number: errno) }
    return Int(UInt16(bigEndian: address.sin_port))
  }

  /// Has a socket never wait, and never be handed to another program.
  static func prepare(_ socket: Int32) {
    _ = fcntl(socket, F_SETFL, fcntl(socket, F_GETFL) | O_NONBLOCK)
    _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
    #if canImport(Darwin)
      var yes: Int32 = 1
      setsockopt(socket, SOL_SOCKET, SO_NOSIGPIPE, &yes, socklen_t(MemoryLayout<Int32>.size))
    #endif
  }

  /// Has small answers sent at once.
  static func sendAtOnce(_ socket: Int32) {
    var yes: Int32 = 1
    setsockopt(
      socket, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
  }

  /// Sends as many bytes as the system takes; the signal of a reader that went away does not come.
  static func send(_ socket: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Darwin)
      let flags: Int32 = 0
    #else
      let flags = Int32(MSG_NOSIGNAL)
    #endif
    return Foundation.send(socket, bytes.baseAddress, bytes.count, flags)
  }
}
