import CompensationKernel
import DocumentReading
import FundCore
import Synchronization

/// Portfolios that were read, for scenarios that are read again and again with something else changed: a
/// ledger of a million rows takes seconds, what it comes to does not change.
///
/// A file that changes on the disk meanwhile is not read again.
public final class KnownPortfolios: Sendable {
  private struct Entry: Sendable {
    let key: String
    let portfolio: ScenarioReading.ReadPortfolio
  }

  /// Those that were asked for last, the newest first.
  private let entries = Mutex<[Entry]>([])
  /// How many are kept.
  private static let most = 4

  /// Knows none.
  public init() {}

  func portfolio(of key: String) -> ScenarioReading.ReadPortfolio? {
    entries.withLock { entries in
      guard let place = entries.firstIndex(where: { $0.key == key }) else { return nil }
      let found = entries.remove(at: place)
      entries.insert(found, at: 0)
      return found.portfolio
    }
  }

  func keep(_ portfolio: ScenarioReading.ReadPortfolio, of key: String) {
    entries.withLock { entries in
      entries.insert(Entry(key: key, portfolio: portfolio), at: 0)
      entries.removeLast(max(0, entries.count - Self.most))
    }
  }
}

extension ScenarioReading {
  /// The loans: those that were read before, or read now and kept for the next time.
  func portfolio(
    _ top: inout Section, _ tree: DocumentNode, _ clock: RunClock?, _ start: CivilMonth,
    _ models: KnownModels
  ) -> ReadPortfolio? {
    checkLending(in: tree)
    guard let known = choices.known, let clock, let node = tree.node(at: "portfolio") else {
      return readPortfolio(&top, clock, start, models)
    }
    let parts =
      [
        node.withoutLending.digestText, "\(clock.start)", "\(clock.horizon)",
        choices.portfolio ?? "",
      ]
      + models.all.map(\.id)
    let key = parts.joined(separator: "\n")
    if let portfolio = known.portfolio(of: key) { return portfolio }
    let before = problems.problems.count
    let portfolio = readPortfolio(&top, clock, start, models)
    if let portfolio, problems.problems.count == before { known.keep(portfolio, of: key) }
    return portfolio
  }
}
