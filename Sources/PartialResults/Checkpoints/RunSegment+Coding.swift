import Simulation

extension FinishedRows {
  /// Writes the rows as a checkpoint holds them: first row and number; for each fund its columns, its
  /// breaches and its sums, each list with its length.
  func write(to segment: inout SegmentWriter) {
    segment.write(numbers: [rows.lowerBound, rows.count, fundCount])
    for fund in 0..<fundCount {
      let counts = columnCounts(fund: fund)
      segment.write(numbers: [counts.figures])
      for column in 0..<counts.figures {
        withColumn(column, fund: fund) { segment.write(column: $0) { folded($0) } }
      }
      segment.write(numbers: [counts.breaches])
      for column in 0..<counts.breaches {
        withBreaches(column, fund: fund) {
          segment.write(column: $0) { UInt64(UInt16(truncatingIfNeeded: $0 &+ 1)) }
        }
      }
      let sums = sums(fund: fund)
      segment.write(numbers: [sums.count])
      var list = NumberWriter()
      list.write(list: sums.lazy.map { folded($0) })
      segment.write(list.bytes)
    }
  }
}

extension SegmentWriter {
  /// Writes numbers that are not negative.
  fileprivate mutating func write(numbers: [Int]) {
    var writer = NumberWriter()
    for number in numbers { writer.write(UInt64(number)) }
    write(writer.bytes)
  }
}

extension RunSegment {
  /// Reads a segment; `nil` if the bytes are none of a run of this shape. A few bytes can stand for many
  /// rows: nothing is unpacked beyond the run's own.
  init?(checkpoint bytes: [UInt8], of shape: RunShape) {
    var reader = NumberReader(bytes)
    guard let first = reader.number(UInt64.self), let count = reader.number(UInt64.self),
      let fundCount = reader.number(UInt64.self), first <= shape.rowCount, count <= shape.rowCount,
      fundCount == shape.funds.count
    else { return nil }
    var funds: [Fund] = []
    for fund in shape.funds {
      guard let columns = reader.columns(fund.figures, of: Int(count)),
        let breaches = reader.columns(fund.breaches, of: Int(count)),
        breaches.allSatisfy({ $0.allSatisfy { $0 <= UInt16.max } }),
        let sumCount = reader.number(UInt64.self), sumCount <= 1 << 32,
        let sums = reader.list(Int(sumCount), of: UInt128.self)
      else { return nil }
      funds.append(
        Fund(
          columns: columns.map { $0.map { unfolded($0) } },
          breachMonths: breaches.map { $0.map { Int16(truncatingIfNeeded: $0) &- 1 } },
          sums: sums.map { unfolded($0) }))
    }
    guard reader.isAtEnd else { return nil }
    self.init(rows: Int(first)..<Int(first + count), funds: funds)
  }
}

extension NumberReader {
  /// So many columns of one length, if the next number says as many.
  fileprivate mutating func columns(_ expected: Int, of length: Int) -> [[UInt64]]? {
    guard let count = number(UInt64.self), count == expected else { return nil }
    var columns: [[UInt64]] = []
    for _ in 0..<count {
      guard let column = column(length) else { return nil }
      columns.append(column)
    }
    return columns
  }
}
