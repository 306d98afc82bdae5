/// How two figures of the same trials move together: exact sums, which merge in any order.
public struct RatioMoments: Sendable, Hashable {
  /// How many numbers it is made of.
  public static let numberCount = 6

  private var sums: [Int128]

  /// Those of no trial.
  public init() { sums = Array(repeating: 0, count: Self.numberCount) }

  /// Those of some trials: a value of each figure a trial, in the same order.
  public init(_ parts: [Int64], over wholes: [Int64]) {
    var (part, whole): (Int128, Int128) = (0, 0)
    var (square, both, wholeSquare): (Int128, Int128, Int128) = (0, 0, 0)
    for (first, second) in zip(parts, wholes) {
      let (first, second) = (Int128(first), Int128(second))
      part += first
      whole += second
      square += first * first
      both += first * second
      wholeSquare += second * second
    }
    sums = [Int128(min(parts.count, wholes.count)), part, whole, square, both, wholeSquare]
  }

  /// Those that `numbers` gave.
  ///
  /// - Precondition: There are `numberCount` of them.
  public init(_ numbers: some Sequence<Int128>) {
    sums = Array(numbers)
    precondition(sums.count == Self.numberCount, "moments are whole")
  }

  /// All sums, in an order of their own.
  public var numbers: [Int128] { sums }

  /// Adds those of other trials.
  public mutating func add(_ other: RatioMoments) {
    for index in sums.indices { sums[index] += other.sums[index] }
  }

  /// The mean of the whole; 0 without trials.
  public var meanWhole: Double { Double(sums[2]) / Double(max(1, sums[0])) }

  /// The standard deviation of part − ratio · whole from trial to trial.
  func deviation(at ratio: Double) -> Double {
    let count = Double(sums[0])
    let means = (part: Double(sums[1]) / count, whole: meanWhole)
    func moment(_ place: Int, _ product: Double) -> Double { Double(sums[place]) / count - product }
    let variance =
      moment(3, means.part * means.part) - 2 * ratio * moment(4, means.part * means.whole)
      + ratio * ratio * moment(5, means.whole * means.whole)
    return (max(0, variance) * count / max(1, count - 1)).squareRoot()
  }

  /// The estimate of the ratio of the two means: the error of the part's mean, made larger or smaller as the whole moves
  /// against or with it (linearised; the whole varies little).
  ///
  /// Source: W. G. Cochran, "Sampling Techniques", 3rd edition, 1977, section 2.11.
  ///
  /// - Parameters:
  ///   - mean: The mean of the part, with what is known of it.
  ///   - unit: How many of the whole numbers make one of the mean's unit: 100 fen a yuan.
  /// - Returns: `nil` if the whole is nothing.
  public func ratio(of mean: Estimate, unit: Double = 1) -> Estimate? {
    guard sums[2] != 0 else { return nil }
    let count = Double(sums[0])
    let means = (part: Double(sums[1]) / count, whole: meanWhole)
    let ratio = means.part / means.whole
    func moment(_ place: Int, _ product: Double) -> Double { Double(sums[place]) / count - product }
    let variance = moment(3, means.part * means.part)
    let covariance = moment(4, means.part * means.whole)
    let wholeVariance = moment(5, means.whole * means.whole)
    let residual = variance - 2 * ratio * covariance + ratio * ratio * wholeVariance
    let factor = variance > 0 && residual > 0 ? (residual / variance).squareRoot() : 1
    return mean.divided(by: means.whole / unit).with(error: factor)
  }
}

extension Estimate {
  /// The same figure with an error so many times as large.
  fileprivate func with(error factor: Double) -> Estimate {
    guard case .spread(var spread) = knowledge else { return self }
    spread.error *= factor
    return Estimate(
      value: value, sampleCount: sampleCount, knowledge: .spread(spread), method: method)
  }
}
