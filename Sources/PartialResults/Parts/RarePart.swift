import Simulation

/// The rare trials of a part: a section behind all others.
enum RarePart {
  /// The bytes: the bits of the weights, then the columns of each fund.
  static func bytes(_ trials: RareTrials) -> [UInt8] {
    var writer = NumberWriter()
    writer.write(list: trials.weights.lazy.map(\.bitPattern))
    for fund in trials.funds {
      for column in fund.columns { writer.write(list: column.lazy.map { folded($0) }) }
    }
    return writer.bytes
  }

  /// The trials that the bytes tell; `nil` where they make no sense.
  ///
  /// - Parameters:
  ///   - range: Which trials of the set they are.
  ///   - fundCount: Of how many funds.
  ///   - isAllowed: Whether values can be those of a column.
  static func trials(
    _ bytes: [UInt8], _ range: Range<Int>, fundCount: Int,
    _ isAllowed: ([Int64], OutcomeColumn) -> Bool
  ) -> RareTrials? {
    var reader = NumberReader(bytes)
    guard let bits = reader.list(range.count, of: UInt64.self) else { return nil }
    let weights = bits.map { Double(bitPattern: $0) }
    guard weights.allSatisfy({ $0 >= 0 && $0 <= RareTrials.largestWeight * (1 + 1e-12) }) else {
      return nil
    }
    var funds: [RareTrials.Fund] = []
    for _ in 0..<fundCount {
      var columns: [[Int64]] = []
      for column in RareTrials.columns() {
        guard let numbers = reader.list(range.count, of: UInt64.self) else { return nil }
        let values = numbers.map { unfolded($0) }
        guard isAllowed(values, column) else { return nil }
        columns.append(values)
      }
      funds.append(RareTrials.Fund(columns: columns))
    }
    return reader.isAtEnd ? RareTrials(range, weights: weights, funds: funds) : nil
  }
}
