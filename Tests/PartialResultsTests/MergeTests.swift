import FundCore
import LossStatistics
import ResultFacts
import Simulation
import TestSupport
import Testing

@testable import PartialResults

/// Parts of a run, put together.
struct `Merging parts` {
  private static let whole = simulate(SmallRun.plan, threads: 2)

  private static func paths(_ count: Int, in folder: TemporaryFolder) throws -> [String] {
    try (0..<count).map { index in
      let shard = try #require(Shard(index: index, count: count))
      return try folder.write("\(index).part", bytes: SmallRun.part(shard))
    }
  }

  private static func codes(_ paths: [String]) -> [String] {
    do throws(PartProblems) {
      _ = try MergedParts(paths: paths, engine: "1.2.3")
      return []
    } catch {
      return error.items.map { "\($0.path.split(separator: "/").last ?? ""): \($0.problem.code)" }
    }
  }

  @Test(arguments: [1, 3, 20])
  func `any number of parts in any order gives what the whole run gives`(count: Int) throws {
    let folder = try TemporaryFolder()
    var words = SeededWords(state: UInt64(count))
    let merged = try MergedParts(
      paths: Self.paths(count, in: folder).shuffled(using: &words), engine: "1.2.3")
    #expect(merged.trialCount == SmallRun.trialCount)
    #expect(merged.frame == Self.whole.frame)
    #expect(merged.words == SmallRun.words)
    for fund in 0..<2 {
      #expect(try merged.sums(fund: fund) == Self.whole.sums(fund: fund))
      for column in Self.whole.funds[fund].columns {
        #expect(
          try merged.values(of: column, fund: fund).sorted
            == Self.whole.values(of: column, fund: fund).sorted, "\(column)")
      }
    }
    for figure in Self.whole.frame.pairedFigures {
      #expect(
        try merged.differences(of: figure, fund: 1).sorted
          == Self.whole.differences(of: figure, fund: 1).sorted)
    }
    // The run is no trivial one: some trials exhaust the fund, some do not, banks cross.
    let months = Self.whole.values(of: .exhaustionMonth, fund: 1).sorted
    #expect(months.first == -1 && (months.last ?? -1) > 0)
    #expect(Self.whole.sums(fund: 0).cumulatedBreaches(threshold: 0, slot: nil).last != 0)
  }

  @Test func `shards leave no trial out and take none twice`() throws {
    for (total, count) in [(10, 3), (101, 7), (5, 9), (999_999_999, 1_000), (1, 1)] {
      var next = 0
      for index in 0..<count {
        let trials = try #require(Shard(index: index, count: count)).trials(of: total)
        #expect(trials.lowerBound == next)
        #expect(abs(trials.count * count - total) < count)
        next = trials.upperBound
      }
      #expect(next == total)
    }
    for text in ["", "1", "3/3", "-1/3", "0/0", "1/2/3", "a/3", "0/1000001"] {
      #expect(Shard(text) == nil)
    }
    #expect(Shard("3/64") == Shard(index: 3, count: 64))
  }

  @Test func `all that is wrong with the parts is named at once`() throws {
    let folder = try TemporaryFolder()
    let paths = try Self.paths(5, in: folder)
    let double = try folder.write("double.part", bytes: SmallRun.part(#require(Shard("1/5"))))
    var other = SmallRun.plan
    other.funds.removeLast()
    let text = try folder.write("text.part", bytes: Array("loan,bank\n".utf8))
    var bytes = SmallRun.part(try #require(Shard("4/5")))
    bytes[bytes.count / 2] ^= 1
    let damaged = try folder.write("damaged.part", bytes: bytes)
    let foreign = try folder.write("foreign.part", bytes: SmallRun.part(#require(Shard("3/6"))))
    let given = [paths[1], foreign, paths[0], text, double, damaged, folder.path + "/none"]
    #expect(
      Self.codes(given) == [
        "text.part: not-a-part", "damaged.part: damaged-part", "none: unreadable-part",
        "foreign.part: foreign-part", "double.part: doubled-part", "0.part: missing-part",
      ])
    do throws(PartProblems) {
      _ = try MergedParts(paths: given, engine: "1.2.3")
    } catch let problems {
      let texts = problems.diagnostics.description(in: .english)
      #expect(texts.contains("shards 6, not 5"))
      #expect(texts.contains("3 of 5 shards are missing: 2/5, 3/5, 4/5"))
      #expect(problems.diagnostics.description(in: .chinese).contains("缺少3个"))
    }
  }

  @Test func `a part of another run is refused with every difference`() throws {
    var identity = RunIdentity(SmallRun.words.provenance, shard: .whole)
    let model = identity
    identity.seed = 9
    identity.engine = "2"
    identity.scenarioDigest = "dead"
    #expect(
      identity.differences(from: model).map(\.english) == [
        "engine 2, not 1.2.3", "scenario digest dead, not c0ffee", "seed 9, not 5",
      ])
    #expect(model.differences(from: model) == [])
  }

  /// The first shard alone answers for the years; shards that were asked otherwise used to be merged without a word.
  @Test func `a part whose years were asked otherwise is refused, and the setting named`() throws {
    let folder = try TemporaryFolder()
    func part(_ number: Int, _ years: YearRequest) throws -> String {
      let identity = RunIdentity(
        SmallRun.words.provenance, shard: try #require(Shard("\(number)/2")), years: years)
      let trials = identity.shard.trials(of: identity.plannedTrials)
      let result = simulate(SmallRun.plan, trials: trials, threads: 1)
      return try folder.write(
        "\(number)-\(years.trials).part", bytes: identity.part(of: result, words: SmallRun.words))
    }
    let usual = YearRequest()
    var other = YearRequest(floor: .yuan(1_000_000), confidence: 990_000, trials: 500)
    other.limits = [YearRequest.Limit(.leverage, millionths: 10_000_000)]
    let paths = [try part(0, usual), try part(1, other)]
    do throws(PartProblems) {
      _ = try MergedParts(paths: paths, engine: SmallRun.words.provenance.engine)
      Issue.record("they were merged")
    } catch {
      let text = error.diagnostics.description(in: .english)
      for name in [
        "trials of years (--year-trials) 500, not 4000", "floor of budgets (--floor)",
        "confidence of budgets in per cent 99.0, not 95.0", "limits [leverage 10.0], not []",
      ] { #expect(text.contains(name), "\(text)") }
      #expect(error.diagnostics.description(in: .chinese).contains("--year-trials"))
    }
    _ = try MergedParts(
      paths: [paths[0], try part(1, usual)], engine: SmallRun.words.provenance.engine)
    // A run that goes on from a checkpoint reckons its years anew.
    let runs = [usual, other].map {
      RunIdentity(SmallRun.words.provenance, shard: .whole, years: $0)
    }
    #expect(runs[0].differences(from: runs[1], of: .all) == [])
  }

  /// Programs with one version that computed differently were merged: 8.0 % and 3.1 % to 6.5 %.
  @Test func `parts of engines that differ in words or sources are refused, naming both`() throws {
    let folder = try TemporaryFolder()
    let own = EngineVersion(version: "1.2.3", words: "aa", sources: "bb")
    for other in [
      EngineVersion(version: "1.2.3", words: "ac", sources: "bb"),
      EngineVersion(version: "1.2.3", words: "aa", sources: "bd"),
    ] {
      let paths = try [own, other].enumerated().map { index, engine in
        var identity = RunIdentity(
          SmallRun.words.provenance, shard: try #require(Shard("\(index)/2")))
        identity.engine = engine
        let trials = identity.shard.trials(of: identity.plannedTrials)
        let result = simulate(SmallRun.plan, trials: trials, threads: 1)
        return try folder.write(
          "\(index).part", bytes: identity.part(of: result, words: SmallRun.words))
      }
      do throws(PartProblems) {
        _ = try MergedParts(paths: paths, engine: own)
        Issue.record("they were merged")
      } catch {
        let text = error.diagnostics.description(in: .english)
        #expect(text.contains("error[foreign-part]") && text.contains("fundsim engine"))
        #expect(text.contains("engine \(other), not \(own)"), "\(text)")
      }
    }
  }

  @Test func `parts of one engine are merged by that engine only`() throws {
    let folder = try TemporaryFolder()
    let paths = try Self.paths(2, in: folder)
    do throws(PartProblems) {
      _ = try MergedParts(paths: paths, engine: "1.2.4")
      Issue.record("they were merged")
    } catch {
      #expect(error.items.map(\.problem.code) == ["other-engine"])
      #expect(
        error.items[0].problem.what.english.contains(
          "engine 1.2.3, and this program is engine 1.2.4"))
    }
  }

  @Test func `a byte changed, cut off or added anywhere is noticed`() throws {
    let folder = try TemporaryFolder()
    let bytes = SmallRun.part(.whole)
    var words = SeededWords(state: 8)
    var places = (0..<8).map { _ in Int(words.next() % UInt64(bytes.count)) }
    places += [0, 8, 12, 16, 20, 24, bytes.count - 1]
    for place in places {
      var changed = bytes
      changed[place] ^= UInt8(1 << (words.next() % 8))
      #expect(Self.codes([try folder.write("a.part", bytes: changed)]) != [], "byte \(place)")
      #expect(Self.codes([try folder.write("a.part", bytes: Array(bytes.prefix(place)))]) != [])
    }
    #expect(
      Self.codes([try folder.write("a.part", bytes: bytes + [0])]) == ["a.part: damaged-part"])
    #expect(Self.codes([try folder.write("a.part", bytes: bytes)]) == [])
  }
}
