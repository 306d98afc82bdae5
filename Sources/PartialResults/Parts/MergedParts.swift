public import FundCore
public import LossStatistics
public import Simulation

/// All parts of a run, as one: the same values and sums as those of the undivided run.
///
/// Figures are read from the files when they are asked for, a column at a time: memory is that of
/// one column of all trials, sorted, about 24 bytes a trial.
public struct MergedParts: RunSample {
  private let parts: [PartFile]
  /// What a report says beside the figures.
  public let words: RunWords
  /// What was run.
  public let frame: RunFrame
  /// How many trials were run.
  public let trialCount: Int

  /// Puts parts together.
  ///
  /// - Parameters:
  ///   - paths: The files, in any order.
  ///   - engine: The program that computes figures of them. It must be the one that ran them.
  ///   - mayEndEarly: Whether shards behind the last one that is there may be missing: the others are then the
  ///     first trials of the run.
  /// - Throws: All that is wrong, by file: files that cannot be read or were changed, parts of
  ///   other runs, parts that are doubled; and under the first file's name the shards that are
  ///   missing, and that another program is asked for.
  public init(
    paths: [String], engine: EngineVersion, mayEndEarly: Bool = false
  ) throws(PartProblems) {
    var problems: [PartProblems.Item] = []
    var good: [PartFile] = []
    for path in paths {
      do {
        let part = try PartFile(path: path, like: good.last)
        try part.checkBytes()
        good.append(part)
      } catch {
        problems.append(PartProblems.Item(path: path, problem: error))
      }
    }
    good.sort { ($0.identity.shard.index, $0.path) < ($1.identity.shard.index, $1.path) }
    let strangers = Self.strangers(among: good)
    problems += strangers + Self.doubles(among: good)
    let strange = Set(strangers.map(\.path))
    problems += Self.gaps(
      among: good.filter { !strange.contains($0.path) }, mayEndEarly: mayEndEarly)
    if problems.isEmpty, let first = good.first, first.identity.engine != engine {
      let problem = PartProblem.otherEngine(first.identity.engine, than: engine)
      problems.append(PartProblems.Item(path: first.path, problem: problem))
    }
    guard problems.isEmpty, let first = good.first else { throw PartProblems(items: problems) }
    do {
      words = try first.words()
    } catch {
      throw PartProblems(items: [PartProblems.Item(path: first.path, problem: error)])
    }
    parts = good
    frame = first.frame
    trialCount = good.reduce(0) { $0 + $1.trials.count }
  }

  private static func strangers(among parts: [PartFile]) -> [PartProblems.Item] {
    // The run that most parts belong to; of two with as many, that of the first part.
    func key(_ part: PartFile) -> [String] {
      let identity = part.identity
      return [
        "\(identity.engine)", identity.scenarioDigest, "\(identity.seed)",
        "\(identity.plannedTrials)", "\(identity.shard.count)",
        "\(identity.years.map { "\($0)" } ?? "")",
      ]
    }
    let counts = parts.reduce(into: [[String]: Int]()) { $0[key($1), default: 0] += 1 }
    let largest = counts.values.max() ?? 0
    guard let model = parts.first(where: { counts[key($0)] == largest }) else { return [] }
    return parts.compactMap { part in
      var differences = part.identity.differences(from: model.identity)
      if differences.isEmpty, part.frameBytes != model.frameBytes {
        differences = [LocalizedText(en: "other funds or loans", zh: "基金或贷款不同")]
      }
      guard !differences.isEmpty else { return nil }
      return PartProblems.Item(
        path: part.path,
        problem: .stranger(
          differences, than: model.path,
          isOtherEngine: part.identity.engine != model.identity.engine))
    }
  }

  private static func doubles(among parts: [PartFile]) -> [PartProblems.Item] {
    zip(parts, parts.dropFirst()).compactMap { first, second in
      guard first.identity == second.identity else { return nil }
      return PartProblems.Item(
        path: second.path, problem: .double(of: first.identity.shard, first.path))
    }
  }

  private static func gaps(
    among parts: [PartFile], mayEndEarly: Bool
  ) -> [PartProblems.Item] {
    guard let first = parts.first else { return [] }
    let present = Set(parts.map(\.identity.shard.index))
    let count = mayEndEarly ? (present.max() ?? 0) + 1 : first.identity.shard.count
    let missing = (0..<count).filter { !present.contains($0) }
    guard !missing.isEmpty else { return [] }
    return [
      PartProblems.Item(
        path: first.path, problem: .missing(missing, of: first.identity.shard.count))
    ]
  }

  /// Which trials share a draw of the parameters; parts stand in the order of their trials.
  private var groups: TrialGroups? { frame.drawCount.map { TrialGroups(count: $0) } }

  /// A figure of all trials, sorted.
  public func values(of column: OutcomeColumn, fund: Int) throws(PartProblem) -> LossSample {
    var all: [Int64] = []
    all.reserveCapacity(trialCount)
    for part in parts { all += try part.values(of: column, fund: fund) }
    return LossSample(all, groups: groups)
  }

  /// The rare trials of all parts; `nil` where the run has none.
  public func rareTrials() throws(PartProblem) -> RareTrials? {
    var all: RareTrials?
    for part in parts {
      guard let trials = try part.rareTrials() else { return nil }
      guard all != nil else {
        all = trials
        continue
      }
      guard all?.append(trials) == true else { throw .damaged(PartFile.senseless) }
    }
    return all
  }

  /// What sums over the trials.
  public func sums(fund: Int) throws(PartProblem) -> FundSums {
    var sums = FundSums(frame, fund: fund)
    for part in parts { try part.addSums(of: fund, to: &sums) }
    return sums
  }

  /// How a figure of a fund differs from that of the first fund, trial by trial, sorted.
  public func differences(
    of figure: PairedFigure, fund: Int
  ) throws(PartProblem) -> LossSample {
    var all: [Int64] = []
    all.reserveCapacity(trialCount)
    let place = frame.pairedFigures.firstIndex(of: figure) ?? 0
    for part in parts { all += try part.differences(of: fund)[place] }
    return LossSample(all, groups: groups)
  }
}

/// All that is wrong with the files of a merge.
public struct PartProblems: Error {
  /// A file and what is wrong with it.
  public struct Item: Sendable {
    /// The file.
    public let path: String
    /// What is wrong.
    public let problem: PartProblem
  }

  /// What is wrong, in the order in which it was found.
  public let items: [Item]

  /// The messages for an analyst.
  public var diagnostics: Diagnostics {
    Diagnostics(items.map { $0.problem.diagnostic(of: $0.path) })
  }
}
