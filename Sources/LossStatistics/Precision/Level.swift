/// A confidence level between 0 and 1, exact: 99.9 % of a sample is a count, without a rounding
/// error that decides between two of its members.
public struct Level: Sendable, Hashable, Comparable {
  /// The level in millionths, from 1 to 999 999.
  public let millionths: Int

  /// Creates a level.
  ///
  /// - Precondition: From 1 to 999 999.
  public init(millionths: Int) {
    precondition(millionths > 0 && millionths < 1_000_000, "a level lies above 0 and below 1")
    self.millionths = millionths
  }

  /// The level that a proportion is; `nil` for nothing and the whole.
  public init?(millionths: Int64) {
    guard (1..<1_000_000).contains(millionths) else { return nil }
    self.millionths = Int(millionths)
  }

  /// A level in whole percent.
  public static func percent(_ percent: Int) -> Level {
    Level(millionths: percent * 10_000)
  }

  /// The level as a number.
  public var value: Double { Double(millionths) / 1_000_000 }

  /// Whether the first level is the lower one.
  public static func < (first: Level, second: Level) -> Bool {
    first.millionths < second.millionths
  }

  /// ⌈nα⌉: the rank of this quantile among n values, counted from 1.
  public func rank(among count: Int) -> Int {
    (count * millionths + 999_999) / 1_000_000
  }

  /// What remains to the whole: 1 % of 99 %.
  public var complement: Level { Level(millionths: 1_000_000 - millionths) }

  /// How many trials a run needs so that ten lie beyond this level, to the side where fewer do.
  public var reliableTrialCount: Int {
    let tail = min(millionths, 1_000_000 - millionths)
    return (reliableTailCount * 1_000_000 + tail - 1) / tail
  }

  /// Whether a sample of so many has ten members to both sides of this quantile.
  public func isReliable(among count: Int) -> Bool { count >= reliableTrialCount }
}
