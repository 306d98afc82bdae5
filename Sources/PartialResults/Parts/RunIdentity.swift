public import FundCore
public import ResultFacts
public import Simulation

/// One of the equal pieces that a run is cut into, by the numbers of the trials.
public struct Shard: Sendable, Hashable, Codable {
  /// Its place, from 0.
  public let index: Int
  /// How many pieces there are.
  public let count: Int

  /// The whole run as one piece.
  public static let whole = Shard()

  private init() {
    (index, count) = (0, 1)
  }

  /// The most pieces a run can be cut into.
  public static let largestCount = 1_000_000

  /// Creates a shard; `nil` unless 0 ≤ index < count ≤ `largestCount`.
  public init?(index: Int, count: Int) {
    guard (1...Self.largestCount).contains(count), (0..<count).contains(index) else { return nil }
    self.index = index
    self.count = count
  }

  /// A shard as it is written on the command line, `3/64`; `nil` if it is none.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let index = Int(parts[0]), let count = Int(parts[1]) else { return nil }
    self.init(index: index, count: count)
  }

  /// The numbers of its trials. Shards differ by one trial at most, and leave none out.
  public func trials(of total: Int) -> Range<Int> {
    total * index / count..<total * (index + 1) / count
  }
}

/// What a file of results belongs to: the run by its inputs, and the trials of it.
public struct RunIdentity: Sendable, Hashable, Codable {
  /// The program.
  public var engine: EngineVersion
  /// The digest of the scenario with all that it names.
  public var scenarioDigest: String
  /// The seed of all draws.
  public var seed: UInt64
  /// The number of trials of the whole run.
  public var plannedTrials: Int
  /// The part of them.
  public var shard: Shard
  /// What is asked of the years: the floor and the confidence of budgets, the trials, the limits. The first shard
  /// answers for all; a part that was asked otherwise belongs to another run. `nil` where nothing is said of years.
  public var years: YearRequest?
  /// The number of rare trials of the whole run, of which a shard has the same part; 0 for none.
  public var rareTrials: Int

  /// The run that a result came from.
  public init(
    _ provenance: Provenance, shard: Shard, rareTrials: Int = 0, years: YearRequest? = nil
  ) {
    self.rareTrials = rareTrials
    self.years = years
    engine = provenance.engine
    scenarioDigest = provenance.scenario.digest
    seed = provenance.seed
    plannedTrials = provenance.trials
    self.shard = shard
  }

  /// What tells two runs apart, with both values; empty for two parts of one run.
  ///
  /// - Parameters:
  ///   - other: The other one.
  ///   - scope: Whether the place of the shard counts, too.
  public func differences(
    from other: RunIdentity, of scope: Scope = .run
  ) -> [LocalizedText] {
    var all: [LocalizedText] = []
    func compare<Value: Equatable>(_ value: Value, _ theirs: Value, _ name: LocalizedText) {
      guard value != theirs else { return }
      let (value, theirs) = ("\(value)", "\(theirs)")
      all.append(
        LocalizedText(
          en: "\(name) \(value), not \(theirs)", zh: "\(name)为 \(value)，而不是 \(theirs)"))
    }
    compare(engine, other.engine, LocalizedText(en: "engine", zh: "计算内核"))
    compare(
      String(scenarioDigest.prefix(12)), String(other.scenarioDigest.prefix(12)),
      LocalizedText(en: "scenario digest", zh: "情景摘要值"))
    compare(seed, other.seed, LocalizedText(en: "seed", zh: "随机种子"))
    compare(plannedTrials, other.plannedTrials, LocalizedText(en: "trials", zh: "模拟次数"))
    compare(rareTrials, other.rareTrials, LocalizedText(en: "rare trials", zh: "稀有组模拟次数"))
    compare(shard.count, other.shard.count, LocalizedText(en: "shards", zh: "分片数"))
    // Of a run that goes on the years are reckoned anew, as they are then asked for.
    if scope == .run { all += yearDifferences(from: other) }
    if scope == .all {
      compare(shard.index, other.shard.index, LocalizedText(en: "shard", zh: "分片序号"))
    }
    return all
  }

  /// How what is asked of the years differs, each by the option or key that sets it.
  private func yearDifferences(from other: RunIdentity) -> [LocalizedText] {
    guard let years, let theirs = other.years, years != theirs else { return [] }
    var all: [LocalizedText] = []
    func compare<Value: Equatable>(_ value: Value, _ theirs: Value, _ name: LocalizedText) {
      guard value != theirs else { return }
      let (value, theirs) = ("\(value)", "\(theirs)")
      all.append(
        .init(en: "\(name) \(value), not \(theirs)", zh: "\(name)为 \(value)，而不是 \(theirs)"))
    }
    compare(
      years.trials, theirs.trials,
      .init(en: "trials of years (--year-trials)", zh: "逐年数据的模拟次数（--year-trials）"))
    compare(
      "\(years.floor)", "\(theirs.floor)",
      .init(en: "floor of budgets (--floor)", zh: "预算保证的余额（--floor）"))
    compare(
      Double(years.confidence) / 10_000, Double(theirs.confidence) / 10_000,
      .init(en: "confidence of budgets in per cent", zh: "预算的保证程度（%）"))
    func list(_ limits: [YearRequest.Limit]) -> String {
      limits.map { "\($0.indicator.rawValue) \(Double($0.millionths) / 1_000_000)" }
        .joined(separator: ", ")
    }
    compare(
      "[\(list(years.limits))]", "[\(list(theirs.limits))]",
      .init(en: "limits", zh: "限额"))
    return all
  }

  /// What is compared.
  public enum Scope: Sendable {
    /// The run alone.
    case run
    /// The run and the shard of it.
    case all
  }
}

/// What a report says of a run beside its figures. Every part carries it, so that a merge needs
/// neither the scenario nor its loans.
public struct RunWords: Sendable, Hashable, Codable {
  /// A reading that was run beside the scenario's own.
  public struct OtherReading: Sendable, Hashable, Codable {
    /// The position of the fund in the scenario.
    public let fund: Int
    /// The interpretation: `I-16`.
    public let interpretation: String
    /// The name by which a scenario chooses the reading.
    public let name: String
    /// What it says.
    public let text: LocalizedText

    /// Creates an entry.
    public init(fund: Int, interpretation: String, name: String, text: LocalizedText) {
      self.fund = fund
      self.interpretation = interpretation
      self.name = name
      self.text = text
    }
  }

  /// Where the results come from.
  public let provenance: Provenance
  /// The scenario's funds in words.
  public let funds: [FundDescription]
  /// The run's funds behind the scenario's own, in order.
  public let otherReadings: [OtherReading]
  /// The readings that move the headline, found before the run.
  public let headlineReadings: [HeadlineReading]
  /// The headline under other laws of dependence; `nil` where they were not looked at to the end.
  public let headlineLaws: HeadlineLaws?
  /// Who uses each fund up; `nil` where the trials were not divided. The first shard of a run tells it.
  public var contributions: [FundContributions]?
  /// The headline by the best estimate alone; `nil` in a run whose parameters are known, or where that was
  /// not looked at to the end.
  public let bestEstimate: HeadlineEstimate?
  /// The years of the funds; `nil` where they were not run to the end, or not asked for.
  public var years: YearlyFigures?
  /// What was asked of rare trials; `nil` if there are none.
  public var rare: RareRequest?

  /// Creates the words of a run.
  public init(
    provenance: Provenance, funds: [FundDescription], otherReadings: [OtherReading],
    headlineReadings: [HeadlineReading] = [], headlineLaws: HeadlineLaws? = nil,
    bestEstimate: HeadlineEstimate? = nil
  ) {
    self.provenance = provenance
    self.funds = funds
    self.otherReadings = otherReadings
    self.headlineReadings = headlineReadings
    self.headlineLaws = headlineLaws
    self.bestEstimate = bestEstimate
  }
}
