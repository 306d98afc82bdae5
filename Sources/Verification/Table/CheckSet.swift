import FundCore

/// Checks whose values are found together: those of one run, or one by one.
public struct CheckSet: Sendable {
  /// What it is about.
  public let group: CheckGroup
  /// Its checks.
  public let checks: [Check]
  /// Finds the values, in the order of the checks.
  let find: @Sendable (CheckWork) throws -> [Finding]

  /// Checks of one run.
  init(
    _ group: CheckGroup, _ checks: [Check],
    find: @escaping @Sendable (CheckWork) throws -> [Finding]
  ) {
    self.group = group
    self.checks = checks
    self.find = find
  }

  /// Checks of a function at several places.
  init<Place: Sendable>(
    _ group: CheckGroup, places: [Place], check: (Place) -> Check,
    value: @escaping @Sendable (Place) throws -> Double
  ) {
    self.init(group, places.map(check)) { _ in try places.map { .number(try value($0)) } }
  }
}

/// With what checks are made.
public struct CheckWork: Sendable {
  /// How many threads simulate.
  public let threads: Int
  /// How many times as many trials as usual the statistical checks take.
  public let times: Int

  /// - Parameters:
  ///   - threads: How many threads simulate.
  ///   - times: How many times as many trials the statistical checks take.
  public init(threads: Int, times: Int = 1) {
    self.threads = threads
    self.times = times
  }

  /// A number of trials, as many times as is asked.
  func trials(_ usual: Int) -> Int { usual * times }
}
