import RandomStreams

/// The points of the Poisson process of unit rate that a trial's cells lie on, some at a time.
struct HazardPoints {
  static let capacity = 512

  private var words: SplitMix64
  private let places: UnsafeMutableBufferPointer<Double>
  /// How many points there are; behind them lies one at infinity.
  private(set) var count = 0
  private var last = 0.0
  /// What lies beyond needs no point, but may have some.
  private var total: Double

  /// - Parameters:
  ///   - words: The trial's words.
  ///   - places: Room for so many points, and one more.
  ///   - total: The end of the line.
  init(
    _ words: SplitMix64, places: UnsafeMutableBufferPointer<Double>, total: Double
  ) {
    self.words = words
    self.places = places
    self.total = total
    places[0] = .infinity
  }

  /// Draws the points that follow on the last, as seen from a place before it.
  @inline(never)
  mutating func drawOn(from origin: Double, _ tables: ExponentialTables) {
    // Local copies, which the compiler keeps close.
    var (words, count, place) = (words, 0, last - origin)
    let places = places
    total -= origin
    let end = total
    repeat {
      place += words.nextExponential(tables)
      places[count] = place
      count &+= 1
    } while place < end && count < Self.capacity
    places[count] = .infinity
    self.words = words
    self.count = count
    last = place
  }
}
