import Foundation

/// How many commands the tests run at once: the others wait for their turn.
///
/// All tests begin together. Each that starts a command holds open files and a process, and hundreds at once
/// keep each other from work; from some thousand open files on Foundation's `Process.run` reads beyond the list
/// of them (256 bytes of each name, found by the address sanitizer), which ended a run of all tests once.
actor CommandSlots {
  static let shared = CommandSlots(4 * ProcessInfo.processInfo.activeProcessorCount)

  private var free: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(_ count: Int) { free = count }

  /// Does something when it is its turn.
  nonisolated func take<Result: Sendable>(
    _ body: @Sendable () async throws -> Result
  ) async throws -> Result {
    await begin()
    do {
      let result = try await body()
      await end()
      return result
    } catch {
      await end()
      throw error
    }
  }

  private func begin() async {
    guard free == 0 else {
      free -= 1
      return
    }
    await withCheckedContinuation { waiting.append($0) }
  }

  private func end() {
    guard waiting.isEmpty else { return waiting.removeFirst().resume() }
    free += 1
  }
}
