import Foundation
import FundCore
import Simulation
import Synchronization
import TestSupport
import Testing

@testable import PartialResults

/// Runs that go on where others ended.
struct `Checkpoints` {
  private static let identity = RunIdentity(SmallRun.words.provenance, shard: .whole)
  private static let whole = SmallRun.part(.whole)

  private static func open(_ path: String, _ identity: RunIdentity = identity) throws
    -> CheckpointFile
  {
    try CheckpointFile(path: path, identity: identity, interval: 1) { _ in }
  }

  /// Runs from the checkpoint on, in blocks of some trials, and stops after some blocks.
  ///
  /// - Returns: How many trials the checkpoint held, and the result.
  private static func run(
    _ path: String, blocks: Int = .max, of size: Int = 10
  ) throws -> (held: Int, result: SimulationResult) {
    let control = RunControl()
    let journal = Stepping(file: try open(path), size: size, blocks: blocks, control: control)
    let result = simulate(
      SmallRun.plan, trials: 0..<SmallRun.trialCount, threads: 2, journal: journal,
      control: control)
    journal.file.finish()
    return (journal.held, result)
  }

  /// A checkpoint with blocks of a fixed size, which stops the run after some of them.
  private final class Stepping: RunJournal {
    let file: CheckpointFile
    let size: Int
    var blocks: Int
    let control: RunControl
    var held = 0

    init(file: CheckpointFile, size: Int, blocks: Int, control: RunControl) {
      (self.file, self.size, self.blocks, self.control) = (file, size, blocks, control)
    }

    func restore(_ shape: RunShape, _ take: (RunSegment) -> Bool) {
      file.restore(shape) { segment in
        let isTaken = take(segment)
        if isTaken { held += segment.rows.count }
        return isTaken
      }
    }

    func nextCount() -> Int { size }

    func keep(_ rows: FinishedRows) {
      file.keep(rows)
      blocks -= 1
      if blocks == 0 { control.stop() }
    }
  }

  @Test func `a run that is stopped again and again gives the bytes of one that is not`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/c"
    var held: [Int] = []
    var result: SimulationResult?
    for _ in 0..<4 {
      let end = try Self.run(path, blocks: 3)
      held.append(end.held)
      result = end.result
    }
    #expect(held == [0, 30, 60, 90])
    let end = try #require(result)
    #expect(Self.identity.part(of: end, words: SmallRun.words) == Self.whole)
    // Nothing is left to do, and the rows stand in the order of the trials.
    let again = try Self.run(path)
    #expect(again.held == SmallRun.trialCount)
    let direct = simulate(SmallRun.plan, threads: 1)
    for column in direct.funds[1].columns {
      #expect(again.result.funds[1].column(column) == direct.funds[1].column(column))
    }
  }

  @Test func `a file cut off at any byte loses no whole segment, and the result nothing`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/c"
    _ = try Self.run(path, blocks: 5)
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    let head = try Self.headSize(folder)
    var words = SeededWords(state: 1)
    let cuts =
      [head, head + 1, bytes.count - 1]
      + (0..<4).map { _ in
        head + Int(words.next() % UInt64(bytes.count - head))
      }
    for cut in cuts {
      let file = try folder.write("cut", bytes: Array(bytes.prefix(cut)))
      let end = try Self.run(file)
      #expect(end.held % 10 == 0 && end.held < 50)
      #expect(Self.identity.part(of: end.result, words: SmallRun.words) == Self.whole)
      // What was damaged is gone from the file: what came later can be read.
      #expect(try Self.run(file).held == SmallRun.trialCount)
    }
  }

  @Test func `a byte changed in a segment loses what stands from there on`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/c"
    _ = try Self.run(path, blocks: 5)
    var bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    bytes[bytes.count - 20] ^= 4
    let end = try Self.run(folder.write("changed", bytes: bytes))
    #expect(end.held == 40)
    #expect(Self.identity.part(of: end.result, words: SmallRun.words) == Self.whole)
  }

  @Test func `the checkpoint of another run is refused with the differences`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/c"
    _ = try Self.run(path, blocks: 1)
    var other = Self.identity
    other.seed = 6
    other.plannedTrials = 100
    do throws(PartProblem) {
      _ = try CheckpointFile(path: path, identity: other, interval: 1) { _ in }
      Issue.record("it was taken")
    } catch {
      #expect(error.code == "other-run")
      #expect(error.what.english.hasSuffix("seed 5, not 6, trials 101, not 100"))
    }
    let text = try folder.write("text", bytes: Array("loan,bank\n".utf8))
    #expect(throws: PartProblem.notACheckpoint) { _ = try Self.open(text) }
    #expect(try Data(contentsOf: URL(filePath: text)).count == 10)
  }

  /// A checkpoint of the same version, scenario and seed was gone on from whatever had computed it.
  @Test func `the checkpoint of another engine is refused`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/c"
    _ = try Self.run(path, blocks: 1)
    var other = Self.identity
    other.engine = EngineVersion(version: "1.2.3", words: "1", sources: "2")
    do throws(PartProblem) {
      _ = try CheckpointFile(path: path, identity: other, interval: 1) { _ in }
      Issue.record("it was taken")
    } catch {
      #expect(error.code == "other-run")
      #expect(error.what.english.hasSuffix("engine 1.2.3, not 1.2.3+1.2"))
      #expect(error.help.english.contains("fundsim engine"))
    }
  }

  /// What several threads opened at once, and holds it.
  private final class Opened: @unchecked Sendable {
    private let lock = NSLock()
    private(set) var files: [CheckpointFile] = []
    private(set) var refused = 0

    func keep(_ file: CheckpointFile?) {
      lock.withLock {
        if let file { files.append(file) } else { refused += 1 }
      }
    }
  }

  /// A new checkpoint was renamed over one that another run had made in the meantime: both went on,
  /// one of them into a file without a name.
  @Test func `of runs that make one checkpoint at once, one goes on`() throws {
    for round in 0..<20 {
      let folder = try TemporaryFolder()
      let runs = Opened()
      DispatchQueue.concurrentPerform(iterations: 4) { _ in
        do {
          runs.keep(try Self.open(folder.path + "/c"))
        } catch {
          runs.keep(nil)
        }
      }
      #expect(runs.files.count == 1 && runs.refused == 3, "round \(round)")
      #expect(try folder.names() == ["c"])
    }
  }

  @Test func `two runs do not write one checkpoint`() throws {
    let folder = try TemporaryFolder()
    let first = try Self.open(folder.path + "/c")
    #expect(throws: PartProblem.checkpointInUse) { _ = try Self.open(folder.path + "/c") }
    first.finish()
  }

  @Test func `a disk without room is told once, and the run goes on`() throws {
    guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
    let warnings = Mutex<[String]>([])
    let descriptor = Foundation.open("/dev/full", O_RDWR)
    let log = CheckpointLog(descriptor) { reason in warnings.withLock { $0.append(reason) } }
    log.append { $0.write([1, 2, 3]) }
    log.append { $0.write([4]) }
    #expect(warnings.withLock { $0 } == ["No space left on device"])
  }

  private static func headSize(_ folder: TemporaryFolder) throws -> Int {
    _ = try open(folder.path + "/empty")
    return try Data(contentsOf: URL(filePath: folder.path + "/empty")).count
  }

  /// A byte can stand for many rows of a column: a forged file of a hundred megabytes would have become
  /// tens of gigabytes before anybody looked at it.
  @Test func `a segment that says it has more rows than the run is not unpacked`() throws {
    let shape = try Self.shape()
    func segment(rows: Int) -> [UInt8] {
      var writer = NumberWriter()
      for number in [0, rows, shape.funds.count] { writer.write(UInt64(number)) }
      for fund in shape.funds {
        let groups = (rows + SegmentWriter.groupSize - 1) / SegmentWriter.groupSize
        for count in [fund.figures, fund.breaches] {
          writer.write(UInt64(count))
          for _ in 0..<(count * groups) { writer.write(UInt64(0)) }
        }
        writer.write(UInt64(0))
      }
      return writer.bytes
    }
    #expect(RunSegment(checkpoint: segment(rows: shape.rowCount), of: shape) != nil)
    #expect(RunSegment(checkpoint: segment(rows: shape.rowCount + 1), of: shape) == nil)
    #expect(RunSegment(checkpoint: segment(rows: shape.rowCount * 100), of: shape) == nil)
  }

  private static func shape() throws -> RunShape {
    final class Looking: RunJournal {
      var shape: RunShape?
      func restore(_ shape: RunShape, _ take: (RunSegment) -> Bool) { self.shape = shape }
      func nextCount() -> Int { 1 }
      func keep(_ rows: FinishedRows) {}
    }
    let journal = Looking()
    let control = RunControl()
    control.stop()
    _ = simulate(
      SmallRun.plan, trials: 0..<SmallRun.trialCount, threads: 1, journal: journal, control: control
    )
    return try #require(journal.shape)
  }
}
