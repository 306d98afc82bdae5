/// Times in months, some of them known only to be longer than what was seen.
///
/// Source: E. Kaplan, P. Meier, "Nonparametric estimation from incomplete observations", Journal of
/// the American Statistical Association 53(282), 1958, pp. 457–481.
public struct CensoredTimes: Sendable, Hashable {
  /// One time.
  public struct Time: Sendable, Hashable {
    /// Months.
    public let time: Int
    /// Whether the event was seen then; if not, it comes later or never.
    public let isSeen: Bool

    /// Creates a time.
    public init(time: Int, isSeen: Bool) {
      self.time = time
      self.isSeen = isSeen
    }
  }

  private struct Step: Hashable {
    let time: Int
    let survival: Double
  }

  /// How many events were seen.
  public let seenCount: Int

  /// How many were not.
  public let censoredCount: Int

  private let steps: [Step]

  /// Estimates the law of the times; a time not seen counts as at risk in its last month.
  public init(_ times: [Time]) {
    seenCount = times.count { $0.isSeen }
    censoredCount = times.count - seenCount
    let byTime = Dictionary(grouping: times, by: \.time)
    var atRisk = times.count
    var survival = 1.0
    var steps: [Step] = []
    for time in byTime.keys.sorted() {
      let here = byTime[time] ?? []
      let seen = here.count { $0.isSeen }
      if seen > 0 {
        survival *= 1 - Double(seen) / Double(atRisk)
        steps.append(Step(time: time, survival: survival))
      }
      atRisk -= here.count
    }
    self.steps = steps
  }

  /// The chance of an event later than a month.
  public func survival(after time: Int) -> Double {
    steps.last { $0.time <= time }?.survival ?? 1
  }

  /// The chance of an event not earlier than a month.
  func survival(before time: Int) -> Double { survival(after: time - 1) }

  /// The month by which a part of the events has come; `nil` if the data do not reach so far.
  public func quantile(_ probability: Double) -> Int? {
    steps.first { 1 - $0.survival >= probability - 1e-12 }?.time
  }

  /// The mean up to the last event seen; `nil` without any. Times beyond it count as that long.
  public var restrictedMean: Double? {
    guard let last = steps.last else { return nil }
    var (mean, from, survival) = (0.0, 0, 1.0)
    for step in steps {
      mean += survival * Double(step.time - from)
      (from, survival) = (step.time, step.survival)
    }
    return mean + survival * Double(last.time - from)
  }
}
