import Synchronization

/// Where the answer of one request goes: as a whole, or piece by piece while it is made, from any thread.
public final class Reply: Sendable {
  private let outbox: Outbox
  private let connection: Int
  private let gone: Atomic<Bool>

  init(_ outbox: Outbox, connection: Int) {
    (self.outbox, self.connection) = (outbox, connection)
    gone = Atomic(false)
  }

  /// Whether nobody waits for the answer any more.
  public var isGone: Bool { gone.load(ordering: .relaxed) }

  /// Notes that nobody does.
  func leave() { gone.store(true, ordering: .relaxed) }

  /// Answers as a whole.
  public func send(_ response: HTTPResponse) { outbox.put(.whole(response), for: connection) }

  /// Begins an answer whose length nobody knows yet.
  public func begin(type: String) { outbox.put(.begin(type: type), for: connection) }

  /// Goes on with it.
  public func write(_ bytes: [UInt8]) {
    guard !bytes.isEmpty else { return }
    outbox.put(.piece(bytes), for: connection)
  }

  /// Ends it.
  public func end() { outbox.put(.end, for: connection) }
}

/// What other threads give the server to send.
final class Outbox: Sendable {
  enum Item: Sendable {
    case whole(HTTPResponse)
    case begin(type: String)
    case piece([UInt8])
    case end
  }

  struct Parcel: Sendable {
    let connection: Int
    let item: Item
  }

  private let parcels = Mutex<[Parcel]>([])
  private let wake: @Sendable () -> Void

  init(wake: @escaping @Sendable () -> Void) { self.wake = wake }

  func put(_ item: Item, for connection: Int) {
    parcels.withLock { $0.append(Parcel(connection: connection, item: item)) }
    wake()
  }

  /// All that was put since the last time.
  func take() -> [Parcel] {
    parcels.withLock { parcels in
      defer { parcels = [] }
      return parcels
    }
  }
}
