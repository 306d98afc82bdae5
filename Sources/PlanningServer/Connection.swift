import Dispatch
import Foundation

/// One who is connected: what was read of it, and what it has still to take.
struct Connection {
  /// What happens on it.
  enum Phase {
    /// A request is awaited, or is under way.
    case asking
    /// A request is being answered.
    case answering(Reply)
    /// What is left is sent, and then it is closed.
    case closing
  }

  let socket: Int32
  /// A number that no other connection has.
  let number: Int
  private let limits: HTTPLimits
  private var parser: RequestParser
  private(set) var phase = Phase.asking
  /// Whether it has sent a request that was let in.
  var isTrusted = false
  private var keepsAlive = true
  private var outgoing: [UInt8] = []
  private var sent = 0
  /// When it last went forward: took, sent, or was answered; in nanoseconds.
  private var lastStep: UInt64
  /// When the request under way began.
  private var askedSince: UInt64?

  init(socket: Int32, number: Int, limits: HTTPLimits) {
    (self.socket, self.number, self.limits) = (socket, number, limits)
    parser = RequestParser(limits: limits)
    lastStep = DispatchTime.now().uptimeNanoseconds
    // Whoever connects has as long for the first request as for any.
    askedSince = lastStep
  }

  var isWriting: Bool { sent < outgoing.count }

  /// Until when the other side may read what was sent last; `nil` while that is not all sent.
  private var lingersUntil: UInt64?

  /// Since when it waits, for who is to go first where there are too many.
  var waitsSince: UInt64 { askedSince ?? lastStep }

  /// When it is closed if nothing happens before.
  var deadline: UInt64 {
    func after(_ seconds: Double, _ start: UInt64) -> UInt64 { start + UInt64(seconds * 1e9) }
    if isWriting { return after(limits.secondsToTake, lastStep) }
    switch phase {
    case .asking:
      if let askedSince { return after(limits.secondsToAsk, askedSince) }
      return after(limits.secondsIdle, lastStep)
    case .answering: return .max
    case .closing: return lingersUntil ?? after(limits.secondsToTake, lastStep)
    }
  }

  /// Reads what has arrived.
  ///
  /// - Returns: `false` if the other side is gone, or sends what nobody asked for.
  mutating func read() -> Bool {
    var bytes = [UInt8](repeating: 0, count: 16_384)
    let count = bytes.withUnsafeMutableBytes { recv(socket, $0.baseAddress, $0.count, 0) }
    if count < 0 { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR }
    guard count > 0 else { return false }
    // What comes behind a refused request is not looked at.
    if case .closing = phase { return true }
    parser.take(bytes.prefix(count))
    if case .asking = phase { noteBegin() }
    return parser.count <= limits.head + limits.body + 16_384
  }

  /// A request begins with its first byte.
  private mutating func noteBegin() {
    if askedSince == nil, parser.isWithin { askedSince = DispatchTime.now().uptimeNanoseconds }
  }

  /// The next request, if it is there and none is being answered; one that is refused is answered here.
  mutating func nextRequest() -> HTTPRequest? {
    guard case .asking = phase else { return nil }
    switch parser.next() {
    case .incomplete: return nil
    case .request(let request):
      keepsAlive = request.keepsAlive
      askedSince = nil
      return request
    case .refused(let status):
      keepsAlive = false
      add(HTTPResponse(refusing: status).bytes(keepsAlive: false))
      phase = .closing
      return nil
    }
  }

  /// Begins to answer.
  mutating func answer(by reply: Reply) { phase = .answering(reply) }

  /// Takes a part of the answer.
  ///
  /// - Returns: `false` if too much waits to be taken.
  mutating func put(_ item: Outbox.Item) -> Bool {
    switch item {
    case .whole(let response):
      add(response.bytes(keepsAlive: keepsAlive))
      finish()
    case .begin(let type):
      add(
        HTTPResponse.head(.ok, type: type, policy: nil, length: nil, keepsAlive: keepsAlive))
    case .piece(let bytes): add(HTTPResponse.chunk(bytes))
    case .end:
      add(HTTPResponse.lastChunk)
      finish()
    }
    return outgoing.count - sent <= limits.waiting
  }

  private mutating func finish() {
    phase = keepsAlive ? .asking : .closing
    noteBegin()
  }

  private mutating func add(_ bytes: [UInt8]) {
    if !isWriting { lastStep = DispatchTime.now().uptimeNanoseconds }
    if sent > 0 {
      outgoing.removeFirst(sent)
      sent = 0
    }
    outgoing += bytes
  }

  /// Sends as much as is taken.
  ///
  /// - Returns: `false` if the other side is gone.
  mutating func write() -> Bool {
    while isWriting {
      let count = outgoing.withUnsafeBytes {
        LoopbackSocket.send(socket, UnsafeRawBufferPointer(rebasing: $0[sent...]))
      }
      if count < 0 { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR }
      sent += count
      lastStep = DispatchTime.now().uptimeNanoseconds
    }
    if case .closing = phase, lingersUntil == nil {
      // Closed at once, what is still on its way here would take the answer with it.
      shutdown(socket, Int32(SHUT_WR))
      lingersUntil = DispatchTime.now().uptimeNanoseconds + 1_000_000_000
    }
    return true
  }

  /// Tells whoever answers that nobody waits.
  func leave() {
    if case .answering(let reply) = phase { reply.leave() }
  }
}
