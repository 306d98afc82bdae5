import Synchronization

/// Counts, from any thread.
final class Counter: Sendable {
  private let count = Atomic<Int>(0)

  /// How often it was asked, with this time.
  func next() -> Int { count.add(1, ordering: .relaxed).newValue }
}
