import Dispatch
import Synchronization

/// One piece of work at a time, of which the newest counts: it asks the one under way to end, and takes the
/// place of the one that waits.
public final class NewestWins: Sendable {
  /// The turn of one piece of work.
  public final class Turn: Sendable {
    private let overtaken = Atomic<Bool>(false)

    init() {}

    /// Whether a newer one has come: what is done now, nobody waits for.
    public var isOvertaken: Bool { overtaken.load(ordering: .relaxed) }

    /// Gives the turn up.
    public func overtake() { overtaken.store(true, ordering: .relaxed) }
  }

  /// Work that waits.
  private struct Waiting: Sendable {
    let turn: Turn
    let work: @Sendable (Turn) -> Void
    var end: @Sendable () -> Void = {}
  }

  private struct State: Sendable {
    var running: Turn?
    var wish: Waiting?
    var errand: Waiting?
  }

  private let state = Mutex(State())
  private let queue: DispatchQueue

  /// Creates a place for work, with one thread of its own.
  ///
  /// - Parameter name: What debuggers call the thread.
  public init(name: String) { queue = DispatchQueue(label: name) }

  /// Hands over work that a newer one may overtake.
  ///
  /// - Parameters:
  ///   - work: What is done in its turn.
  ///   - end: What is done instead if a newer one takes its place before it begins: at once, on the thread that
  ///     hands the newer one over.
  public func wish(
    _ work: @escaping @Sendable (Turn) -> Void, ifOvertaken end: @escaping @Sendable () -> Void
  ) {
    let replaced = state.withLock { state -> Waiting? in
      state.running?.overtake()
      let replaced = state.wish
      state.wish = Waiting(turn: Turn(), work: work, end: end)
      return replaced
    }
    replaced?.end()
    queue.async { self.next() }
  }

  /// Hands over work that is done to its end, after what is under way.
  ///
  /// - Returns: `false` if another one waits or is under way; then nothing is done.
  public func errand(_ work: @escaping @Sendable (Turn) -> Void) -> Bool {
    let isTaken = state.withLock { state in
      guard state.errand == nil else { return false }
      state.errand = Waiting(turn: Turn(), work: work)
      return true
    }
    if isTaken { queue.async { self.nextErrand() } }
    return isTaken
  }

  private func next() {
    let waiting = state.withLock { state -> Waiting? in
      defer { state.wish = nil }
      state.running = state.wish?.turn
      return state.wish
    }
    guard let waiting else { return }
    waiting.work(waiting.turn)
    state.withLock { $0.running = nil }
  }

  private func nextErrand() {
    let waiting = state.withLock { $0.errand }
    guard let waiting else { return }
    waiting.work(waiting.turn)
    state.withLock { $0.errand = nil }
  }
}
