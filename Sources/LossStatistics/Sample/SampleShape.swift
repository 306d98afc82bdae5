/// How the values of a sample lie about their mean and about each other.
struct SampleShape {
  /// The value that comes most often, the smallest of several.
  private(set) var mostFrequent: Int64
  /// How often it comes.
  private(set) var mostFrequentCount: Int
  /// Of the distances from the mean.
  private(set) var distances = DistanceSums()
  /// Of the distances of their squares from the variance.
  private(set) var squares = DistanceSums()

  /// Looks at a sample once, in ascending order: sums of rounded numbers depend on it.
  init(sorted: [Int64], _ moments: ExactMoments) {
    mostFrequent = sorted[0]
    mostFrequentCount = 1
    guard mostFrequent < sorted[sorted.count - 1] else {
      mostFrequentCount = sorted.count
      distances.add(0, count: sorted.count)
      squares.add(0, count: sorted.count)
      return
    }
    let (mean, variance) = (moments.mean, moments.variance)
    // Both sums side by side, each as `DistanceSums` takes it.
    var (second, third, fourth) = (SIMD2<Double>(), SIMD2<Double>(), SIMD2<Double>())
    var last = sorted[0]
    var run = 0
    for value in sorted {
      run = value == last ? run &+ 1 : 1
      last = value
      if run > mostFrequentCount { (mostFrequent, mostFrequentCount) = (value, run) }
      let distance = Double(value) - mean
      let pair = SIMD2(distance, distance * distance - variance)
      let square = pair * pair
      second += square
      third += square * pair
      fourth += square * square
    }
    distances = DistanceSums(
      count: sorted.count, squares: second[0], cubes: third[0], fourths: fourth[0])
    squares = DistanceSums(
      count: sorted.count, squares: second[1], cubes: third[1], fourths: fourth[1])
  }
}
