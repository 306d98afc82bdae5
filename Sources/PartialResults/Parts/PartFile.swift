import Foundation
import LossStatistics
public import Simulation

/// A file of partial results that can be read. Its figures stay on the disk until they are asked
/// for.
public struct PartFile: Sendable {
  /// Where it is.
  public let path: String
  /// What it belongs to.
  public var identity: RunIdentity { contents.identity }
  /// What estimates need to know of the run.
  public let frame: RunFrame
  let contents: PartContents
  /// The bytes of the frame, which are the same in all parts of a run.
  let frameBytes: [UInt8]
  /// Where each section starts in the file.
  private let offsets: [Int]
  /// Where the words stand in the file.
  private let wordsPlace: (offset: Int, count: Int)

  /// The numbers of its trials.
  public var trials: Range<Int> { identity.shard.trials(of: identity.plannedTrials) }

  /// Reads the head of a file and checks all that can be checked without the figures.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - sibling: A part of perhaps the same run, with which what both have alike is shared.
  public init(path: String, like sibling: PartFile? = nil) throws(PartProblem) {
    let file = try FileSlices(path: path)
    let start = try file.bytes(0, count: min(Self.startSize, file.size))
    guard start.prefix(8) == PartContents.magic[...] else { throw .foreign }
    guard start.count == Self.startSize else { throw .damaged(Self.cut) }
    let version: UInt32 = fromLittleEndian(start[8..<12])
    guard version == PartContents.formatVersion else {
      throw .otherFormat(version, than: PartContents.formatVersion)
    }
    let sizes = (0..<3).map { Int(fromLittleEndian(start[12 + 4 * $0..<16 + 4 * $0]) as UInt32) }
    let headSize = sizes.reduce(Self.startSize, +)
    guard headSize + 4 <= file.size else { throw .damaged(Self.cut) }
    let head = try file.bytes(0, count: headSize)
    let checksum: UInt32 = fromLittleEndian(try file.bytes(headSize, count: 4))
    guard Checksum.isRight(checksum, of: head) else { throw .damaged(Self.changed) }
    let places = (0..<3).map { Self.startSize + sizes[..<$0].reduce(0, +) }
    func block(_ index: Int) -> [UInt8] {
      Array(head[places[index]..<places[index] + sizes[index]])
    }
    let bytes = block(1)
    let isAlike = sibling?.frameBytes == bytes
    guard let contents = Self.decoded(PartContents.self, block(0)),
      let frame = isAlike ? sibling?.frame : Self.decoded(RunFrame.self, bytes),
      contents.fits(frame)
    else { throw .damaged(Self.senseless) }
    frameBytes = isAlike ? sibling?.frameBytes ?? bytes : bytes
    var offsets = [headSize + 4]
    for section in contents.sections {
      let (next, overflows) = offsets[offsets.count - 1].addingReportingOverflow(section.byteCount)
      guard !overflows, next <= file.size else { throw .damaged(Self.cut) }
      offsets.append(next)
    }
    guard offsets.last == file.size else { throw .damaged(Self.longer) }
    self.path = path
    self.contents = contents
    self.frame = frame
    self.offsets = offsets
    wordsPlace = (places[2], sizes[2])
  }

  /// The bytes with which every part starts.
  public static var signature: [UInt8] { PartContents.magic }

  /// Magic, version, and the sizes of three blocks.
  private static var startSize: Int { 24 }

  private static func decoded<Value: Decodable>(_: Value.Type, _ bytes: [UInt8]) -> Value? {
    try? JSONDecoder().decode(Value.self, from: Data(bytes))
  }

  /// What a report says beside the figures.
  public func words() throws(PartProblem) -> RunWords {
    let bytes = try FileSlices(path: path).bytes(wordsPlace.offset, count: wordsPlace.count)
    guard let words = Self.decoded(RunWords.self, bytes), contents.fits(frame, words) else {
      throw .damaged(Self.senseless)
    }
    return words
  }

  /// Whether all bytes are those that were written.
  public func checkBytes() throws(PartProblem) {
    let file = try FileSlices(path: path)
    for index in contents.sections.indices { _ = try section(index, of: file) }
  }

  /// Reads every figure once, to see that each makes sense.
  public func checkFigures() throws(PartProblem) {
    _ = try words()
    _ = try rareTrials()
    for fund in frame.funds.indices {
      var sums = FundSums(frame, fund: fund)
      try addSums(of: fund, to: &sums)
      guard fund < contents.reportedFunds else { continue }
      for column in frame.columns(fund: fund) { _ = try values(of: column, fund: fund) }
      if fund > 0 { _ = try differences(of: fund) }
    }
  }

  /// So many numbers: ascending, or in the order of the trials where these share draws of parameters.
  private func numbers(_ count: Int, from reader: inout NumberReader) -> [Int64]? {
    guard frame.drawCount != nil else { return reader.sorted(count) }
    return reader.list(count, of: UInt64.self).map { $0.map { unfolded($0) } }
  }

  /// The values of a column, ascending or in the order of the trials.
  func values(of column: OutcomeColumn, fund: Int) throws(PartProblem) -> [Int64] {
    guard let place = contents.columns[fund].firstIndex(of: column.name) else {
      throw .damaged(Self.senseless)
    }
    var reader = NumberReader(try section(contents.firstSection(of: fund) + place))
    guard let values = numbers(trials.count, from: &reader), reader.isAtEnd,
      contents.allows(values, in: column, horizon: frame.horizon)
    else { throw .damaged(Self.senseless) }
    return values
  }

  /// The differences of a further fund from the first one, a figure each, likewise.
  func differences(of fund: Int) throws(PartProblem) -> [[Int64]] {
    let place = contents.firstSection(of: fund) + contents.columns[fund].count
    var reader = NumberReader(try section(place))
    var all: [[Int64]] = []
    for figure in frame.pairedFigures {
      guard let values = numbers(trials.count, from: &reader), contents.allows(values, of: figure)
      else {
        throw .damaged(Self.senseless)
      }
      all.append(values)
    }
    guard reader.isAtEnd else { throw .damaged(Self.senseless) }
    return all
  }

  /// Its rare trials; `nil` where the run has none.
  func rareTrials() throws(PartProblem) -> RareTrials? {
    guard identity.rareTrials > 0 else { return nil }
    let horizon = frame.horizon
    guard
      let trials = RarePart.trials(
        try section(contents.sections.count - 1), identity.shard.trials(of: identity.rareTrials),
        fundCount: contents.reportedFunds,
        { contents.allows($0, in: $1, horizon: horizon) })
    else { throw .damaged(Self.senseless) }
    return trials
  }

  /// Adds what sums over its trials.
  func addSums(of fund: Int, to sums: inout FundSums) throws(PartProblem) {
    var reader = NumberReader(try section(contents.firstSection(of: fund + 1) - 1))
    guard let numbers = reader.list(sums.numberCount, of: UInt128.self), reader.isAtEnd,
      sums.add(numbers.map { unfolded($0) })
    else { throw .damaged(Self.senseless) }
  }

  private func section(_ index: Int) throws(PartProblem) -> [UInt8] {
    try section(index, of: FileSlices(path: path))
  }

  private func section(_ index: Int, of file: borrowing FileSlices) throws(PartProblem) -> [UInt8] {
    let section = contents.sections[index]
    guard offsets[index] + section.byteCount <= file.size else { throw .damaged(Self.cut) }
    let bytes = try file.bytes(offsets[index], count: section.byteCount)
    guard Checksum.isRight(section.checksum, of: bytes) else { throw .damaged(Self.changed) }
    return bytes
  }
}
