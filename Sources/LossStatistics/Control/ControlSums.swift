/// What is kept of control variates and of the figures that they sharpen: exact sums, which merge in any
/// order.
///
/// Trials belong to batches, trial k to batch k mod 128; the even batches are one half of the trials, the
/// odd ones the other. Of each batch the sums are kept, of each half the products, so that the
/// coefficients found on one half can serve the other.
public struct ControlSums: Sendable, Hashable {
  /// How many batches there are.
  public static let batchCount = 128
  /// How many halves.
  static let foldCount = 2

  /// How many controls there are.
  public let controlCount: Int
  /// How many figures.
  public let figureCount: Int
  /// Of each batch: the number of trials, shape `[batchCount]`; the sums of each control, then of each
  /// figure, each of that shape; of each half the products of controls, and those of each figure with
  /// each control.
  public private(set) var numbers: [Int128]

  /// Those of no trial.
  public init(controls: Int, figures: Int) {
    (controlCount, figureCount) = (controls, figures)
    numbers = Array(
      repeating: 0, count: Self.numberCount(controls: controls, figures: figures))
  }

  /// How many numbers there are.
  public static func numberCount(controls: Int, figures: Int) -> Int {
    controls == 0
      ? 0
      : (1 + controls + figures) * batchCount + foldCount * controls * (controls + figures)
  }

  /// Takes numbers that another one gave.
  ///
  /// - Returns: `nil` if they are not as many, or no sums can be as large.
  public init?(controls: Int, figures: Int, numbers: some Collection<Int128>) {
    self.init(controls: controls, figures: figures)
    guard numbers.count == self.numbers.count,
      numbers.allSatisfy({ $0.magnitude < 1 << 122 }),
      numbers.prefix(Self.batchCount).allSatisfy({ (0..<1 << 40).contains($0) })
    else { return nil }
    self.numbers = Array(numbers)
  }

  /// Adds those of other trials.
  public mutating func add(_ other: ControlSums) {
    for place in numbers.indices { numbers[place] &+= other.numbers[place] }
  }

  /// Adds trials.
  ///
  /// - Parameters:
  ///   - firstTrial: The number of the first trial.
  ///   - controls: The controls, each less a number near its mean, in trial order.
  ///   - figure: The figures, by place, in the same order.
  /// - Complexity: A multiplication a trial, control and figure.
  public mutating func add(
    firstTrial: Int, controls: [[Int64]], figure: (_ place: Int) -> [Int64]
  ) {
    guard controlCount > 0, let trials = controls.first?.count else { return }
    for row in 0..<trials { numbers[(firstTrial + row) % Self.batchCount] &+= 1 }
    for (place, control) in controls.enumerated() {
      addBatches(control, firstTrial, at: sumPlace(control: place))
      for other in 0...place {
        addProducts(control, controls[other], firstTrial, at: productPlace(place, other))
      }
    }
    for place in 0..<figureCount {
      let values = figure(place)
      addBatches(values, firstTrial, at: sumPlace(figure: place))
      for (index, control) in controls.enumerated() {
        addProducts(values, control, firstTrial, at: productPlace(figure: place, index))
      }
    }
  }

  private mutating func addBatches(_ values: [Int64], _ firstTrial: Int, at place: Int) {
    for (row, value) in values.enumerated() {
      numbers[place + (firstTrial + row) % Self.batchCount] &+= Int128(value)
    }
  }

  private mutating func addProducts(
    _ first: [Int64], _ second: [Int64], _ firstTrial: Int, at place: Int
  ) {
    var sums: (Int128, Int128) = (0, 0)
    let pairs = first.count / 2
    for pair in 0..<pairs {
      sums.0 &+= Int128(first[2 * pair]) &* Int128(second[2 * pair])
      sums.1 &+= Int128(first[2 * pair + 1]) &* Int128(second[2 * pair + 1])
    }
    if first.count % 2 == 1 {
      sums.0 &+= Int128(first[first.count - 1]) &* Int128(second[first.count - 1])
    }
    let isOdd = firstTrial % 2 == 1
    numbers[place] &+= isOdd ? sums.1 : sums.0
    numbers[place + 1] &+= isOdd ? sums.0 : sums.1
  }
}

// Where what stands.
extension ControlSums {
  private func sumPlace(control: Int) -> Int { (1 + control) * Self.batchCount }
  private func sumPlace(figure: Int) -> Int { (1 + controlCount + figure) * Self.batchCount }
  private var firstProduct: Int { (1 + controlCount + figureCount) * Self.batchCount }

  /// The lower one first: both orders are one product.
  private func productPlace(_ first: Int, _ second: Int) -> Int {
    firstProduct + Self.foldCount * (max(first, second) * controlCount + min(first, second))
  }

  private func productPlace(figure: Int, _ control: Int) -> Int {
    firstProduct + Self.foldCount * controlCount * controlCount
      + Self.foldCount * (figure * controlCount + control)
  }

  /// The number of trials of each batch.
  var counts: ArraySlice<Int128> { numbers[0..<Self.batchCount] }

  /// The sums of a control by batch.
  func sums(control: Int) -> ArraySlice<Int128> {
    numbers[sumPlace(control: control)..<sumPlace(control: control + 1)]
  }

  /// The sums of a figure by batch.
  func sums(figure: Int) -> ArraySlice<Int128> {
    numbers[sumPlace(figure: figure)..<sumPlace(figure: figure + 1)]
  }

  /// The sum of products of two controls over a half.
  func product(_ first: Int, _ second: Int, fold: Int) -> Int128 {
    numbers[productPlace(first, second) + fold]
  }

  /// The sum of products of a figure and a control over a half.
  func product(figure: Int, _ control: Int, fold: Int) -> Int128 {
    numbers[productPlace(figure: figure, control) + fold]
  }
}
