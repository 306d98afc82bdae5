/// What is known of a part of a mean, or of the mean of a tail, that some trials were divided for.
///
/// A tail's mean moves with its quantile: to the first order, a part's error is that of
/// (x − E[x | X = q])·1{X > q} ÷ (1 − α), where x is the part and X the whole.
///
/// Source: D. Tasche, "Risk contributions and performance measurement", 1999 (parts E[x | X > q]);
/// the error by the influence of a trial, as that of the expected shortfall itself.
public struct PartOfMean {
  private let sampleCount: Int
  /// 1 − α.
  private let tailShare: Double
  private let mean: Double
  private var squares = 0.0
  private var cubes = 0.0
  private var fourths = 0.0
  private var counted = 0.0
  private var support = 0
  private let groups: TrialGroups?
  private var groupSums: [Double] = []
  private var bearing: [Bool] = []

  /// Begins.
  ///
  /// - Parameters:
  ///   - sampleCount: How many trials the figure rests on.
  ///   - tailShare: 1 − α; 1 for the mean of all trials.
  ///   - mean: The mean of the distances that will be added, over all trials.
  ///   - groups: Which trials share what is not known; `nil` where all are independent.
  public init(sampleCount: Int, tailShare: Double, mean: Double, groups: TrialGroups?) {
    self.sampleCount = sampleCount
    self.tailShare = tailShare
    self.mean = mean
    self.groups = groups.flatMap { $0.matter(among: sampleCount) ? $0 : nil }
    if let groups = self.groups {
      groupSums = Array(repeating: 0, count: groups.count)
      for row in 0..<sampleCount { groupSums[groups.group(ofRow: row)] -= mean }
      bearing = Array(repeating: false, count: groups.count)
    }
  }

  /// Adds a trial that was divided.
  ///
  /// - Parameters:
  ///   - distance: The part, less what it is where the whole is at the quantile.
  ///   - times: How many trials it stands for.
  ///   - row: Its place among the trials.
  ///   - bears: Whether the part is not nothing.
  public mutating func add(_ distance: Double, times: Double, row: Int, bears: Bool) {
    let away = distance - mean
    squares += times * away * away
    cubes += times * away * away * away
    fourths += times * away * away * away * away
    counted += times
    if bears { support += 1 }
    guard let groups else { return }
    groupSums[groups.group(ofRow: row)] += times * distance
    if bears { bearing[groups.group(ofRow: row)] = true }
  }

  /// The estimate.
  ///
  /// - Parameters:
  ///   - value: The part.
  ///   - samplingVariance: What is added to its variance because only some trials were divided.
  public func estimate(_ value: Double, samplingVariance: Double) -> Estimate {
    let rest = max(0, Double(sampleCount) - counted)
    let sums = DistanceSums(
      count: sampleCount, squares: squares + rest * mean * mean,
      cubes: cubes - rest * mean * mean * mean,
      fourths: fourths + rest * mean * mean * mean * mean)
    let stretch = tailShare < 1 ? (1 + 3 / Double(max(1, support))).squareRoot() : 1
    var estimate = sums.mean(mean, support: support, stretch: stretch)
    if groups != nil {
      estimate = estimate.widened(
        by: GroupSpread(groupSums, trialCount: sampleCount, support: bearing.count { $0 }))
    }
    estimate = estimate.divided(by: tailShare)
    if case .spread(let spread) = estimate.knowledge, samplingVariance > 0 {
      estimate = estimate.widened(
        by: (1 + samplingVariance / (spread.error * spread.error)).squareRoot())
    }
    return estimate.replaced(by: value)
  }
}
