import Foundation
import LossStatistics
public import Simulation

/// What stands where in a file of partial results; the article "Beyond one machine" tells the format
/// byte by byte.
struct PartContents: Codable, Hashable {
  /// A run of bytes with its checksum.
  struct Section: Codable, Hashable {
    let byteCount: Int
    let checksum: UInt32
  }

  let identity: RunIdentity
  /// How many of the run's funds have columns; of those behind them only the sums are kept.
  let reportedFunds: Int
  /// The names of the columns of each fund that is reported.
  let columns: [[String]]
  /// For each fund: its columns if it is reported, its differences from the first fund if it is a
  /// further one, its sums.
  let sections: [Section]

  static let magic = Array("fundpart".utf8)
  static let formatVersion: UInt32 = 3
}

extension RunIdentity {
  /// The bytes of a file that holds what happened in the trials of a shard.
  ///
  /// - Parameters:
  ///   - result: What happened in them, all of them.
  ///   - words: What a report says beside.
  ///   - rare: The rare trials of the shard; `nil` where none were asked for.
  /// - Precondition: The result is that of the shard's trials.
  public func part(
    of result: SimulationResult, words: RunWords, rare: RareTrials? = nil
  ) -> [UInt8] {
    precondition(
      result.trialCount == shard.trials(of: plannedTrials).count, "a part is whole")
    var sections: [[UInt8]] = []
    let reported = words.funds.count
    for fund in result.funds.indices {
      if fund < reported { sections += Self.columns(of: result, fund: fund) }
      if fund > 0, fund < reported { sections.append(Self.differences(of: result, fund: fund)) }
      var sums = NumberWriter()
      sums.write(list: result.sums(fund: fund).numbers.lazy.map { folded($0) })
      sections.append(sums.bytes)
    }
    precondition((rare == nil) == (rareTrials == 0), "a part is whole")
    if let rare { sections.append(RarePart.bytes(rare)) }
    let contents = PartContents(
      identity: self, reportedFunds: reported,
      columns: result.funds.prefix(reported).map { $0.columns.map(\.name) },
      sections: sections.map {
        PartContents.Section(byteCount: $0.count, checksum: Checksum.of($0))
      })
    return Self.head([Self.json(contents), Self.json(result.frame), Self.json(words)])
      + sections.joined()
  }

  private static func columns(of result: SimulationResult, fund: Int) -> [[UInt8]] {
    result.funds[fund].columns.map { column in
      var writer = NumberWriter()
      let values = result.funds[fund].column(column)
      if result.groups != nil {
        writer.write(list: values.lazy.map { folded($0) })
      } else if !values.isEmpty {
        writer.write(sorted: LossSample(values).sorted)
      }
      return writer.bytes
    }
  }

  private static func differences(of result: SimulationResult, fund: Int) -> [UInt8] {
    var writer = NumberWriter()
    for figure in result.frame.pairedFigures {
      if result.groups != nil {
        writer.write(
          list: result.orderedDifferences(of: figure, fund: fund).lazy.map { folded($0) })
      } else {
        writer.write(sorted: result.differences(of: figure, fund: fund).sorted)
      }
    }
    return writer.bytes
  }

  private static func head(_ blocks: [[UInt8]]) -> [UInt8] {
    var head = PartContents.magic
    for number in [PartContents.formatVersion] + blocks.map({ UInt32($0.count) }) {
      head += littleEndian(number)
    }
    head += blocks.joined()
    return head + littleEndian(Checksum.of(head))
  }

  static func json(_ value: some Encodable) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    // Texts and finite numbers only: nothing in it can fail.
    return Array((try? encoder.encode(value)) ?? Data())
  }
}

func littleEndian<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
  (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
}

func fromLittleEndian<Number: FixedWidthInteger>(_ bytes: some Collection<UInt8>) -> Number {
  bytes.reversed().reduce(0) { $0 << 8 | Number($1) }
}
