import Simulation

extension FinishedRows {
  /// The rows as a checkpoint holds them: first row and number; for each fund its columns, its
  /// breaches and its sums, each list with its length.
  var checkpointBytes: [UInt8] {
    var writer = NumberWriter()
    writer.write(UInt64(rows.lowerBound))
    writer.write(UInt64(rows.count))
    writer.write(UInt64(fundCount))
    for fund in 0..<fundCount {
      let counts = columnCounts(fund: fund)
      writer.write(UInt64(counts.figures))
      for column in 0..<counts.figures {
        withColumn(column, fund: fund) { writer.write(rows: $0) { folded($0) } }
      }
      writer.write(UInt64(counts.breaches))
      for column in 0..<counts.breaches {
        withBreaches(column, fund: fund) {
          writer.write(rows: $0) { UInt64(UInt16(truncatingIfNeeded: $0 &+ 1)) }
        }
      }
      let sums = sums(fund: fund)
      writer.write(UInt64(sums.count))
      writer.write(list: sums.lazy.map { folded($0) })
    }
    return writer.bytes
  }
}

extension RunSegment {
  /// Reads a segment; `nil` if the bytes are none.
  init?(checkpoint bytes: [UInt8]) {
    var reader = NumberReader(bytes)
    // Zeros take no room, so lists can be longer than their bytes; not longer than a block of
    // trials, nor wider than a fund.
    guard let first = reader.number(UInt64.self), let count = reader.number(UInt64.self),
      let fundCount = reader.number(UInt64.self), first < 1 << 40, count < 1 << 32,
      fundCount <= 10_000
    else { return nil }
    var funds: [Fund] = []
    for _ in 0..<fundCount {
      guard let columns = reader.lists(of: UInt64.self, length: Int(count)),
        let breaches = reader.lists(of: UInt16.self, length: Int(count)),
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
  /// So many lists of one length as the next number says.
  fileprivate mutating func lists<Number: FixedWidthInteger & UnsignedInteger>(
    of type: Number.Type, length: Int
  ) -> [[Number]]? {
    guard let count = number(UInt64.self), count <= 100_000 else { return nil }
    var lists: [[Number]] = []
    for _ in 0..<count {
      guard let list = list(length, of: type) else { return nil }
      lists.append(list)
    }
    return lists
  }
}
