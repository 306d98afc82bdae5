import RandomStreams
import Synchronization

/// Beta tables that were made, for scenarios that are compiled again and again with something else changed: one
/// takes some milliseconds, more than all else of a scenario.
enum KnownTables {
  private struct Entry: Sendable {
    let mean: Double
    let standardDeviation: Double
    let table: QuantileTable
  }

  /// Those that were asked for last, the newest first.
  private static let entries = Mutex<[Entry]>([])
  /// How many are kept: some hundred kilobytes each.
  private static let most = 8

  /// The table of a Beta distribution; `nil` as `QuantileTable.beta` says.
  static func beta(mean: Double, standardDeviation: Double) -> QuantileTable? {
    let known = entries.withLock { entries in
      entries.first { $0.mean == mean && $0.standardDeviation == standardDeviation }?.table
    }
    if let known { return known }
    guard let table = QuantileTable.beta(mean: mean, standardDeviation: standardDeviation) else {
      return nil
    }
    entries.withLock { entries in
      entries.insert(
        Entry(mean: mean, standardDeviation: standardDeviation, table: table), at: 0)
      entries.removeLast(max(0, entries.count - most))
    }
    return table
  }
}
