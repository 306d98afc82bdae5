/// Trials that share something which is not known and which other groups of trials have otherwise:
/// parameters of one draw. Trial k belongs to group k mod their number.
///
/// Trials of one group are alike, so that a sample of them tells less than as many independent ones:
/// what varies from group to group is seen as often as there are groups, however many trials there are.
public struct TrialGroups: Sendable, Hashable {
  /// The number of groups.
  public let count: Int
  /// The number of the first trial of the sample.
  public let firstTrial: Int

  /// Creates groups.
  ///
  /// - Precondition: At least one group, and no negative trial.
  public init(count: Int, firstTrial: Int = 0) {
    precondition(count > 0 && firstTrial >= 0, "every trial has a group")
    self.count = count
    self.firstTrial = firstTrial
  }

  /// The group of a trial by its place in the sample.
  public func group(ofRow row: Int) -> Int { (firstTrial + row) % count }

  /// How many independent trials would tell as much of an event that happened so often in each group.
  public func effectiveCount(of events: [Int], among trialCount: Int) -> Double {
    guard matter(among: trialCount) else { return Double(trialCount) }
    var sizes = [Double](repeating: Double(trialCount / count), count: count)
    for row in 0..<trialCount % count { sizes[group(ofRow: row)] += 1 }
    return GroupedCounts(events.map { Double($0) }, sizes: sizes).effectiveCount
  }

  /// Whether any two of so many trials share a group, and not all of them do.
  public func matter(among trialCount: Int) -> Bool { count > 1 && trialCount > count }
}
