import Dispatch
import Foundation

/// An HTTP/1.1 server for one person on this machine: it listens on 127.0.0.1 alone, answers requests that its
/// rule lets in, and holds every limit. One thread does it all; answers may be made by others.
public final class LoopbackServer {
  /// Who may speak to it, and where it is.
  public let rule: AccessRule
  private let limits: HTTPLimits
  private let listener: Int32
  private let outbox: Outbox
  /// The ends of a pipe that ends waiting.
  private let pipe: (read: Int32, write: Int32)
  private var connections: [Int: Connection] = [:]
  private var nextNumber = 0
  /// Until when no connection is taken, because the system has no room for one.
  private var pausedUntil: UInt64 = 0

  /// What a request is met with: called on the server's thread, which must not wait in it.
  public typealias Handler = (_ place: String, _ request: HTTPRequest, _ reply: Reply) -> Void

  /// Opens a port.
  ///
  /// - Parameters:
  ///   - port: The port; 0 for any that is free.
  ///   - limits: What one who connects may ask.
  public init(port: Int, limits: HTTPLimits = HTTPLimits()) throws(ServerProblem) {
    let opened = try LoopbackSocket.listen(port: port)
    var ends: [Int32] = [0, 0]
    guard Foundation.pipe(&ends) == 0 else {
      let number = errno
      close(opened.socket)
      throw .system(step: "pipe", number: number)
    }
    for end in ends { LoopbackSocket.prepare(end) }
    let writer = ends[1]
    (listener, pipe) = (opened.socket, (ends[0], writer))
    rule = AccessRule(port: opened.port)
    self.limits = limits
    outbox = Outbox {
      var byte: UInt8 = 1
      // A pipe that is full wakes just as well.
      _ = Foundation.write(writer, &byte, 1)
    }
  }

  deinit {
    for connection in connections.values {
      connection.leave()
      close(connection.socket)
    }
    // The pipe's write end stays: a thread that answers late may still knock.
    for socket in [listener, pipe.read] { close(socket) }
  }

  /// Answers requests.
  ///
  /// - Parameters:
  ///   - shouldStop: Looked at four times a second, and after every signal.
  ///   - handler: Meets the requests that were let in.
  public func run(until shouldStop: () -> Bool, handler: Handler) {
    while !shouldStop() {
      let ready = wait()
      if ready.contains(pipe.read) { emptyPipe() }
      deliver(handler)
      if ready.contains(listener) { acceptAll() }
      for (number, connection) in connections where ready.contains(connection.socket) {
        serve(number, handler)
      }
      closeLate()
    }
  }

  /// Waits until something happens on a socket.
  private func wait() -> Set<Int32> {
    let now = DispatchTime.now().uptimeNanoseconds
    var entries = [pollfd(fd: pipe.read, events: Int16(POLLIN), revents: 0)]
    if now >= pausedUntil {
      entries.append(pollfd(fd: listener, events: Int16(POLLIN), revents: 0))
    }
    for connection in connections.values {
      let events = connection.isWriting ? POLLIN | POLLOUT : POLLIN
      entries.append(pollfd(fd: connection.socket, events: Int16(events), revents: 0))
    }
    let nearest = connections.values.map(\.deadline).min() ?? .max
    let left = nearest > now ? min((nearest - now) / 1_000_000 + 1, 250) : 0
    let count = poll(&entries, nfds_t(entries.count), Int32(left))
    guard count > 0 else { return [] }
    return Set(entries.filter { $0.revents != 0 }.map(\.fd))
  }

  private func emptyPipe() {
    var bytes = [UInt8](repeating: 0, count: 256)
    while read(pipe.read, &bytes, bytes.count) == bytes.count {}
  }

  private func acceptAll() {
    for _ in 0..<64 {
      let socket = accept(listener, nil, nil)
      guard socket >= 0 else {
        // Without room for a connection the system would tell of it again and again.
        if errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM {
          pausedUntil = DispatchTime.now().uptimeNanoseconds + 100_000_000
        }
        return
      }
      LoopbackSocket.prepare(socket)
      LoopbackSocket.sendAtOnce(socket)
      guard makeRoom() else {
        close(socket)
        continue
      }
      connections[nextNumber] = Connection(socket: socket, number: nextNumber, limits: limits)
      nextNumber += 1
    }
  }

  /// Sees to it that one more can be taken: of those that never sent a request that was let in, the one that
  /// waits longest goes.
  private func makeRoom() -> Bool {
    guard connections.count >= limits.connections else { return true }
    let strangers = connections.values.filter { !$0.isTrusted }
    guard let oldest = strangers.min(by: { $0.waitsSince < $1.waitsSince }) else { return false }
    drop(oldest.number)
    return true
  }

  private func drop(_ number: Int) {
    guard let connection = connections.removeValue(forKey: number) else { return }
    connection.leave()
    close(connection.socket)
  }

  private func serve(_ number: Int, _ handler: Handler) {
    guard connections[number]?.read() ?? false else { return drop(number) }
    answerNext(number, handler)
    step(number)
  }

  /// Sends what can be sent.
  private func step(_ number: Int) {
    guard connections[number]?.write() ?? false else { return drop(number) }
  }

  private func answerNext(_ number: Int, _ handler: Handler) {
    guard let request = connections[number]?.nextRequest() else { return }
    let reply = Reply(outbox, connection: number)
    connections[number]?.answer(by: reply)
    switch rule.place(of: request) {
    case .success(let place):
      connections[number]?.isTrusted = true
      handler(place, request, reply)
    case .failure(let refusal): reply.send(HTTPResponse(refusing: refusal.status))
    }
  }

  /// Hands on what was made of answers, and goes on with requests that came meanwhile.
  private func deliver(_ handler: Handler) {
    for parcel in outbox.take() {
      let number = parcel.connection
      guard connections[number] != nil else { continue }
      guard connections[number]?.put(parcel.item) ?? false else {
        drop(number)
        continue
      }
      switch parcel.item {
      case .whole, .end: answerNext(number, handler)
      case .begin, .piece: break
      }
      step(number)
    }
  }

  private func closeLate() {
    let now = DispatchTime.now().uptimeNanoseconds
    for connection in connections.values where connection.deadline <= now {
      drop(connection.number)
    }
  }
}
